"""How long a host's answers take."""

from __future__ import annotations

NEWEST_WEIGHT = 0.5
"""Of the last answer in the smoothed latency."""


class Latency:
    """How long answers take: grows with a slow one at once, and shrinks as fast."""

    def __init__(self) -> None:
        self.last_s: float | None = None
        self.smoothed_s: float | None = None

    def add(self, took_s: float) -> None:
        """One more answer."""
        self.last_s = took_s
        before_s = self.smoothed_s
        self.smoothed_s = took_s if before_s is None else before_s + NEWEST_WEIGHT * (took_s - before_s)
