"""When more is promised than exists."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vmgui.policy.commitment import (
    DEFINED_LIMITS,
    RUNNING_LIMITS,
    Commitment,
    CommitmentLevel,
    Fill,
    Resource,
    fill,
    level,
)

GIB = 1 << 20


@pytest.mark.parametrize(
    ("resource", "running", "defined", "exists", "levels"),
    [
        (Resource.VCPUS, 8, 8, 8, (CommitmentLevel.NONE, CommitmentLevel.NONE)),
        (Resource.VCPUS, 9, 32, 8, (CommitmentLevel.OK, CommitmentLevel.OK)),
        (Resource.VCPUS, 32, 33, 8, (CommitmentLevel.TIGHT, CommitmentLevel.TIGHT)),
        (Resource.VCPUS, 33, 65, 8, (CommitmentLevel.OVER, CommitmentLevel.OVER)),
        (Resource.MEMORY, 8 * GIB, 16 * GIB, 16 * GIB, (CommitmentLevel.NONE, CommitmentLevel.NONE)),
        (Resource.MEMORY, 15 * GIB, 20 * GIB, 16 * GIB, (CommitmentLevel.TIGHT, CommitmentLevel.OK)),
        (Resource.MEMORY, 17 * GIB, 40 * GIB, 16 * GIB, (CommitmentLevel.OVER, CommitmentLevel.OVER)),
        (Resource.DISK, 140, 140, 100, (CommitmentLevel.OK, CommitmentLevel.OK)),
        (Resource.DISK, 300, 300, 100, (CommitmentLevel.OVER, CommitmentLevel.OVER)),
        (Resource.DISK, 300, 300, 0, (CommitmentLevel.UNKNOWN, CommitmentLevel.UNKNOWN)),
    ],
)
def test_levels(
    resource: Resource,
    running: int,
    defined: int,
    exists: int,
    levels: tuple[CommitmentLevel, CommitmentLevel],
) -> None:
    commitment = Commitment(resource, running, defined, exists)
    assert (commitment.running_level, commitment.defined_level) == levels


@pytest.mark.parametrize("limits", [*RUNNING_LIMITS.values(), *DEFINED_LIMITS.values()])
def test_limits_ascend(limits: object) -> None:
    assert limits.none <= limits.ok <= limits.tight


@given(st.sampled_from(list(Resource)), st.integers(0, 10**9), st.integers(0, 10**9), st.integers(1, 10**9))
def test_more_is_never_better(resource: Resource, one: int, other: int, exists: int) -> None:
    order = list(CommitmentLevel)
    less, more = sorted((one, other))
    for limits in (RUNNING_LIMITS[resource], DEFINED_LIMITS[resource]):
        assert order.index(level(less, exists, limits)) <= order.index(level(more, exists, limits))


def test_ratio() -> None:
    assert Commitment(Resource.VCPUS, 12, 20, 8).ratio == 1.5
    assert Commitment(Resource.VCPUS, 12, 20, 0).ratio is None


@pytest.mark.parametrize(
    ("capacity", "available", "expected"),
    [
        (100, 50, Fill.ROOM),
        (100, 15, Fill.NEARLY),
        (100, 5, Fill.FULL),
        (100, -1, Fill.FULL),
        (0, 0, Fill.ROOM),
    ],
)
def test_fill(capacity: int, available: int, expected: Fill) -> None:
    assert fill(capacity, available) is expected
