"""The log on disk: order, filters, retention, a job's two halves, broken files, kills, floods."""

import errno
import os
import signal
import sqlite3
import stat
import subprocess
import sys
import textwrap
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.helpers.waiting import eventually_blocking
from vmgui.model import errors
from vmgui.model.journal import (
    EntryKind,
    EntryTarget,
    JournalEntry,
    JournalFilter,
    JournalWritten,
    Outcome,
    StoredLine,
    restore_error,
    store_error,
)
from vmgui.policy.journal import NOT_RECORDED, RESTARTED
from vmgui.store.database_file import put_aside
from vmgui.store.journal import BATCH, JournalStore
from vmgui.store.journal_rows import from_row, to_row

ALL = JournalFilter()
NOW_S = time.time()


class Kept:
    """A store that is open, and what it told."""

    def __init__(self, directory: Path, **limits: float) -> None:
        self.told: list[JournalWritten] = []
        self.store = JournalStore(directory, **{"look_every_s": 0.02, "retry_s": 0.02, **limits})  # type: ignore[arg-type]
        self.store.start(self.told.append)

    def add(self, *entries: JournalEntry) -> None:
        """Record, and wait until it is written."""
        wanted = len(self.told) + -(-len(entries) // BATCH)
        self.store.record(lambda: entries, len(entries))
        eventually_blocking(lambda: len(self.told) >= wanted)

    def whats(self, wanted: JournalFilter = ALL, **how: int) -> list[str]:
        return [entry.what for entry in self.store.read(wanted, **how)]  # type: ignore[arg-type]


@pytest.fixture
def kept(tmp_path: Path) -> Iterator[Kept]:
    made = Kept(tmp_path)
    yield made
    made.store.close()


def event(what: str, **more: object) -> JournalEntry:
    entry = JournalEntry(time.time(), EntryKind.DOMAIN, what, Outcome.NOTED)
    return replace(entry, **more)  # type: ignore[arg-type]


def test_newest_first_and_by_pages(kept: Kept) -> None:
    kept.add(*[event(str(number)) for number in range(10)])
    first = kept.store.read(ALL, limit=4)
    assert [entry.what for entry in first] == ["9", "8", "7", "6"]
    assert kept.whats(before_id=first[-1].id, limit=4) == ["5", "4", "3", "2"]
    assert kept.whats(after_id=first[1].id) == ["9"]
    assert kept.whats(ids=[first[2].id]) == ["7"]  # type: ignore[arg-type]


def test_filters(kept: Kept) -> None:
    kept.add(
        event("started", subject="web-01", host="alpha", targets=(EntryTarget("h1", "u1", "web-01"),)),
        event("stopped", subject="Máquina", host="beta", targets=(EntryTarget("h2", "u2", "Máquina"),)),
        event(
            "pool", kind=EntryKind.STORAGE, outcome=Outcome.PROBLEM, at_unix_s=NOW_S - 500, subject="images"
        ),
        event(
            "many",
            kind=EntryKind.JOB,
            targets=(EntryTarget("h1", "u1", "web-01"), EntryTarget("h2", "u9", "x")),
        ),
    )
    for wanted, expected in (
        (JournalFilter(terms=("WEB", "alpha")), ["started"]),
        (JournalFilter(terms=("máQUINA",)), ["stopped"]),
        (JournalFilter(terms=("paró",), codes=(("stopped",),)), ["stopped"]),
        (JournalFilter(terms=("%",)), []),
        (JournalFilter(kinds=(EntryKind.STORAGE, EntryKind.JOB)), ["many", "pool"]),
        (JournalFilter(outcomes=(Outcome.PROBLEM,)), ["pool"]),
        (JournalFilter(host_id="h1"), ["many", "started"]),
        (JournalFilter(uuid="u9"), ["many"]),
        (JournalFilter(uuid="u1"), ["many", "started"]),
        (JournalFilter(until_unix_s=NOW_S - 400), ["pool"]),
        (JournalFilter(from_unix_s=NOW_S - 400), ["many", "stopped", "started"]),
    ):
        assert kept.whats(wanted) == expected, wanted


def test_a_job_is_one_entry_with_its_end(kept: Kept) -> None:
    begun = JournalEntry(NOW_S, EntryKind.JOB, "start", Outcome.UNDER_WAY, token="r:1")  # noqa: S106
    kept.add(begun)
    error = errors.PartlyDone(
        "some", done=("a",), failed=(("b", errors.NoSpace("full", subject="b", code=7)),), subject="two"
    )
    line = StoredLine(1.5, "failed", "text", "b", store_error(errors.NoSpace("full")))
    kept.add(replace(begun, outcome=Outcome.FAILED, took_s=3.0, error=store_error(error), log=(line,)))
    (entry,) = kept.store.read(ALL)
    assert kept.told[-1].changed == (entry.id,)
    assert (entry.outcome, entry.took_s, entry.log) == (Outcome.FAILED, 3.0, ())
    whole = kept.store.read_one(entry.id)
    assert whole is not None
    assert whole.log == (line,)
    assert whole.error is not None
    again = restore_error(whole.error)
    assert isinstance(again, errors.PartlyDone)
    assert [(name, type(inner), inner.code) for name, inner in again.failed] == [("b", errors.NoSpace, 7)]


def test_what_is_no_machine_and_what_a_job_has_made_come_back(kept: Kept) -> None:
    pool = EntryTarget("h1", "", "images", "pool", "p-uuid")
    first = EntryTarget("h1", "", "disk", "volume", "/images/disk")
    second = EntryTarget("h1", "u1", "web")
    begun = JournalEntry(
        NOW_S,
        EntryKind.JOB,
        "create",
        Outcome.UNDER_WAY,
        (pool,),
        token="r:2",  # noqa: S106
        results=(first,),
    )
    kept.add(begun)
    (entry,) = kept.store.read(ALL)
    # More of it is made; it is the same entry.
    kept.add(replace(begun, results=(first, second)))
    assert kept.told[-1].changed == (entry.id,)
    whole = kept.store.read_one(entry.id)
    assert whole is not None
    assert (whole.outcome, whole.targets, whole.results) == (Outcome.UNDER_WAY, (pool,), (first, second))
    # All is taken back.
    kept.add(replace(begun, outcome=Outcome.FAILED, results=()))
    whole = kept.store.read_one(entry.id)
    assert whole is not None
    assert (whole.outcome, whole.targets, whole.results) == (Outcome.FAILED, (pool,), ())
    with sqlite3.connect(kept.store.path) as connection:
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("DELETE FROM entry")
        assert connection.execute("SELECT count(*) FROM thing").fetchone() == (0,)
    connection.close()


SCHEMA_OF_0_9 = """
CREATE TABLE entry (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    at REAL NOT NULL, kind TEXT NOT NULL, what TEXT NOT NULL, outcome TEXT NOT NULL,
    host_id TEXT NOT NULL, uuid TEXT NOT NULL, host TEXT NOT NULL, subject TEXT NOT NULL,
    detail TEXT NOT NULL, who TEXT NOT NULL, took REAL, error TEXT, log BLOB,
    token TEXT NOT NULL, searched TEXT NOT NULL
);
CREATE TABLE target (
    entry INTEGER NOT NULL REFERENCES entry (id) ON DELETE CASCADE,
    host_id TEXT NOT NULL, uuid TEXT NOT NULL, name TEXT NOT NULL
);
CREATE UNIQUE INDEX entry_token ON entry (token) WHERE token <> '';
PRAGMA user_version = 1;
INSERT INTO entry VALUES (7, 1e9, 'job', 'save', 'under_way', 'h1', '', 'alpha', 'web, db', '', 'ana@desk',
    NULL, NULL, NULL, 'old:1', 'web, db alpha ana@desk');
INSERT INTO target VALUES (7, 'h1', 'u1', 'web');
INSERT INTO target VALUES (7, 'h1', 'u2', 'db');
"""
"""As written before jobs had results and things other than machines."""


def test_a_log_of_before_opens_and_goes_on(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "journal.sqlite") as connection:
        connection.executescript(SCHEMA_OF_0_9)
    connection.close()
    kept = Kept(tmp_path, max_age_s=1e12)
    try:
        kept.add(event("after"))
        assert kept.whats() == ["after", "save"]
        found = kept.store.read_one(7)
        assert found is not None
        assert found.targets == (EntryTarget("h1", "u1", "web"), EntryTarget("h1", "u2", "db"))
        assert (found.outcome, found.results) == (Outcome.INTERRUPTED, ())
        made = EntryTarget("h1", "u3", "new")
        kept.add(event("create", results=(made,)))
        whole = kept.store.read_one(kept.store.read(ALL)[0].id)
        assert whole is not None
        assert whole.results == (made,)
        # The program of before goes on with the file, too.
        with sqlite3.connect(kept.store.path) as connection:
            assert connection.execute("PRAGMA user_version").fetchone() == (1,)
        connection.close()
    finally:
        kept.store.close()


def test_a_log_of_before_is_read_where_it_cannot_be_written(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "journal.sqlite") as connection:
        connection.executescript(SCHEMA_OF_0_9)
    connection.close()
    found = JournalStore(tmp_path).read_one(7)
    assert found is not None
    assert (found.what, len(found.targets), found.results) == ("save", 2, ())


def test_what_ran_when_a_program_ended_is_told_once(tmp_path: Path) -> None:
    before = Kept(tmp_path)
    running = JournalEntry(NOW_S, EntryKind.JOB, "save", Outcome.UNDER_WAY, token="r:1")  # noqa: S106
    before.add(running, replace(running, token="r:2"), event("x"))  # noqa: S106
    before.store.close()
    after = Kept(tmp_path)
    after.add(event("y"))
    assert [told.interrupted for told in after.told if told.interrupted] == [(1, 2)]
    after.store.close()
    once_more = Kept(tmp_path)
    once_more.add(event("z"))
    assert not [told for told in once_more.told if told.interrupted]
    once_more.store.close()


def test_a_long_job_keeps_all_its_targets(kept: Kept) -> None:
    targets = tuple(EntryTarget("h1", f"u{n}", f"vm{n}") for n in range(3000))
    kept.add(event("start", targets=targets))
    found = kept.store.read_one(kept.store.read(ALL)[0].id)
    assert found is not None
    assert found.targets == targets
    assert kept.store.read_one(99) is None


@given(
    st.builds(
        JournalEntry,
        at_unix_s=st.floats(0, 1e10),
        kind=st.sampled_from(EntryKind),
        what=st.text(max_size=20),
        outcome=st.sampled_from(Outcome),
        host=st.text(max_size=20),
        subject=st.text(max_size=20),
        detail=st.text(max_size=20),
        who=st.text(max_size=20),
        took_s=st.none() | st.floats(0, 1e9),
        error=st.none() | st.builds(store_error, st.builds(errors.NotFound, st.text(max_size=9))),
        log=st.lists(st.builds(StoredLine, st.floats(0, 1e10), st.text(max_size=9), st.text(max_size=9)), max_size=2)
        .map(tuple),
    )
)  # fmt: skip
def test_an_entry_comes_back_as_it_was(entry: JournalEntry) -> None:
    at, kind, what, outcome, host_id, uuid, host, subject, detail, who, took, error, log, token, _ = to_row(
        entry
    )
    row = (1, at, kind, what, outcome, host_id, uuid, host, subject, detail, who, took, error, token, log)
    assert from_row(row) == replace(entry, id=1)


def test_what_a_newer_program_wrote_is_shown(kept: Kept) -> None:
    kept.add(event("x"))
    with sqlite3.connect(kept.store.path) as connection:
        connection.execute("UPDATE entry SET kind = 'dream', outcome = 'vague'")
    connection.close()
    (entry,) = kept.store.read(ALL)
    assert (entry.kind, entry.outcome) == (EntryKind.OTHER, Outcome.NOTED)


def test_a_row_that_makes_no_sense_is_an_error_of_the_file_not_of_the_program(kept: Kept) -> None:
    kept.add(event("x", log=(StoredLine(1.0, "note", "y" * 100_000),)))
    assert kept.store.path.stat().st_size < 100_000
    with sqlite3.connect(kept.store.path) as connection:
        connection.execute("UPDATE entry SET log = 'rubbish'")
    connection.close()
    with pytest.raises(OSError, match=r"journal\.sqlite"):
        kept.store.read_one(1)
    assert kept.whats() == ["x"]


def test_only_so_many_and_so_old_are_kept(tmp_path: Path) -> None:
    kept = Kept(tmp_path, max_entries=50, max_age_s=1000.0)
    try:
        kept.add(event("old", at_unix_s=time.time() - 2000), *[event(str(n)) for n in range(6000)])
        newest = kept.whats(limit=10_000)
        # Looked after now and then, not at each entry.
        assert newest[:50] == [str(n) for n in range(5999, 5949, -1)]
        assert len(newest) < 50 + 2000 + 1000
        assert "old" not in newest
    finally:
        kept.store.close()


def test_nobody_else_may_read_it(kept: Kept) -> None:
    kept.add(event("x"))
    assert stat.S_IMODE(kept.store.path.stat().st_mode) == 0o600


@pytest.mark.parametrize(
    "content", [b"not a database, just words " * 200, b"SQLite format 3\0" + b"\xff" * 4080]
)
def test_a_broken_file_is_put_aside(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "journal.sqlite").write_bytes(content)
    kept = Kept(tmp_path)
    try:
        kept.add(event("after"))
        eventually_blocking(lambda: len(kept.whats()) == 2)
        assert sorted(kept.whats()) == ["after", RESTARTED]
        assert (tmp_path / "journal.broken.sqlite").read_bytes() == content
        assert kept.store.problem == ""
    finally:
        kept.store.close()


def reads_broken(kept: Kept) -> bool:
    """A reader finds it out too, and tells the writer."""
    try:
        kept.whats()
    except OSError:
        return True
    return False


def test_a_file_that_breaks_under_way_is_put_aside(tmp_path: Path) -> None:
    kept = Kept(tmp_path)
    kept.add(*[event(str(n)) for n in range(500)])
    kept.store.close()
    with (tmp_path / "journal.sqlite").open("r+b") as file:
        file.seek(4096)
        file.write(b"\xaa" * 60_000)
    kept = Kept(tmp_path)
    try:
        kept.store.record(lambda: (event("after"),))
        eventually_blocking(lambda: (tmp_path / "journal.broken.sqlite").exists() or reads_broken(kept))
        eventually_blocking(lambda: not reads_broken(kept) and {RESTARTED, "after"} <= set(kept.whats()))
    finally:
        kept.store.close()
    assert (tmp_path / "journal.broken.sqlite").exists()


def test_a_broken_file_that_cannot_be_put_aside_is_left_at_rest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As on a disk that breaks and is read-only from then on: tried again after a while, and the program can end."""
    kept = Kept(tmp_path, retry_s=1e6)
    kept.add(event("before"))
    tries: list[Path] = []

    def refuse(path: Path) -> None:
        tries.append(path)
        raise OSError(errno.EROFS, "read-only")

    monkeypatch.setattr("vmgui.store.journal.opening", refuse)
    with kept.store._condition:
        kept.store._is_broken = True
        kept.store._condition.notify_all()
    eventually_blocking(lambda: "read-only" in kept.store.problem)
    kept.store.record(lambda: (event("after"),))
    kept.store.close(timeout_s=120)
    assert kept.store._thread is not None
    assert not kept.store._thread.is_alive()
    # When it broke, and once more at the end.
    assert len(tries) <= 3


@pytest.mark.filterwarnings("default")
def test_where_nothing_can_be_written_it_says_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    kept = Kept(tmp_path / "file")
    try:
        kept.store.record(lambda: (event("x"),))
        eventually_blocking(lambda: kept.store.problem)
        assert kept.told[-1].problem
        assert kept.whats() == []
    finally:
        kept.store.close()


def test_a_newer_file_is_left_alone(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "journal.sqlite") as connection:
        connection.execute("PRAGMA user_version = 99")
    connection.close()
    kept = Kept(tmp_path)
    eventually_blocking(lambda: "newer" in kept.store.problem)
    kept.store.close()
    assert not (tmp_path / "journal.broken.sqlite").exists()


def test_a_newer_file_is_used_once_it_can_be(tmp_path: Path) -> None:
    path = tmp_path / "journal.sqlite"
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA user_version = 99")
    connection.close()
    kept = Kept(tmp_path)
    try:
        kept.store.record(lambda: (event("waits"),))
        eventually_blocking(lambda: "newer" in kept.store.problem)
        path.unlink()
        eventually_blocking(lambda: kept.whats() == ["waits"])
        assert kept.store.problem == ""
    finally:
        kept.store.close()


def test_what_cannot_be_written_now_is_written_later_in_its_order(kept: Kept) -> None:
    """Another process holds the database for longer than one waits: nothing of what happens is dropped."""
    kept.add(event("0"))
    other = sqlite3.connect(kept.store.path, isolation_level=None)
    try:
        other.execute("BEGIN IMMEDIATE")
        for number in range(1, 4):
            kept.store.record(lambda n=number: (event(str(n)),))
        eventually_blocking(lambda: "locked" in kept.store.problem)
        kept.store.record(lambda: (event("4"),))
        other.execute("COMMIT")
        eventually_blocking(lambda: len(kept.whats()) == 5)
    finally:
        other.close()
    assert kept.whats() == ["4", "3", "2", "1", "0"]
    eventually_blocking(lambda: kept.store.problem == "")


def test_entries_are_kept_once_where_the_oldest_cannot_be_forgotten(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_args: object) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    with monkeypatch.context() as full:
        full.setattr("vmgui.store.journal.prune", fail)
        kept = Kept(tmp_path)
        try:
            kept.store.record(lambda: (event("first"),))
            eventually_blocking(lambda: "full" in kept.store.problem)
            kept.add(event("second"))
            eventually_blocking(lambda: "second" in kept.whats())
            assert kept.whats() == ["second", "first"]
        finally:
            kept.store.close()


OTHER = """
import sys, time
from pathlib import Path
from vmgui.model.journal import *
from vmgui.store.journal import JournalStore
store = JournalStore(Path(sys.argv[1]))
store.start(lambda written: print(written.newest_id or written.changed, flush=True))
for outcome in (Outcome.UNDER_WAY, Outcome.DONE):
    sys.stdin.readline()
    job = JournalEntry(time.time(), EntryKind.JOB, "start", outcome, token="other:1", took_s=1.0)
    store.record(lambda job=job: (job,))
sys.stdin.readline()
store.close()
"""


def test_what_another_process_does_is_told_as_it_happens(kept: Kept) -> None:
    """A verb of the command line beside the window: its job appears in the log, and so does its end."""
    kept.add(event("mine"))
    child = subprocess.Popen(
        [sys.executable, "-c", OTHER, str(kept.store.path.parent)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert child.stdin is not None
    try:
        child.stdin.write("begin\n")
        child.stdin.flush()
        eventually_blocking(lambda: kept.told[-1].newest_id == 2)
        (job,) = kept.store.read(JournalFilter(kinds=(EntryKind.JOB,)))
        assert job.outcome is Outcome.UNDER_WAY
        # What this one writes in between is told once.
        kept.add(event("mine, too"))
        child.stdin.write("end\n")
        child.stdin.flush()
        eventually_blocking(lambda: job.id in kept.told[-1].changed)
        (job,) = kept.store.read(JournalFilter(kinds=(EntryKind.JOB,)))
        assert job.outcome is Outcome.DONE
    finally:
        child.communicate("close\n", timeout=30)


FIRST_START = """
import sys, time
from pathlib import Path
from vmgui.model.journal import *
from vmgui.store.journal import JournalStore
path, go, who = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]
print("ready", flush=True)
while not go.exists():
    time.sleep(0.001)
