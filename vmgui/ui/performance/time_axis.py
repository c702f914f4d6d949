"""Times under and on the graphs, in the person's time zone and language."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from PySide6.QtCore import QDateTime, QLocale

from vmgui.model.performance_history import HistoryRange
from vmgui.ui.look.graph_painting import TimeAxis
from vmgui.words import quantities as fmt

_TIME = "HH:mm"
_EXACT = "HH:mm:ss"
_WEEKDAY = "ddd d"
_DAY = "d MMM"
_EVERY = {
    HistoryRange.TEN_MINUTES: (timedelta(minutes=2), _TIME),
    HistoryRange.HOUR: (timedelta(minutes=10), _TIME),
    HistoryRange.DAY: (timedelta(hours=3), _TIME),
    HistoryRange.WEEK: (timedelta(days=1), _WEEKDAY),
    HistoryRange.MONTH: (timedelta(days=5), _DAY),
}
LONGEST_BREAK_S = 15.0
"""Between single samples of a slow host."""


def axis_for(shown: HistoryRange, now_s: float, step_s: int) -> TimeAxis:
    """The axis of a range that ends now, with a tick at round local times."""
    every, pattern = _EVERY[shown]
    ticks = tuple((at_s - now_s, _text(at_s, pattern)) for at_s in _ticks(now_s - shown.span_s, now_s, every))
    return TimeAxis(float(shown.span_s), max(1.5 * step_s, LONGEST_BREAK_S), ticks)


def _ticks(from_s: float, to_s: float, every: timedelta) -> Iterator[float]:
    first = datetime.fromtimestamp(from_s)
    last = datetime.fromtimestamp(to_s)
    if every >= timedelta(days=1):
        # Counted from today: the ticks stay where they are all day.
        at = last.replace(hour=0, minute=0, second=0, microsecond=0)
        while at >= first:
            yield at.timestamp()
            at -= every
        return
    midnight = first.replace(hour=0, minute=0, second=0, microsecond=0)
    at = midnight + -(-(first - midnight) // every) * every
    while at <= last:
        yield at.timestamp()
        at += every


def moment_text(start_s: float, step_s: int, now_s: float) -> str:
    """When a value was: a moment, or from when to when."""
    today = _text(start_s, "yyyyMMdd") == _text(now_s, "yyyyMMdd")
    if step_s < 60:
        text = _text(start_s, _EXACT)
    else:
        text = f"{_text(start_s, _TIME)} – {_text(start_s + step_s, _TIME)}"
    if today:
        return text
    date = fmt.locale().toString(
        QDateTime.fromSecsSinceEpoch(int(start_s)).date(), QLocale.FormatType.ShortFormat
    )
    return f"{date}  {text}"


def _text(at_s: float, pattern: str) -> str:
    return fmt.locale().toString(QDateTime.fromSecsSinceEpoch(int(at_s)), pattern)
