"""What the graphs draw: a recorded range, and over its end the single samples where there are any."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from vmgui.model.domain import DomainRates
from vmgui.model.performance_history import HistorySeries, Part, Quantity
from vmgui.policy.performance_history_cells import SHAPE, machine_values, observed


@dataclass(frozen=True, slots=True, eq=False)
class Points:
    """Oldest first."""

    now_s: float
    starts_s: NDArray[np.float64]
    steps_s: NDArray[np.float64]  # how long each is
    cells: NDArray[np.float64]  # [point, Quantity, Part]

    def __len__(self) -> int:
        return len(self.starts_s)

    @property
    def offsets_s(self) -> NDArray[np.float64]:
        """The middle of each, relative to now."""
        return self.starts_s + self.steps_s / 2 - self.now_s

    def values(self, quantity: Quantity, part: Part) -> list[float | None]:
        """One column; None: not known."""
        return [None if value != value else value for value in self.cells[:, quantity, part].tolist()]

    def nearest(self, offset_s: float, within_s: float) -> int | None:
        """The point at this time, if there is one so near."""
        if not len(self):
            return None
        index = int(np.abs(self.offsets_s - offset_s).argmin())
        return index if abs(float(self.offsets_s[index]) - offset_s) <= within_s else None


def points_of(
    series: HistorySeries | None, live: Sequence[DomainRates], clock_offset_s: float, now_s: float
) -> Points:
    """The series, but where single samples are known those."""
    starts, steps, cells = np.empty(0), np.empty(0), np.empty((0, *SHAPE))
    if series is not None:
        starts = series.starts_s.astype(float)
        # What has not passed yet is not known.
        steps = np.minimum(float(series.step_s), np.maximum(series.to_s - starts, 1.0))
        cells = series.cells
    known = [rates for rates in live if rates.elapsed_s > 0]
    if known:
        ends = np.array([rates.at_s + clock_offset_s for rates in known])
        spans = np.array([rates.elapsed_s for rates in known])
        values = np.array([machine_values(rates) for rates in known], float)
        before = starts + steps <= ends[0] - spans[0] + 1.0
        starts = np.concatenate((starts[before], ends - spans))
        steps = np.concatenate((steps[before], spans))
        cells = np.concatenate((cells[before], observed(values, 1.0)))
    return Points(now_s, starts, steps, cells)
