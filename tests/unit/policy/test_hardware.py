"""When a change of a machine's hardware applies, and why not now or never."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vmgui.model.device import ListedDevice
from vmgui.model.device_character import RedirdevDevice, RngDevice
from vmgui.model.device_disk import DiskDevice, DiskSource
from vmgui.model.device_display import AudioDevice, GraphicsDevice
from vmgui.model.device_network import InterfaceDevice, InterfaceSource
from vmgui.model.device_parts import Address, CharacterEnd
from vmgui.model.device_storage import ControllerDevice
from vmgui.model.domain_values import DomainValues
from vmgui.model.edit import Reach, Remedy, When
from vmgui.model.hardware import (
    AddDevice,
    ChangeDevice,
    ChangeMachine,
    HardwareMachine,
    HardwareWhy,
    RemoveDevice,
    SetAutostart,
    Wish,
)
from vmgui.policy.hardware import plan
from vmgui.policy.hardware_overtaken import overtaken

CARD = InterfaceDevice(
    kind="network", mac="52:54:00:00:00:01", source=InterfaceSource(network="default"), model="virtio"
)
DISK = DiskDevice(
    device="disk", target="vda", bus="virtio", source_kind="file", source=DiskSource(file="/a.qcow2")
)
CD = DiskDevice(device="cdrom", target="sda", bus="sata")
PORTS = tuple(ControllerDevice(kind="pci", index=at, model="pcie-root-port") for at in (1, 2))
ROOT = ControllerDevice(kind="pci", index=0, model="pcie-root")


def machine(*devices: object, is_active: bool = True, **more: Any) -> HardwareMachine:
    """With the same devices running and saved."""
    names = [getattr(one, "target", "") if isinstance(one, DiskDevice) else "" for one in devices]
    names = [getattr(one, "mac", "") or name for one, name in zip(devices, names, strict=True)]
    found = tuple(
        ListedDevice(name or f"device-{at}", type(one).__name__, one if is_active else None, one)
        for at, (one, name) in enumerate(zip(devices, names, strict=True))
    )
    values = DomainValues(name="web", memory_kib=1024)
    return HardwareMachine(
        uuid="u",
        name="web",
        is_active=is_active,
        devices=found,
        live=values if is_active else None,
        saved=values,
        autostart=False,
        libvirt_version=9_000_000,
        **more,
    )


def change_of(found: HardwareMachine, id_: str, **values: object) -> ChangeDevice:
    one = found.device(id_)
    assert one is not None
    return ChangeDevice(id_, tuple((path.replace("__", "."), to) for path, to in values.items()), one)


def removal_of(found: HardwareMachine, id_: str) -> RemoveDevice:
    one = found.device(id_)
    assert one is not None
    return RemoveDevice(id_, one)


def told(found: HardwareMachine, *wishes: Wish, reach: Reach = Reach.BOTH) -> list[tuple[object, ...]]:
    return [
        (change.path, change.when, change.why, change.detail) for change in plan(found, wishes, reach).changes
    ]


NOW, NEXT, NEVER = When.NOW, When.NEXT_START, When.IMPOSSIBLE


def test_a_cards_link_changes_now_and_its_model_at_the_next_start() -> None:
    web = machine(CARD)
    assert told(web, change_of(web, CARD.mac, link="down", model="e1000e")) == [
        ("link", NOW, None, ""),
        ("model", NEXT, HardwareWhy.FIXED_WHILE_RUNNING, ""),
    ]


def test_what_is_so_already_is_no_change() -> None:
    web = machine(CARD)
    assert told(web, change_of(web, CARD.mac, model="virtio"), SetAutostart(False)) == []


def test_of_a_machine_that_is_off_everything_is_for_the_next_start() -> None:
    web = machine(CARD, is_active=False)
    assert told(web, change_of(web, CARD.mac, link="down")) == [("link", NEXT, None, "")]
    saved = replace(web, has_saved_state=True)
    (change,) = plan(saved, [change_of(saved, CARD.mac, link="down")]).changes
    assert (change.why, change.remedy) == (HardwareWhy.HAS_SAVED_STATE, Remedy.DISCARD_SAVED)


def test_a_card_is_switched_between_networks_but_not_from_its_user_mode() -> None:
    web = machine(CARD)
    assert told(web, change_of(web, CARD.mac, kind="bridge", source__bridge="br0", source__network="")) == [
        ("kind", NOW, None, ""),
        ("source.bridge", NOW, None, ""),
        ("source.network", NOW, None, ""),
    ]
    found = told(web, change_of(web, CARD.mac, kind="user", source__network=""))
    assert [one[1] for one in found] == [NEXT, NEXT]


def test_a_drives_medium_changes_now_a_disks_file_does_not() -> None:
    web = machine(CD, DISK)
    assert told(web, change_of(web, "sda", source__file="/new.iso", format="raw"))[0][1] is NOW
    assert told(web, change_of(web, "vda", source__file="/b"))[0][1] is NEXT


def test_each_new_device_takes_a_port() -> None:
    rng = AddDevice(RngDevice(model="virtio", backend="random"))
    web = machine(ROOT, *PORTS, replace(CARD, address=Address(kind="pci", bus="0x01")))
    assert told(web, rng, AddDevice(RngDevice(model="virtio", backend="builtin"))) == [
        ("", NOW, None, ""),
        ("", NEXT, HardwareWhy.NO_FREE_PORT, ""),
    ]


def test_what_is_taken_out_frees_its_port() -> None:
    held = replace(CARD, address=Address(kind="pci", bus="0x01"))
    web = machine(ROOT, PORTS[0], held)
    wishes = [removal_of(web, CARD.mac), AddDevice(RngDevice(model="virtio"))]
    assert [one[1] for one in told(web, *wishes)] == [NOW, NOW]


@pytest.mark.parametrize("reach", [Reach.NOW, Reach.BOTH])
def test_nothing_is_done_to_a_machine_that_is_being_migrated(reach: Reach) -> None:
    web = machine(CARD, is_migrating=True)
    assert told(web, change_of(web, CARD.mac, link="down"), reach=reach) == [
        ("link", NEVER, HardwareWhy.MIGRATING, "")
    ]


def test_asked_for_now_it_must_run() -> None:
    web = machine(CARD, is_active=False)
    assert told(web, change_of(web, CARD.mac, link="down"), reach=Reach.NOW) == [
        ("link", NEVER, HardwareWhy.NOT_RUNNING, "")
    ]


def test_its_title_changes_at_once() -> None:
    web = machine()
    wish = ChangeMachine((("title", "Web"), ("memory_kib", 2048)), web.saved or DomainValues())
    assert told(web, wish) == [
        ("title", NOW, None, ""),
        ("memory_kib", NEXT, HardwareWhy.FIXED_WHILE_RUNNING, ""),
    ]


def test_who_was_faster_is_noticed() -> None:
    web = machine(CARD, DISK)
    wishes = (change_of(web, CARD.mac, link="down"), removal_of(web, "vda"))
    assert overtaken(web, wishes) == ()
    other = machine(replace(CARD, link="down"))
    assert overtaken(other, wishes) == (f"{CARD.mac}: link", "vda")
    assert overtaken(machine(CARD, DISK, is_active=False), wishes) == ()


def test_a_display_is_given_another_password_only_if_it_runs_with_one() -> None:
    web = machine(GraphicsDevice(kind="vnc"))
    wish = change_of(web, "device-0", **{"password": "sesame"})
    assert told(web, wish) == [("password", NEXT, HardwareWhy.FIXED_WHILE_RUNNING, "")]
    guarded = machine(GraphicsDevice(kind="vnc", **{"password": "***"}))
    wish = change_of(guarded, "device-0", **{"password": "sesame"})
    assert told(guarded, wish) == [("password", NOW, None, "")]


_VALUES = st.dictionaries(
    st.sampled_from(["link", "model", "mtu", "source.network", "kind"]),
    st.sampled_from(["a", "b"]),
    min_size=1,
)


@given(_VALUES, st.sampled_from(Reach))
def test_nothing_is_now_in_a_machine_that_is_off_nor_overtaken_as_it_was_seen(
    values: dict[str, str], reach: Reach
) -> None:
    web = machine(CARD, is_active=False)
    wish = ChangeDevice(CARD.mac, tuple(values.items()), web.devices[0])
    assert all(change.when is not NOW for change in plan(web, [wish], reach).changes)
    assert overtaken(web, [wish]) == ()


def test_the_last_spice_display_stays_while_something_ends_there() -> None:
    spice, end = GraphicsDevice(kind="spice"), CharacterEnd(kind="spicevmc")
    web = machine(spice, AudioDevice(kind="spice"), RedirdevDevice(bus="usb", host=end), is_active=False)
    display, sound, line = (one.id for one in web.devices)
    held = told(web, removal_of(web, display))
    assert held == [("", NEVER, HardwareWhy.IN_USE_BY, f"{sound}, {line}")]
    silent = change_of(web, sound, kind="none")
    assert told(web, silent, removal_of(web, line), removal_of(web, display))[-1][1] is NEXT
    two = machine(spice, replace(spice, port=5999), AudioDevice(kind="spice"), is_active=False)
    assert told(two, removal_of(two, two.devices[0].id))[0][1] is NEXT


def test_a_controller_that_only_the_running_machine_uses_stays_until_the_next_start() -> None:
    address = Address(kind="drive", controller="0", bus="0", target="0", unit="0")
    web = machine(
        ControllerDevice(kind="scsi", index=0, model="virtio-scsi"),
        replace(DISK, target="sda", bus="scsi", address=address),
        ROOT,
        *PORTS,
    )
    (hub, drive, *rest) = web.devices
    live_only = replace(web, devices=(hub, replace(drive, saved=None), *rest))
    assert told(live_only, removal_of(live_only, hub.id)) == [("", NEXT, HardwareWhy.IN_USE_BY, "sda")]
    both = told(live_only, removal_of(live_only, "sda"), removal_of(live_only, hub.id))
    assert [when for _, when, _, _ in both] == [NOW, NOW]


def test_a_paused_guest_lets_go_of_nothing_that_hangs_on_pci() -> None:
    stick = replace(DISK, target="sdb", bus="usb")
    web = machine(DISK, stick, CARD, ROOT, *PORTS, is_paused=True)
    assert told(web, removal_of(web, "vda")) == [("", NEXT, HardwareWhy.PAUSED, "")]
    assert told(web, removal_of(web, "vda"), reach=Reach.NOW) == [("", NEVER, HardwareWhy.PAUSED, "")]
    assert told(web, removal_of(web, "sdb")) == [("", NOW, None, "")]


def test_both_files_are_named_of_a_disk_that_is_another_after_the_next_start() -> None:
    web = machine(DISK, ROOT, *PORTS)
    other = replace(DISK, source=DiskSource(file="/b.qcow2"))
    two = replace(web, devices=(replace(web.devices[0], saved=other), *web.devices[1:]))

    def files(reach: Reach) -> list[str]:
        (change,) = plan(two, [removal_of(two, "vda")], reach).changes
        return [detail for why, detail in change.notes if why is HardwareWhy.FILE_STAYS]

    assert files(Reach.BOTH) == ["/b.qcow2", "/a.qcow2"]
    assert files(Reach.NEXT_START) == ["/b.qcow2"]
    assert files(Reach.NOW) == ["/a.qcow2"]
