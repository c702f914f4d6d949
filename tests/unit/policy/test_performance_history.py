"""How finely the past is kept: levels that fit each other, time that is split without loss."""

from __future__ import annotations

import math
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vmgui.model.performance_history import HistoryRange
from vmgui.policy.performance_history import (
    LEVELS,
    chunk_start,
    is_known_span,
    level_for,
    oldest_kept_s,
    pieces,
    step_for,
)

NOW = 1_764_000_000.0


def test_each_level_is_made_of_whole_chunks_of_the_one_before() -> None:
    for finer, coarser in pairwise(LEVELS):
        assert coarser.step_s % finer.step_s == 0
        assert coarser.chunk_s % finer.chunk_s == 0
        # What is folded must still be there, even some hours late.
        assert finer.kept_s > coarser.chunk_s
    for level in LEVELS:
        assert level.chunk_s % level.step_s == 0


def test_the_size_budget_is_the_one_written_down() -> None:
    bytes_a_step = 45
    weeks = sum(min(level.kept_s, 15 * 86_400) // level.step_s for level in LEVELS) * bytes_a_step
    years = sum(level.kept_s // level.step_s for level in LEVELS) * bytes_a_step
    assert weeks <= 285_000
    assert years <= 670_000


@pytest.mark.parametrize("shown", HistoryRange)
def test_each_range_is_shown_from_a_level_that_still_has_all_of_it(shown: HistoryRange) -> None:
    step_s = step_for(shown)
    level = level_for(step_s, shown.span_s)
    assert level.kept_s >= shown.span_s
    assert step_s % level.step_s == 0
    assert 60 <= shown.span_s / step_s <= 600


def test_what_is_too_old_for_a_level_comes_from_a_coarser_one() -> None:
    assert level_for(10, 600).index == 0
    assert level_for(7200, 600 * 86_400).index == 3
    assert level_for(60, 86_400).index == 1
    # Nothing finer than this is kept: the best there is.
    assert level_for(10, 86_400).index == 0
    assert level_for(7, 60).index == 0


@given(st.floats(0, 2e9), st.floats(0.001, 3600), st.sampled_from([10, 60, 600]))
def test_a_span_is_split_without_loss(start_s: float, length_s: float, step_s: int) -> None:
    end_s = start_s + length_s
    found = list(pieces(start_s, end_s, step_s))
    assert math.isclose(sum(seconds for _, seconds in found), end_s - start_s, abs_tol=1e-3)
    assert all(at % step_s == 0 and 0 < seconds <= step_s for at, seconds in found)
    assert all(second - first == step_s for (first, _), (second, _) in pairwise(found))
    assert all(at < end_s and at + step_s > start_s for at, _ in found)


def test_a_pause_counts_as_known_only_while_the_host_was_merely_slow() -> None:
    assert is_known_span(2.0, 2.0)
    assert is_known_span(20.0, 2.0)
    assert not is_known_span(60.0, 2.0)
    assert is_known_span(60.0, 30.0)
    assert not is_known_span(300.0, 30.0)
    assert not is_known_span(0.0, 2.0)
    assert not is_known_span(-5.0, 2.0)


@given(st.sampled_from(LEVELS), st.floats(0, 2e9))
def test_nothing_is_forgotten_before_its_time(level, now_s: float) -> None:
    oldest = oldest_kept_s(level, now_s)
    assert oldest <= now_s - level.kept_s
    assert chunk_start(level, oldest) == oldest
