"""When hosts are asked for what they have, so that one that does not answer is not asked without end."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Hashable
from dataclasses import dataclass

AGAIN_S = 10.0
"""How long a host is left alone about one thing after it was read."""
MOST_S = 300.0
"""And at the most, where it fails each time: twice as long after each failure."""


@dataclass(slots=True)
class _Asked:
    ended_s: float | None = None  # None: it is being read
    failures: int = 0


class Asking:
    """Things by keys that begin with their host's id; loop thread only. `clock` tells the seconds."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._asked: dict[tuple[Hashable, ...], _Asked] = {}

    def begin(self, *thing: Hashable) -> bool:
        """Whether to read it now: it is not being read, and has been left alone long enough."""
        asked = self._asked.setdefault(thing, _Asked(ended_s=-math.inf))
        if asked.ended_s is None or self._clock() - asked.ended_s < _pause_s(asked):
            return False
        asked.ended_s = None
        return True

    def end(self, *thing: Hashable, failed: bool = False) -> None:
        """It was read, or could not be. A reading may last longer than any pause: the pause begins now."""
        asked = self._asked.get(thing)
        if asked is not None:
            asked.ended_s = self._clock()
            asked.failures = asked.failures + 1 if failed else 0

    def forget(self, host_id: Hashable) -> None:
        """The host is gone, or there again: it is asked at once."""
        self._asked = {thing: asked for thing, asked in self._asked.items() if thing[0] != host_id}


def _pause_s(asked: _Asked) -> float:
    return min(MOST_S, AGAIN_S * 2 ** min(asked.failures, 10))
