"""The form about what a machine starts from."""

from __future__ import annotations

from tests.unit.commands.hardware.machine_scene import after, blocked, others, said, scene
from vmgui.commands.hardware.boot import FORM, order_of
from vmgui.commands.hardware.form import machine_truth, offers
from vmgui.model.device import ListedDevice
from vmgui.model.device_character import RedirdevDevice, RngDevice
from vmgui.model.device_disk import DiskDevice
from vmgui.model.device_network import InterfaceDevice
from vmgui.model.device_parts import Boot
from vmgui.model.domain_values import DomainValues
from vmgui.model.hardware import ChangeDevice

MAC = "52:54:00:00:00:01"


def disk(target: str, order: int | None = None, device: str = "disk") -> ListedDevice:
    boot = Boot(order=order) if order is not None else None
    return ListedDevice(
        target, "disk", saved=DiskDevice(device=device, target=target, bus="virtio", boot=boot)
    )


def card(order: int | None = None) -> ListedDevice:
    boot = Boot(order=order) if order is not None else None
    return ListedDevice(MAC, "interface", saved=InterfaceDevice(kind="user", mac=MAC, boot=boot))


DEVICES = (disk("vda"), disk("vdb"), disk("sda", device="cdrom"), card())


def test_an_order_of_kinds_is_one_of_the_first_device_of_each() -> None:
    assert order_of(scene(DomainValues(boot_devices=("cdrom", "hd", "network")), *DEVICES)) == (
        "sda",
        "vda",
        MAC,
    )
    assert order_of(scene(DomainValues(), *DEVICES)) == ("vda",)
    assert order_of(scene(DomainValues(kernel="/boot/vmlinuz"), *DEVICES)) == ()
    assert order_of(scene(DomainValues(boot_devices=("fd",)), *DEVICES)) == ()


def test_turns_of_devices_come_before_kinds() -> None:
    at = scene(DomainValues(boot_devices=("hd",)), disk("vda", 3), disk("vdb"), card(1))
    assert machine_truth(FORM, at)["order"] == (MAC, "vda")


def test_all_that_can_have_a_turn_is_offered_in_words() -> None:
    rng = ListedDevice("rng-0", "rng", saved=RngDevice())
    usb = ListedDevice("redirdev-0", "redirdev", saved=RedirdevDevice(bus="usb"))
    only_now = ListedDevice("vdz", "disk", live=DiskDevice(device="disk", target="vdz"))
    at = scene(DomainValues(), *DEVICES, rng, usb, only_now)
    found = offers(FORM.knobs, at, {})["order"]
    assert [option.value for option in found] == ["vda", "vdb", "sda", MAC, "redirdev-0"]
    assert "vda" in str(found[0].label)


def test_a_change_gives_devices_their_turns_and_takes_the_kinds_away() -> None:
    at = scene(DomainValues(boot_devices=("hd", "network")), *DEVICES)
    assert after(FORM, at, order=("sda", "vda")).boot_devices == ()
    assert others(FORM, at, order=("sda", "vda")) == [
        ChangeDevice("vda", (("boot.order", 2),), DEVICES[0]),
        ChangeDevice("sda", (("boot.order", 1),), DEVICES[2]),
    ]
    at = scene(DomainValues(), disk("vda", 1), disk("vdb", 2))
    assert [
        (wish.id, wish.values) for wish in others(FORM, at, order=("vdb",)) if isinstance(wish, ChangeDevice)
    ] == [
        ("vda", (("boot.order", None),)),
        ("vdb", (("boot.order", 1),)),
    ]
    assert others(FORM, at, order=("vda", "vdb")) == others(FORM, at, menu="on") == []


def test_what_cannot_be_is_said() -> None:
    at = scene(DomainValues(), *DEVICES)
    assert blocked(FORM, at, order=()) == ["order"]
    assert blocked(FORM, at, order=("vda", "vdx")) == ["order"]
    assert blocked(FORM, at, initrd="/x") == ["initrd"]
    assert blocked(FORM, at, initrd="/x", kernel="/k") == []
    assert ["no effect" in note.text for note in said(FORM, at, order=("sda",), kernel="/k")] == [True]


def test_the_menu_takes_its_time_with_it() -> None:
    at = scene(DomainValues(boot_menu=True, boot_menu_timeout_ms=3000), *DEVICES)
    truth = machine_truth(FORM, at)
    assert (truth["menu"], truth["menu_time"]) == ("on", 3000)
    assert after(FORM, at, menu="off") == DomainValues(boot_menu=False)
    assert after(FORM, at, menu_time=5) == DomainValues(boot_menu=True, boot_menu_timeout_ms=5)
    assert after(FORM, scene(DomainValues()), menu="on", menu_time=7) == DomainValues(
        boot_menu=True, boot_menu_timeout_ms=7
    )
