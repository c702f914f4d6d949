"""How often a host is tried, and how little a storm of events costs."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import libvirt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.helpers.waiting import eventually
from tests.helpers.world import World
from tests.unit.services.conftest import DEFAULT_URI
from vmgui.model.changeset import ChangeSet
from vmgui.model.domain import DomainState
from vmgui.model.errors import HostUnreachable
from vmgui.services.background import in_thread
from vmgui.services.hosts import HostEvents
from vmgui.services.scope import Scope
from vmgui.services.supervisor import FIRST_DELAY_S, LONGEST_DELAY_S, SHUT_OUT_DELAY_S, Supervisor, delay_s


async def test_a_storm_of_events_costs_few_reads(
    world: World, test_driver: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from vmgui.model.event import EventKind, HostEvent
    from vmgui.services import supervisor

    names = tuple(f"vm{number}" for number in range(200))
    reads = 0
    real = supervisor.list_domains

    def counted(conn: object, host_id: str) -> object:
        nonlocal reads
        reads += 1
        return real(conn, host_id)  # type: ignore[arg-type]

    monkeypatch.setattr(supervisor, "list_domains", counted)
    world.add(test_driver(*names))
    await world.connected()
    told = 0

    def count(_events: object) -> None:
        nonlocal told
        told += 1

    world.hosts.events.subscribe(count)
    uuids = [key.uuid for key in world.inventory.domains]
    listener = world.hosts._kept["h1"].supervisor
    first_reads = reads
    for batch in range(100):
        events = tuple(HostEvent(EventKind.DOMAIN_LIFECYCLE, uuids[(batch + n) % 200]) for n in range(200))
        listener.on_events(events)
    await eventually(lambda: reads > first_reads)
    connection = world.hosts.connection("h1")
    assert await connection.run(real, "h1")
    # 20,000 events about 200 machines: one list, perhaps a second for what came while it was read.
    assert reads - first_reads <= 2
    assert told == 100
    assert len(world.inventory.domains) == 200


async def test_after_twenty_thousand_real_events_the_truth_is_shown(
    world: World, other: libvirt.virConnect
) -> None:
    world.add(DEFAULT_URI)
    await world.connected()
    events = changes = 0

    def count_events(told: HostEvents) -> None:
        nonlocal events
        events += len(told.events)

    def count_changes(_change: ChangeSet) -> None:
        nonlocal changes
        changes += 1

    world.hosts.events.subscribe(count_events)
    world.inventory.changes.subscribe(count_changes)

    def storm() -> None:
        machine = other.lookupByName("test")
        for _ in range(10_000):
            machine.suspend()
            machine.resume()
        machine.suspend()

    async with Scope("storm") as scope:
        work = scope.run(in_thread(storm))
        await asyncio.wait({work})
        await eventually(lambda: world.find("test").state is DomainState.PAUSED)
        await eventually(lambda: events > 0)
    # Each change told was worth it: far fewer than events, however long the storm took.
    assert changes < 1000
    other.lookupByName("test").resume()
    await eventually(lambda: world.find("test").state is DomainState.RUNNING)


@given(st.integers(0, 1000), st.floats(0, 1))
def test_delays_grow_up_to_a_limit(attempt: int, jitter: float) -> None:
    assert FIRST_DELAY_S <= delay_s(attempt, jitter) <= LONGEST_DELAY_S
    assert delay_s(attempt, 1.0) <= delay_s(attempt + 1, 1.0)


def test_the_first_retry_is_soon_and_later_ones_are_spread() -> None:
    assert delay_s(0, 0.5) == FIRST_DELAY_S
    assert delay_s(6, 0.0) != delay_s(6, 1.0)


async def test_who_may_be_just_starting_is_knocked_at_and_only_after_three_times_left_alone(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    early = HostUnreachable("kex_exchange_identification: read: Connection reset by peer")
    sure = HostUnreachable("debug1: kex_exchange_identification: banner line 0: Exceeded MaxStartups")
    refused = HostUnreachable("ssh: connect to host host-a port 22: Connection refused")
    ends = [early, early, refused, early, early, early, early, refused, sure]
    told: list[tuple[bool, bool]] = []

    async def end(_supervisor: Supervisor) -> HostUnreachable:
        return ends[len(told)]

    async def person_asks(_supervisor: Supervisor, wait_s: float, *, knocks: bool) -> bool:
        told.append((wait_s >= SHUT_OUT_DELAY_S, knocks))
        if len(told) == len(ends):
            await asyncio.Event().wait()
        return True

    monkeypatch.setattr(Supervisor, "_one_connection", end)
    monkeypatch.setattr(Supervisor, "_person_asks_within", person_asks)
    world.add("qemu+ssh://host-a/system")
    await eventually(lambda: len(told) == len(ends))
    soon, later = (False, True), (True, False)
    assert told == [soon, soon, soon, soon, soon, later, later, soon, later]
