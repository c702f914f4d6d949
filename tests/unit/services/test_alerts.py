"""Alerts on libvirt's test driver: what begins rings once, what is over says so, and both stand in the journal."""

from __future__ import annotations

import threading
from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import libvirt
import pytest

from tests.helpers.clock import FakeClock
from tests.helpers.waiting import eventually
from tests.helpers.world import World
from vmgui.hypervisor import storage
from vmgui.model.alerts import AlertKey, AlertKind, AlertRule
from vmgui.model.domain import DomainState, PauseReason
from vmgui.model.event import EventKind, HostEvent
from vmgui.model.host import HostState, HostUsage
from vmgui.model.journal import EntryKind, JournalFilter
from vmgui.policy import alerts as policy
from vmgui.services import alerts as module
from vmgui.services.alerts import AlertChange, AlertService
from vmgui.services.hosts import HostEvents
from vmgui.services.journal import JournalService
from vmgui.services.pools import PoolWatch
from vmgui.store.alerts import AlertStore
from vmgui.store.journal import JournalStore

LIST_POOLS = storage.list_pools


@dataclass
class Watched:
    """A world with its alerts."""

    world: World
    directory: Path
    clock: FakeClock
    told: list[AlertChange] = field(default_factory=list)
    readings: int = 0  # of pools, begun

    def __post_init__(self) -> None:
        world = self.world
        self.journal = JournalService(world.hosts, world.inventory, world.jobs, JournalStore(self.directory))
        self.store = AlertStore(self.directory)
        self.pools = PoolWatch(world.hosts, world.inventory, every_s=0.0)
        self.alerts = AlertService(
            world.hosts, world.inventory, self.journal, self.pools, self.store, tick_s=0.01
        )
        self.alerts.changed.subscribe(self.told.append)

    def rule(self, kind: AlertKind, rule: AlertRule) -> None:
        self.alerts.change(replace(self.alerts.settings, **{kind.value: rule}))

    def active(self) -> set[str]:
        return {key.kind_name for key in self.alerts.active}

    def raised(self, kind: AlertKind) -> int:
        return sum(alert.key.kind is kind for change in self.told for alert in change.raised)

    def read_pools(self, conn: libvirt.virConnect) -> tuple[storage.Pool, ...]:
        self.readings += 1
        return LIST_POOLS(conn)

    async def read_again(self) -> None:
        """Until what a reading that began after this call said has been judged: never two at a time."""
        wanted = self.readings + 2
        await eventually(lambda: self.readings >= wanted)

    async def connect(self) -> None:
        self.world.add("test:///default")
        await self.world.connected()

    async def close(self) -> None:
        await self.alerts.close()
        await self.pools.close()
        await self.journal.close()
        self.store.close()


@pytest.fixture
async def watched(world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Watched]:
    clock = FakeClock()
    monkeypatch.setattr(module, "time", clock)
    made = Watched(world, tmp_path, clock)
    monkeypatch.setattr(storage, "list_pools", made.read_pools)
    yield made
    await made.close()


def fill(conn: libvirt.virConnect, name: str, share: float) -> None:
    """A volume that takes that much of the driver's pool."""
    pool = conn.listAllStoragePools()[0]
    size = int(pool.info()[1] * share)
    pool.createXML(
        f"<volume><name>{name}</name><capacity>{size}</capacity><allocation>{size}</allocation></volume>"
    )


def drop(conn: libvirt.virConnect, name: str) -> None:
    conn.listAllStoragePools()[0].storageVolLookupByName(name).delete()


async def test_a_full_pool_rings_once_and_stands_in_the_journal(
    watched: Watched, other: libvirt.virConnect
) -> None:
    for name, share in (("base", 0.10), ("more", 0.79), ("top", 0.04)):
        fill(other, name, share)
    await watched.connect()
    await eventually(lambda: watched.active() == {"pool_full"})
    (alert,) = watched.alerts.active.values()
    assert alert.subject == other.listAllStoragePools()[0].name()
    assert alert.host == "host h1"
    assert alert.percent == pytest.approx(93, abs=1)
    drop(other, "top")
    await watched.read_again()
    watched.clock.advance(policy.CLEAR_HOLD_S + 1)
    await watched.read_again()
    assert watched.active() == {"pool_full"}
    drop(other, "more")
    await watched.read_again()
    assert watched.active() == {"pool_full"}
    watched.clock.advance(policy.CLEAR_HOLD_S + 1)
    await watched.read_again()
    assert not watched.active()
    assert watched.raised(AlertKind.POOL_FULL) == 1

    async def both() -> bool:
        return len(await watched.journal.read(JournalFilter(kinds=(EntryKind.ALERT,)))) == 2

    await eventually(both)
    entries = await watched.journal.read(JournalFilter(kinds=(EntryKind.ALERT,)))
    assert [entry.what for entry in entries] == ["alert.pool_full.over", "alert.pool_full"]
    assert entries[1].detail == "93 %"


