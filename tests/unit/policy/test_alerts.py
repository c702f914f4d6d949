"""An alert rings once for what hovers, never below its limit, and is over when it is over."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vmgui.model.alerts import AlertKind, AlertRule, AlertSettings
from vmgui.model.domain import Domain, DomainKey, DomainState, PauseReason
from vmgui.model.event import EventKind, HostEvent
from vmgui.model.host import HostState, HostUsage
from vmgui.model.storage import Pool
from vmgui.policy import alerts as policy
from vmgui.policy.alerts import Watch, is_so, step

RULE = AlertRule(limit_percent=90.0, hold_s=60.0)
AT_ONCE = AlertRule(limit_percent=90.0)


def rings(rule: AlertRule, values: list[float], every_s: float = 2.0) -> list[bool]:
    watch = Watch()
    told: list[bool] = []
    for number, value in enumerate(values):
        watch = step(watch, rule, value, 1000.0 + number * every_s)
        told.append(watch.rings)
    return told


def starts(told: list[bool]) -> int:
    return sum(1 for before, now in zip([False, *told], told, strict=False) if now and not before)


def test_it_rings_after_its_hold_time_and_not_before() -> None:
    told = rings(RULE, [95.0] * 40)
    assert told.index(True) == 30


def test_a_short_peak_does_not_ring() -> None:
    assert not any(rings(RULE, ([95.0] * 20 + [10.0]) * 5))


def test_at_the_limit_is_not_above_it() -> None:
    assert not any(rings(AT_ONCE, [90.0] * 100))


def test_what_hovers_rings_once() -> None:
    assert starts(rings(AT_ONCE, [91.0, 89.0, 86.0] * 200)) == 1


def test_it_is_over_after_it_was_well_for_a_while() -> None:
    told = rings(AT_ONCE, [95.0] + [50.0] * 20)
    assert told.index(False) == 16


def test_a_dip_does_not_end_it() -> None:
    assert all(rings(AT_ONCE, ([95.0] + [50.0] * 10) * 10))


def test_after_a_gap_what_was_pending_begins_anew() -> None:
    watch = step(Watch(), RULE, 99.0, 0.0)
    watch = step(watch, RULE, 99.0, policy.GAP_S + 1)
    assert not watch.rings
    assert step(watch, RULE, 99.0, policy.GAP_S + 62).rings


limits = st.floats(1.0, 99.0)
rules = st.builds(AlertRule, st.just(True), limits, st.floats(0.0, 300.0))
values = st.lists(st.floats(0.0, 100.0), min_size=1, max_size=200)


@given(rules, values)
def test_it_never_rings_for_what_is_never_above(rule: AlertRule, some: list[float]) -> None:
    assert not any(rings(rule, [min(value, rule.limit_percent) for value in some]))


@given(rules, values, st.floats(0.5, 60.0))
def test_it_begins_only_above_and_ends_only_below(rule: AlertRule, some: list[float], every_s: float) -> None:
    told = rings(rule, some, every_s)
    bottom = max(rule.limit_percent / 2, rule.limit_percent - policy.HYSTERESIS_PERCENT)
    for before, now, value in zip([False, *told], told, some, strict=False):
        if now and not before:
            assert value > rule.limit_percent
        if before and not now:
            assert value < bottom


@given(rules, values, st.floats(0.5, 60.0))
def test_between_two_rings_it_was_well_for_the_whole_clear_time(
    rule: AlertRule, some: list[float], every_s: float
) -> None:
    told = rings(rule, some, every_s)
    bottom = max(rule.limit_percent / 2, rule.limit_percent - policy.HYSTERESIS_PERCENT)
    for at in (n for n in range(1, len(told)) if told[n - 1] and not told[n]):
        steps_back = int(policy.CLEAR_HOLD_S / every_s)
        assert all(value < bottom for value in some[max(0, at - steps_back) : at + 1])


@given(rules, st.lists(st.floats(0.0, 100.0), max_size=30))
def test_all_above_for_long_always_rings_and_all_well_always_ends(
    rule: AlertRule, before: list[float]
) -> None:
    some = [*before, *[100.0] * 160]
    assert rings(rule, some)[-1]
    assert not rings(rule, [*some, *[0.0] * 20])[-1]


@given(st.lists(st.booleans(), max_size=100))
def test_so_or_not(some: list[bool]) -> None:
    watch = Watch()
    for number, so in enumerate(some):
        before = watch
        watch = is_so(watch, AlertRule(), so, number * 5.0)
        if so:
            assert watch.rings
        if before.rings and not watch.rings:
            assert not any(some[max(0, number - 6) : number + 1])


def test_what_must_last_before_it_rings_is_over_at_once() -> None:
    rule = AlertRule(hold_s=10.0)
    watch = Watch()
    for now_s in (0.0, 5.0, 10.0):
        watch = is_so(watch, rule, True, now_s)
    assert watch.rings
    assert not is_so(watch, rule, False, 11.0).rings


def usage(total: int, free: int) -> HostUsage:
    return HostUsage(0.0, total, free)


def test_memory() -> None:
    assert policy.memory_percent(usage(100, 7)) == 93.0
    assert policy.memory_percent(usage(100, 200)) == 0.0
    assert policy.memory_percent(usage(0, 0)) is None


def pool(kind: str = "dir", active: bool = True, capacity: int = 1000, available: int = 50) -> Pool:
    return Pool("p", "u", kind, active, "", capacity, capacity - available, available)


def test_pools() -> None:
    assert policy.pool_percent(pool()) == 95.0
    assert policy.pool_percent(pool("iscsi", available=0)) is None
    assert policy.pool_percent(pool(active=False)) is None
    assert policy.pool_percent(pool(capacity=0, available=0)) is None


def machine(state: DomainState, reason: PauseReason = PauseReason.NONE) -> Domain:
    return Domain(DomainKey("h", "u"), "n", state, reason)


def test_machines() -> None:
    assert policy.is_stopped_by_disk(machine(DomainState.PAUSED, PauseReason.IO_ERROR))
    assert not policy.is_stopped_by_disk(machine(DomainState.PAUSED, PauseReason.USER))
    assert policy.has_crashed(machine(DomainState.CRASHED))
    assert policy.has_crashed(machine(DomainState.PAUSED, PauseReason.CRASHED))
    assert policy.has_crashed(machine(DomainState.OFF, PauseReason.CRASHED))
    assert not policy.has_crashed(machine(DomainState.OFF))


def test_crash_events() -> None:
    events = [
        HostEvent(EventKind.DOMAIN_LIFECYCLE, "a", "a", "crashed 0"),
        HostEvent(EventKind.DOMAIN_LIFECYCLE, "a", "a", "stopped 2"),
        HostEvent(EventKind.DOMAIN_LIFECYCLE, "b", "b", "stopped 1"),
        HostEvent(EventKind.DOMAIN_WATCHDOG, "c", "c", "stopped 2"),
    ]
    assert [event.uuid for event in policy.crashed(events)] == ["a"]


@pytest.mark.parametrize(
    ("was_lost", "was_connected", "state", "lost"),
    [
        (False, False, HostState.UNREACHABLE, False),  # it never was there
        (False, True, HostState.UNREACHABLE, True),
        (False, True, HostState.REFUSED, True),
        (True, True, HostState.CONNECTING, True),
        (False, True, HostState.CONNECTING, False),
        (True, True, HostState.CONNECTED, False),
        (True, True, HostState.DISCONNECTED, False),  # the person's own wish
    ],
)
def test_lost_hosts(was_lost: bool, was_connected: bool, state: HostState, lost: bool) -> None:
    assert policy.is_lost(was_lost, was_connected, state) is lost


@given(st.sampled_from(AlertKind), st.floats(allow_nan=False), st.floats(allow_nan=False))
def test_rules_are_brought_within_bounds(kind: AlertKind, limit: float, hold_s: float) -> None:
    rule = policy.valid(kind, AlertRule(True, limit, hold_s))
    assert 0.0 <= rule.limit_percent < 100.0
    assert 0.0 <= rule.hold_s <= policy.LONGEST_HOLD_S
    assert policy.valid(kind, rule) == rule


def test_the_defaults_are_valid() -> None:
    settings = AlertSettings()
    for kind in AlertKind:
        assert policy.valid(kind, settings.rule(kind)) == settings.rule(kind)
