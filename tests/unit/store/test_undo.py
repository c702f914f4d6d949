"""What definitions were, on disk: who did what in which order, several processes, limits, files that are not well."""

import os
import sqlite3
import stat
import subprocess
import sys
import textwrap
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.helpers.waiting import eventually_blocking
from vmgui.model.domain import DomainKey
from vmgui.model.stored_files import FileTrouble
from vmgui.model.undo import Author, Growth
from vmgui.policy.undo import mark_of
from vmgui.store.undo import UndoStore
from vmgui.store.undo_rows import Gone, HostGone, Record, Seen, Told, Written

KEY = DomainKey("h1", "u1")
US, OTHERS = Author.US, Author.OTHERS


def xml(memory: int | str) -> str:
    return f"<domain type='test'><name>a</name><memory>{memory}</memory><devices/></domain>"


A, B, C, D = (xml(number) for number in range(4))


class Kept:
    """A store that is open, and what it told."""

    def __init__(self, directory: Path, **options: float) -> None:
        self.told: list[Written] = []
        self.notices: list[FileTrouble | None] = []
        self.store = UndoStore(directory, **{"retry_s": 0.02, "busy_timeout_s": 0.05, **options})  # type: ignore[arg-type]
        self.store.follow(self.told.append)
        self.store.file.follow(self._on_notice)

    def _on_notice(self) -> None:
        notice = self.store.notice
        self.notices.append(notice.trouble if notice is not None else None)

    def add(self, *records: Record) -> None:
        """Record, and wait until it is written or cannot be."""
        for record in records:
            self.store.record(record)
        done = threading.Event()
        self.store.when_written(done.set)
        assert done.wait(20)

    def see(self, text: str, expected: str | None = None, key: DomainKey = KEY) -> None:
        self.add(Seen(key, text, time.time(), mark_of(expected) if expected is not None else None))

    def tell(self, before: str, after: str, key: DomainKey = KEY) -> None:
        self.add(Told(key, before, after, time.time()))

    def changes(self, key: DomainKey = KEY) -> list[tuple[str, str, Author]]:
        """From the earliest on."""
        return [(one.before, one.after, one.author) for one in reversed(self.store.entries(key))]


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Callable[..., Kept]]:
    made: list[Kept] = []

    def make(**options: float) -> Kept:
        made.append(Kept(tmp_path, **options))
        return made[-1]

    yield make
    for one in made:
        one.store.close()


def test_the_first_look_is_no_change_and_what_differs_from_it_is_one(opened: Callable[..., Kept]) -> None:
    kept = opened()
    kept.see(A)
    assert kept.changes() == []
    kept.see(A, A)
    kept.see(B, A)
    assert kept.changes() == [(A, B, OTHERS)]
    assert kept.store.marks("h1") == {"u1": mark_of(B)}


def test_white_space_and_what_libvirt_gives_by_itself_is_no_change(opened: Callable[..., Kept]) -> None:
    kept = opened()
    disk = "<domain><devices><disk><target dev='vda'/></disk></devices></domain>"
    given = "<domain>\n <devices><disk><target dev='vda'/><address type='pci' slot='0x1'/></disk></devices></domain>"
    moved = given.replace("0x1", "0x2")
    kept.see(disk)
    kept.see(given, disk)
    assert kept.changes() == []
    kept.see(moved, given)
    assert [one[2] for one in kept.changes()] == [OTHERS]


def test_ours_is_what_was_told_and_nothing_else(opened: Callable[..., Kept]) -> None:
    kept = opened()
    kept.see(A)
    kept.tell(A, B)
    kept.see(B, B)
    kept.see(C, B)
    assert kept.changes() == [(A, B, US), (B, C, OTHERS)]


def test_what_others_did_just_before_ours_is_theirs(opened: Callable[..., Kept]) -> None:
    kept = opened()
    kept.see(A)
    kept.tell(B, C)
    assert kept.changes() == [(A, B, OTHERS), (B, C, US)]


def test_what_others_changed_and_changed_back_unseen_is_not_signed_as_ours(
    opened: Callable[..., Kept],
) -> None:
    kept = opened()
    kept.see(B)
    kept.see(A, B)
    # Somebody made it B again, nobody saw it, and we made it A.
    kept.tell(B, A)
    assert kept.changes() == [(B, A, OTHERS), (B, A, US)]


def test_a_machine_nobody_saw_before_has_our_change(opened: Callable[..., Kept]) -> None:
    kept = opened()
    kept.tell(A, B)
    assert kept.changes() == [(A, B, US)]


def test_two_processes_that_see_one_change_write_it_once(opened: Callable[..., Kept]) -> None:
    one, other = opened(), opened()
    one.see(A)
    other.see(A)
    one.see(B, A)
    other.see(B, A)
    assert one.changes() == other.changes() == [(A, B, OTHERS)]


def test_what_another_process_read_of_ours_becomes_ours(opened: Callable[..., Kept]) -> None:
    one, other = opened(), opened()
    one.see(A)
    other.see(A)
    other.see(B, A)
    one.tell(A, B)
    assert one.changes() == [(A, B, US)]


