"""Calls that need connections to two hosts at once, as a migration does.

Such a call takes a place in the long lane of each host. All calls take them in one order (that of the hosts' ids), so
two calls between the same hosts, in whichever direction, never hold what the other waits for. It departs only when
it has both. One that does not come back keeps both, and is counted on both hosts.
"""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable
from typing import TypeVar, TypeVarTuple

import libvirt

from vmgui.hypervisor.connection import Connection
from vmgui.hypervisor.departure import Departure
from vmgui.hypervisor.lane import OnWait
from vmgui.hypervisor.lanes import LONG
from vmgui.model.errors import VmguiError

R = TypeVar("R")
Ts = TypeVarTuple("Ts")


class _Place:
    """A place in the lane of the host that comes first, kept until the call has ended or will never be made."""

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
        raise ValueError("one host is not two: its places would wait for each other")
    first, second = sorted(
        (source, destination), key=lambda connection: (connection.config.id, id(connection))
    )
    place, departure = _Place(), Departure()
    results: list[R] = []
    deadline_s = None if timeout_s is None else time.monotonic() + timeout_s

    def make(conn: libvirt.virConnect) -> R:
        try:
            departure.leave()
            other = place.conn
            # Kept by the other thread until `leave` below.
            assert other is not None
            pair = (other, conn) if first is source else (conn, other)
            return call(*pair, *args)
        finally:
            place.leave()

    try:
        async with asyncio.TaskGroup() as group:
            keeping = group.create_task(
                first.run(place.keep, lane=LONG, timeout_s=timeout_s, on_wait=on_wait)
            )
            await place.taken.wait()
            left_s = None if deadline_s is None else max(0.0, deadline_s - time.monotonic())
            try:
                results.append(await second.run(make, lane=LONG, timeout_s=left_s, on_wait=on_wait))
            finally:
                if place.is_left:
                    # The call has ended: so does the keeping, by itself.
                    await asyncio.wait((keeping,))
        return results[0]
    except BaseExceptionGroup as failures:
        if results:
            # It is done, whatever came of the place it no longer needs.
            return results[0]
        error = failures.exceptions[0]
        if isinstance(error, VmguiError) and not departure.call_off():
            error.unsent()
        raise error from None
    finally:
        if not departure.call_off():
            place.leave()
