"""Whom to ask for addresses, how, and how seldom."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import pairwise

import libvirt
import pytest

from tests.helpers.waiting import eventually
from tests.helpers.world import World
from vmgui.hypervisor import guests
from vmgui.model.definition import Definition
from vmgui.model.domain import AddressSource, GuestAddress
from vmgui.services.addresses import (
    ASK_EVERY_S,
    AT_ONCE,
    SILENT_FOR_S,
    TURN_S,
    TURNS_APART_S,
    Addresses,
    AddressService,
)
from vmgui.services.definitions import DefinitionIndex
from vmgui.services.lifecycle import LifecycleService

AGENT = Definition(macs=("m1",), has_agent=True)
BARE = Definition(macs=("m2",))


def told(*addresses: str, source: AddressSource = AddressSource.AGENT) -> tuple[GuestAddress, ...]:
    return tuple(GuestAddress("eth0", "m1", address, 24, source) for address in addresses)


def test_an_agent_is_asked_where_it_is_connected_and_the_neighbours_where_nothing_is_leased() -> None:
    known = Addresses()
    running = (("a", AGENT), ("b", BARE), ("c", Definition()))
    assert known.due(running, 0.0) == {"a": AddressSource.AGENT, "b": AddressSource.ARP}
    known.leases = {"m1": ("10.0.0.1",), "m2": ("10.0.0.2",)}
    assert known.due(running, 0.0) == {"a": AddressSource.AGENT}


def test_few_at_a_time_and_each_in_its_turn() -> None:
    known = Addresses()
    running = [(f"u{number}", AGENT) for number in range(3 * AT_ONCE)]
    asked: list[str] = []
    for turn in range(3):
        due = known.due(running, float(turn))
        assert len(due) == AT_ONCE
        asked += due
        assert known.take(due, dict.fromkeys(due, told("10.0.0.9")), float(turn)) == due.keys()
    assert sorted(asked) == sorted(uuid for uuid, _ in running), "nobody twice"
    assert not known.due(running, 3.0)
    assert len(known.due(running, ASK_EVERY_S + 3.0)) == AT_ONCE


def test_who_had_no_turn_comes_next() -> None:
    known = Addresses()
    due = known.due((("a", AGENT), ("b", AGENT)), 0.0)
    known.take(due, {"a": ()}, 0.0)
    assert known.due((("a", AGENT), ("b", AGENT)), 1.0) == {"b": AddressSource.AGENT}


def test_a_silent_agent_is_left_in_peace_until_it_connects_anew() -> None:
    known = Addresses()
    leased = {"m1": ("10.0.0.1",)}
    known.leases = leased
    due = known.due((("a", AGENT),), 0.0)
    assert known.take(due, {"a": None}, 0.0) == set()
    assert not known.due((("a", AGENT),), ASK_EVERY_S + 1)
    assert known.due((("a", AGENT),), SILENT_FOR_S + 1) == due
    known.take(due, {"a": None}, SILENT_FOR_S + 1)
    known.listen_to("a")
    assert known.due((("a", AGENT),), SILENT_FOR_S + 2) == due


def test_a_host_without_a_table_of_neighbours_is_not_asked_for_it_again() -> None:
    known = Addresses()
    due = known.due((("b", BARE),), 0.0)
    known.take(due, {"b": None}, 0.0)
    assert not known.due((("b", BARE), ("d", Definition(macs=("m4",)))), ASK_EVERY_S + 1)


def test_what_the_guest_tells_comes_first_and_goes_with_it() -> None:
    known = Addresses()
    known.leases = {"m1": ("10.0.0.1", "10.0.0.2")}
    due = known.due((("a", AGENT),), 0.0)
    answer = told("192.168.1.5", "10.0.0.2", "fe80::1", "127.0.0.1", "2001:db8::1")
    assert known.take(due, {"a": answer}, 0.0) == {"a"}
    assert known.take(due, {"a": answer}, 1.0) == set(), "nothing new"
    assert known.of("a", AGENT) == ("192.168.1.5", "10.0.0.2", "2001:db8::1", "10.0.0.1")
    assert known.forget("a")
    assert known.of("a", AGENT) == ("10.0.0.1", "10.0.0.2")
    assert not known.forget("a")


@pytest.fixture
def addresses(world: World, definitions: DefinitionIndex) -> Iterator[AddressService]:
    made = AddressService(world.hosts, world.inventory, definitions)
    yield made
    made.close()


async def test_of_a_hundred_hosts_one_is_asked_at_a_time(addresses: AddressService) -> None:
    book = addresses._book_turn  # pyright: ignore[reportPrivateUsage]
    first = [book(0.0) for _ in range(100)]
    again = [book(TURN_S) for _ in range(100)]
    turns = [*first, *again]
    assert all(later - sooner >= TURNS_APART_S - 1e-6 for sooner, later in pairwise(turns))
    assert turns[-1] - turns[0] < 201 * TURNS_APART_S, "and none waits longer than it must"


async def test_addresses_are_asked_for_in_turns_one_call_at_a_time(
    world: World,
    definitions: DefinitionIndex,
    addresses: AddressService,
    test_driver: Callable[..., str],
    monkeypatch: pytest.MonkeyPatch,
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

    monkeypatch.setattr("vmgui.services.addresses.ask_addresses", counted)
    monkeypatch.setattr("vmgui.services.addresses.TURN_S", 0.05)
    monkeypatch.setattr("vmgui.services.addresses.TURNS_APART_S", 0.01)
    nic = "<interface type='network'><mac address='52:54:00:00:00:{:02x}'/><source network='default'/></interface>"
    world.add(test_driver(*(f"vm{number}" for number in range(45)), running=True, devices=nic))
    world.add(test_driver("off", devices=nic), "h2")
    await world.connected()
    await world.connected("h2")
    keys = [domain.key for domain in world.inventory.domains_of("h1")]
    await eventually(lambda: all(definitions.get(key).addresses for key in keys))
    assert calls == [20, 20, 5], "each once, few at a time"
    assert most == 1
    assert not definitions.get(world.key("off", "h2")).addresses
    found = definitions.get(keys[0]).addresses
    assert found[0].startswith("192.168.")
    # What is off has the address no more.
    lifecycle = LifecycleService(world.hosts, world.inventory, world.jobs)
    await world.jobs.wait(lifecycle.force_off([keys[0]]))
    await eventually(lambda: not definitions.get(keys[0]).addresses)
