"""Calls that never come back are counted with their host; pools they hang in are asked nothing meanwhile."""

import pytest

from vmgui.hypervisor.stuck_calls import (
    ALL_POOLS,
    ASK_AGAIN_S,
    LEAST_STUCK,
    LOST_FOR_S,
    MAX_STUCK,
    MAX_STUCK_IN_POOLS,
    STUCK_AFTER_S,
    StuckCall,
    StuckCalls,
    stuck_calls_of,
)
from vmgui.model.errors import Busy, PoolSilent

LIBVIRTD_WORKERS = 20


class Clock:
    def __init__(self) -> None:
        self.now_s = 1000.0

    def __call__(self) -> float:
        return self.now_s


def test_they_are_the_hosts_whatever_connection_they_were_made_on() -> None:
    stuck = stuck_calls_of("qemu+tcp://one/system")
    call = stuck.add("nfs", 5.0)
    assert stuck_calls_of("qemu+tcp://one/system") is stuck
    assert stuck_calls_of("qemu+tcp://other/system").count == 0
    stuck.remove(call, is_answered=True)
    assert stuck_calls_of("qemu+tcp://one/system").count == 0


def test_other_clients_of_the_host_go_on_being_answered() -> None:
    assert MAX_STUCK + LEAST_STUCK + MAX_STUCK_IN_POOLS < LIBVIRTD_WORKERS


def test_calls_that_broken_connections_took_from_sight_count_for_a_while() -> None:
    """Each reconnection may lose a few workers of the host more, never ten anew."""
    clock = Clock()
    stuck = StuckCalls(clock)
    for call in [stuck.add(None, 900.0) for _ in range(MAX_STUCK)]:
        stuck.remove(call, is_answered=False)
    for again in range(1, 3):
        seen: list[StuckCall] = []
        for _ in range(LEAST_STUCK):
            stuck.check(None)
            seen.append(stuck.add(None, clock.now_s))
        with pytest.raises(Busy):
            stuck.check(None)
        for call in seen:
            stuck.remove(call, is_answered=False)
        assert stuck.count == MAX_STUCK + again * LEAST_STUCK
    stuck.check("default")
    clock.now_s += LOST_FOR_S
    assert stuck.count == 0
    for _ in range(MAX_STUCK):
        stuck.check(None)
        stuck.add(None, clock.now_s)


def test_what_was_answered_or_only_under_way_when_its_connection_broke_is_not_lost() -> None:
    stuck = StuckCalls()
    for _ in range(MAX_STUCK):
        stuck.remove(stuck.add(None, 900.0), is_answered=True)
        stuck.remove(stuck.add(None, 900.0, is_overdue=False), is_answered=False)
    assert stuck.count == 0
    for _ in range(MAX_STUCK):
        stuck.check(None)
        stuck.add(None, 900.0)


def test_a_silent_pool_says_since_when() -> None:
    stuck = StuckCalls()
    stuck.add("nfs", 7.0)
    stuck.add("nfs", 5.0)
    with pytest.raises(PoolSilent) as silent:
        stuck.check("nfs")
    assert (silent.value.subject, silent.value.since_s) == ("nfs", 5.0)
    assert stuck.silent_pools == {"nfs": 5.0}
    stuck.check("default")
    stuck.check(None)


def test_one_call_for_all_pools_that_hangs_says_nothing_of_each() -> None:
    stuck = StuckCalls()
    stuck.add(ALL_POOLS, 5.0)
    stuck.check("default")
    with pytest.raises(PoolSilent):
        stuck.check(ALL_POOLS)


def test_pools_have_a_bound_of_their_own() -> None:
    stuck = StuckCalls()
    for number in range(MAX_STUCK_IN_POOLS):
        stuck.add(f"pool-{number}", 5.0)
    with pytest.raises(Busy):
        stuck.check("default")
    stuck.check(None)


def test_what_a_broken_connection_took_from_sight_is_asked_for_again_once_after_a_while() -> None:
    clock = Clock()
    stuck = StuckCalls(clock)
    stuck.remove(stuck.add("nfs", 900.0), is_answered=False)
    # Three reconnections add nothing.
    for _ in range(3):
        with pytest.raises(PoolSilent):
            stuck.check("nfs")
        assert stuck.count == 1
    clock.now_s += ASK_AGAIN_S
    stuck.check("nfs")
    with pytest.raises(PoolSilent):
        stuck.check("nfs")
    # That one hangs, too: the next is long in coming, and none is sent while it can be seen.
    again = stuck.add("nfs", clock.now_s)
    clock.now_s += 100 * ASK_AGAIN_S
    with pytest.raises(PoolSilent) as silent:
        stuck.check("nfs")
    assert silent.value.since_s == 900.0
    stuck.remove(again, is_answered=True)
    stuck.check("nfs")
    assert stuck.count == 0


def test_after_a_long_call_that_its_connection_ended_the_pool_is_asked_at_once_and_once() -> None:
    clock = Clock()
    stuck = StuckCalls(clock)
    for _ in range(2):  # and another broken connection changes nothing
        stuck.remove(stuck.add("nfs", 900.0, is_overdue=False), is_answered=False)
    assert stuck.count == 2
    stuck.check("nfs")
    with pytest.raises(PoolSilent):
        stuck.check("nfs")
    stuck.remove(stuck.add("nfs", 900.0, is_overdue=False), is_answered=False)
    with pytest.raises(PoolSilent):
        stuck.check("nfs")
    stuck.answered("nfs")
    assert stuck.count == 0


def test_an_answer_says_that_all_is_well() -> None:
    clock = Clock()
    stuck = StuckCalls(clock)
    stuck.remove(stuck.add("nfs", 900.0), is_answered=False)
    stuck.remove(stuck.add(ALL_POOLS, 900.0), is_answered=False)
    stuck.answered("default")
    assert stuck.count == 2
    stuck.answered("nfs")
    assert stuck.silent_pools == {ALL_POOLS: 900.0}
    stuck.answered(ALL_POOLS)
    assert stuck.count == 0


def test_a_call_that_had_just_been_made_when_its_connection_broke_was_not_stuck() -> None:
    clock = Clock()
    stuck = StuckCalls(clock)
    call = stuck.add("nfs", clock.now_s - STUCK_AFTER_S + 0.1)
    stuck.remove(call, is_answered=False)
    assert stuck.count == 0
    stuck.check("nfs")
    stuck.check(ALL_POOLS)
    older = stuck.add("nfs", clock.now_s - STUCK_AFTER_S)
    stuck.remove(older, is_answered=False)
    with pytest.raises(PoolSilent):
        stuck.check("nfs")
