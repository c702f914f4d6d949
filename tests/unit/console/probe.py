"""A listener that remembers, paints at once if told to, and waits for events with a deadline."""

from __future__ import annotations

import threading
import time
from typing import TypeVar

from vmgui.console.rfb.events import Disconnected, SessionEvent, Updated
from vmgui.console.rfb.options import RfbOptions
from vmgui.console.rfb.session import RfbSession
from vmgui.console.rfb.transport import RfbTarget

E = TypeVar("E")


class Probe:
    def __init__(self, target: RfbTarget, options: RfbOptions | None = None, *, paint: bool = True) -> None:
        self.events: list[SessionEvent] = []
        self.paint = paint
        self._changed = threading.Condition()
        self._seen = 0
        self.session = RfbSession(target, options or RfbOptions(), self._listen)

    def __enter__(self) -> Probe:
        self.session.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.session.stop()
        assert self.session.join(60)
        assert sum(isinstance(event, Disconnected) for event in self.events) == 1
        assert isinstance(self.events[-1], Disconnected)

    def _listen(self, events: tuple[SessionEvent, ...]) -> None:
        with self._changed:
            self.events.extend(events)
            self._changed.notify_all()
        if self.paint and any(isinstance(event, Updated) for event in events):
            self.session.painted()

    def wait_for(self, kind: type[E], timeout_s: float = 60.0) -> E:
        """The next event of this type after the last one waited for."""
        deadline = time.monotonic() + timeout_s
        with self._changed:
            while True:
                for place in range(self._seen, len(self.events)):
                    event = self.events[place]
                    if isinstance(event, kind):
                        self._seen = place + 1
                        return event
                left = deadline - time.monotonic()
                assert left > 0, f"no {kind.__name__} in {timeout_s} s; seen: {self.events}"
                self._changed.wait(left)

    def count(self, kind: type[SessionEvent]) -> int:
        with self._changed:
            return sum(isinstance(event, kind) for event in self.events)

    def picture(self):
        with self.session.frame() as pixels:
            return pixels & 0xFFFFFF
