"""Where a machine's disks and drives hang, and who else has what is in them. Pure."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from vmgui.model.device_disk import DiskDevice
from vmgui.model.device_parts import Virtio
from vmgui.model.device_storage import ControllerDevice
from vmgui.model.domain_values import DomainValues
from vmgui.model.hardware import HardwareMachine, HardwareOffer
from vmgui.model.media import LookedAt, NewMedium, Usable
from vmgui.model.offer import DiskUse, Medium, MediumIssueKind, canonical_machine
from vmgui.policy.file_names import same_place

PREFIXES = {
    "virtio": "vd",
    "scsi": "sd",
    "sata": "sd",
    "usb": "sd",
    "ide": "hd",
    "fdc": "fd",
    "xen": "xvd",
}
"""What libvirt calls the disks of each bus: a letter or more follows."""
_FORMATS = frozenset({"qcow2", "qcow", "vmdk", "vdi", "vpc", "qed"})
"""Of those that files are told apart by, what is no raw disk and a machine can use."""
_MOST = {"ide": 4, "fdc": 2}
"""How many there can be on a bus that has one controller only."""
_TARGET = re.compile(r"([a-z]+?d)([a-z]{1,3})")
SERIAL = re.compile(r"[A-Za-z0-9_.+ -]*")
"""What libvirt lets a disk's serial number consist of."""
SERIAL_MOST = 20
"""What IDE, SATA and virtio disks tell of it; QEMU cuts off the rest."""


def free_target(bus: str, taken: Collection[str]) -> str:
    """The first name of the bus that nothing has; empty: the bus is full."""
    prefix = PREFIXES.get(bus, "sd")
    most = _MOST.get(bus, 26 * 27)
    return next((name for name in _names(prefix, most) if name not in taken), "")


def fits_bus(target: str, bus: str) -> bool:
    """Whether a disk of this name can hang on the bus."""
    found = _TARGET.fullmatch(target)
    return found is not None and found[1] == PREFIXES.get(bus, found[1])


def _names(prefix: str, most: int) -> Iterator[str]:
    letters = "abcdefghijklmnopqrstuvwxyz"
    for number in range(most):
        high, low = divmod(number, 26)
        yield prefix + (letters[high - 1] if high else "") + letters[low]


def targets(machine: HardwareMachine, but: str = "") -> frozenset[str]:
    """Those that are taken, now or after the next start; `but`: the id of the disk that is asked about."""
    return frozenset(
        disk.target
        for listed in machine.devices
        if listed.id != but
        for disk in (listed.live, listed.saved)
        if isinstance(disk, DiskDevice)
    )


def buses(machine: HardwareMachine) -> tuple[str, ...]:
    """Those that its hypervisor has, as far as it tells; empty: it does not."""
    return machine.capabilities.disk_buses if machine.capabilities is not None else ()


def usual_bus(machine: HardwareMachine) -> str:
    """That of its first hard disk; of a machine without, the fastest that its hypervisor has."""
    for listed in machine.devices:
        disk = listed.saved if listed.saved is not None else listed.live
        if isinstance(disk, DiskDevice) and disk.device in ("", "disk", "lun") and disk.bus in PREFIXES:
            return disk.bus
    return _first_of(machine, ("virtio", "scsi", "sata", "ide", "usb", "xen"))


def drive_bus(machine: HardwareMachine) -> str:
    """Where a CD drive hangs: where one hangs already, else as the machine's board has it."""
    for listed in machine.devices:
        disk = listed.saved if listed.saved is not None else listed.live
        if not isinstance(disk, DiskDevice) or disk.device != "cdrom":
            continue
        # There is no empty USB drive.
        if disk.bus != "usb" and free_target(disk.bus, targets(machine)):
            return disk.bus
    board = canonical_machine(machine.values.machine) if machine.values is not None else ""
    order = {"pc": ("ide", "sata", "scsi", "usb"), "q35": ("sata", "scsi", "usb")}
    wanted = order.get(board, ("scsi", "sata", "usb"))
    return next(
        (bus for bus in wanted if _has(machine, bus) and free_target(bus, targets(machine))), wanted[0]
    )


