"""Events reach the loop in batches, however many and from whatever thread."""

import asyncio
import threading

import libvirt
import pytest

from tests.helpers.waiting import eventually
from vmgui.hypervisor import event_loop
from vmgui.hypervisor.event_stream import _DOMAIN_EVENTS, MAX_QUEUED, EventStream
from vmgui.hypervisor.pool_looks import _PREFIX as LOOK_PREFIX
from vmgui.model.event import EventKind, HostEvent


def test_every_domain_event_of_libvirt_is_known() -> None:
    prefix = "VIR_DOMAIN_EVENT_ID_"
    there = {name.removeprefix(prefix) for name in dir(libvirt) if name.startswith(prefix)}
    # Of the same thing libvirt has an older and a newer event; only the newer is registered.
    assert there - set(_DOMAIN_EVENTS) == {"IO_ERROR", "BLOCK_JOB"}


async def test_many_events_of_many_threads_are_few_batches() -> None:
    batches: list[tuple[HostEvent, ...]] = []
    stream = EventStream(asyncio.get_running_loop(), batches.append)

    def shout(number: int) -> None:
        for index in range(2000):
            stream._add(HostEvent(EventKind.DOMAIN_LIFECYCLE, f"{number}-{index}"))

    threads = [threading.Thread(target=shout, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    await eventually(lambda: sum(map(len, batches)) == 8000)
    for thread in threads:
        thread.join()
    assert len(batches) < 40
    # Each thread's own events stay in order.
    told = [event.uuid for batch in batches for event in batch if event.uuid.startswith("1-")]
    assert told == [f"1-{index}" for index in range(2000)]


async def test_a_flood_says_that_something_was_lost() -> None:
    batches: list[tuple[HostEvent, ...]] = []
    stream = EventStream(asyncio.get_running_loop(), batches.append)
    for index in range(MAX_QUEUED + 10):
        stream._add(HostEvent(EventKind.DOMAIN_LIFECYCLE, str(index)))
    await eventually(lambda: batches)
    assert len(batches[0]) == MAX_QUEUED + 1
    assert batches[0][-1].kind is EventKind.LOST
    stream._add(HostEvent(EventKind.DOMAIN_LIFECYCLE, "after"))
    await eventually(lambda: len(batches) == 2)
    assert [event.uuid for event in batches[1]] == ["after"]


async def test_stopped_means_silent() -> None:
    batches: list[tuple[HostEvent, ...]] = []
    stream = EventStream(asyncio.get_running_loop(), batches.append)
    stream._add(HostEvent(EventKind.POOL, "1"))
    stream.stop()
    stream._add(HostEvent(EventKind.POOL, "2"))
    # Another one that began later tells what it has.
    later: list[tuple[HostEvent, ...]] = []
    other = EventStream(asyncio.get_running_loop(), later.append)
    other._add(HostEvent(EventKind.POOL, "3"))
    await eventually(lambda: later)
    other.stop()
    assert batches == []


@pytest.mark.usefixtures("no_handles")
async def test_lifecycle_and_notes_of_the_test_driver(uri: str) -> None:
    event_loop.start()
    told: list[HostEvent] = []
    stream = EventStream(asyncio.get_running_loop(), told.extend)
    conn = libvirt.open(uri)
    kinds = stream.register(conn)
    assert {EventKind.DOMAIN_LIFECYCLE, EventKind.DOMAIN_METADATA, EventKind.NETWORK, EventKind.POOL} <= kinds
    assert EventKind.SECRET not in kinds
    domain = conn.listAllDomains()[0]
    uuid = domain.UUIDString()
    domain.suspend()
    domain.setMetadata(libvirt.VIR_DOMAIN_METADATA_DESCRIPTION, "x", None, None, 0)
    domain.destroy()
    domain.undefine()
    conn.networkLookupByName("default").destroy()
    await eventually(lambda: len(told) >= 5)
    assert [(event.kind, event.detail.split()[0]) for event in told if event.kind.is_domain] == [
        (EventKind.DOMAIN_LIFECYCLE, "suspended"),
        (EventKind.DOMAIN_METADATA, "0"),
        (EventKind.DOMAIN_LIFECYCLE, "stopped"),
        (EventKind.DOMAIN_UNDEFINED, "undefined"),
    ]
    assert {(event.uuid, event.name) for event in told if event.kind.is_domain} == {(uuid, "test")}
    assert [event.name for event in told if event.kind is EventKind.NETWORK] == ["default"]
    stream.deregister()
    del domain
    conn.close()


async def test_of_pools_that_are_only_a_look_nobody_hears(uri: str) -> None:
    event_loop.start()
    told: list[HostEvent] = []
    stream = EventStream(asyncio.get_running_loop(), told.extend)
    conn = libvirt.open(uri)
    stream.register(conn)
    for name in (f"{LOOK_PREFIX}1", "seen"):
        xml = f"<pool type='dir'><name>{name}</name><target><path>/{name}</path></target></pool>"
        conn.storagePoolCreateXML(xml).destroy()
    await eventually(lambda: [event.detail for event in told if event.name == "seen"][-1:] == ["stopped"])
    assert {event.name for event in told} == {"seen"}
    stream.deregister()
    conn.close()


@pytest.mark.parametrize("event", [-1, 9, 1000])
def test_a_lifecycle_event_of_a_newer_libvirt(event: int) -> None:
    from vmgui.hypervisor.event_stream import _lifecycle

    assert _lifecycle(event, 0) == (EventKind.DOMAIN_LIFECYCLE, f"{event} 0")
