"""Readings as they come, joined into the finest steps, until they are written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np

from vmgui.model.host import HostId
from vmgui.model.performance_history import HistoryKey, HostReading, Quantity
from vmgui.policy.performance_history import FINEST_S, is_known_span, pieces
from vmgui.policy.performance_history_cells import (
    Cells,
    Starts,
    host_values,
    joined,
    known_rows,
    machine_values,
    observed,
    unknown,
)

Observation = tuple[float, float, tuple[str, ...], Cells]
"""From when to when (unix seconds), whose (UUID, '' for the host), and values [target, Quantity]."""
Rows = list[tuple[HostId, int, tuple[str, ...], Cells]]


class _Step:
    """One step of one host: a row of cells for each target."""

    __slots__ = ("_cells", "_rows")

    def __init__(self) -> None:
        self._rows: dict[str, int] = {}
        self._cells = unknown(0)

    def add(self, uuids: Iterable[str], cells: Cells) -> None:
        rows = self._rows
        places = [rows.setdefault(uuid, len(rows)) for uuid in uuids]
        if len(rows) > len(self._cells):
            # Half as much again: thousands of machines come some hundred at a time.
            more = max(len(rows) - len(self._cells), len(self._cells) // 2)
            self._cells = np.concatenate((self._cells, unknown(more)))
        self._cells[places] = joined(self._cells[places], cells)

    def of(self, uuid: str) -> Cells | None:
        row = self._rows.get(uuid)
        return None if row is None else self._cells[row]

    def known(self) -> tuple[tuple[str, ...], Cells]:
        rows = known_rows(self._cells)
        return tuple(uuid for uuid, row in self._rows.items() if rows[row]), self._cells[rows]


class Recorder:
    """What is not yet written; one thread."""

    def __init__(self) -> None:
        self._steps: dict[tuple[HostId, int], _Step] = {}

    def add(self, reading: HostReading, offset_s: float) -> None:
        """Take a reading; `offset_s` makes wall clock of its monotonic times."""
        for start_s, end_s, uuids, values in observations(reading, offset_s):
            for at_s, seconds in pieces(start_s, end_s, FINEST_S):
                step = self._steps.setdefault((reading.host_id, at_s), _Step())
                step.add(uuids, observed(values, seconds))

    def rows(self) -> Rows:
        """All that is not written."""
        found = ((host_id, at_s, *step.known()) for (host_id, at_s), step in self._steps.items())
        return [row for row in found if row[2]]

    def clear(self) -> None:
        """It has been written."""
        self._steps.clear()

    def forget_before(self, at_s: float) -> None:
        """It cannot be written: keep only what is newer."""
        self._steps = {key: step for key, step in self._steps.items() if key[1] >= at_s}

    def forget_host(self, host_id: HostId) -> None:
        """It was taken off the list."""
        self._steps = {key: step for key, step in self._steps.items() if key[0] != host_id}

    def of(self, key: HistoryKey) -> tuple[Starts, Cells]:
        """What is not yet written of one target."""
        found = [
            (at_s, cells)
            for (host_id, at_s), step in self._steps.items()
            if host_id == key.host_id and (cells := step.of(key.uuid)) is not None
        ]
        if not found:
            return np.empty(0, np.int64), unknown(0)
        return np.array([at_s for at_s, _ in found], np.int64), np.stack([cells for _, cells in found])


def observations(reading: HostReading, offset_s: float) -> Iterator[Observation]:
    """What a reading says, grouped by time; spans too long to be known are left out."""
    groups: dict[tuple[float, float], tuple[list[str], list[tuple[float | None, ...]]]] = {}
    for uuid, rates in reading.rates.items():
        values = machine_values(rates)
        if any(value is not None for value in values):
            uuids, rows = groups.setdefault((rates.at_s, rates.elapsed_s), ([], []))
            uuids.append(uuid)
            rows.append(values)
    sums = np.zeros(len(Quantity))
    known = np.zeros(len(Quantity), bool)
    most, span = 0, (0.0, 0.0)
    for (at_s, elapsed_s), (uuids, rows) in groups.items():
        if not is_known_span(elapsed_s, reading.interval_s):
            continue
        values = np.array(rows, float)
        yield at_s - elapsed_s + offset_s, at_s + offset_s, tuple(uuids), values
        sums += np.nansum(values, axis=0)
        known |= ~np.isnan(values).all(axis=0)
        if len(uuids) > most:
            most, span = len(uuids), (at_s, elapsed_s)
    if most:
        # What a host reads, writes, sends and receives is what its machines do.
        traffic = np.where(known, sums, np.nan)[np.newaxis]
        traffic[:, [Quantity.CPU_PERCENT, Quantity.MEMORY_KIB]] = np.nan
        at_s, elapsed_s = span
        yield at_s - elapsed_s + offset_s, at_s + offset_s, ("",), traffic
    usage, elapsed_s = reading.usage, reading.usage_elapsed_s
    # The host itself is asked each time, however seldom its machines are.
    if is_known_span(elapsed_s, 0.0):
        yield usage.at_s - elapsed_s + offset_s, usage.at_s + offset_s, ("",), host_values(usage)[np.newaxis]