def _first_of(machine: HardwareMachine, wanted: tuple[str, ...]) -> str:
    return next((bus for bus in wanted if _has(machine, bus)), wanted[0])


def _has(machine: HardwareMachine, bus: str) -> bool:
    offered = buses(machine)
    return not offered or bus in offered


def has_controller(machine: HardwareMachine, kind: str) -> bool:
    """Whether it has a controller of this kind, or will have after the next start."""
    return any(
        isinstance(one, ControllerDevice) and one.kind == kind
        for listed in machine.devices
        for one in (listed.live, listed.saved)
    )


def looks_like_windows(values: DomainValues | None) -> bool:
    """Whether the machine was made for Windows: what it is told of Hyper-V, and a clock that is not UTC, say so."""
    if values is None:
        return False
    is_told = bool(values.hyperv_relaxed or values.hyperv_vapic or values.hyperv_spinlocks)
    has_clock = any(timer.name == "hypervclock" and timer.present for timer in values.timers)
    return is_told or has_clock or values.clock_offset == "localtime"


def source_path(disk: DiskDevice) -> str:
    """The file or device of the host that it is; empty: something else, or nothing."""
    return (disk.source.file or disk.source.device) if disk.source is not None else ""


def source_volume(disk: DiskDevice) -> tuple[str, str]:
    """The pool and the volume that it is by their names; empty: something else."""
    source = disk.source
    if disk.source_kind != "volume" or source is None or not (source.pool and source.volume):
        return "", ""
    return source.pool, source.volume


def uses_of(path: str, offer: HardwareOffer, uuid: str) -> tuple[DiskUse, ...]:
    """Which machines but the one of this UUID have this file or device as a disk, as far as is known."""
    looked = offer.looked.get(path)
    told = looked.medium.used_by if looked is not None else ()
    found = {use.uuid: use for use in (*offer.disk_uses.get(same_place(path), ()), *told)}
    return tuple(use for use in found.values() if use.uuid != uuid)


def moved(disk: DiskDevice, before: str) -> dict[str, object]:
    """What else is another, by path, of a disk that hung on bus `before`: what only that bus has is taken away."""
    # Of virtio its generation, of USB what kind of stick it is.
    values: dict[str, object] = {"address": None, "model": ""}
    if before == "virtio":
        values |= {
            "io_thread": None,
            "io_threads": (),
            "io_event_fd": None,
            "event_index": None,
            "queues": None,
            "queue_size": None,
            "virtio": Virtio(),
        }
    if disk.bus not in ("usb", "scsi"):
        values["removable"] = None
    if disk.bus != "scsi":
        values |= {"vendor": "", "product": ""}
    if disk.bus not in ("scsi", "ide", "sata"):
        values |= {"wwn": "", "rotation_rate_per_min": None}
    return values


def is_drive(disk: DiskDevice) -> bool:
    """Whether media go in and out of it."""
    return disk.device in ("cdrom", "floppy")


def may_share(disk: DiskDevice) -> bool:
    """Whether another machine may have the same disk at the same time."""
    # On a floppy machines write.
    return disk.shareable or disk.read_only or disk.device == "cdrom"


def as_disk(medium: Medium) -> LookedAt:
    """Whether a file can be a disk, and in which format it is given to the hypervisor."""
    if any(issue.blocks for issue in medium.issues):
        usable = Usable.NO
    elif medium.exists is None or any(issue.kind is MediumIssueKind.UNKNOWN for issue in medium.issues):
        usable = Usable.UNKNOWN
    else:
        usable = Usable.YES
    image_format = medium.format if medium.format in _FORMATS else "raw"
    return LookedAt(medium, usable, NewMedium(medium.ref.path, image_format))
