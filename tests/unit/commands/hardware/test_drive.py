"""What forms about CD and floppy drives wish for."""

from dataclasses import replace
from typing import Any

from vmgui.commands.hardware import form
from vmgui.commands.hardware.drive import CDROM, FLOPPY
from vmgui.commands.hardware.form import Scene
from vmgui.model.device import ListedDevice
from vmgui.model.device_disk import DiskDevice, DiskSource, StorageHost
from vmgui.model.domain_values import DomainValues
from vmgui.model.hardware import AddDevice, ChangeDevice, HardwareMachine, HardwareOffer
from vmgui.words.note import Level

EMPTY = DiskDevice(source_kind="file", device="cdrom", target="sda", bus="sata", read_only=True)


def scene(*disks: DiskDevice, about: str = "", machine: str = "pc-q35-7.2") -> Scene:
    devices = tuple(ListedDevice(disk.target, "disk", None, disk) for disk in disks)
    found = HardwareMachine(uuid="u", name="web", devices=devices, saved=DomainValues(machine=machine))
    return Scene(found, HardwareOffer(), found.device(about) if about else None)


def new_one(of: form.DeviceForm, at: Scene, answers: dict[str, Any]) -> Any:
    wish = form.wishes(of, at, answers)[-1]
    assert isinstance(wish, AddDevice)
    return wish.device


def changed(at: Scene, answers: dict[str, Any]) -> dict[str, object]:
    (wish,) = form.wishes(CDROM, at, answers)
    assert isinstance(wish, ChangeDevice)
    return dict(wish.values)


def test_an_empty_drive_where_the_board_has_them() -> None:
    new = new_one(CDROM, scene(), {})
    assert (new.device, new.bus, new.target, new.source, new.read_only) == (
        "cdrom",
        "sata",
        "sda",
        None,
        True,
    )
    assert new_one(CDROM, scene(machine="pc-i440fx-7.2"), {}).target == "hda"
    usb = replace(EMPTY, bus="usb", target="sdc")
    assert new_one(CDROM, scene(usb), {}).bus == "sata"


def test_a_medium_goes_in_and_out() -> None:
    assert changed(scene(EMPTY, about="sda"), {"path": "/a.iso"}) == {
        "source.file": "/a.iso",
        "format": "raw",
    }
    full = replace(EMPTY, source=DiskSource(file="/a.iso"))
    assert changed(scene(full, about="sda"), {"path": ""}) == {"source": None}
    block = changed(scene(EMPTY, about="sda"), {"path": "/dev/sr0"})
    assert block["source_kind"] == "block"
    assert block["source.device"] == "/dev/sr0"


def test_a_drive_with_something_of_a_server_does_not_look_empty() -> None:
    source = DiskSource(protocol="https", name="a.iso", hosts=(StorageHost(name="mirror"),))
    full = replace(EMPTY, source_kind="network", source=source)
    assert form.truth(CDROM, scene(full, about="sda"))["path"] == "https://mirror/a.iso"


def test_another_bus_takes_another_name() -> None:
    values = changed(scene(EMPTY, about="sda"), {"bus": "ide"})
    assert values == {"bus": "ide", "target": "hda"}


def test_a_medium_is_said_by_its_whole_path() -> None:
    at = scene(EMPTY, about="sda")
    notes = [*CDROM.judge(at, {"path": "a.iso", "bus": "sata"})]
    assert [(note.field, note.level) for note in notes] == [("path", Level.ERROR)]


def test_a_usb_drive_is_never_empty() -> None:
    notes = [*CDROM.judge(scene(EMPTY, about="sda"), {"path": "", "bus": "usb"})]
    assert [(note.field, note.level) for note in notes] == [("path", Level.ERROR)]


def test_two_floppy_drives_are_all_there_can_be() -> None:
    first = new_one(FLOPPY, scene(), {})
    assert (first.device, first.bus, first.target) == ("floppy", "fdc", "fda")
    both = scene(first, replace(first, target="fdb"))
    assert form.wishes(FLOPPY, both, {}) == ()
    assert form.why_none(FLOPPY, both)
    assert form.truth(FLOPPY, both) == {}
