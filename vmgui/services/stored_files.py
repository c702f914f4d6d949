"""Follows the files of this person that other processes change too, and says what is the matter with them.

What another process (or the person's editor) changed is taken over while the program runs; what cannot be read or
written is told where it is looked at, with what can be done about it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Protocol

from vmgui.model.stored_files import FileNotice
from vmgui.services.notifier import Notifier


class KeptFile(Protocol):
    """A file that other processes may change, and what a person can have done where something is the matter with it;
    store/toml_file.py says what each is."""

    @property
    def notice(self) -> FileNotice | None: ...
    @property
    def is_known(self) -> bool: ...
    def follow(self, changed: Callable[[], None]) -> None: ...
    def retry(self) -> None: ...
    def use_kept(self) -> None: ...
    def start_anew(self) -> None: ...
    def dismiss(self) -> None: ...


class FileStore(Protocol):
    """A store of one file."""

    @property
    def file(self) -> KeptFile: ...

    def refresh(self) -> None:
        """Take over what the file says now."""
        ...

    def close(self) -> None:
        """Finish the last write (bounded)."""
        ...


@dataclass(frozen=True, slots=True)
class FileStatus:
    """A file, by its name, and what is the matter with it."""

    name: str
    notice: FileNotice


class StoredFiles:
    """All files by their names; loop thread only. Follows them from `start` to `close`."""

    def __init__(self, stores: Mapping[str, FileStore]) -> None:
        self.changed: Notifier[tuple[FileStatus, ...]] = Notifier()
        self.reread: Notifier[str] = Notifier()
        """The name of a file that says something else than before."""
        self._stores = dict(stores)
        self._statuses: tuple[FileStatus, ...] = ()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._look()

    @property
    def statuses(self) -> tuple[FileStatus, ...]:
        """What a person should know now."""
        return self._statuses

    def follow(self, name: str, reread: Callable[[], object]) -> None:
        """Call it when that file says something else than before."""

        def call(changed: str) -> None:
            if changed == name:
                reread()

        self.reread.subscribe(call)

    def is_known(self, name: str) -> bool:
        """Whether what the store has is all there is."""
        return name not in self._stores or self._stores[name].file.is_known

    def start(self) -> None:
        """Look for changes from now on."""
        self._loop = asyncio.get_running_loop()
        for name, store in self._stores.items():
            store.file.follow(partial(self._on_file, self._loop, name))

    def retry(self, name: str) -> None:
        """Read or write it again now."""
        self._stores[name].file.retry()

    def use_kept(self, name: str) -> None:
        """Put the last good copy into a damaged file's place."""
        self._stores[name].file.use_kept()

    def start_anew(self, name: str) -> None:
        """Go on without what is in a damaged file; it is put aside."""
        self._stores[name].file.start_anew()

    def dismiss(self, name: str) -> None:
        """The person knows."""
        self._stores[name].file.dismiss()
        self._look()

    async def close(self) -> None:
        """Hear nothing more; the files are their stores' to close."""
        self._loop = None

    def _on_file(self, loop: asyncio.AbstractEventLoop, name: str) -> None:
        """Called on the file's thread."""
        _call(loop, partial(self._take, name))

    def _take(self, name: str) -> None:
        if self._loop is None:
            return
        self._stores[name].refresh()
        self.reread.emit(name)
        self._look()

    def _look(self) -> None:
        found = ((name, store.file.notice) for name, store in self._stores.items())
        statuses = tuple(FileStatus(name, notice) for name, notice in found if notice is not None)
        if statuses != self._statuses:
            self._statuses = statuses
            self.changed.emit(statuses)


def _call(loop: asyncio.AbstractEventLoop, call: Callable[[], None]) -> None:
    try:
        loop.call_soon_threadsafe(call)
    except RuntimeError:
        # The loop has ended: nobody looks any more.
        return
