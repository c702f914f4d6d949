"""One for each machine: who reads its definition, changes it and defines it, and for how long nobody else may."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable
from typing import Any, Generic, TypeVar
from weakref import WeakValueDictionary

from vmgui.hypervisor.connection import Connection
from vmgui.hypervisor.departure import Departure
from vmgui.hypervisor.lane import OnWait
from vmgui.hypervisor.lanes import LaneKind
from vmgui.model.domain import DomainKey
from vmgui.model.errors import Busy

R = TypeVar("R")


class DefinitionLocks:
    """Loop thread only."""

    def __init__(self) -> None:
        # Each is kept by who holds it or waits for it.
        self._locks: WeakValueDictionary[DomainKey, asyncio.Lock] = WeakValueDictionary()

    def of(self, key: DomainKey) -> asyncio.Lock:
        """Held by whoever reads a definition, changes it and defines it."""
        lock = self._locks.get(key)
        if lock is None:
            lock = self._locks[key] = asyncio.Lock()
        return lock

    async def run(
        self,
        connection: Connection,
        key: DomainKey,
        call: Callable[[Any, str, Departure], R],
        *,
        on_late: Callable[[R], None],
        timeout_s: float,
        lane: LaneKind | None = None,
        on_wait: OnWait | None = None,
    ) -> R:
        """The result of a call (connection, UUID, departure) that changes the definition.

        The lock is held until its thread has come back, also where nobody waits for that any more: what it defines is
        made of what it has read. It should ask the departure before it defines. `on_late`: told what came of it then.

        Raises what the connection raises, and Busy where an earlier one has not come back.
        """
        lock = self.of(key)
        try:
            async with asyncio.timeout(timeout_s):
                await lock.acquire()
        except TimeoutError:
            raise Busy("an earlier change of it has not come back").unsent() from None
        turn = _Turn(lock, call, on_late)
        try:
            return await connection.run(turn.make, key.uuid, lane=lane, timeout_s=timeout_s, on_wait=on_wait)
        except BaseException:
            turn.give_up()
            raise


class _Turn(Generic[R]):
    """One call that holds a lock; loop thread, but for `make`."""

    def __init__(
        self, lock: asyncio.Lock, call: Callable[[Any, str, Departure], R], on_late: Callable[[R], None]
    ) -> None:
        self._lock = lock
        self._call = call
        self._on_late = on_late
        self._loop = asyncio.get_running_loop()
        self._begins, self._defines = Departure(), Departure()
        self._is_given_up = False
        self._result: R | None = None

    def make(self, conn: Any, uuid: str) -> R:
        """In the call's thread."""
        self._begins.leave()
        result: R | None = None
        try:
            result = self._call(conn, uuid, self._defines)
            return result
        finally:
            # Where the loop has ended, nobody waits for the lock any more.
            with contextlib.suppress(RuntimeError):
                self._loop.call_soon_threadsafe(self._on_back, result)

    def give_up(self) -> None:
        """It failed, or nobody waits for it any more."""
        self._defines.call_off()
        self._is_given_up = True
        if not self._begins.call_off():
            self._lock.release()
        elif self._result is not None:
            self._on_late(self._result)

    def _on_back(self, result: R | None) -> None:
        self._lock.release()
        self._result = result
        if self._is_given_up and result is not None:
            self._on_late(result)
