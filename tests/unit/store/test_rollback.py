"""Notes of what was being made: kept through a kill, never taken from a living program."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from vmgui.model.rollback import Made, MadeKind, Unfinished
from vmgui.store.rollback import RollbackNote, RollbackStore

DISK = Made(
    MadeKind.VOLUME, "a\ud800.qcow2", "pool", is_proven=True, key="/a", capacity_bytes=5, others=("b", "c")
)
MADE = Unfinished("web", "h", "host", "machine", (DISK,))


def begun(store: RollbackStore, unfinished: Unfinished = MADE) -> RollbackNote:
    note = store.begin(unfinished)
    assert note is not None
    return note


def test_what_is_left_is_found_once_and_whole(tmp_path: Path) -> None:
    store = RollbackStore(tmp_path / "new")
    assert store.left_behind("h") == ()
    note = begun(store, Unfinished("web", "h", "host", "machine"))
    note.write(MADE)
    assert store.left_behind("h") == ()
    note.release()
    assert store.left_behind("other host") == ()
    (found,) = store.left_behind("h")
    assert found.unfinished == MADE
    # It is ours now, and nobody else's.
    assert RollbackStore(tmp_path / "new").left_behind("h") == ()
    found.remove()
    assert store.left_behind("h") == ()
    assert list((tmp_path / "new").iterdir()) == []


def test_a_program_that_lives_keeps_its_note_and_one_that_is_killed_leaves_it(tmp_path: Path) -> None:
    code = (
        "import sys, pathlib\n"
        "from vmgui.model.rollback import Unfinished\n"
        "from vmgui.store.rollback import RollbackStore\n"
        "note = RollbackStore(pathlib.Path(sys.argv[1])).begin(Unfinished('web', 'h', 'host', 'machine'))\n"
        "print('ready', flush=True)\n"
        "sys.stdin.read()\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as program:
        assert program.stdout is not None
        assert program.stdout.readline() == b"ready\n"
        assert RollbackStore(tmp_path).left_behind("h") == ()
        program.kill()
        program.wait()
    (found,) = RollbackStore(tmp_path).left_behind("h")
    assert found.unfinished.name == "web"
    found.remove()


def test_a_line_cut_off_by_a_crash_does_not_count(tmp_path: Path) -> None:
    store = RollbackStore(tmp_path)
    begun(store).release()
    (path,) = tmp_path.iterdir()
    with path.open("ab") as file:
        file.write(b'{"format": "vmgui roll')
    (found,) = store.left_behind("h")
    assert found.unfinished == MADE
    found.release()


@pytest.mark.parametrize(
    "text", [b"", b"nonsense\n", b'{"format": "vmgui rollback", "version": 2}\n', b"[]\n"]
)
def test_what_is_not_understood_is_left_alone(tmp_path: Path, text: bytes) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(text)
    assert RollbackStore(tmp_path).left_behind("h") == ()
    assert path.read_bytes() == text


def test_where_nothing_can_be_kept_there_is_no_note(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    assert RollbackStore(tmp_path / "file" / "notes").begin(MADE) is None
    assert RollbackStore(tmp_path / "file" / "notes").left_behind("h") == ()
