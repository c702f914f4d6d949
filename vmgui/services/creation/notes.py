"""Keeps a note of what each creation has made, for the run after one that ended too early."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from dataclasses import replace

from vmgui.model.host import HostId
from vmgui.model.rollback import Made, Unfinished
from vmgui.services.background import in_thread
from vmgui.store.rollback import RollbackNote, RollbackStore

log = logging.getLogger(__name__)

WRITE_TIMEOUT_S = 5.0
"""A home that hangs does not keep a machine from being made: it goes on without a note."""


class Notes:
    """All of them; without a store none is kept. Loop thread only."""

    def __init__(self, store: RollbackStore | None, on_left: Callable[[HostId], None]) -> None:
        """`on_left` is told that something has been left for later on a host."""
        self._store = store
        self._on_left = on_left

    @property
    def are_kept(self) -> bool:
        """Whether what is left is dealt with later."""
        return self._store is not None

    def of(self, unfinished: Unfinished) -> Note:
        """A note of one creation; written when there is something to write."""
        return Note(self._store, unfinished, self._on_left)

    async def left_behind(self, host_id: HostId) -> tuple[RollbackNote, ...]:
        """What earlier runs left on a host; the caller's from now on."""
        if self._store is None:
            return ()
        return await in_thread(self._store.left_behind, host_id)


class Note:
    """One creation's."""

    def __init__(
        self, store: RollbackStore | None, unfinished: Unfinished, on_left: Callable[[HostId], None]
    ) -> None:
        self._store = store
        self._unfinished = unfinished
        self._on_left = on_left
        self._note: RollbackNote | None = None

    async def save(self, made: tuple[Made, ...]) -> None:
        """On the disk when it returns, as far as that can be had."""
        self._unfinished = replace(self._unfinished, made=made)
        if self._store is None:
            return
        try:
            async with asyncio.timeout(WRITE_TIMEOUT_S):
                if self._note is None:
                    self._note = await in_thread(self._store.begin, self._unfinished)
                else:
                    await in_thread(self._note.write, self._unfinished)
        except TimeoutError:
            log.warning("the note of what is being made is not written in time")
            self._store = None

    async def end(self, left: tuple[Made, ...]) -> None:
        """The creation is over; what is `left` is for who meets the host next."""
        note, self._note = self._note, None
        if note is None:
            return
        if not left:
            await in_thread(note.remove)
            return
        await in_thread(note.release)
        self._on_left(self._unfinished.host_id)
