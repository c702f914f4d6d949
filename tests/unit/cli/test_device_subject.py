"""What a device from the command line is, and which files a change of it needs."""

from __future__ import annotations

import pytest

from vmgui.cli.device_subject import files_of, listed_of, subject_of
from vmgui.model.creation import NewVolume
from vmgui.model.device import ListedDevice
from vmgui.model.device_disk import DiskDevice, DiskSource
from vmgui.model.device_memory import MemballoonDevice
from vmgui.model.errors import InvalidConfig, NotFound
from vmgui.model.hardware import AddDevice, ChangeDevice, HardwareMachine, HardwareOffer, RemoveDevice, Wish

DISK = DiskDevice(source_kind="file", device="disk", source=DiskSource(file="/x.img"), target="vda")
CD = DiskDevice(source_kind="file", device="cdrom", target="sda")
LISTED = ListedDevice("vda", "disk", None, DISK)
DRIVE = ListedDevice("sda", "disk", CD, CD)
BALLOON = ListedDevice("memballoon-0", "memballoon", None, MemballoonDevice())
MACHINE = HardwareMachine(uuid="", name="web", devices=(LISTED, DRIVE, BALLOON))


@pytest.mark.parametrize(
    ("wish", "found"),
    [
        (AddDevice(DISK), [("/x.img", False)]),
        # It is made first: there is none to look into.
        (AddDevice(DISK, NewVolume("default", "x.img", 1)), []),
        (AddDevice(CD), []),
        (ChangeDevice("vda", (("source.file", "/y.img"),), LISTED), [("/y.img", False)]),
        (ChangeDevice("vda", (("source.file", "/x.img"), ("cache", "none")), LISTED), []),
        (ChangeDevice("sda", (("source.file", "/x.iso"),), DRIVE), [("/x.iso", True)]),
        (RemoveDevice("vda", LISTED), []),
        (AddDevice(MemballoonDevice()), []),
    ],
)
def test_the_files_that_are_to_be_looked_into(wish: Wish, found: list[tuple[str, bool]]) -> None:
    assert list(files_of((wish,))) == found


def test_who_is_not_there_is_told_with_those_who_are() -> None:
    with pytest.raises(NotFound) as caught:
        listed_of(MACHINE, "vdb")
    assert (caught.value.subject, "vda, sda, memballoon-0" in caught.value.detail) == ("vdb", True)
    assert listed_of(MACHINE, "VDA") is LISTED


def test_what_has_no_form_is_changed_in_the_xml() -> None:
    with pytest.raises(InvalidConfig) as caught:
        subject_of(MACHINE, HardwareOffer(), "memballoon-0")
    assert "vmgui xml VM --set" in caught.value.detail
