"""When to ask for the next update and when to hand a picture over.

Rules, each measured (design: VNC.md):
- ask when an update begins, so that the server works while we decode;
- at most one `Updated` is under way: while the painter is busy, changes gather and no update is asked for;
- hidden, nothing is asked for;
- a picture is handed over only when an update is complete, except one that takes long to arrive.
"""

from __future__ import annotations

from typing import Final

from vmgui.console.rfb.events import Rect, Resized, SessionEvent, Updated
from vmgui.console.rfb.protocol import RfbProtocol
from vmgui.console.rfb.surface import Surface
from vmgui.console.rfb.updates import coalesced

# A server that answers at once and with nothing must not make us spin; no screen shows more than this.
_REQUEST_INTERVAL_S: Final = 0.004
# A slow line shows the picture as it grows.
_PROGRESS_INTERVAL_S: Final = 0.25


class FrameFlow:
    """The pump's picture half; belongs to its thread."""

    def __init__(self, protocol: RfbProtocol, surface: Surface, *, visible: bool = True) -> None:
        self._protocol = protocol
        self._surface = surface
        self._visible = visible
        self._awaits_paint = False
        self._dirty: list[Rect] = []
        self._new_size = False
        self._shown_at = 0.0  # when the update under way began, or was last shown in part
        self._wanted = False  # an update is to be asked for
        self._whole = False  # ... all of the picture
        self._after_paint = False  # ... once the painter is done
        self._asked = False  # the server owes us one
        self._asked_at = 0.0

    @property
    def visible(self) -> bool:
        """Somebody looks."""
        return self._visible

    def begin(self) -> None:
        """The handshake is over."""
        self._surface.publish(self._protocol.pixels, ())
        self._wanted = self._whole = True

    def update_started(self, now: float) -> None:
        """Ask for the next one now, or leave it to the painter."""
        self._asked = False
        self._shown_at = now
        if self._awaits_paint:
            self._after_paint = True
        else:
            self._wanted = True
            self._ask(now)

    def update_finished(self, rects: tuple[Rect, ...]) -> None:
        """Remember what changed."""
        self._dirty = list(coalesced([*self._dirty, *rects]))

    def resized(self) -> None:
        """The picture is another one."""
        self._dirty.clear()
        self._new_size = True
        self._wanted = self._whole = True

    def painted(self) -> None:
        """The painter is ready for more."""
        self._awaits_paint = False
        if self._after_paint:
            self._after_paint = False
            self._wanted = True

    def set_visible(self, visible: bool) -> None:
        """Somebody looks, or nobody does."""
        self._visible = visible
        if visible:
            self.painted()
            if not self._asked:
                self._wanted = True

    def tend(self, now: float) -> float | None:
        """Send the request that is due; returns seconds until the next look, None: nothing is planned."""
        self._ask(now)
        waits: list[float] = []
        if self._wanted and self._visible:
            waits.append(self._asked_at + _REQUEST_INTERVAL_S - now)
        if self._protocol.mid_update and self._visible and not self._awaits_paint:
            waits.append(self._shown_at + _PROGRESS_INTERVAL_S - now)
        return max(0.0, min(waits)) if waits else None

    def deliver(self, now: float) -> list[SessionEvent]:
        """Publish what changed and say so, if the painter is ready."""
        if not self._visible or self._awaits_paint:
            return []
        rects = self._dirty
        if self._protocol.mid_update:
            if now - self._shown_at < _PROGRESS_INTERVAL_S:
                return []
            self._shown_at = now
            rects = [*rects, *self._protocol.updates.dirty_so_far]
        if not rects and not self._new_size:
            return []
        pixels = self._protocol.pixels
        height, width = pixels.shape
        changed = (Rect(0, 0, width, height),) if self._new_size else coalesced(rects)
        self._surface.publish(pixels, changed)
        events: list[SessionEvent] = [Resized(width, height)] if self._new_size else []
        self._dirty = []
        self._new_size = False
        self._awaits_paint = True
        return [*events, Updated(changed)]

    def _ask(self, now: float) -> None:
        if self._wanted and self._visible and now - self._asked_at >= _REQUEST_INTERVAL_S:
            self._protocol.request_update(incremental=not self._whole)
            self._wanted = self._whole = False
            self._asked = True
            self._asked_at = now
