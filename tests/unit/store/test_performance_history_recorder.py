"""What readings say, and since when."""

from __future__ import annotations

import numpy as np
import pytest

from vmgui.model.domain import DomainRates
from vmgui.model.host import HostUsage
from vmgui.model.performance_history import HistoryKey, HostReading, Part, Quantity
from vmgui.store.performance_history_recorder import Recorder, observations

OFFSET_S = 1_764_000_000.0


def reading(at_s: float, elapsed_s: float, interval_s: float = 2.0, **rates: DomainRates) -> HostReading:
    usage = HostUsage(at_s, 1000, 400, cpu_percent=25.0)
    return HostReading("h", interval_s, usage, elapsed_s, rates)


def test_a_host_reads_and_sends_what_its_machines_do() -> None:
    told = reading(
        102.0,
        2.0,
        a=DomainRates(102.0, 50.0, 512, 10.0, 1.0, None, None, elapsed_s=2.0),
        b=DomainRates(102.0, 10.0, None, 5.0, 2.0, 7.0, None, elapsed_s=2.0),
    )
    recorder = Recorder()
    recorder.add(told, OFFSET_S)
    ((host_id, at_s, uuids, cells),) = recorder.rows()
    assert (host_id, at_s, set(uuids)) == ("h", OFFSET_S + 100, {"a", "b", ""})
    means = cells[uuids.index("")][:, Part.MEAN]
    np.testing.assert_array_equal(means, [25.0, 600, 15.0, 3.0, 7.0, np.nan])
    assert cells[uuids.index("a")][Quantity.CPU_PERCENT, Part.SECONDS] == 2.0
    assert cells[uuids.index("a")][Quantity.NET_RX_BYTES_PER_S, Part.SECONDS] == 0.0


def test_a_rate_counts_in_each_step_it_covers() -> None:
    recorder = Recorder()
    recorder.add(reading(35.0, 2.0, 30.0, a=DomainRates(35.0, 50.0, elapsed_s=30.0)), offset_s=OFFSET_S)
    starts, cells = recorder.of(HistoryKey("h", "a"))
    assert sorted(starts - OFFSET_S) == [0, 10, 20, 30]
    by_start = dict(zip(starts - OFFSET_S, cells[:, Quantity.CPU_PERCENT, Part.SECONDS], strict=True))
    assert by_start == {0: 5.0, 10: 10.0, 20: 10.0, 30: 5.0}


def test_extremes_within_a_step_are_kept() -> None:
    recorder = Recorder()
    for at_s, percent in ((2.0, 10.0), (4.0, 90.0), (6.0, 20.0)):
        recorder.add(reading(at_s, 2.0, a=DomainRates(at_s, percent, elapsed_s=2.0)), OFFSET_S)
    _, cells = recorder.of(HistoryKey("h", "a"))
    assert list(cells[0, Quantity.CPU_PERCENT]) == [6.0, 10.0, 40.0, 90.0]


def test_what_nobody_saw_is_not_known() -> None:
    """The host was away for a minute: its counters went on, but when is anybody's guess."""
    told = reading(100.0, 60.0, a=DomainRates(100.0, 50.0, elapsed_s=60.0))
    assert not list(observations(told, OFFSET_S))
    # The first sample of all says nothing of the time before it.
    assert not list(observations(reading(100.0, 0.0), OFFSET_S))


def test_a_machine_of_which_nothing_is_known_costs_nothing() -> None:
    recorder = Recorder()
    recorder.add(reading(2.0, 2.0, a=DomainRates(2.0, elapsed_s=2.0)), OFFSET_S)
    assert not len(recorder.of(HistoryKey("h", "a"))[0])
    ((_, _, uuids, _),) = recorder.rows()
    assert uuids == ("",)


def test_what_cannot_be_written_is_forgotten_in_the_end() -> None:
    recorder = Recorder()
    for at_s in (2.0, 500.0, 1000.0):
        recorder.add(reading(at_s, 2.0), OFFSET_S)
    recorder.forget_before(OFFSET_S + 400)
    assert [row[1] - OFFSET_S for row in recorder.rows()] == pytest.approx([490, 990])
    recorder.clear()
    assert recorder.rows() == []