store = JournalStore(path)
store.start(lambda written: None)
for number in range(200):
    store.record(lambda n=number: (JournalEntry(time.time(), EntryKind.DOMAIN, f"{who}-{n}", Outcome.NOTED),))
store.close(60)
"""


@pytest.mark.parametrize("there", ["nothing", "rubbish"])
def test_first_starts_at_the_same_time_lose_nothing(tmp_path: Path, there: str) -> None:
    place = tmp_path / "state"
    if there == "rubbish":
        place.mkdir()
        (place / "journal.sqlite").write_bytes(b"not a database, just words " * 200)
    people = [f"p{number}" for number in range(4)]
    children = [
        subprocess.Popen(
            [sys.executable, "-c", FIRST_START, str(place), str(tmp_path / "go"), who],
            stdout=subprocess.PIPE,
            text=True,
        )
        for who in people
    ]
    for child in children:
        assert child.stdout is not None
        assert child.stdout.readline() == "ready\n"
    (tmp_path / "go").touch()
    for child in children:
        child.communicate(timeout=90)
    found = {entry.what for entry in JournalStore(place).read(ALL, limit=5000)}
    assert {f"{who}-{number}" for who in people for number in range(200)} <= found
    aside = [each.name for each in place.iterdir() if "broken" in each.name and each.suffix == ".sqlite"]
    assert aside == (["journal.broken.sqlite"] if there == "rubbish" else [])


def test_who_writes_into_a_file_that_was_put_aside_takes_the_new_one(kept: Kept) -> None:
    kept.add(event("before"))
    put_aside(kept.store.path, "broken")
    kept.store.record(lambda: (event("after"),))
    eventually_blocking(lambda: kept.whats() == ["after"])


CHILD = """
import sys, time
from pathlib import Path
from vmgui.model.journal import *
from vmgui.store.database_file import put_aside
from vmgui.store.journal import BATCH, JournalStore
store = JournalStore(Path(sys.argv[1]))
store.start(lambda written: print(written.newest_id, flush=True))
job = JournalEntry(time.time(), EntryKind.JOB, "start", Outcome.UNDER_WAY, token="child:1")
store.record(lambda: (job,))
while True:
    store.record(lambda: (JournalEntry(time.time(), EntryKind.DOMAIN, "x", Outcome.NOTED),))
    time.sleep(0.001)
