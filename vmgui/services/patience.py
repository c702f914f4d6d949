"""How long an opening may take: as long as there are signs of life, and some silence is waited out.

A host that says nothing is shown as unreachable long before its opening is given up: if it wakes up it answers
at once, and no new try has to be waited for.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager

WAIT_ON_S = 120.0
"""An opening goes on for so long after it was told to be silent."""


class Patience:
    """One opening after the other; loop thread only, but for `hear_in_thread`.

    `on_silent` gets how long nothing was heard, and time.monotonic() of when the opening will be given up;
    `on_heard` is called when something is heard after that.
    """

    def __init__(
        self,
        on_silent: Callable[[float, float], None] | None = None,
        on_heard: Callable[[], None] | None = None,
    ) -> None:
        """Without `on_silent` silence is the end."""
        self._tell_silent = on_silent
        self._tell_heard = on_heard
        self._loop = asyncio.get_running_loop()
        self._usual_s = 0.0
        self._deadline: asyncio.Timeout | None = None
        self._timer: asyncio.TimerHandle | None = None
        self._is_silent = False

    @property
    def _wait_on_s(self) -> float:
        return WAIT_ON_S if self._tell_silent is not None else 0.0

    @asynccontextmanager
    async def opening(self, timeout_s: float) -> AsyncGenerator[None]:
        """Silence of `timeout_s` is told, a longer one raises TimeoutError."""
        self._usual_s = timeout_s
        try:
            async with asyncio.timeout(timeout_s + self._wait_on_s) as self._deadline:
                self._expect_within(timeout_s)
                yield
        finally:
            self._deadline = None
            self._is_silent = False
            if self._timer is not None:
                self._timer.cancel()
                self._timer = None

    def hear(self, next_within_s: float | None = None) -> None:
        """It has just been heard of, or a person is asked; the next sign of life may take so long."""
        if self._deadline is None or self._deadline.expired():
            return
        within_s = self._usual_s if next_within_s is None else next_within_s
        self._deadline.reschedule(self._loop.time() + within_s + self._wait_on_s)
        self._expect_within(within_s)
        if self._is_silent:
            self._is_silent = False
            if self._tell_heard is not None:
                self._tell_heard()

    def hear_in_thread(self) -> None:
        """The same from a worker thread."""
        try:
            self._loop.call_soon_threadsafe(self.hear)
        except RuntimeError:
            # The loop has ended: nobody waits any more.
            return

    def end_if_silent(self) -> None:
        """The person wants a new try."""
        if self._is_silent and self._deadline is not None and not self._deadline.expired():
            self._deadline.reschedule(self._loop.time())

    def _expect_within(self, within_s: float) -> None:
        if self._timer is not None:
            self._timer.cancel()
        self._timer = self._loop.call_later(within_s, self._on_silence, within_s)

    def _on_silence(self, within_s: float) -> None:
        if self._deadline is None or self._deadline.expired() or self._tell_silent is None:
            return
        self._is_silent = True
        left_s = max(0.0, (self._deadline.when() or 0.0) - self._loop.time())
        self._tell_silent(within_s, time.monotonic() + left_s)
