"""A file that several processes change: nothing is lost, whatever happens to it."""

from __future__ import annotations

import os
import subprocess
import sys
import textwrap
import threading
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.helpers.waiting import eventually_blocking
from vmgui.model.stored_files import FileNotice, FileTrouble
from vmgui.store.file_lock import locked
from vmgui.store.toml_changes import GONE, Changes, Order, Record
from vmgui.store.toml_file import TomlFile
from vmgui.store.toml_look import MAX_BYTES

ROOT = Path(__file__).parents[3]
GOOD = '# mine\nversion = 1\nown = 7\n[[host]]\nid = "a"\nname = "A"\nrack = 3\n'


def host(name: str) -> Record:
    return Record({"name": name}, {"name": name})


class Opened:
    """Files that are closed in the end, and what they told."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._open: list[TomlFile] = []

    def __call__(self, *, asks: bool = True, follow: bool = True) -> TomlFile:
        file = TomlFile(self.path, version=1, ids={"host": "id"}, asks=asks, look_every_s=0.01, retry_s=0.01)
        self._open.append(file)
        if follow:
            file.follow(lambda: None)
        return file

    def close(self) -> None:
        for file in self._open:
            file.close()


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Opened]:
    made = Opened(tmp_path / "hosts.toml")
    yield made
    made.close()


def on_disk(path: Path) -> dict[str, object]:
    return tomllib.loads(path.read_text())


def trouble(file: TomlFile) -> FileTrouble | None:
    notice = file.notice
    return notice.trouble if notice is not None else None


def save(file: TomlFile, changes: Changes) -> None:
    """Change it, and wait until that is on the disk."""
    file.change(changes)
    eventually_blocking(lambda: not file._pending)


def told(file: TomlFile, kind: FileTrouble) -> FileNotice:
    return eventually_blocking(lambda: notice if (notice := file.notice) and notice.trouble is kind else None)


# Several processes -----------------------------------------------------------------------------------------

CHILD = """
import sys
from pathlib import Path
from vmgui.store.toml_changes import Record
from vmgui.store.toml_file import TomlFile
path, who, times = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
file = TomlFile(path, version=1, ids={"host": "id"}, asks=True)
for number in range(times):
    file.change({("host", f"{who}-{number}"): Record({}, {"name": f"{who} {number}"}), (who,): number})
    if number % 3 == 0:
        # Written one by one, not all at once.
        while file._pending:
            pass
    file.change({("host", "shared"): Record({who: number}, {"name": "S", who: number})})
