"""Keeps a note of what each attempt has made, for the run after one that ended too early."""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TypeVarTuple

from vmgui.model.host import HostId
from vmgui.model.rollback import Made, Unfinished
from vmgui.services.background import in_thread
from vmgui.store.rollback import RollbackNote, RollbackStore

log = logging.getLogger(__name__)

Ts = TypeVarTuple("Ts")

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
        """A note of one attempt; written when there is something to write."""
        return Note(self._store, unfinished, self._on_left)

    async def left_behind(self, host_id: HostId) -> tuple[RollbackNote, ...]:
        """What earlier runs left on a host; the caller's from now on."""
        if self._store is None:
            return ()
        return await in_thread(self._store.left_behind, host_id)


class Note:
    """One attempt's."""

    def __init__(
        self, store: RollbackStore | None, unfinished: Unfinished, on_left: Callable[[HostId], None]
    ) -> None:
        self._store = store
        self._unfinished = unfinished
        self._on_left = on_left
        self._lock = threading.Lock()
        self._note: RollbackNote | None = None
        self._is_over = False

    async def save(self, made: tuple[Made, ...]) -> None:
        """Write it; it is on the disk when this returns, as far as a file system promises that."""
        self._unfinished = replace(self._unfinished, made=made)
        if self._store is None:
            return
        write = partial(self._begin, self._store) if self._note is None else self._note.write
        if not await _in_time(write, self._unfinished):
            self._store = None

    async def end(self, left: tuple[Made, ...]) -> None:
        """The attempt is over; what is `left` is for who meets the host next."""
        with self._lock:
            self._is_over = True
            note, self._note = self._note, None
        if note is None:
            return
        if not left:
            await _in_time(note.remove)
            return
        if await _in_time(note.release):
            self._on_left(self._unfinished.host_id)

    def _begin(self, store: RollbackStore, unfinished: Unfinished) -> None:
        """Runs in a worker thread."""
        note = store.begin(unfinished)
        with self._lock:
            if not self._is_over:
                self._note = note
                return
        # It came after all, and nobody would ever take it away: the next run would take back a good machine.
        if note is not None:
            note.remove()


async def _in_time(call: Callable[[*Ts], None], *args: *Ts) -> bool:
    try:
        async with asyncio.timeout(WRITE_TIMEOUT_S):
            await in_thread(call, *args)
    except TimeoutError:
        log.warning("a note of what is being made is not written or removed in time")
        return False
    return True
