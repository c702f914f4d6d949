"""What a guest tells of itself."""

import libvirt

from tests.unit.hypervisor.recording import UUID
from vmgui.hypervisor import guests, lifecycle
from vmgui.hypervisor.guests import MAX_TEXT, _text, read_leases
from vmgui.model.domain import AddressSource, GuestInfo


def test_addresses(conn: libvirt.virConnect) -> None:
    assert not guests.ask_addresses(conn, {}, 1.0)
    answers = guests.ask_addresses(conn, {UUID: AddressSource.ARP, "0" * 32: AddressSource.ARP}, 5.0)
    assert answers["0" * 32] == (), "gone meanwhile"
    (address,) = answers[UUID] or ()
    assert (address.interface, address.mac) == ("testnet0", "aa:bb:cc:dd:ee:ff")
    assert address.address.startswith("192.168.122.")
    assert address.source is AddressSource.ARP


def test_an_agent_that_cannot_be_bounded_is_not_asked(conn: libvirt.virConnect) -> None:
    assert guests.ask_addresses(conn, {UUID: AddressSource.AGENT}, 1.0) == {UUID: None}


def test_what_has_no_time_left_is_left_out(conn: libvirt.virConnect) -> None:
    sources = {UUID: AddressSource.ARP, "0" * 32: AddressSource.ARP}
    assert list(guests.ask_addresses(conn, sources, 0.0)) == [UUID]


def test_without_an_agent(conn: libvirt.virConnect) -> None:
    info = guests.guest_info(conn, UUID)
    assert not info.agent_running
    assert [address.source for address in info.addresses] == [AddressSource.LEASE]


def test_a_machine_that_is_off(conn: libvirt.virConnect) -> None:
    lifecycle.destroy(conn, UUID)
    assert guests.ask_addresses(conn, {UUID: AddressSource.ARP}, 1.0) == {UUID: ()}
    assert guests.guest_info(conn, UUID) == GuestInfo()


def test_words_of_a_hostile_guest() -> None:
    assert _text("a\x1b[31mb\nc\u202ed") == "a[31mbcd"
    assert len(_text("x" * 10_000)) == MAX_TEXT
    assert _text(None) == ""


def test_a_host_that_lends_no_addresses(conn: libvirt.virConnect, no_handles: None) -> None:
    assert read_leases(conn) == {}
