"""Whether a call has left for its host: decided once, between who makes it and who no longer waits for it.

A call that fails while it waits for a thread or for a connection was never sent, and whoever asked for it has
to know: nothing was done. That holds only if the call cannot leave afterwards.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import TypeVar, TypeVarTuple

import libvirt

from vmgui.model.errors import ConnectionLost

Ts = TypeVarTuple("Ts")
R = TypeVar("R")


class Departure:
    """One call's; any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._has_left = False
        self._is_called_off = False

    def leave(self) -> None:
        """The call is about to be made; raises ConnectionLost where nobody waits for it any more."""
        with self._lock:
            self._unless_called_off()
            self._has_left = True

    def check(self) -> None:
        """Raises ConnectionLost where nobody waits for it any more; it does not leave by that."""
        with self._lock:
            self._unless_called_off()

    def call_off(self) -> bool:
        """Nobody waits any more: whether it has left; if not, it never will."""
        with self._lock:
            self._is_called_off = True
            return self._has_left

    def _unless_called_off(self) -> None:
        if self._is_called_off:
            raise ConnectionLost("nobody waits for the call any more").unsent()


def call_with(
    call: Callable[[libvirt.virConnect, *Ts], R],
    args: tuple[*Ts],
    departure: Departure,
    conn: libvirt.virConnect,
) -> tuple[R, float]:
    """The result of a call that leaves now, and how long it took in seconds."""
    departure.leave()
    started_s = time.monotonic()
    result = call(conn, *args)
    return result, time.monotonic() - started_s
