"""Progress and states of jobs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vmgui.model.job import JobState, Progress


@given(st.none() | st.integers(0), st.none() | st.integers(0))
def test_a_fraction_is_between_nothing_and_all(done_bytes: int | None, total_bytes: int | None) -> None:
    fraction = Progress(done_bytes=done_bytes, total_bytes=total_bytes).fraction
    assert fraction is None or 0 <= fraction <= 1
    assert (fraction is None) == (done_bytes is None or not total_bytes)


@pytest.mark.parametrize("state", JobState)
def test_what_is_final(state: JobState) -> None:
    assert state.is_final == (state.name in {"DONE", "FAILED", "CANCELLED", "INTERRUPTED"})