file.close(60)
"""


def test_processes_that_write_all_the_time_lose_nothing_of_each_other(tmp_path: Path) -> None:
    path = tmp_path / "hosts.toml"
    path.write_text(GOOD)
    people = [f"p{number}" for number in range(4)]
    children = [
        subprocess.Popen([sys.executable, "-c", CHILD, str(path), who, "12"], cwd=ROOT) for who in people
    ]
    assert [child.wait(90) for child in children] == [0] * 4
    after = on_disk(path)
    entries = {entry["id"]: entry for entry in after["host"]}
    assert {f"{who}-{number}" for who in people for number in range(12)} <= entries.keys()
    assert entries["a"] == {"id": "a", "name": "A", "rack": 3}
    assert all(entries["shared"][who] == 11 and after[who] == 11 for who in people)
    assert "# mine" in path.read_text()
    assert after["own"] == 7
    left = {each.name for each in tmp_path.iterdir()}
    assert left == {"hosts.toml", "hosts.kept.toml", ".hosts.toml.lock"}


def test_two_first_starts_keep_both_lists(tmp_path: Path) -> None:
    path = tmp_path / "new" / "hosts.toml"
    children = [
        subprocess.Popen([sys.executable, "-c", CHILD, str(path), who, "1"], cwd=ROOT) for who in ("a", "b")
    ]
    assert [child.wait(60) for child in children] == [0, 0]
    assert {entry["id"] for entry in on_disk(path)["host"]} == {"a-0", "b-0", "shared"}
    assert not [each for each in path.parent.iterdir() if "broken" in each.name]


def test_a_process_that_is_killed_while_it_holds_the_lock_holds_up_nobody(tmp_path: Path) -> None:
    code = f"""
    import os
    from pathlib import Path
    from vmgui.store.file_lock import locked
    with locked(Path({str(tmp_path / ".hosts.toml.lock")!r})):
        os.kill(os.getpid(), 9)
    """
    ended = subprocess.run([sys.executable, "-c", textwrap.dedent(code)], cwd=ROOT, check=False)
    assert ended.returncode == -9
    with locked(tmp_path / ".hosts.toml.lock", timeout_s=5):
        pass


def test_who_holds_the_lock_too_long_is_told_and_waited_for(opened: Opened) -> None:
    with locked(opened.path.with_name(".hosts.toml.lock")):
        file = opened()
        file.change({("host", "b"): host("B")})
        assert "another program" in told(file, FileTrouble.UNWRITABLE).reason
    eventually_blocking(lambda: not file._pending)
    assert file.notice is None


def test_another_process_s_changes_are_seen_and_told(opened: Opened) -> None:
    opened.path.write_text(GOOD)
    first, second = opened(follow=False), opened()
    seen = threading.Event()
    first.follow(seen.set)
    save(second, {("host", "b"): host("B"), ("host",): Order(("b", "a"))})
    assert seen.wait(10)
    eventually_blocking(lambda: [each["id"] for each in first.content["host"]] == ["b", "a"])
    save(first, {("host", "a"): GONE})
    eventually_blocking(lambda: [each["id"] for each in second.content["host"]] == ["b"])


def test_who_changes_what_another_has_taken_off_brings_it_back_whole(opened: Opened) -> None:
    opened.path.write_text(GOOD)
    first, second = opened(follow=False), opened(follow=False)
    save(first, {("host", "a"): GONE})
    save(second, {("host", "a"): Record({"notes": "n"}, {"name": "A", "notes": "n"})})
    assert on_disk(opened.path)["host"] == [{"id": "a", "name": "A", "notes": "n"}]


# What cannot be read ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["directory", "pipe", "dangling link", "loop"])
@pytest.mark.parametrize("asks", [True, False])
def test_what_cannot_be_read_is_never_written_over_and_taken_up_later(
    opened: Opened, kind: str, asks: bool
) -> None:
    path = opened.path
    match kind:
        case "directory":
            path.mkdir()
        case "pipe":
            os.mkfifo(path)
        case "dangling link":
            path.symlink_to(path.parent / "volume" / "hosts.toml")
        case _:
            path.symlink_to(path)
    before = path.lstat()
    file = opened(asks=asks)
    assert trouble(file) is FileTrouble.UNREADABLE
    assert not file.is_known
    file.change({("host", "b"): host("B")})
    assert [each["id"] for each in file.content["host"]] == ["b"]
    # It has been looked at again, and still not been written.
    looked = threading.Event()
    original = file._look
    file._look = lambda: (looked.set(), original())[1]  # type: ignore[method-assign]
    assert looked.wait(10)
    now = path.lstat()
    assert (now.st_ino, now.st_mode) == (before.st_ino, before.st_mode)
    if kind == "dangling link":
        (path.parent / "volume").mkdir()
        (path.parent / "volume" / "hosts.toml").write_text(GOOD)
    else:
        # For a moment nothing is there, and that is written into, too: like every writer, this one holds the lock.
        with locked(path.with_name(".hosts.toml.lock")):
            path.rmdir() if kind == "directory" else path.unlink()
            path.write_text(GOOD)
    eventually_blocking(lambda: not file._pending)
    assert file.notice is None
    assert {each["id"] for each in on_disk(path)["host"]} == {"a", "b"}
    assert path.is_symlink() is (kind == "dangling link")


def test_what_becomes_unreadable_under_way_goes_on_with_what_is_known(opened: Opened) -> None:
    opened.path.write_text(GOOD)
    file = opened()
    aside = opened.path.with_name("aside")
    opened.path.rename(aside)
    opened.path.mkdir()
    told(file, FileTrouble.UNREADABLE)
    assert [each["id"] for each in file.content["host"]] == ["a"]
    opened.path.rmdir()
    aside.rename(opened.path)
    eventually_blocking(lambda: file.notice is None)


# What is damaged -------------------------------------------------------------------------------------------

DAMAGED = {
    "syntax": b"[[host]\n",
    "no text": b"\xff\xfe\x00",
    "zeros": b"\0" * 100,
    "empty": b"",
    "deep": b"a = " + b"[" * 100_000,
    "no list": b"host = 3\n",
    "large": b"#" * (MAX_BYTES + 1),
}


@pytest.mark.parametrize("how", DAMAGED)
def test_a_damaged_list_waits_for_the_person_and_offers_the_kept_copy(opened: Opened, how: str) -> None:
    opened.path.write_text(GOOD)
    first = opened()
    save(first, {("host", "b"): host("B")})
    first.close()
    opened.path.write_bytes(DAMAGED[how])
    file = opened()
    notice = told(file, FileTrouble.DAMAGED)
    assert notice.waits
    assert Path(notice.kept_copy).name == "hosts.kept.toml"
    assert notice.kept_unix_s > 0
    assert not file.is_known
    assert file.content == {}
    file.change({("host", "c"): host("C")})
    file.retry()
    eventually_blocking(lambda: trouble(file) is FileTrouble.DAMAGED)
    assert opened.path.read_bytes() == DAMAGED[how]
    file.use_kept()
    eventually_blocking(lambda: not file._pending and file.is_known)
    assert {each["id"] for each in on_disk(opened.path)["host"]} == {"a", "b", "c"}
    assert on_disk(opened.path)["own"] == 7
    aside = told(file, FileTrouble.DAMAGED).aside
    assert Path(aside).read_bytes() == DAMAGED[how]
    file.dismiss()
    assert file.notice is None


def test_starting_anew_keeps_the_damaged_one_each_time_under_a_name_of_its_own(opened: Opened) -> None:
    for number, name in enumerate(("hosts.broken", "hosts.broken-2"), 1):
        opened.path.write_text(f"[[host {number}")
        file = opened()
        file.start_anew()
        eventually_blocking(lambda f=file: f.is_known)
        assert on_disk(opened.path) == {"version": 1}
        assert file.content == {"version": 1}
        assert (opened.path.parent / name).read_text() == f"[[host {number}"
        file.close()


def test_starting_anew_is_no_damage_and_keeps_the_copy_too(opened: Opened) -> None:
    opened.path.write_text(GOOD)
    first = opened()
    eventually_blocking(first.kept_path.exists)
    first.close()
    opened.path.write_text("[[host")
    file = opened()
    file.start_anew()
    eventually_blocking(lambda: file.is_known)
    file.close()
    assert opened().notice is None
    assert opened.path.with_name("hosts.before.toml").read_text() == GOOD


def test_other_files_go_on_with_the_kept_copy_by_themselves(opened: Opened) -> None:
    opened.path.write_text('theme = "dark"\nown = 1\n')
    first = opened(asks=False)
    eventually_blocking(first.kept_path.exists)
    first.close()
    opened.path.write_text("theme = [")
    file = opened(asks=False)
    assert file.content == {"theme": "dark", "own": 1}
    assert not told(file, FileTrouble.DAMAGED).waits
    assert opened.path.read_text() == "theme = ["
    save(file, {("language",): "es"})
    assert on_disk(opened.path) == {"theme": "dark", "own": 1, "language": "es", "version": 1}
    assert opened.path.with_name("hosts.broken").read_text() == "theme = ["


def test_a_damaged_file_that_a_person_mends_is_taken_up(opened: Opened) -> None:
    opened.path.write_text("[[host")
    file = opened()
    assert trouble(file) is FileTrouble.DAMAGED
    opened.path.write_text(GOOD)
    eventually_blocking(lambda: file.notice is None)
    assert [each["id"] for each in file.content["host"]] == ["a"]


def test_what_another_process_mended_is_not_put_aside(opened: Opened) -> None:
    """Two find the damage; the second one finds the first one's mended file."""
    opened.path.write_text("[[host")
    first, second = opened(follow=False), opened(follow=False)
    first.start_anew()
    first.change({("host", "a"): host("A")})
    eventually_blocking(lambda: not first._pending)
    second.start_anew()
    second.change({("host", "b"): host("B")})
    eventually_blocking(lambda: not second._pending)
    assert {each["id"] for each in on_disk(opened.path)["host"]} == {"a", "b"}
    assert not opened.path.with_name("hosts.broken-2").exists()


