"""Calls that need connections to two hosts at once, as a migration does.

Such a call takes a place in the long lane of each host: both at once or none. It waits in the line of one host; when
its turn comes there and the other host has no place, it gives its own back and waits in that other line, with empty
hands: however many wait for a host that is full, they take nothing from the hosts they come from. It departs only
when it has both, and a connection to each: while one is being opened it can still leave. One that does not come back
keeps both, and is counted on both hosts.
"""

from __future__ import annotations

import asyncio
import contextlib
import threading
import time
from collections.abc import Callable
from functools import partial
from typing import TypeVar, TypeVarTuple

import libvirt

from vmgui.hypervisor.connection import Connection
from vmgui.hypervisor.departure import Departure
from vmgui.hypervisor.lane import Leave, OnWait
from vmgui.hypervisor.lanes import LONG
from vmgui.model.errors import Aborted, VmguiError

R = TypeVar("R")
Ts = TypeVarTuple("Ts")


GRACE_S = 0.05
"""So long a place is waited for with the other one in hand: a thread that has just ended its call takes a moment."""

CONNECTING_S = 1.0
"""Where it has not departed by then, though nobody stands before it, it is told as waiting: for a connection."""

# One at a time reaches for its second place: two that hold what the other wants would both give way, for ever.
_reaching = asyncio.Lock()


class _Place:
    """A place in the lane of the host that is waited for, kept until the call has ended or will not be made."""

    def __init__(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._left = threading.Event()
        self.conn: libvirt.virConnect | None = None
        self.taken = asyncio.Event()

    @property
    def is_left(self) -> bool:
        return self._left.is_set()

    def keep(self, conn: libvirt.virConnect) -> None:
        """Runs in the lane's thread."""
        self.conn = conn
        try:
            self._loop.call_soon_threadsafe(self.taken.set)
            self._left.wait()
        except RuntimeError:
            # The loop has ended: nobody waits any more.
            return
        finally:
            self.conn = None

    def leave(self) -> None:
        """Any thread."""
        self._left.set()


class _Line:
    """Tells once that a call waits and once that it does no longer, for whatever it waited; loop thread."""

    def __init__(self, on_wait: OnWait | None, departure: Departure) -> None:
        self._on_wait = on_wait
        self._departure = departure
        self._waits = False
        self._left = asyncio.Event()
        self._timer = asyncio.get_running_loop().call_later(CONNECTING_S, self.wait)

    def stand(self, waits: bool, _leave: Leave) -> None:
        """What the lane tells."""
        if waits:
            self.wait()

    def wait(self) -> None:
        if not self._waits and self._on_wait is not None:
            self._waits = True
            self._on_wait(True, self.leave)

    def leave(self) -> None:
        """Nothing happens once it has departed."""
        if not self._departure.call_off():
            self._left.set()

    async def until_left(self) -> None:
        """Ends in Aborted."""
        await self._left.wait()
        raise Aborted("left while it waited for its turn")

    def end(self) -> None:
        self._timer.cancel()
        if self._waits and self._on_wait is not None:
            self._waits = False
            self._on_wait(False, self.leave)


async def run_between(
    source: Connection,
    destination: Connection,
    call: Callable[[libvirt.virConnect, libvirt.virConnect, *Ts], R],
    *args: *Ts,
    timeout_s: float | None = None,
    on_wait: OnWait | None = None,
) -> R:
    """The result of `call(conn of the source, conn of the destination, *args)`; all else as Connection.run."""
    if source is destination:
        raise ValueError("one host is not two: it has two places for nobody")
    loop = asyncio.get_running_loop()
    deadline_s = None if timeout_s is None else time.monotonic() + timeout_s
    departure = Departure()
    line = _Line(on_wait, departure)

    def to_loop(callback: Callable[[], None]) -> None:
        with contextlib.suppress(RuntimeError):  # the loop has ended: nobody waits any more
            loop.call_soon_threadsafe(callback)

    def left_s() -> float | None:
        return None if deadline_s is None else max(0.0, deadline_s - time.monotonic())

    async def attempt(near: Connection, far: Connection) -> list[R]:
        """Wait for a place of `near`; the call's result, or nothing where `far` had no place then."""
        place, is_decided = _Place(), asyncio.Event()
        results: list[R] = []
        # Both places are its own then, whatever opening a connection may still take.
        on_turn = partial(to_loop, is_decided.set)

        def make(conn: libvirt.virConnect) -> R:
            try:
                departure.leave()
                to_loop(line.end)
                other = place.conn
                # Kept by the other thread until `leave` below.
                assert other is not None
                pair = (other, conn) if near is source else (conn, other)
                return call(*pair, *args)
            finally:
                place.leave()

        async def keep() -> None:
            try:
                await near.run(place.keep, lane=LONG, timeout_s=left_s(), on_wait=line.stand)
            except VmguiError:
                # Left: the call has ended, or is not made now, and what came of that the other place tells.
                if not place.is_left:
                    raise

        async def go(keeping: asyncio.Task[None]) -> None:
            try:
                result = await far.run(
                    make, lane=LONG, timeout_s=left_s(), on_wait=_leave_soon, on_turn=on_turn
                )
                results.append(result)
            except Aborted as error:
                if not error.never_sent:
                    raise
                place.leave()
            finally:
                if place.is_left:
                    # The call has ended, or is not made now: so does the keeping end, by itself.
                    await asyncio.wait((keeping,))
                is_decided.set()

        try:
            async with asyncio.TaskGroup() as group:
                keeping = group.create_task(keep())
                leaving = group.create_task(line.until_left())
                keeping.add_done_callback(lambda _: leaving.cancel())
                await place.taken.wait()
                async with _reaching:
                    group.create_task(go(keeping))
                    await is_decided.wait()
        except BaseExceptionGroup as failures:
            # It is done, whatever came of the place it no longer needs.
            if not results:
                raise failures.exceptions[0] from None
        finally:
            if not place.is_left and not departure.call_off():
                place.leave()
        return results

    near, far = source, destination
    try:
        while not (results := await attempt(near, far)):
            near, far = far, near
        return results[0]
    except VmguiError as error:
        if not departure.call_off():
            error.unsent()
        raise
    finally:
        departure.call_off()
        line.end()


def _leave_soon(waits: bool, leave: Leave) -> None:
    if waits:
        asyncio.get_running_loop().call_later(GRACE_S, leave)
