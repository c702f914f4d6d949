"""How finely the past is kept, and for how long.

Four levels, each made of the one before when a whole chunk of it is past. Per step and quantity are kept the
seconds known, the lowest, mean and highest value; what was short and sharp two weeks ago is still in `high`.

| level | step   | kept    | steps a machine | one chunk | shown for        |
|-------|--------|---------|-----------------|-----------|------------------|
| 0     | 10 s   | 3 h     | 1,080           | 10 min    | 10 min, 1 hour   |
| 1     | 1 min  | 2 days  | 2,880           | 1 h       | 1 day            |
| 2     | 10 min | 15 days | 2,160           | 1 day     | 1 week           |
| 3     | 2 h    | 2 years | 8,760           | 6 days    | 1 month and more |

The size budget: 45 bytes a step (measured: 44 with every value random, 14 for an idle machine). One machine that
never stops takes 285 KB after two weeks and 0.67 MB after two years; 1,000 of them 285 MB and 670 MB.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from vmgui.model.performance_history import HistoryRange

HOUR_S = 3600
DAY_S = 86_400


@dataclass(frozen=True, slots=True)
class Level:
    """One fineness; each `step_s` divides the next, and each `chunk_s` is a multiple of the next level's step."""

    index: int
    step_s: int
    kept_s: int
    chunk_s: int


LEVELS = (
    Level(0, 10, 3 * HOUR_S, 600),
    Level(1, 60, 2 * DAY_S, HOUR_S),
    Level(2, 600, 15 * DAY_S, DAY_S),
    Level(3, 7200, 2 * 365 * DAY_S, 6 * DAY_S),
)
FINEST_S = LEVELS[0].step_s

LONGEST_GAP_S = 25.0
"""A pause in sampling up to here is bridged by the counters' own mean; the host was only slow."""
LONGEST_GAP_INTERVALS = 2.5

_STEPS_S = {
    HistoryRange.TEN_MINUTES: 10,
    HistoryRange.HOUR: 10,
    HistoryRange.DAY: 180,
    HistoryRange.WEEK: 1200,
    HistoryRange.MONTH: 7200,
}


def step_for(shown: HistoryRange) -> int:
    """The step in which a range is shown: some 300 to 500 of them, about one a pixel or two."""
    return _STEPS_S[shown]


def level_for(step_s: int, age_s: float) -> Level:
    """The coarsest level that makes up `step_s` and still has what is `age_s` old; else the best there is."""
    fitting = [level for level in LEVELS if step_s % level.step_s == 0]
    kept = [level for level in fitting if level.kept_s >= age_s]
    return (kept or fitting or [LEVELS[0]])[-1]


def is_known_span(elapsed_s: float, interval_s: float) -> bool:
    """Whether the time between two samples counts as known, or as a time when nobody looked."""
    return 0.0 < elapsed_s <= max(LONGEST_GAP_S, LONGEST_GAP_INTERVALS * interval_s)


def pieces(start_s: float, end_s: float, step_s: int) -> Iterator[tuple[int, float]]:
    """The steps that a span of time touches, each with how many seconds of it."""
    at = int(start_s // step_s) * step_s
    while at < end_s:
        seconds = min(end_s, at + step_s) - max(start_s, at)
        if seconds > 0:
            yield at, seconds
        at += step_s


def chunk_start(level: Level, at_s: float) -> int:
    """Where the chunk with this moment begins."""
    return int(at_s // level.chunk_s) * level.chunk_s


def oldest_kept_s(level: Level, now_s: float) -> int:
    """Chunks that begin before this moment are all too old."""
    return chunk_start(level, now_s - level.kept_s)
