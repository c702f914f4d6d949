"""Ticks at round local times, and moments in words, also over a change of the clock."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QApplication

from vmgui.model.performance_history import HistoryRange
from vmgui.ui.performance.time_axis import axis_for, moment_text
from vmgui.words import language

NOON = datetime(2026, 3, 29, 12, 34, 56, tzinfo=UTC).timestamp()


@pytest.fixture
def berlin(qapp: QApplication) -> Iterator[None]:
    """Summer time begins there on this very day."""
    before = os.environ["TZ"]
    language.install(qapp, "en")
    os.environ["TZ"] = "Europe/Berlin"
    time.tzset()
    yield
    os.environ["TZ"] = before
    time.tzset()
    language.install(qapp, "en")


@pytest.mark.usefixtures("berlin")
@pytest.mark.parametrize("shown", HistoryRange)
def test_ticks_are_inside_and_named_for_the_clock_on_the_wall(shown: HistoryRange) -> None:
    axis = axis_for(shown, NOON, 10)
    assert axis.span_s == shown.span_s
    assert 4 <= len(axis.ticks) <= 9
    for offset_s, text in axis.ticks:
        assert -shown.span_s <= offset_s <= 0
        local = datetime.fromtimestamp(NOON + offset_s)
        assert local.second == 0
        if shown.span_s > 86_400:
            assert (local.hour, local.minute) == (0, 0)
            assert str(local.day) in text
        else:
            assert text == f"{local:%H:%M}"


@pytest.mark.usefixtures("berlin")
def test_a_gap_is_where_a_step_is_missing() -> None:
    assert axis_for(HistoryRange.DAY, NOON, 180).break_s == 270
    assert axis_for(HistoryRange.HOUR, NOON, 10).break_s == 15


@pytest.mark.usefixtures("berlin")
def test_moments_in_words(qapp: QApplication) -> None:
    assert moment_text(NOON - 60, 2, NOON) == "14:33:56"
    assert moment_text(NOON - 3600, 180, NOON) == "13:34 – 13:37"
    assert moment_text(NOON - 86_400, 1200, NOON).endswith("13:34 – 13:54")
    english = moment_text(NOON - 86_400, 1200, NOON)
    language.install(qapp, "es")
    spanish = moment_text(NOON - 86_400, 1200, NOON)
    assert english.startswith("3/28/26")
    assert spanish.startswith("28/3/26"), QLocale().name()