def test_what_another_process_read_of_ours_with_others_work_is_taken_apart(
    opened: Callable[..., Kept],
) -> None:
    one, other = opened(), opened()
    one.see(A)
    other.see(A)
    other.see(C, A)
    one.tell(B, C)
    assert one.changes() == [(A, B, OTHERS), (B, C, US)]
    third, fourth = DomainKey("h1", "u2"), DomainKey("h1", "u3")
    for key in (third, fourth):
        one.see(A, key=key)
        other.see(A, key=key)
    other.see(C, A, third)
    one.tell(A, B, third)
    assert one.changes(third) == [(A, B, US), (B, C, OTHERS)]
    assert one.store.marks("h1")["u2"] == mark_of(C)


def test_a_reading_older_than_the_file_is_no_change_back(opened: Callable[..., Kept]) -> None:
    one, other = opened(), opened()
    one.see(A)
    other.see(B, A)
    one.see(C, A)
    assert one.changes() == [(A, B, OTHERS)]
    assert one.told[-1].stale == {KEY}
    assert one.told[-1].marks == {KEY: mark_of(B)}


def test_a_reading_from_before_our_first_change_is_no_change_back(opened: Callable[..., Kept]) -> None:
    kept = opened()
    # It was read while we changed it, and nobody had seen it before.
    kept.tell(A, B)
    kept.see(A)
    assert kept.changes() == [(A, B, US)]
    assert kept.told[-1].stale == {KEY}