"""


def test_a_kill_loses_nothing_told_and_interrupts_jobs(tmp_path: Path) -> None:
    child = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(CHILD), str(tmp_path)], stdout=subprocess.PIPE, text=True
    )
    assert child.stdout is not None
    try:
        last = 0
        while last < 30:
            last = int(child.stdout.readline())
        # A second program beside it does not call its job interrupted.
        beside = Kept(tmp_path)
        beside.add(event("beside"))
        assert [one.outcome for one in beside.store.read(JournalFilter(kinds=(EntryKind.JOB,)))] == [
            Outcome.UNDER_WAY
        ]
        beside.store.close()
    finally:
        child.send_signal(signal.SIGKILL)
        child.wait()
        child.stdout.close()
    after = Kept(tmp_path)
    try:
        after.add(event("after"))
        assert max(entry.id for entry in after.store.read(ALL, limit=5000)) > last
        assert [one.outcome for one in after.store.read(JournalFilter(kinds=(EntryKind.JOB,)))] == [
            Outcome.INTERRUPTED
        ]
    finally:
        after.store.close()


def test_a_flood_keeps_its_order_and_says_what_was_dropped(tmp_path: Path) -> None:
    kept = Kept(tmp_path, max_queued=1000)
    gate = threading.Event()

    def held() -> tuple[JournalEntry, ...]:
        gate.wait(10)
        return (event("first"),)

    try:
        kept.store.record(held)
        eventually_blocking(lambda: not kept.store._queue)
        for number in range(1500):
            kept.store.record(lambda n=number: (event(str(n)),))
        gate.set()
        eventually_blocking(lambda: NOT_RECORDED in kept.whats())
        entries = kept.store.read(ALL, limit=5000)
        assert [entry.what for entry in reversed(entries)] == ["first", *map(str, range(1000)), NOT_RECORDED]
        assert entries[0].detail == "500"
    finally:
        gate.set()
        kept.store.close()


def test_closing_writes_what_waits(tmp_path: Path) -> None:
    kept = Kept(tmp_path)
    for number in range(500):
        kept.store.record(lambda n=number: (event(str(n)),))
    kept.store.close()
    kept.store.record(lambda: (event("too late"),))
    assert not os.path.exists(f"{kept.store.path}-wal")
    assert kept.whats(limit=1) == ["499"]


def test_reading_where_there_is_nothing(tmp_path: Path) -> None:
    assert JournalStore(tmp_path).read(ALL) == ()
    assert JournalStore(tmp_path).read_one(1) is None


@pytest.mark.filterwarnings("default")
def test_an_entry_that_cannot_be_made_stops_nothing(kept: Kept) -> None:
    kept.store.record(lambda: (event("x") for _ in range(1 // 0)))
    kept.add(event("next"))
    assert kept.whats() == ["next"]


def test_names_of_others_are_bounded_and_seen(kept: Kept) -> None:
    """A name of 2 MB in 100 entries was 209 MiB on disk; a line break in one forges a line of what is exported."""
    name = "web\nforged\x1b[2J\u202e" + "x" * 2_000_000
    error = errors.PartlyDone(
        name, subject=name, done=(name,), failed=((name, errors.NoSpace(name, subject=name, host=name)),)
    )
    entry = JournalEntry(
        NOW_S, EntryKind.JOB, "start", Outcome.FAILED, (EntryTarget("h", "u", name), EntryTarget("h", "v", name)),
        name, name, name, name, error=store_error(error), log=(StoredLine(NOW_S, "text", name, name),),
    )  # fmt: skip
    kept.add(*[entry] * 20)
    size = sum(path.stat().st_size for path in kept.store.path.parent.glob(f"{kept.store.path.name}*"))
    assert size < 2_000_000
    (newest, *_) = kept.store.read(ALL)
    whole = kept.store.read_one(newest.id)
    assert whole is not None
    assert whole.error is not None
    names = [whole.host, whole.who, whole.error.subject, *(target.name for target in whole.targets)]
    assert {len(one) for one in names} == {256}
    for text in (*names, whole.subject, whole.detail):
        assert text.startswith("web\\nforged\\x1b[2J\\u202e")
    # It is found by what a person sees of it.
    assert kept.store.read(JournalFilter(terms=("forged",)))


def test_endless_entries_of_before_are_read_as_far_as_it_makes_sense(kept: Kept) -> None:
    kept.add(
        JournalEntry(
            NOW_S, EntryKind.JOB, "start", Outcome.FAILED, (EntryTarget("h", "u", "web"),), "a", "web"
        )
    )
    with sqlite3.connect(kept.store.path) as connection:
        big = "y" * 10_000_000
        connection.execute(
            "UPDATE entry SET host = ?, subject = ?, detail = ?, who = ?, error = ?", [big] * 5
        )
    connection.close()
    (entry,) = kept.store.read(ALL)
    assert sum(map(len, (entry.host, entry.subject, entry.detail, entry.who))) < 10_000
    assert entry.error is None