def test_a_list_that_vanishes_is_not_an_empty_one(opened: Opened) -> None:
    opened.path.write_text(GOOD)
    file = opened()
    eventually_blocking(file.kept_path.exists)
    opened.path.unlink()
    assert told(file, FileTrouble.DAMAGED).waits
    assert [each["id"] for each in file.content["host"]] == ["a"]
    file.use_kept()
    eventually_blocking(lambda: file.notice is None)
    assert opened.path.read_text() == GOOD


# Newer ones ------------------------------------------------------------------------------------------------


def test_a_file_of_a_newer_program_is_read_and_left_alone(opened: Opened) -> None:
    newer = GOOD.replace("version = 1", "version = 2")
    opened.path.write_text(newer)
    file = opened()
    assert trouble(file) is FileTrouble.NEWER
    assert file.is_known
    file.change({("host", "b"): host("B")})
    assert {each["id"] for each in file.content["host"]} == {"a", "b"}
    file.retry()
    file.close()
    assert opened.path.read_text() == newer
    # The newer program has gone back to what this one knows.
    again = opened()
    again.change({("host", "b"): host("B")})
    opened.path.write_text(GOOD)
    eventually_blocking(lambda: not again._pending)
    assert {each["id"] for each in on_disk(opened.path)["host"]} == {"a", "b"}


# What cannot be written ------------------------------------------------------------------------------------


def test_what_cannot_be_saved_is_told_and_tried_again(opened: Opened) -> None:
    opened.path.write_text(GOOD)
    lock = opened.path.with_name(".hosts.toml.lock")
    lock.mkdir()
    file = opened()
    file.change({("host", "b"): host("B")})
    notice = told(file, FileTrouble.UNWRITABLE)
    assert notice.since_unix_s > 0
    assert notice.reason
    assert opened.path.read_text() == GOOD
    assert {each["id"] for each in file.content["host"]} == {"a", "b"}
    lock.rmdir()
    eventually_blocking(lambda: not file._pending)
    assert file.notice is None
    assert {each["id"] for each in on_disk(opened.path)["host"]} == {"a", "b"}


