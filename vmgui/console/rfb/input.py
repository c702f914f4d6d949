"""Keys and pointer: what is down, where the pointer is, and the nudge that keeps QEMU awake.

An idle QEMU 7.2 looks for changes ever more rarely and shows the effect of a key after 82 ms; while
pointer events come it looks every 13-30 ms. So after input the last position is repeated for a moment,
which moves nothing in the guest. Only in absolute mode: there a position is a fact, not a movement.
"""

from __future__ import annotations

from typing import Final

from vmgui.console.rfb.protocol import RfbProtocol

_NUDGE_INTERVAL_S: Final = 0.025
_NUDGE_FOR_S: Final = 1.5


class InputState:
    """The pump's input half; belongs to its thread."""

    def __init__(self, protocol: RfbProtocol, *, nudge: bool) -> None:
        self._protocol = protocol
        self._nudge = nudge
        self._down: set[tuple[int, int]] = set()
        self._pointer: tuple[int, int, int] | None = None
        self._nudge_at = 0.0
        self._nudge_until = 0.0

    def key(self, scancode: int, keysym: int, *, down: bool, now: float) -> None:
        """Send a key and remember that it is down."""
        if down:
            self._down.add((scancode, keysym))
        elif scancode:
            # The keysym at release differs when a modifier went up first; the key is the same.
            self._down = {held for held in self._down if held[0] != scancode}
        else:
            self._down.discard((scancode, keysym))
        self._protocol.key(scancode, keysym, down=down)
        self._begin_nudging(now)

    def release_keys(self) -> None:
        """Let go of everything."""
        for scancode, keysym in sorted(self._down):
            self._protocol.key(scancode, keysym, down=False)
        self._down.clear()
        self._nudge_until = 0.0

    def pointer(self, x: int, y: int, buttons: int, *, now: float) -> None:
        """Send a position."""
        clicked = self._pointer is not None and self._pointer[2] != buttons
        self._pointer = (x, y, buttons)
        self._protocol.pointer(x, y, buttons)
        if clicked:
            self._begin_nudging(now)

    def tend(self, now: float) -> float | None:
        """Send the nudge that is due; returns seconds until the next, None: none is planned."""
        if now >= self._nudge_until or self._pointer is None:
            return None
        if now >= self._nudge_at:
            self._protocol.pointer(*self._pointer)
            self._nudge_at = now + _NUDGE_INTERVAL_S
        return self._nudge_at - now

    def _begin_nudging(self, now: float) -> None:
        if self._nudge and self._pointer is not None and self._protocol.updates.absolute_pointer:
            if now >= self._nudge_until:
                self._nudge_at = now + _NUDGE_INTERVAL_S / 2
            self._nudge_until = now + _NUDGE_FOR_S
