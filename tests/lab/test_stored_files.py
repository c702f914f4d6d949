"""Files on a full disk, on one that became read-only, and of somebody else: what was there stays, what is new waits."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.helpers.waiting import eventually_blocking
from vmgui.model.host import HostConfig
from vmgui.model.journal import EntryKind, JournalEntry, JournalFilter, JournalWritten, Outcome
from vmgui.model.stored_files import FileTrouble
from vmgui.store.hosts import HostStore
from vmgui.store.journal import JournalStore

ROOT = Path(__file__).parents[2]
FIRST = HostConfig("1", "first", "test:///default", notes="n" * 3000)
SECOND = HostConfig("2", "second", "test:///b", notes="n" * 30_000)


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A small file system of its own."""
    place = tmp_path / "disk"
    place.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=512k,mode=700", "vmgui-test", str(place)], check=True)
    yield place
    subprocess.run(["umount", "--lazy", str(place)], check=True)


def fill(disk: Path) -> None:
    with (disk / "filler").open("wb", buffering=0) as file:
        try:
            while True:
                file.write(b"x" * 4096)
        except OSError:
            return


def hosts(disk: Path) -> list[str]:
    return [entry["name"] for entry in tomllib.loads((disk / "hosts.toml").read_text())["host"]]


def opened(disk: Path) -> HostStore:
    store = HostStore(disk)
    store.save(FIRST)
    eventually_blocking(lambda: (disk / "hosts.kept.toml").exists())
    return store


def told(store: HostStore, words: str) -> None:
    notice = eventually_blocking(lambda: store.file.notice)
    assert (notice.trouble, notice.reason) == (FileTrouble.UNWRITABLE, words)


def test_a_full_disk(disk: Path) -> None:
    store = opened(disk)
    before = (disk / "hosts.toml").read_bytes()
    fill(disk)
    store.save(SECOND)
    told(store, "No space left on device")
    assert (disk / "hosts.toml").read_bytes() == before
    assert store.hosts == (FIRST, SECOND)
    (disk / "filler").unlink()
    store.file.retry()
    eventually_blocking(lambda: store.file.notice is None)
    assert hosts(disk) == ["first", "second"]
    store.close()
    # Nothing half written is left.
    assert {each.name for each in disk.iterdir()} == {"hosts.toml", "hosts.kept.toml", ".hosts.toml.lock"}


def test_a_disk_that_becomes_read_only(disk: Path) -> None:
    store = opened(disk)
    before = (disk / "hosts.toml").read_bytes()
    subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
    store.save(SECOND)
    told(store, "Read-only file system")
    assert (disk / "hosts.toml").read_bytes() == before
    assert HostStore(disk).hosts == (FIRST,)
    subprocess.run(["mount", "-o", "remount,rw", str(disk)], check=True)
    store.file.retry()
    eventually_blocking(lambda: store.file.notice is None)
    assert hosts(disk) == ["first", "second"]
    store.close()


def test_the_log_on_a_full_disk_is_written_once_there_is_room(disk: Path) -> None:
    news: list[JournalWritten] = []
    store = JournalStore(disk, retry_s=0.05, look_every_s=0.05)
    store.start(news.append)

    def note(what: str) -> None:
        entry = JournalEntry(
            time.time(), EntryKind.DOMAIN, what, Outcome.NOTED, detail=os.urandom(8000).hex()
        )
        store.record(lambda: (entry,))

    try:
        note("before")
        eventually_blocking(lambda: news and news[-1].newest_id == 1)
        fill(disk)
        for number in range(5):
            note(str(number))
        eventually_blocking(lambda: "full" in store.problem)
        note("last")
        (disk / "filler").unlink()
        eventually_blocking(lambda: len(store.read(JournalFilter())) == 7)
        assert [entry.what for entry in reversed(store.read(JournalFilter()))] == [
            *("before", "0", "1", "2", "3", "4", "last")
        ]
        eventually_blocking(lambda: store.problem == "")
    finally:
        store.close()


AS_NOBODY = """
import os, sys, time
from pathlib import Path
from vmgui.model.host import HostConfig
from vmgui.store.hosts import HostStore
os.setgid(65534)
os.setuid(65534)
store = HostStore(Path(sys.argv[1]))
store.save(HostConfig("2", "This computer", "qemu:///system"))
print(store.file.notice.trouble.value, store.file.is_known, flush=True)
store.file.retry()
store.close(5)
"""


def test_what_may_not_be_read_is_not_written_over_though_that_is_allowed() -> None:
    """A person may replace a file in a directory of their own that they cannot read: as after a start with sudo."""
    with tempfile.TemporaryDirectory(prefix="vmgui-files-", dir="/var/tmp") as name:
        place = Path(name)
        place.chmod(0o777)
        (place / "hosts.toml").write_text('[[host]]\nid = "1"\nname = "a"\nuri = "u"\n')
        (place / "hosts.toml").chmod(0o600)
        before = (place / "hosts.toml").stat()
        ended = subprocess.run(
            [sys.executable, "-c", AS_NOBODY, name], cwd=ROOT, capture_output=True, text=True, check=False
        )
        assert ended.stdout == "unreadable False\n", ended.stderr
        after = (place / "hosts.toml").stat()
        assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)
