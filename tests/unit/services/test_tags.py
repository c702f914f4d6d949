"""What machines are found by: read after the list, kept true, tags written as one job."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Mapping
from itertools import pairwise

import libvirt
import pytest

from tests.helpers.waiting import eventually
from tests.helpers.world import World
from tests.unit.services.conftest import DEFAULT_URI
from vmgui.hypervisor import guests
from vmgui.hypervisor import tags as hypervisor_tags
from vmgui.libvirtxml.tags_element import NAMESPACE
from vmgui.model.domain import AddressSource, DomainKey
from vmgui.model.errors import PermissionDenied
from vmgui.model.job import JobState
from vmgui.model.tags import NO_DEFINITION, TagsChange
from vmgui.services.addresses import TURN_S, TURNS_APART_S
from vmgui.services.lifecycle import LifecycleService
from vmgui.services.tags import TagsService


@pytest.fixture
async def definition(world: World) -> AsyncIterator[TagsService]:
    made = TagsService(world.hosts, world.inventory, world.jobs)
    yield made
    await made.close()


async def test_all_machines_are_read_in_slices(
    world: World, definition: TagsService, test_driver: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    sizes: list[int] = []
    read = hypervisor_tags.read_definitions

    def counted(conn: libvirt.virConnect, uuids: tuple[str, ...]) -> object:
        sizes.append(len(uuids))
        return read(conn, uuids)

    monkeypatch.setattr("vmgui.services.tags.read_definitions", counted)
    world.add(test_driver(*(f"vm{number}" for number in range(120))))
    await world.connected()
    await eventually(lambda: all(definition.is_known(key) for key in world.inventory.domains))
    assert max(sizes) <= 50
    assert sum(sizes) == 120


async def test_tags_are_written_seen_and_counted(
    world: World, definition: TagsService, test_driver: Callable[..., str]
) -> None:
    news: list[frozenset[DomainKey]] = []
    definition.changed.subscribe(news.append)
    world.add(test_driver("a", "b", "c"))
    await world.connected()
    keys = [world.key(name) for name in "abc"]
    job = await world.jobs.wait(
        definition.change_tags({key: TagsChange(add=("web",), folder="shop") for key in keys[:2]})
    )
    assert job.state is JobState.DONE
    await eventually(lambda: definition.tags() == {"web": 2} and definition.folders() == {"shop": 2})
    assert {key for told in news for key in told} == set(keys[:2])
    assert definition.get(keys[2]) == NO_DEFINITION


async def test_a_colleague_s_tags_are_seen(
    world: World, definition: TagsService, other: libvirt.virConnect
) -> None:
    world.add(DEFAULT_URI)
    await world.connected()
    key = world.key()
    await eventually(lambda: definition.is_known(key))
    machine = other.lookupByName("test")
    machine.setMetadata(
        libvirt.VIR_DOMAIN_METADATA_ELEMENT, "<traits><tag>theirs</tag></traits>", "vmgui", NAMESPACE, 0
    )
    await eventually(lambda: definition.get(key).tags == ("theirs",))
    machine.setMetadata(libvirt.VIR_DOMAIN_METADATA_ELEMENT, None, None, NAMESPACE, 0)
    await eventually(lambda: definition.get(key) == NO_DEFINITION or not definition.get(key).tags)


async def test_a_read_only_host_refuses(
    world: World, definition: TagsService, test_driver: Callable[..., str]
) -> None:
    world.add(test_driver("a"), read_only=True)
    await world.connected()
    job = await world.jobs.wait(definition.change_tags({world.key("a"): TagsChange(add=("web",))}))
    assert job.state is JobState.FAILED
    assert isinstance(job.error, PermissionDenied)


async def test_the_removed_are_forgotten_and_the_next_connection_reads_anew(
    world: World, definition: TagsService, test_driver: Callable[..., str]
) -> None:
    uri = test_driver("a")
    world.add(uri)
    await world.connected()
    key = world.key("a")
    await world.jobs.wait(definition.change_tags({key: TagsChange(add=("web",))}))
    await eventually(lambda: definition.tags() == {"web": 1})
    world.hosts.disconnect("h1")
    assert definition.get(key).tags == ("web",), "what was seen last stays"
    world.hosts.connect("h1")
    await world.connected()
    # The test driver forgets when nobody is connected; the program must see that.
    await eventually(lambda: not definition.tags())
    world.hosts.remove("h1")
    assert not definition.is_known(key)


async def test_of_a_hundred_hosts_one_is_asked_at_a_time(definition: TagsService) -> None:
    book = definition._book_turn  # pyright: ignore[reportPrivateUsage]
    first = [book(0.0) for _ in range(100)]
    again = [book(TURN_S) for _ in range(100)]
    turns = [*first, *again]
    assert all(later - sooner >= TURNS_APART_S - 1e-6 for sooner, later in pairwise(turns))
    assert turns[-1] - turns[0] < 201 * TURNS_APART_S, "and none waits longer than it must"


async def test_addresses_are_asked_for_in_turns_one_call_at_a_time(
    world: World, definition: TagsService, test_driver: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The test driver's machines have a network card each, nothing lends them addresses: the neighbours are asked."""
    calls: list[int] = []
    now = most = 0

    def counted(
        conn: libvirt.virConnect, sources: Mapping[str, AddressSource], budget_s: float
    ) -> Mapping[str, object]:
        nonlocal now, most
        now, most = now + 1, max(most, now + 1)
        calls.append(len(sources))
        assert set(sources.values()) == {AddressSource.ARP}, "no agent is connected"
        found = guests.ask_addresses(conn, sources, 60.0)
        now -= 1
        return found

    monkeypatch.setattr("vmgui.services.tags.ask_addresses", counted)
    monkeypatch.setattr("vmgui.services.tags.TURN_S", 0.05)
    monkeypatch.setattr("vmgui.services.tags.TURNS_APART_S", 0.01)
    nic = "<interface type='network'><mac address='52:54:00:00:00:{:02x}'/><source network='default'/></interface>"
    world.add(test_driver(*(f"vm{number}" for number in range(45)), running=True, devices=nic))
    world.add(test_driver("off", devices=nic), "h2")
    await world.connected()
    await world.connected("h2")
    keys = [domain.key for domain in world.inventory.domains_of("h1")]
    await eventually(lambda: all(definition.get(key).addresses for key in keys))
    assert calls == [20, 20, 5], "each once, few at a time"
    assert most == 1
    assert not definition.get(world.key("off", "h2")).addresses
    found = definition.get(keys[0]).addresses
    assert found[0].startswith("192.168.")
    # What is off has the address no more.
    lifecycle = LifecycleService(world.hosts, world.inventory, world.jobs)
    await world.jobs.wait(lifecycle.force_off([keys[0]]))
    await eventually(lambda: not definition.get(keys[0]).addresses)
