"""Down-sampling: totals add up, no extreme is lost, what is not known stays unknown."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from vmgui.model.performance_history import Part, Quantity
from vmgui.policy.performance_history_cells import Cells, coarsened, joined, known_rows, observed, unknown

values = st.one_of(st.just(float("nan")), st.floats(0, 1e12))


@st.composite
def rows(draw: st.DrawFn) -> tuple[np.ndarray, Cells]:
    """Some observations in any order, several may fall into the same step."""
    count = draw(st.integers(1, 30))
    starts = np.array(draw(st.lists(st.integers(0, 40), min_size=count, max_size=count)), np.int64) * 10
    seconds = draw(st.lists(st.floats(0.5, 10), min_size=count, max_size=count))
    told = np.array(draw(st.lists(st.lists(values, min_size=6, max_size=6), min_size=count, max_size=count)))
    return starts, np.stack([observed(row, some) for row, some in zip(told, seconds, strict=True)])


def totals(cells: Cells) -> np.ndarray:
    return np.nansum(cells[..., Part.MEAN] * cells[..., Part.SECONDS], axis=0)


@given(rows(), st.sampled_from([10, 60, 600]))
def test_totals_and_extremes_survive(made: tuple[np.ndarray, Cells], step_s: int) -> None:
    starts, cells = made
    steps, found = coarsened(starts, cells, step_s)
    assert list(steps) == sorted(set(starts // step_s * step_s))
    np.testing.assert_allclose(found[..., Part.SECONDS].sum(0), cells[..., Part.SECONDS].sum(0))
    np.testing.assert_allclose(totals(found), totals(cells), rtol=1e-9, atol=1e-6)
    for quantity in Quantity:
        before = cells[:, quantity]
        assert np.array_equal(
            np.fmin.reduce(before[:, Part.LOW]), np.fmin.reduce(found[:, quantity, Part.LOW]), equal_nan=True
        )
        assert np.array_equal(
            np.fmax.reduce(before[:, Part.HIGH]),
            np.fmax.reduce(found[:, quantity, Part.HIGH]),
            equal_nan=True,
        )
    is_known = found[..., Part.SECONDS] > 0
    assert np.all(found[is_known][:, Part.LOW] <= found[is_known][:, Part.MEAN])
    assert np.all(found[is_known][:, Part.MEAN] <= found[is_known][:, Part.HIGH])
    assert np.all(np.isnan(found[~is_known][:, Part.LOW :]))


@given(rows(), st.integers(0, 30))
def test_level_by_level_is_the_same_as_at_once(made: tuple[np.ndarray, Cells], cut: int) -> None:
    starts, cells = made
    at_once = coarsened(starts, cells, 600)
    by_level = coarsened(*coarsened(starts, cells, 60), 600)
    halves = [coarsened(starts[part], cells[part], 60) for part in (slice(cut), slice(cut, None))]
    joined_up = coarsened(*(np.concatenate(each) for each in zip(*halves, strict=True)), 600)
    for other in (by_level, joined_up):
        assert np.array_equal(at_once[0], other[0])
        np.testing.assert_allclose(at_once[1], other[1], rtol=1e-9, atol=1e-9)


@given(rows())
def test_joining_two_is_coarsening_both(made: tuple[np.ndarray, Cells]) -> None:
    _, cells = made
    both = joined(cells[0], cells[-1])
    _, same = coarsened(np.zeros(2, np.int64), np.stack([cells[0], cells[-1]]), 10)
    np.testing.assert_allclose(both, same[0], rtol=1e-9)


def test_a_gap_is_no_row_and_not_a_zero() -> None:
    starts = np.array([0, 60, 300], np.int64)
    cells = np.stack([observed(np.full(6, value), 10.0) for value in (1.0, 2.0, 9.0)])
    steps, _ = coarsened(starts, cells, 60)
    assert list(steps) == [0, 60, 300]
    nothing = unknown(3)
    assert not known_rows(nothing).any()
    half = observed(np.array([5.0, np.nan, np.nan, np.nan, np.nan, np.nan]), 10.0)
    assert known_rows(half[np.newaxis]).all()
    assert np.isnan(joined(half, half)[Quantity.MEMORY_KIB, Part.MEAN])
    assert coarsened(np.empty(0, np.int64), unknown(0), 60)[1].shape == (0, 6, 4)
