"""Hardware of machines of the test driver, looked at and changed; what it cannot is in tests/lab/test_hardware.py."""

from __future__ import annotations

import libvirt
import pytest

from tests.unit.hypervisor.recording import UUID
from vmgui.hypervisor.departure import Departure
from vmgui.hypervisor.hardware import change, look, preview
from vmgui.libvirtxml.edit import read_devices
from vmgui.model.creation import NewVolume
from vmgui.model.device import ListedDevice
from vmgui.model.device_disk import DiskDevice
from vmgui.model.device_network import InterfaceDevice, InterfaceSource
from vmgui.model.edit import Reach
from vmgui.model.errors import ChangedMeanwhile, ConnectionLost, Unsupported
from vmgui.model.hardware import AddDevice, ChangeDevice, ChangeMachine, RemoveDevice

MAC = "aa:bb:cc:dd:ee:ff"
LATER = Reach.NEXT_START


def saved(conn: libvirt.virConnect) -> str:
    return conn.lookupByUUIDString(UUID).XMLDesc(libvirt.VIR_DOMAIN_XML_INACTIVE)


def cards(conn: libvirt.virConnect) -> list[InterfaceDevice]:
    return [one.device for one in read_devices(saved(conn)) if isinstance(one.device, InterfaceDevice)]


def card(conn: libvirt.virConnect) -> ListedDevice:
    found = look(conn, UUID).device(MAC)
    assert found is not None
    return found


def test_a_look_has_what_runs_and_what_is_saved(conn: libvirt.virConnect) -> None:
    machine = look(conn, UUID)
    assert (machine.name, machine.is_active, machine.is_persistent, machine.autostart) == (
        "test",
        True,
        True,
        False,
    )
    assert {"vda", MAC} <= {one.id for one in machine.devices}
    assert all(values is not None and values.name == "test" for values in (machine.live, machine.saved))
    # The driver does not tell.
    assert machine.capabilities is None


def test_a_definition_is_changed_once_and_told(conn: libvirt.virConnect) -> None:
    new = InterfaceDevice(kind="network", model="virtio", source=InterfaceSource(network="default"))
    values = look(conn, UUID).saved
    assert values is not None
    wishes = (
        ChangeDevice(MAC, (("link", "down"),), card(conn)),
        AddDevice(new),
        ChangeMachine((("title", "ours"),), values),
    )
    before = saved(conn)
    done = change(conn, UUID, wishes, LATER)
    assert (done.before, done.after) == (before, saved(conn))
    first, second = cards(conn)
    assert (first.mac, first.link) == (MAC, "down")
    # One that nobody chose an address for has one before it is plugged in anywhere.
    assert second.mac.startswith("52:54:00:")
    gone = look(conn, UUID).device(second.mac)
    assert gone is not None
    change(conn, UUID, (RemoveDevice(second.mac, gone),), LATER)
    assert [one.mac for one in cards(conn)] == [MAC]


def test_a_preview_does_nothing(conn: libvirt.virConnect) -> None:
    before = saved(conn)
    wish = ChangeDevice(MAC, (("link", "down"),), card(conn))
    shown = preview(conn, UUID, (wish,), LATER)
    assert [one.path for one in shown.plan.of(wish)] == ["link"]
    assert '+      <link state="down"/>' in shown.saved_diff
    assert not shown.live_diff
    assert saved(conn) == before


def test_what_others_changed_is_left(conn: libvirt.virConnect) -> None:
    wish = ChangeDevice(MAC, (("link", "down"),), card(conn))
    change(conn, UUID, (ChangeDevice(MAC, (("link", "up"),), card(conn)),), LATER)
    before = saved(conn)
    with pytest.raises(ChangedMeanwhile) as caught:
        change(conn, UUID, (wish,), LATER)
    assert MAC in caught.value.detail
    assert saved(conn) == before


def test_nobody_waits_any_more(conn: libvirt.virConnect) -> None:
    departure, before = Departure(), saved(conn)
    departure.call_off()
    with pytest.raises(ConnectionLost):
        change(conn, UUID, (ChangeDevice(MAC, (("link", "down"),), card(conn)),), LATER, departure)
    assert saved(conn) == before


def test_a_disk_is_made_in_a_pool_only(conn: libvirt.virConnect) -> None:
    before, bare = saved(conn), DiskDevice(device="disk", driver="qemu", target="vdb", bus="virtio")
    wish = AddDevice(bare, NewVolume("", "a.qcow2", 1024, directory="/srv"))
    for call in (preview, change):
        with pytest.raises(Unsupported) as caught:
            call(conn, UUID, (wish,), LATER)
        assert caught.value.subject == "/srv"
    assert saved(conn) == before
