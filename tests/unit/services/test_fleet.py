"""All hosts at a glance, on the test driver; pools are read seldom and only while somebody looks."""

from __future__ import annotations

import threading
import time
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from typing import Any

import pytest

from tests.helpers.clock import FakeClock
from tests.helpers.waiting import eventually
from tests.helpers.world import World
from vmgui.hypervisor import storage
from vmgui.model.domain import Domain, DomainKey, DomainRates, DomainSample, DomainState, PauseReason
from vmgui.model.fleet import PoolUse
from vmgui.model.host import Host, HostConfig, HostHealth, HostState, HostUsage
from vmgui.model.performance_history import HostReading
from vmgui.model.storage import Pool
from vmgui.policy.commitment import Resource
from vmgui.services import consumers, host_watch
from vmgui.services import performance as performance_module
from vmgui.services import pools as pools_module
from vmgui.services.fleet import FleetService, is_troubled, tally
from vmgui.services.performance import PerformanceService

KIB_PER_GIB = 1 << 20


@pytest.fixture
async def performance(world: World) -> AsyncIterator[PerformanceService]:
    made = PerformanceService(world.hosts, world.inventory, interval_s=0.05)
    yield made
    await made.close()


@pytest.fixture
async def fleet(world: World, performance: PerformanceService) -> AsyncIterator[FleetService]:
    made = FleetService(world.hosts, world.inventory, performance, world.watches)
    yield made
    await made.close()


def machine(
    name: str,
    state: DomainState = DomainState.RUNNING,
    reason: PauseReason = PauseReason.NONE,
    host: str = "h1",
) -> Domain:
    return Domain(DomainKey(host, name), name, state, reason, vcpus=2, memory_kib=KIB_PER_GIB)


def test_tally() -> None:
    crashed = machine("c", DomainState.CRASHED)
    stuck = machine("d", DomainState.PAUSED, PauseReason.IO_ERROR)
    paused = machine("e", DomainState.PAUSED, PauseReason.USER)
    found = tally([machine("a"), machine("b", DomainState.OFF), crashed, stuck, paused])
    assert (found.machines, found.running) == (5, 3)
    assert (found.vcpus, found.vcpus_running) == (10, 6)
    assert (found.memory_kib, found.memory_running_kib) == (5 * KIB_PER_GIB, 3 * KIB_PER_GIB)
    assert found.troubled == (crashed, stuck)
    assert not is_troubled(paused)


async def test_counts_follow_the_inventory(world: World, fleet: FleetService) -> None:
    world.inventory.set_host(
        Host(HostConfig("x", "x", "test:///x"), HostState.UNREACHABLE, health=HostHealth(5.0))
    )
    world.inventory.set_domains("x", [machine("a", host="x"), machine("b", DomainState.OFF, host="x")])
    assert fleet.tally("x").running == 1
    world.inventory.update_domains("x", {"b": machine("b", host="x")})
    assert fleet.tally("x").running == 2
    report = fleet.report()
    assert report.machines == 2
    assert report.running == 0, "nobody knows what runs on a host that is not heard"
    assert [(lost.host_id, lost.running, lost.updated_s) for lost in report.lost] == [("x", 2, 5.0)]
    world.inventory.remove_host("x")
    assert fleet.report().machines == 0


async def test_promises_and_consumers(
    world: World, fleet: FleetService, performance: PerformanceService, test_driver: Callable[..., str]
) -> None:
    world.add(test_driver("one", "two", running=True))
    await world.connected()
    key = await world.seen("two")
    vcpus, memory = fleet.commitments("h1")
    assert (vcpus.resource, vcpus.running, vcpus.defined) == (Resource.VCPUS, 4, 4)
    assert vcpus.exists == world.host().info.cpus
    assert (memory.running, memory.exists) == (2 * KIB_PER_GIB, world.host().info.memory_kib)
    await eventually(lambda: performance.latest(key) is not None)
    await eventually(lambda: fleet.report().measured == 2)
    report = fleet.report(top=1)
    assert len(report.by_cpu) == len(report.by_memory) == 1
    assert report.running == 2
    assert fleet.commitments("nobody") == ()


