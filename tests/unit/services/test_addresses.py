"""Whom to ask for addresses, how, and how seldom."""

from __future__ import annotations

from vmgui.model.domain import AddressSource, GuestAddress
from vmgui.model.tags import Definition
from vmgui.services.addresses import ASK_EVERY_S, AT_ONCE, SILENT_FOR_S, Addresses

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
