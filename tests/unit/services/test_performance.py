"""Rates from counters, and who is sampled when."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.helpers.waiting import eventually
from tests.helpers.world import World
from tests.unit.services.conftest import DEFAULT_URI
from vmgui.model.domain import DomainSample
from vmgui.model.host import HostId, HostUsage
from vmgui.services import performance as performance_module
from vmgui.services.performance import PerformanceService, rates, with_cpu_percent

counters = st.none() | st.integers(0, 2**63)


@given(
    st.builds(DomainSample, st.floats(0, 1e6), counters, counters, counters, counters, counters, counters),
    st.builds(DomainSample, st.floats(0, 1e6), counters, counters, counters, counters, counters, counters),
    st.integers(0, 512),
)
def test_rates_are_never_negative_and_never_invented(
    before: DomainSample, now: DomainSample, vcpus: int
) -> None:
    found = rates(before, now, vcpus)
    for value in (
        found.cpu_percent,
        found.disk_read_bytes_per_s,
        found.disk_write_bytes_per_s,
        found.net_rx_bytes_per_s,
        found.net_tx_bytes_per_s,
    ):
        assert value is None or value >= 0
    assert found.cpu_percent is None or found.cpu_percent <= 100
    if before.cpu_time_ns is None or now.cpu_time_ns is None:
        assert found.cpu_percent is None


def test_rates_of_a_machine_with_two_processors() -> None:
    before = DomainSample(10.0, 0, 100, 1000, 0, 50, 60)
    now = DomainSample(12.0, 2_000_000_000, 200, 3000, 0, 150, 60)
    found = rates(before, now, vcpus=2)
    assert found.cpu_percent == pytest.approx(50)
    assert found.memory_used_kib == 200
    assert found.disk_read_bytes_per_s == pytest.approx(1000)
    assert found.disk_write_bytes_per_s == 0
    assert found.net_rx_bytes_per_s == pytest.approx(50)
    assert found.net_tx_bytes_per_s == 0


def test_how_busy_a_host_is() -> None:
    before = HostUsage(1.0, 1000, 500, cpu_busy_ns=100, cpu_total_ns=1000)
    now = HostUsage(3.0, 1000, 500, cpu_busy_ns=350, cpu_total_ns=2000)
    assert with_cpu_percent(before, now).cpu_percent == pytest.approx(25)
    assert with_cpu_percent(None, now).cpu_percent is None
    # Counters that went back: the host was restarted.
    assert with_cpu_percent(now, before).cpu_percent is None


@pytest.fixture
async def service(world: World) -> AsyncIterator[PerformanceService]:
    made = PerformanceService(world.hosts, world.inventory, interval_s=0.05)
    yield made
    await made.close()


async def test_a_connected_host_is_sampled_by_itself(world: World, service: PerformanceService) -> None:
    told: list[frozenset[HostId]] = []
    service.sampled.subscribe(told.append)
    world.add(DEFAULT_URI)
    await world.connected()
    before_s = world.host().updated_s
    await eventually(lambda: len(service.host_history("h1")) >= 3)
    assert told[0] == frozenset({"h1"})
    usage = world.host().usage
    assert usage is not None
    assert usage.memory_total_kib > 0
    assert world.host().updated_s > before_s
    world.hosts.disconnect("h1")
    world.hosts.remove("h1")
    await eventually(lambda: not service.host_history("h1"))


async def test_of_a_host_with_many_machines_only_those_looked_at_are_sampled(
    world: World,
    service: PerformanceService,
    test_driver: Callable[..., str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[tuple[str, ...]] = []
    clock = 0

    def sample(_conn: object, uuids: tuple[str, ...]) -> dict[str, DomainSample]:
        nonlocal clock
        clock += 1
        asked.append(tuple(uuids))
        return {uuid: DomainSample(time.monotonic(), clock * 1000) for uuid in uuids}

    monkeypatch.setattr(performance_module, "WHOLE_HOST_LIMIT", 3)
    monkeypatch.setattr(performance_module, "sample", sample)
    world.add(test_driver("a", "b", "c", "d", "e", running=True))
    await world.connected()
    await eventually(lambda: len(service.host_history("h1")) >= 2)
    assert not asked
    keys = {world.key("a"), world.key("b")}
    service.watch("list", keys)
    service.watch("overview", {world.key("b")})
    await eventually(lambda: all(len(service.history(key)) >= 2 for key in keys))
    assert set(asked[-1]) == {key.uuid for key in keys}
    assert service.latest(world.key("c")) is None
    service.unwatch("list")
    await eventually(lambda: set(asked[-1]) == {world.key("b").uuid})
    service.unwatch("overview")
    service.unwatch("overview")


async def test_history_ends_with_the_machine(
    world: World,
    service: PerformanceService,
    test_driver: Callable[..., str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def sample_all(_conn: object) -> dict[str, DomainSample]:
        return {key.uuid: DomainSample(time.monotonic(), 5) for key in world.inventory.domains}

    monkeypatch.setattr(performance_module, "sample_all", sample_all)
    world.add(test_driver("a", running=True))
    await world.connected()
    key = world.key("a")
    await eventually(lambda: len(service.history(key)) >= 2)
    world.inventory.set_domains("h1", ())
    await eventually(lambda: not service.history(key) and service.latest(key) is None)
