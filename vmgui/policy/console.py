"""When a display that cannot be shown is tried again."""

from __future__ import annotations

FIRST_PAUSE_S = 0.5
LONGEST_PAUSE_S = 30.0
STEADY_S = 10.0


def pause_s(failed: int) -> float:
    """How long to wait after so many tries in a row that came to nothing (1: the first)."""
    return float(min(FIRST_PAUSE_S * 2 ** min(failed - 1, 10), LONGEST_PAUSE_S))


def was_steady(lasted_s: float) -> bool:
    """Whether a connection lasted: the next try is then a first one. One that a server ends at once is a failed try."""
    return lasted_s >= STEADY_S
