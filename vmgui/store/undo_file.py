"""The file of changes as a person is told of it and has it mended."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from vmgui.model.stored_files import FileNotice

if TYPE_CHECKING:
    from vmgui.store.undo import UndoStore


class UndoFile:
    """A `KeptFile` of services/stored_files.py."""

    def __init__(self, store: UndoStore) -> None:
        self._store = store

    @property
    def notice(self) -> FileNotice | None:
        """What is the matter with it."""
        return self._store.notice

    @property
    def is_known(self) -> bool:
        """Whether what it has is all there is."""
        notice = self._store.notice
        return notice is None or bool(notice.aside)

    def follow(self, changed: Callable[[], None]) -> None:
        """Have `changed` called when `notice` is another."""
        self._store.tell_notices(changed)

    def retry(self) -> None:
        """Open it now."""
        self._store.look_again()

    def use_kept(self) -> None:
        """There is no copy."""

    def start_anew(self) -> None:
        """Put the damaged one aside."""
        self._store.look_again(anew=True)

    def dismiss(self) -> None:
        """The person knows where the damaged file was put."""
        self._store.forget_notice()