LIMITED = """
import resource, sys, time
from pathlib import Path
from vmgui.store.toml_changes import Record
from vmgui.store.toml_file import TomlFile
path = Path(sys.argv[1])
file = TomlFile(path, version=1, ids={"host": "id"}, retry_s=0.01)
resource.setrlimit(resource.RLIMIT_FSIZE, (200, resource.RLIM_INFINITY))
file.change({("host", "b"): Record({}, {"name": "B", "notes": "n" * 1000})})
while file.notice is None:
    time.sleep(0.01)
print(file.notice.trouble.value, flush=True)
sys.stdin.readline()
resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
file.close(30)
"""


def test_no_room_loses_neither_the_old_file_nor_the_change(tmp_path: Path) -> None:
    path = tmp_path / "hosts.toml"
    path.write_text(GOOD)
    child = subprocess.Popen(
        [sys.executable, "-c", LIMITED, str(path)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert child.stdout is not None
    assert child.stdout.readline() == "unwritable\n"
    assert path.read_text() == GOOD
    assert not [
        each for each in tmp_path.iterdir() if each.name.startswith(".hosts.toml.") and each.suffix != ".lock"
    ]
    child.communicate("go\n", timeout=60)
    assert child.returncode == 0
    assert {each["id"] for each in on_disk(path)["host"]} == {"a", "b"}


def test_a_link_to_the_file_stays_a_link(opened: Opened) -> None:
    real = opened.path.parent / "dotfiles"
    real.mkdir()
    (real / "hosts.toml").write_text(GOOD)
    opened.path.symlink_to("dotfiles/hosts.toml")
    save(opened(), {("host", "b"): host("B")})
    assert opened.path.is_symlink()
    assert len(on_disk(real / "hosts.toml")["host"]) == 2


def test_a_damaged_file_behind_a_link_is_not_lost(opened: Opened) -> None:
    """As people have who keep their settings in one folder of their own."""
    real = opened.path.with_name("dotfiles.toml")
    real.write_text("[[host]\n not toml")
    opened.path.symlink_to(real)
    file = opened()
    file.start_anew()
    notice = eventually_blocking(lambda: notice if (notice := file.notice) and notice.aside else None)
    assert Path(notice.aside).read_text() == "[[host]\n not toml"
    assert opened.path.is_symlink()


@pytest.mark.parametrize("content", [b"\xff\xfe", b"x" * (MAX_BYTES + 1)], ids=["no text", "too large"])
def test_a_damaged_copy_keeps_nothing_from_being_saved(opened: Opened, content: bytes) -> None:
    opened.path.write_text(GOOD)
    copy = opened.path.with_name("hosts.kept.toml")
    copy.write_bytes(content)
    file = opened()
    save(file, {("host", "b"): host("B")})
    assert "B" in opened.path.read_text()
    eventually_blocking(lambda: b'"B"' in copy.read_bytes())


@pytest.mark.parametrize("asks", [True, False])
def test_a_copy_that_cannot_be_read_now_is_waited_for(opened: Opened, asks: bool) -> None:
    """It is all there is of what is in the damaged file: nothing is put in its place before."""
    copy, away = opened.path.with_name("hosts.kept.toml"), opened.path.with_name("away")
    opened.path.write_text("[[host]\n not toml")
    copy.symlink_to(away)
    file = opened(asks=asks)
    file.change({("host", "b"): host("B")})
    if asks:
        file.use_kept()
    eventually_blocking(lambda: file._unwritten is not None)
    assert opened.path.read_text() == "[[host]\n not toml"
    away.write_text(GOOD)
    eventually_blocking(lambda: not file._pending)
    assert [entry["name"] for entry in on_disk(opened.path)["host"]] == ["A", "B"]  # type: ignore[attr-defined]


def test_an_error_nobody_thought_of_is_told_and_tried_again(
    opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = opened()
    with monkeypatch.context() as broken:
        broken.setattr("vmgui.store.toml_file.apply", _fail)
        file.change({("host", "b"): host("B")})
        eventually_blocking(lambda: file._unwritten is not None)
    eventually_blocking(lambda: not file._pending)
    assert "B" in opened.path.read_text()


def _fail(*_args: object) -> None:
    raise TypeError("of a library")


def test_permissions_stay(opened: Opened) -> None:
    opened.path.write_text(GOOD)
    opened.path.chmod(0o640)
    save(opened(), {("host", "b"): host("B")})
    assert opened.path.stat().st_mode & 0o777 == 0o640
