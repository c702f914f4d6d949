"""A recorded range as a table for a spreadsheet: one row a step, lowest, mean and highest of each quantity."""

from __future__ import annotations

from datetime import datetime

from vmgui.model.performance_history import HistorySeries, Part, Quantity

_PARTS = (Part.LOW, Part.MEAN, Part.HIGH)


def csv_text(series: HistorySeries) -> str:
    """Comma separated (RFC 4180), times in ISO 8601 with the local offset; empty: not known."""
    names = ["start", "end", *(f"{one.name}_{part.name}".lower() for one in Quantity for part in _PARTS)]
    lines = [",".join(names)]
    for start_s, cells in zip(series.starts_s.tolist(), series.cells, strict=True):
        times = [
            datetime.fromtimestamp(at_s).astimezone().isoformat()
            for at_s in (start_s, start_s + series.step_s)
        ]
        values = [_number(float(cells[one, part])) for one in Quantity for part in _PARTS]
        lines.append(",".join((*times, *values)))
    return "\r\n".join(lines) + "\r\n"


def _number(value: float) -> str:
    return "" if value != value else f"{value:.6g}"
