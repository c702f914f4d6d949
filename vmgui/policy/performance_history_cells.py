"""Arithmetic on recorded cells: joining what falls into one step, for many machines at once.

A cell is [seconds known, low, mean, high] of one quantity in one step (model.history.Part); an unknown one
is [0, NaN, NaN, NaN]. Joining never loses an extreme, and mean x seconds (bytes, CPU time) adds up.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from vmgui.model.domain import DomainRates
from vmgui.model.host import HostUsage
from vmgui.model.performance_history import Part, Quantity

Cells = NDArray[np.float64]
Starts = NDArray[np.int64]

SHAPE = (len(Quantity), len(Part))


def machine_values(rates: DomainRates) -> tuple[float | None, ...]:
    """What a sample of a machine says, one value a quantity."""
    return (
        rates.cpu_percent,
        rates.memory_used_kib,
        rates.disk_read_bytes_per_s,
        rates.disk_write_bytes_per_s,
        rates.net_rx_bytes_per_s,
        rates.net_tx_bytes_per_s,
    )


def host_values(usage: HostUsage) -> Cells:
    """What a sample of a host says, one value a quantity; what it transfers, only its machines know."""
    values = np.full(len(Quantity), np.nan)
    values[Quantity.MEMORY_KIB] = usage.memory_total_kib - usage.memory_free_kib
    if usage.cpu_percent is not None:
        values[Quantity.CPU_PERCENT] = usage.cpu_percent
    return values


def unknown(*shape: int) -> Cells:
    """Cells of which nothing is known; `shape` comes before quantity and part."""
    cells = np.full((*shape, *SHAPE), np.nan)
    cells[..., Part.SECONDS] = 0.0
    return cells


def observed(values: Cells, seconds: float) -> Cells:
    """Cells that saw these values for some seconds; NaN: not known. Shape [..., Quantity] to [..., Quantity, Part]."""
    cells = np.repeat(values[..., np.newaxis], len(Part), axis=-1)
    cells[..., Part.SECONDS] = np.where(np.isnan(values), 0.0, seconds)
    return cells


def joined(first: Cells, second: Cells) -> Cells:
    """Both in one; shapes as in numpy."""
    seconds = first[..., Part.SECONDS] + second[..., Part.SECONDS]
    total = _total(first) + _total(second)
    cells = np.empty(np.broadcast_shapes(first.shape, second.shape))
    cells[..., Part.SECONDS] = seconds
    cells[..., Part.LOW] = np.fmin(first[..., Part.LOW], second[..., Part.LOW])
    cells[..., Part.HIGH] = np.fmax(first[..., Part.HIGH], second[..., Part.HIGH])
    cells[..., Part.MEAN] = _mean(total, seconds, cells)
    return cells


def coarsened(starts_s: Starts, cells: Cells, step_s: int) -> tuple[Starts, Cells]:
    """What falls into the same step is joined: rows of any order in, one row per known step out, oldest first.

    `cells` is [row, ..., Quantity, Part]; several rows may have the same start.
    """
    if not len(starts_s):
        return starts_s, cells
    steps = starts_s // step_s * step_s
    if np.any(steps[1:] < steps[:-1]):
        order = np.argsort(steps, kind="stable")
        steps, cells = steps[order], cells[order]
    firsts = np.flatnonzero(np.concatenate(([True], steps[1:] != steps[:-1])))
    if len(firsts) == len(steps):
        return steps, cells
    result = np.empty((len(firsts), *cells.shape[1:]))
    seconds = np.add.reduceat(cells[..., Part.SECONDS], firsts, axis=0)
    total = np.add.reduceat(_total(cells), firsts, axis=0)
    result[..., Part.SECONDS] = seconds
    result[..., Part.LOW] = np.fmin.reduceat(cells[..., Part.LOW], firsts, axis=0)
    result[..., Part.HIGH] = np.fmax.reduceat(cells[..., Part.HIGH], firsts, axis=0)
    result[..., Part.MEAN] = _mean(total, seconds, result)
    return steps[firsts], result


def known_rows(cells: Cells) -> NDArray[np.bool_]:
    """Which rows know anything at all; [row, Quantity, Part] to [row]."""
    return cells[..., Part.SECONDS].max(axis=-1) > 0


def _total(cells: Cells) -> Cells:
    seconds, mean = cells[..., Part.SECONDS], cells[..., Part.MEAN]
    return np.where(seconds > 0, mean, 0.0) * seconds


def _mean(total: Cells, seconds: Cells, cells: Cells) -> Cells:
    known = seconds > 0
    mean = np.full(total.shape, np.nan)
    np.divide(total, seconds, out=mean, where=known)
    # Rounding must not put a mean outside its own band.
    return np.fmin(np.fmax(mean, cells[..., Part.LOW]), cells[..., Part.HIGH]) if known.any() else mean
