"""Packed cells come back, a little rounded; what is no packed cells is refused."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vmgui.policy.performance_history_cells import observed, unknown
from vmgui.store.performance_history_codec import BadBlob, pack, unpack, unpack_one

values = st.one_of(st.just(float("nan")), st.just(0.0), st.floats(1e-3, 1e12))


@given(st.lists(st.lists(values, min_size=6, max_size=6), max_size=20), st.data())
def test_what_is_packed_comes_back(told: list[list[float]], data: st.DataObject) -> None:
    index = np.array(
        sorted(data.draw(st.sets(st.integers(0, 2**31 - 1), min_size=len(told), max_size=len(told))))
    )
    cells = observed(np.array(told).reshape(-1, 6), 9.5)
    blob = pack(index.astype(np.int64), cells)
    again, found = unpack(blob)
    assert list(again) == list(index)
    np.testing.assert_allclose(found, cells, rtol=2.5e-4)
    for place, number in enumerate(index):
        np.testing.assert_array_equal(unpack_one(blob, int(number)), found[place])


def test_zero_and_all_stay_exact() -> None:
    cells = observed(np.array([[100.0, 0.0, 50.0, 0.5, 1024.0, np.nan]]), 10.0)
    np.testing.assert_array_equal(unpack(pack(np.array([3]), cells))[1], cells)


def test_a_target_that_is_not_there_is_unknown() -> None:
    blob = pack(np.array([3]), observed(np.ones((1, 6)), 10.0))
    np.testing.assert_array_equal(unpack_one(blob, 4), unknown())


def test_an_idle_machine_takes_next_to_nothing() -> None:
    cells = observed(np.tile([0.0, 524288.0, 0.0, 0.0, 0.0, 0.0], (60, 1)), 10.0)
    assert len(pack(np.arange(60), cells)) < 120


@pytest.mark.parametrize(
    "bad", [b"", b"\x01", b"\x02\0\0\0\0", b"\x01\xff\xff\xff\xff", b"\x01\x01\0\0\0junk"]
)
def test_what_is_no_packed_cells_is_refused(bad: bytes) -> None:
    with pytest.raises(BadBlob):
        unpack(bad)


@given(st.binary(max_size=60))
def test_no_bytes_do_harm(bad: bytes) -> None:
    for start in (b"", b"\x01\x02\0\0\0"):
        with pytest.raises(BadBlob):
            unpack_one(start + bad + b"?", 1)