def test_a_machine_that_comes_back_goes_on_where_it_was(
    opened: Callable[..., Kept], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("vmgui.store.undo.PRUNE_EVERY", 1)
    kept = opened()
    kept.see(A)
    kept.see(B, A)
    long_ago = time.time() - 100 * 86_400
    for text, other in ((B, C), (D, A)):
        kept.add(Gone(KEY, time.time()))
        assert kept.store.marks("h1") == {}
        kept.see(text)
        assert kept.store.marks("h1") == {"u1": mark_of(text)}
        # It is not forgotten one day because it had been gone.
        kept.see(other, text)
    assert [one[2] for one in kept.changes()] == [OTHERS] * 4
    kept.add(Gone(KEY, long_ago))
    assert kept.changes() == []


def test_growth_is_kept_though_the_definition_says_nothing_of_it(opened: Callable[..., Kept]) -> None:
    kept = opened()
    kept.see(A)
    kept.add(Told(KEY, A, A, 1.0, (Growth("vda", 20, 10),)))
    (entry,) = kept.store.entries(KEY)
    assert entry.grown == (Growth("vda", 20, 10),)
    assert (entry.before, entry.after, entry.author) == (A, A, US)


def test_only_the_person_may_read_it(opened: Callable[..., Kept], tmp_path: Path) -> None:
    (tmp_path / "undo.sqlite").touch(0o644)
    (tmp_path / "undo.sqlite").chmod(0o644)
    kept = opened()
    kept.see(A)
    for path in tmp_path.glob("undo.*"):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600, path


def test_what_a_file_has_is_there_in_the_next_run(opened: Callable[..., Kept]) -> None:
    first = opened()
    first.see(A)
    first.tell(A, B)
    first.store.close()
    second = opened()
    second.see(C, B)
    assert [one[2] for one in second.changes()] == [US, OTHERS]
    assert [one.id for one in second.store.entries(KEY)] == sorted(
        (one.id for one in second.store.entries(KEY)), reverse=True
    )


def test_the_oldest_go_when_there_are_too_many(opened: Callable[..., Kept]) -> None:
    kept = opened(max_per_machine=3)
    for number in range(6):
        kept.see(xml(number), xml(number - 1))
    assert [one[1] for one in kept.changes()] == [xml(number) for number in (3, 4, 5)]


def test_the_oldest_of_all_go_when_they_take_too_much_room(
    opened: Callable[..., Kept], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("vmgui.store.undo.PRUNE_EVERY", 1)
    kept = opened(max_bytes=20_000)
    texts = [xml(os.urandom(1500).hex()) for _ in range(12)]
    for number, text in enumerate(texts):
        before = texts[number - 2] if number > 1 else None
        kept.see(text, before, DomainKey("h1", f"u{number % 2}"))
    used = sqlite3.connect(kept.store.path).execute("SELECT sum(bytes) FROM change").fetchone()[0]
    assert 0 < used <= 20_000
    assert kept.changes(DomainKey("h1", "u1"))[-1][1] == texts[-1]
    assert len(kept.changes(DomainKey("h1", "u1"))) < 5


def test_a_machine_long_gone_and_those_of_a_host_taken_off_are_forgotten(
    opened: Callable[..., Kept], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("vmgui.store.undo.PRUNE_EVERY", 1)
    kept = opened()
    for uuid in ("u1", "u2"):
        kept.see(A, key=DomainKey("h1", uuid))
        kept.see(B, A, key=DomainKey("h1", uuid))
    kept.add(Gone(KEY, time.time() - 100 * 86_400), Gone(DomainKey("h1", "u2"), time.time()))
    assert kept.changes() == []
    assert kept.changes(DomainKey("h1", "u2")) != []
    kept.add(HostGone("h1"))
    assert kept.changes(DomainKey("h1", "u2")) == []


def test_a_damaged_file_waits_for_the_person_and_is_never_overwritten(
    opened: Callable[..., Kept], tmp_path: Path
) -> None:
    path = tmp_path / "undo.sqlite"
    path.write_bytes(b"no database" * 1000)
    kept = opened()
    kept.see(A)
    assert kept.store.notice is not None
    assert (kept.store.notice.trouble, kept.store.notice.waits) == (FileTrouble.DAMAGED, True)
    assert not kept.store.file.is_known
    assert path.read_bytes() == b"no database" * 1000
    with pytest.raises(OSError, match="undo"):
        kept.store.entries(KEY)
    kept.store.file.start_anew()
    eventually_blocking(lambda: kept.store.file.is_known)
    assert kept.store.notice is not None
    assert Path(kept.store.notice.aside).read_bytes() == b"no database" * 1000
    kept.see(B, A)
    assert kept.changes() == [(A, B, OTHERS)]  # what waited is not lost
    kept.store.file.dismiss()
    assert kept.store.notice is None


def test_a_file_of_a_newer_vmgui_is_left_alone(opened: Callable[..., Kept], tmp_path: Path) -> None:
    path = tmp_path / "undo.sqlite"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE future (x)")
        connection.execute("PRAGMA user_version = 99")
    connection.close()
    before = path.read_bytes()
    kept = opened()
    kept.see(A)
    assert kept.store.notice is not None
    assert kept.store.notice.trouble is FileTrouble.NEWER
    kept.store.file.start_anew()
    kept.see(B)
    assert path.read_bytes() == before


def test_a_busy_file_blocks_nobody_and_nothing_is_lost(opened: Callable[..., Kept], tmp_path: Path) -> None:
    kept = opened()
    kept.see(A)
    holder = sqlite3.connect(tmp_path / "undo.sqlite", isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    kept.see(B, A)  # comes back though it is not written
    assert kept.store.notice is not None
    assert kept.store.notice.trouble is FileTrouble.UNWRITABLE
    assert kept.changes() == []
    holder.execute("ROLLBACK")
    holder.close()
    eventually_blocking(lambda: kept.changes() == [(A, B, OTHERS)] and kept.store.notice is None)


def test_with_too_much_waiting_it_says_that_there_is_no_room(tmp_path: Path) -> None:
    store = UndoStore(tmp_path, max_queued_chars=10)
    assert not store.record(Seen(KEY, A, 0.0))


def test_an_unreadable_change_hides_no_other(opened: Callable[..., Kept], tmp_path: Path) -> None:
    kept = opened()
    for before, text in zip((None, A, B, C), (A, B, C, D), strict=True):
        kept.see(text, before)
    with sqlite3.connect(tmp_path / "undo.sqlite") as connection:
        connection.execute("UPDATE change SET before = x'00' WHERE id = 2")
        connection.execute("UPDATE machine SET xml = x'00'")
    connection.close()
    assert kept.changes() == [(A, B, OTHERS), (C, D, OTHERS)]
    kept.see(A, D)
    kept.see(B, A)
    assert kept.changes()[-1] == (A, B, OTHERS)


_WRITER = """
    import sys, time
    from pathlib import Path
    from vmgui.model.domain import DomainKey
    from vmgui.policy.undo import mark_of
    from vmgui.store.undo import UndoStore
    from vmgui.store.undo_rows import Seen

    store = UndoStore(Path(sys.argv[1]))
    before = None
    for number in range(60):
        text = f"<domain><memory>{number}</memory></domain>"
        store.record(Seen(DomainKey("h1", sys.argv[2]), text, time.time(), before))
        before = mark_of(text)
    store.close(30)
"""


def test_several_processes_write_at_once(tmp_path: Path) -> None:
    running = [
        subprocess.Popen(
            [sys.executable, "-P", "-c", textwrap.dedent(_WRITER), str(tmp_path), uuid],
            env={**os.environ, "PYTHONPATH": os.getcwd()},
        )
        for uuid in ("u1", "u2", "u3")
    ]
    assert [one.wait(60) for one in running] == [0, 0, 0]
    store = UndoStore(tmp_path)
    for uuid in ("u1", "u2", "u3"):
        assert len(store.entries(DomainKey("h1", uuid))) == 59


def test_a_start_of_many_at_once_makes_one_file(opened: Callable[..., Kept]) -> None:
    # Whoever reads waits for who makes it, however slow that is.
    many = [opened(busy_timeout_s=20.0) for _ in range(4)]
    for number, kept in enumerate(many):
        kept.store.record(Seen(DomainKey("h1", f"u{number}"), A, 0.0))
    eventually_blocking(lambda: len(many[0].store.marks("h1")) == 4)
