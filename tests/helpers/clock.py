"""A clock that only the test moves, in place of a module's `time`.

    clock = FakeClock()
    monkeypatch.setattr(alerts, "time", clock)
    clock.advance(60.0)

It also counts how often it was asked: a service that looks at the time once a round has made so many rounds, which
is how a test knows that "nothing happened" had its chance.
"""

from __future__ import annotations

import time

from tests.helpers.waiting import eventually


class FakeClock:
    """Stands still unless told otherwise."""

    def __init__(self) -> None:
        # Of so few digits that what is added can be taken away again.
        self._monotonic_s = round(time.monotonic() * 1024) / 1024
        self._unix_s = time.time()
        self.asked = 0

    def monotonic(self) -> float:
        self.asked += 1
        return self._monotonic_s

    def time(self) -> float:
        self.asked += 1
        return self._unix_s

    def advance(self, seconds: float) -> None:
        self._monotonic_s += seconds
        self._unix_s += seconds

    async def rounds(self, count: int = 10) -> None:
        """Until it was asked so many times more."""
        wanted = self.asked + count
        await eventually(lambda: self.asked >= wanted)
