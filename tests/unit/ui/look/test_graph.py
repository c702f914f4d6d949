"""One graph for all: what it says of its samples, and the scale they are drawn on."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from operator import attrgetter

import pytest

from vmgui.ui.look.graph import Plot, Series, nice_maximum
from vmgui.words.say import say

pytestmark = pytest.mark.usefixtures("qapp")


@dataclass(frozen=True)
class Sample:
    at_s: float
    read: float | None
    write: float | None = None


@pytest.fixture
def plot() -> Iterator[Plot]:
    series = (
        Series("graph_disk", attrgetter("read"), say("Test", "read")),
        Series("graph_disk_2", attrgetter("write"), say("Test", "write")),
    )
    made = Plot("disk", say("Test", "Disk"), series, lambda value: f"{value:.0f} B", least_top=10.0)
    made.resize(600, 150)
    yield made
    made.deleteLater()


def samples(*reads: float | None, every_s: float = 60.0) -> list[Sample]:
    now_s = time.monotonic()
    return [
        Sample(now_s - every_s * ago, read, 1.0)
        for ago, read in zip(range(len(reads) - 1, -1, -1), reads, strict=True)
    ]


def test_says_the_latest_or_what_was_under_the_cursor(plot: Plot) -> None:
    assert (plot.value_text, plot.accessibleName()) == ("–", "Disk")
    plot.show_samples(samples(5.0, None, 7.0))
    assert plot.value_text == "read 7 B   write 1 B"
    plot.plot.hovered.emit(-61.0)
    assert plot.value_text == "1 min ago: read –   write 1 B"
    plot.show_samples(samples(5.0, 6.0, 7.0))
    assert plot.value_text == "1 min ago: read 6 B   write 1 B", "the cursor stays while news come"
    plot.plot.hovered.emit(None)
    assert plot.value_text == "read 7 B   write 1 B"


def test_the_scale_has_room_for_what_is_seen(plot: Plot) -> None:
    assert plot.plot._maximum == 10.0
    plot.show_samples(samples(5.0, 130.0))
    assert plot.plot._maximum == 200.0
    plot.show_samples(samples(5000.0, 30.0, every_s=900.0))
    assert plot.plot._maximum == 50.0, "what is long past is not seen"
    plot.show_samples(samples(30.0), 100.0)
    plot.show_samples(samples(20.0))
    assert plot.plot._maximum == 100.0, "what is known to be all stays the top"
    plot.show_samples(samples(120.0))
    assert plot.plot._maximum == 120.0


def test_lows_and_highs_are_said_where_they_differ_and_fit(plot: Plot) -> None:
    columns = [([5.0, 6.0], [5.0, 2.0], [5.0, 9.0]), ([1.0, None], [1.0, None], [1.0, None])]
    plot.show_values([-60.0, 0.0], columns, bands=True)
    plot.show_at(1, "today")
    assert plot.value_text == "today: read 6 B (2 B – 9 B)   write –"
    plot.show_at(0)
    assert plot.value_text == "read 5 B   write 1 B"
    plot.show_at(None)
    assert plot.value_text == "read –   write –"


@pytest.mark.parametrize(("value", "top"), [(0, 1), (0.3, 0.5), (1, 1), (1.1, 2), (4, 5), (51, 100)])
def test_scales_end_at_round_numbers(value: float, top: float) -> None:
    assert nice_maximum(value) == pytest.approx(top)