async def test_of_a_host_with_many_all_running_machines_are_compared(
    world: World,
    fleet: FleetService,
    performance: PerformanceService,
    test_driver: Callable[..., str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Those nobody looks at by what was sampled of all for the history; how old that is is told."""
    clock = 0

    def sample_all(_conn: object) -> dict[str, DomainSample]:
        nonlocal clock
        clock += 1
        at_s = time.monotonic()
        return {
            domain.key.uuid: DomainSample(at_s, clock * 1000, number * 1024)
            for number, domain in enumerate(world.inventory.domains_of("h1"))
        }

    monkeypatch.setattr(performance_module, "WHOLE_HOST_LIMIT", 3)
    monkeypatch.setattr(performance_module, "sample_all", sample_all)
    performance.sample_all_every(0.2)
    world.add(test_driver("a", "b", "c", "d", "e", running=True))
    await world.connected()
    await eventually(lambda: fleet.report().measured == 5)
    report = fleet.report(top=2)
    last = [domain.name for domain in world.inventory.domains_of("h1")][-1]
    assert report.by_memory[0].domain.name == last
    assert not performance.history(report.by_memory[0].domain.key), "it is not kept as one looked at is"
    assert 0 < report.oldest_s <= min(one.rates.at_s for one in report.by_memory if one.rates)
    monkeypatch.setattr(consumers, "NEWS_S", -1.0)
    assert fleet.report().measured == 0, "what is too old is no news"


async def test_of_a_host_with_many_only_those_on_screen_where_all_are_not_sampled(
    world: World,
    fleet: FleetService,
    performance: PerformanceService,
    test_driver: Callable[..., str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(performance_module, "WHOLE_HOST_LIMIT", 1)
    world.add(test_driver("a", "b", "c", running=True))
    await world.connected()
    performance.watch("screen", (await world.seen("a"), await world.seen("b")))
    await eventually(lambda: fleet.report().measured == 2)
    assert {one.domain.name for one in fleet.report().by_cpu} == {"a", "b"}
    assert fleet.report().oldest_s > 0
    assert len(fleet.report(top=1).by_memory) == 1


async def test_the_most_of_many_hosts_as_they_are_now(
    world: World, fleet: FleetService, performance: PerformanceService
) -> None:
    """What each host told is joined; what is off by now, or on a host that is not heard, is no consumer."""
    for host_id, state in (
        ("a", HostState.CONNECTED),
        ("b", HostState.CONNECTED),
        ("c", HostState.UNREACHABLE),
    ):
        config = HostConfig(host_id, host_id, f"test:///{host_id}")
        world.inventory.set_host(Host(config, state))
        names = [f"{host_id}{number}" for number in range(30)]
        world.inventory.set_domains(host_id, [machine(name, host=host_id) for name in names])
        # Of "a" the even ones, of "b" the odd ones use much; each more than the one before.
        rates = {
            name: DomainRates(
                time.monotonic(),
                float(number if number % 2 == (host_id == "b") else 0),
                1024 * number + (host_id == "a"),
            )
            for number, name in enumerate(names)
        }
        performance.readings.emit(HostReading(host_id, 2.0, HostUsage(0.0, 1, 1), 2.0, rates))
    world.inventory.update_domains("b", {"b29": machine("b29", DomainState.OFF, host="b")})
    report = fleet.report()
    assert [one.domain.name for one in report.by_cpu] == ["a28", "b27", "a26", "b25", "a24"]
    assert [one.domain.name for one in report.by_memory] == ["a29", "a28", "b28", "a27", "b27"]
    assert (report.measured, report.running) == (59, 59)
    world.inventory.remove_host("a")
    assert {one.domain.key.host_id for one in fleet.report().by_cpu} == {"b"}


async def test_pools_are_read_while_somebody_looks(
    world: World, fleet: FleetService, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = FakeClock()
    monkeypatch.setattr(host_watch, "time", clock)
    readings: list[str] = []
    world.watches.pools.changed.subscribe(lambda thing: readings.append(thing[0]))
    world.add("test:///default")
    await world.connected()
    assert fleet.pools("h1").at_s == 0
    owner = object()
    fleet.look(owner, with_volumes=True)
    await eventually(lambda: fleet.pools("h1").has_volumes)
    report = fleet.pools("h1")
    assert [use.pool.name for use in report.pools] == ["default-pool"]
    assert report.pools[0].committed_bytes == 0
    assert [commitment.resource for commitment in fleet.commitments("h1")] == list(Resource)
    # Nobody asks again before the minute is over, whoever looks.
    clock.advance(host_watch.EVERY_S - 1)
    for _ in range(5):
        fleet.look("another")
        fleet.look(owner, ("h1",))
        await clock.rounds(1)
    assert readings == ["h1"]
    clock.advance(1)
    fleet.look("another")
    await eventually(lambda: readings == ["h1", "h1"])
    assert fleet.pools("h1").at_s > report.at_s
    assert fleet.pools("h1").pools[0].committed_bytes == 0, "what volumes were known stay known"
    fleet.look_away(owner)
    fleet.look_away("another")


async def test_never_two_reads_of_one_host(
    world: World, fleet: FleetService, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A host that does not answer is not asked again while the first question is still open."""
    world.add("test:///default")
    await world.connected()
    clock = FakeClock()
    monkeypatch.setattr(host_watch, "time", clock)
    release = threading.Event()
    calls: list[float] = []

    def slow_read(_conn: Any) -> tuple[Pool, ...]:
        calls.append(0.0)
        release.wait()
        return ()

    monkeypatch.setattr(storage, "list_pools", slow_read)
    world.watches.pools._every_s = 0.0
    monkeypatch.setattr(pools_module, "LIST_TIMEOUT_S", 0.2)
    try:
        fleet.look("owner")
        await eventually(lambda: fleet.pools("h1").error is not None)
        await clock.rounds()
        assert len(calls) == 1
    finally:
        release.set()
    await eventually(lambda: fleet.pools("h1").at_s)
    assert fleet.pools("h1").error is None
    fleet.look_away("owner")


async def test_a_pool_that_does_not_answer_is_told_until_it_does(
    world: World, fleet: FleetService, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.add("test:///default")
    await world.connected()
    world.watches.pools._every_s = 0.01
    fleet.look("owner")
    await eventually(lambda: fleet.report().pools_known)
    connection = world.hosts.connection("h1")
    stuck = connection._stuck.add("default-pool", 5.0)
    await eventually(lambda: fleet.report().silent_pools)
    ((host_id, pool),) = fleet.report().silent_pools
    assert (host_id, pool.name, pool.silent_since_s) == ("h1", "default-pool", 5.0)
    assert fleet.pools("h1").error is None
    connection._stuck.remove(stuck, is_answered=True)
    await eventually(lambda: not fleet.report().silent_pools)
    fleet.look_away("owner")


async def test_full_pools_stand_first(
    world: World, fleet: FleetService, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.add("test:///default")
    await world.connected()
    pool = Pool("p", "u", "dir", True, "/p", 100, 0, 10)
    uses = (
        PoolUse(pool),
        PoolUse(replace(pool, name="full", available_bytes=1)),
        PoolUse(replace(pool, name="room", available_bytes=60)),
        PoolUse(replace(pool, name="off", active=False, available_bytes=0)),
    )
    monkeypatch.setattr(storage, "list_pools", lambda _: tuple(use.pool for use in uses))
    fleet.look("owner")
    await eventually(lambda: fleet.report().pools_known)
    assert [pool.name for _, pool in fleet.report().full_pools] == ["full", "p"]
    fleet.look_away("owner")
