"""Drives of a machine's XML, and the XML of one of them with another medium: nothing but its source is another."""

from __future__ import annotations

from dataclasses import dataclass, replace

from vmgui.libvirtxml.domain import parse_domain
from vmgui.libvirtxml.edit import change_device, device_xml, read_devices
from vmgui.model.device import DevicePlace
from vmgui.model.device_disk import DiskDevice, DiskSource
from vmgui.model.errors import NoDrive
from vmgui.model.media import NewMedium

REMOVABLE = ("cdrom", "floppy")
_DEVICE_FILES, _SHARED_MEMORY = "/dev/", "/dev/shm/"  # noqa: S108 - what stands there is a file


@dataclass(frozen=True, slots=True)
class FoundDrive:
    """A drive as one XML has it."""

    target: str
    device: str
    bus: str
    medium: str  # empty: none
    format: str
    is_open: bool


def find_drives(xml: str) -> tuple[FoundDrive, ...]:
    """Those that take media, in the order of the XML."""
    sources = {disk.target: disk.source for disk in parse_domain(xml).disks}
    return tuple(
        FoundDrive(
            disk.target, disk.device, disk.bus, sources.get(disk.target, ""), disk.format, disk.tray == "open"
        )
        for _, disk in _disks(xml)
        if disk.device in REMOVABLE
    )


def with_medium(xml: str, target: str, medium: NewMedium | None) -> tuple[str, str]:
    """The machine's XML with another medium, or none, in one drive; and that drive alone.

    All that belonged to the former medium goes with it: servers, cookies, logins, encryption, what it was based on.
    What is to be done at the start where a medium is missing belongs to the drive.
    """
    place, before = _drive(xml, target)
    policy = before.source.startup_policy if before.source is not None else ""
    empty = replace(before, source=None, auth=None, encryption=None, backing=(), source_kind="file", tray="")
    # In two steps, so that nothing stays of the former source that this program does not know.
    xml = change_device(xml, place, before, empty)
    after = empty
    if medium is not None:
        is_device = medium.path.startswith(_DEVICE_FILES) and not medium.path.startswith(_SHARED_MEMORY)
        after = replace(
            empty,
            source_kind="block" if is_device else "file",
            source=DiskSource(
                file="" if is_device else medium.path,
                device=medium.path if is_device else "",
                startup_policy=policy,
            ),
            driver=before.driver or ("qemu" if medium.format != "raw" or before.format else ""),
            format=medium.format,
        )
    elif policy:
        after = replace(empty, source=DiskSource(startup_policy=policy))
    xml = change_device(xml, place, empty, after)
    return xml, device_xml(xml, place)


def drive_xml(xml: str, target: str) -> str:
    """One drive as it is."""
    return device_xml(xml, _drive(xml, target)[0])


def _disks(xml: str) -> list[tuple[DevicePlace, DiskDevice]]:
    return [
        (found.place, found.device) for found in read_devices(xml) if isinstance(found.device, DiskDevice)
    ]


def _drive(xml: str, target: str) -> tuple[DevicePlace, DiskDevice]:
    for place, disk in _disks(xml):
        if disk.target == target:
            if disk.device not in REMOVABLE:
                raise NoDrive("it takes no media", subject=target)
            return place, disk
    raise NoDrive("there is no such drive", subject=target)
