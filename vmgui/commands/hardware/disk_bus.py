"""What a disk or a drive hangs on, and what goes with another bus. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from vmgui.commands.fields import Option
from vmgui.commands.hardware.form import Offer, Scene
from vmgui.model.device_disk import DiskDevice
from vmgui.model.device_storage import ControllerDevice
from vmgui.model.hardware import AddDevice, Wish
from vmgui.policy.hardware_disks import (
    buses,
    fits_bus,
    free_target,
    has_controller,
    looks_like_windows,
    moved,
    targets,
)  # fmt: skip
from vmgui.words.note import Level, Note
from vmgui.words.say import Say, say

_LABELS: dict[str, Say | str] = {
    "virtio": say("Hardware", "VirtIO (fastest)"),
    "scsi": "SCSI",
    "sata": "SATA",
    "ide": "IDE",
    "usb": "USB",
    "fdc": say("Hardware", "Floppy controller"),
    "xen": "Xen",
}


def offer(*wanted: str) -> Offer:
    """The buses as options; those that the hypervisor lacks cannot be chosen."""

    def options(scene: Scene) -> tuple[Option, ...]:
        offered = buses(scene.machine)
        return tuple(Option(bus, _LABELS[bus], why_not=_why_not(bus, offered)) for bus in wanted)

    return options


def _why_not(bus: str, offered: tuple[str, ...]) -> Say | str:
    if not offered or bus in offered:
        return ""
    return say("Hardware", "This machine's hypervisor has no such disks.")


def follow(scene: Scene, disk: DiskDevice) -> Mapping[str, object]:
    """The name and what else is another on another bus."""
    before = scene.kept.bus if scene.kept is not None else disk.bus
    values = moved(disk, before) if scene.kept is not None and disk.bus != before else {}
    but = scene.listed.id if scene.listed is not None else ""
    taken = targets(scene.machine, but)
    if not fits_bus(disk.target, disk.bus) or disk.target in taken:
        values["target"] = free_target(disk.bus, taken) or disk.target
    return values


def more(scene: Scene, bus: str) -> Iterator[Wish]:
    """SCSI needs a controller that systems of today know; libvirt's own choice would be one of 1990."""
    is_new_there = scene.kept is None or scene.kept.bus != bus
    if bus == "scsi" and is_new_there and not has_controller(scene.machine, "scsi"):
        yield AddDevice(ControllerDevice(kind="scsi", index=0, model="virtio-scsi"))


def notes(scene: Scene, bus: str) -> Iterable[Note]:
    """What is to be known of another bus."""
    if scene.kept is not None and scene.kept.bus == bus:
        return
    but = scene.listed.id if scene.listed is not None else ""
    if not free_target(bus, targets(scene.machine, but)):
        text = say("Hardware", "Nothing more fits on this bus. Choose another, or remove a disk from it.")
        yield Note("bus", str(text), Level.ERROR)
    elif bus in ("virtio", "scsi") and looks_like_windows(scene.machine.values):
        yield Note("bus", str(_WINDOWS if scene.kept is None else _WINDOWS_STARTS), Level.WARNING)


_WINDOWS = say(
    "Hardware", "Windows sees this disk only when it has the VirtIO driver, which it does not bring along."
)
_WINDOWS_STARTS = say(
    "Hardware",
    "Windows does not start from this disk unless it has the VirtIO driver, which it does not bring along. Install the"
    " driver first, or keep the bus.",
)