@pytest.mark.parametrize("was_told", [False, True])
async def test_nothing_rings_for_what_was_known_of_a_pool_long_ago(
    watched: Watched, other: libvirt.virConnect, *, was_told: bool
) -> None:
    watched.rule(AlertKind.POOL_FULL, AlertRule(False, 90.0))
    await watched.connect()
    fill(other, "much", 0.95)
    await watched.pools.fresh("h1")
    drop(other, "much")
    if was_told:
        event = HostEvent(EventKind.POOL, "", other.listAllStoragePools()[0].name())
        watched.world.hosts.events.emit(HostEvents("h1", (event,)))
    else:
        watched.clock.advance(3600.0)
    watched.rule(AlertKind.POOL_FULL, AlertRule(True, 90.0))
    await watched.read_again()
    assert watched.raised(AlertKind.POOL_FULL) == 0


async def test_never_two_readings_of_one_host_at_a_time(
    watched: Watched, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate, begun = threading.Semaphore(0), 0

    def slow(_conn: libvirt.virConnect) -> tuple[storage.Pool, ...]:
        nonlocal begun
        begun += 1
        gate.acquire()
        return ()

    monkeypatch.setattr(storage, "list_pools", slow)
    await watched.connect()
    for number in range(1, 4):
        await eventually(lambda number=number: begun == number)
        watched.pools.follow("another")
        await eventually(lambda: not watched.pools._wake.is_set())
        assert begun == number, "the one before is still under way"
        if number == 3:
            watched.rule(AlertKind.POOL_FULL, AlertRule(False, 90.0))
            watched.pools.unfollow("another")
        gate.release()
    await eventually(lambda: watched.pools._following is not None and watched.pools._following.done())
    assert begun == 3, "nobody asked for more"


async def test_memory_and_processor(watched: Watched) -> None:
    await watched.connect()
    watched.rule(AlertKind.HOST_MEMORY, AlertRule(True, 90.0))
    watched.rule(AlertKind.HOST_CPU, AlertRule(True, 90.0, 5.0))

    def sample(free: int, cpu: float) -> None:
        usage = HostUsage(watched.clock.monotonic(), 1000, free, cpu)
        watched.world.hosts.record_usage("h1", usage)

    sample(50, 99.0)
    assert watched.active() == {"host_memory"}
    watched.clock.advance(4.9)
    sample(50, 99.0)
    assert watched.active() == {"host_memory"}
    watched.clock.advance(0.2)
    sample(50, 99.0)
    assert watched.active() == {"host_memory", "host_cpu"}
    watched.clock.advance(1)
    sample(500, 10.0)
    assert watched.active() == {"host_memory", "host_cpu"}
    watched.clock.advance(policy.CLEAR_HOLD_S + 1)
    sample(500, 10.0)
    assert watched.active() == set()


async def test_a_crash_rings_until_dismissed(watched: Watched) -> None:
    await watched.connect()
    key = watched.world.key()
    event = HostEvent(EventKind.DOMAIN_LIFECYCLE, key.uuid, "test", "stopped 2")
    watched.world.hosts.events.emit(HostEvents("h1", (event, event)))
    assert watched.active() == {"domain_crashed"}
    watched.world.hosts.events.emit(HostEvents("h1", (event,)))
    assert watched.raised(AlertKind.DOMAIN_CRASHED) == 1
    watched.alerts.dismiss(AlertKey("domain_crashed", "h1", key.uuid))
    assert watched.active() == set()
    watched.world.hosts.events.emit(HostEvents("h1", (event,)))
    assert watched.raised(AlertKind.DOMAIN_CRASHED) == 2


async def test_a_crashed_machine_that_is_started_again_is_well(watched: Watched) -> None:
    await watched.connect()
    row = watched.world.find("test")
    inventory = watched.world.inventory
    inventory.update_domains("h1", {row.key.uuid: replace(row, state=DomainState.CRASHED)})
    assert watched.active() == {"domain_crashed"}
    # Other news of the same machine are no second crash.
    watched.alerts.dismiss(AlertKey("domain_crashed", "h1", row.key.uuid))
    inventory.update_domains("h1", {row.key.uuid: replace(row, state=DomainState.CRASHED, memory_kib=5)})
    assert watched.active() == set()
    inventory.update_domains("h1", {row.key.uuid: row})
    inventory.update_domains("h1", {row.key.uuid: replace(row, state=DomainState.CRASHED)})
    assert watched.active() == {"domain_crashed"}
    watched.clock.advance(policy.CLEAR_HOLD_S + 1)
    inventory.update_domains("h1", {row.key.uuid: row})
    assert watched.active() == set()
    assert watched.raised(AlertKind.DOMAIN_CRASHED) == 2


async def test_a_machine_that_crashed_long_ago_does_not_ring(watched: Watched) -> None:
    await watched.connect()
    row = watched.world.find("test")
    inventory = watched.world.inventory
    dead = replace(row, state=DomainState.OFF, reason=PauseReason.CRASHED)
    inventory.update_domains("h1", {row.key.uuid: None})
    inventory.update_domains("h1", {row.key.uuid: dead})
    inventory.update_domains("h1", {row.key.uuid: replace(dead, autostart=True)})
    assert watched.active() == set()
    inventory.update_domains("h1", {row.key.uuid: row})
    inventory.update_domains("h1", {row.key.uuid: dead})
    assert watched.active() == {"domain_crashed"}


async def test_a_machine_stopped_by_its_disk(watched: Watched) -> None:
    await watched.connect()
    row = watched.world.find("test")
    inventory = watched.world.inventory
    paused = replace(row, state=DomainState.PAUSED, reason=PauseReason.IO_ERROR)
    for _ in range(3):
        # Resumed and stopped again at once: that is one trouble.
        inventory.update_domains("h1", {row.key.uuid: paused})
        inventory.update_domains("h1", {row.key.uuid: row})
    await watched.clock.rounds()
    assert watched.active() == {"domain_io_error"}
    watched.clock.advance(policy.CLEAR_HOLD_S + 1)
    await eventually(lambda: not watched.active())
    assert watched.raised(AlertKind.DOMAIN_IO_ERROR) == 1
    inventory.update_domains("h1", {row.key.uuid: paused})
    inventory.update_domains("h1", {row.key.uuid: None})
    assert watched.active() == set()


async def test_a_lost_host(watched: Watched) -> None:
    watched.rule(AlertKind.HOST_LOST, AlertRule(True, hold_s=20.0))
    await watched.connect()
    host = watched.world.host()
    inventory = watched.world.inventory
    inventory.set_host(replace(host, state=HostState.UNREACHABLE))
    inventory.set_host(replace(host, state=HostState.CONNECTING))
    await watched.clock.rounds()
    assert watched.active() == set()
    watched.clock.advance(21.0)
    await eventually(lambda: watched.active() == {"host_lost"})
    inventory.set_host(host)
    await watched.clock.rounds()
    watched.clock.advance(policy.CLEAR_HOLD_S + 1)
    await eventually(lambda: not watched.active())
    assert watched.raised(AlertKind.HOST_LOST) == 1


async def test_a_host_disconnected_by_the_person_is_not_lost(watched: Watched) -> None:
    watched.rule(AlertKind.HOST_LOST, AlertRule(True, hold_s=0.0))
    await watched.connect()
    watched.world.hosts.disconnect("h1")
    await watched.world.state(HostState.DISCONNECTED)
    watched.world.hosts.connect("h1")
    await watched.world.connected()
    assert watched.told == []


async def test_a_rule_switched_off_ends_its_alerts(watched: Watched) -> None:
    await watched.connect()
    event = HostEvent(EventKind.DOMAIN_LIFECYCLE, watched.world.key().uuid, "test", "crashed 0")
    watched.world.hosts.events.emit(HostEvents("h1", (event,)))
    assert watched.active() == {"domain_crashed"}
    watched.rule(AlertKind.DOMAIN_CRASHED, AlertRule(False))
    assert watched.active() == set()
    watched.world.hosts.events.emit(HostEvents("h1", (event,)))
    assert watched.active() == set()
    again = AlertStore(watched.directory)
    await eventually(lambda: AlertStore(watched.directory).settings.domain_crashed == AlertRule(False))
    again.close()


async def test_a_removed_host_takes_its_alerts_along(watched: Watched) -> None:
    await watched.connect()
    event = HostEvent(EventKind.DOMAIN_LIFECYCLE, watched.world.key().uuid, "test", "crashed 0")
    watched.world.hosts.events.emit(HostEvents("h1", (event,)))
    watched.world.hosts.remove("h1")
    assert watched.active() == set()


async def test_without_a_store_nothing_is_watched(world: World) -> None:
    journal = JournalService(world.hosts, world.inventory, world.jobs, None)
    alerts = AlertService(world.hosts, world.inventory, journal, world.watches.pools, None)
    world.add("test:///default")
    await world.connected()
    event = HostEvent(EventKind.DOMAIN_LIFECYCLE, world.key().uuid, "test", "crashed 0")
    world.hosts.events.emit(HostEvents("h1", (event,)))
    assert not alerts.active
    await alerts.close()
