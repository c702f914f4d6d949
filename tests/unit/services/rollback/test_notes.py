"""Notes of creations on a home that hangs or cannot be written: none outlives what it was about."""

from __future__ import annotations

import errno
import threading
from pathlib import Path

import pytest

from tests.helpers.waiting import eventually
from vmgui.model.host import HostId
from vmgui.model.rollback import Made, MadeKind, Unfinished
from vmgui.services.rollback import notes as module
from vmgui.services.rollback.notes import Note
from vmgui.store.rollback import RollbackNote, RollbackStore

MACHINE = Made(MadeKind.MACHINE, "web", "machine", is_proven=True)
UNFINISHED = Unfinished("web", "h", "host", "machine")


class Hanging(RollbackStore):
    """On a file server that answers late."""

    def __init__(self, directory: Path) -> None:
        super().__init__(directory)
        self.answers = threading.Event()
        self.begun: list[RollbackNote | None] = []

    def begin(self, unfinished: Unfinished) -> RollbackNote | None:
        assert self.answers.wait(120)
        note = super().begin(unfinished)
        self.begun.append(note)
        return note


def nobody(_host_id: HostId) -> None:
    raise AssertionError


@pytest.mark.parametrize("when", ["after the end", "before the end"])
async def test_a_note_that_comes_late_does_not_outlive_its_creation(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, when: str
) -> None:
    """The next run would take back a machine that was made."""
    monkeypatch.setattr(module, "WRITE_TIMEOUT_S", 0.0)
    store = Hanging(tmp_path)
    note = Note(store, UNFINISHED, nobody)
    await note.save((MACHINE,))
    monkeypatch.undo()
    if when == "before the end":
        store.answers.set()
        await eventually(lambda: note._note)
    await note.end(())
    store.answers.set()
    await eventually(lambda: store.begun and not list(tmp_path.iterdir()))
    assert RollbackStore(tmp_path).left_behind("h") == ()


async def test_a_home_that_hangs_does_not_keep_a_creation_from_ending(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    note = Note(RollbackStore(tmp_path), UNFINISHED, nobody)
    await note.save((MACHINE,))
    answers = threading.Event()
    remove = RollbackNote.remove

    def hang(self: RollbackNote) -> None:
        assert answers.wait(120)
        remove(self)

    with monkeypatch.context() as hanging:
        hanging.setattr(RollbackNote, "remove", hang)
        hanging.setattr(module, "WRITE_TIMEOUT_S", 0.0)
        await note.end(())
        answers.set()
        await eventually(lambda: not list(tmp_path.iterdir()))


def test_a_note_that_cannot_be_removed_says_that_nothing_is_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    note = RollbackStore(tmp_path).begin(Unfinished("web", "h", "host", "machine", (MACHINE,)))
    assert note is not None

    def refuse(*_args: object, **_how: object) -> None:
        raise OSError(errno.EPERM, "not permitted")

    with monkeypatch.context() as refused:
        refused.setattr(Path, "unlink", refuse)
        note.remove()
    (found,) = RollbackStore(tmp_path).left_behind("h")
    assert found.unfinished.made == ()
    found.remove()
