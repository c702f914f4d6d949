"""What of a running machine's devices can change, be plugged in and taken out: as data. Pure.

Measured on libvirt 9.0 with QEMU 7.2, 11.3 with 10.0 and 12.8 with 11.1, running q35 and pc guests, by trying each.
Where the three differ the version stands beside it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import Enum

from vmgui.model.device_character import (
    ChannelDevice,
    ConsoleDevice,
    ParallelDevice,
    RedirdevDevice,
    RngDevice,
    SerialDevice,
)
from vmgui.model.device_disk import DiskDevice
from vmgui.model.device_display import GraphicsDevice, InputDevice
from vmgui.model.device_host import HostdevDevice
from vmgui.model.device_machine import VsockDevice, WatchdogDevice
from vmgui.model.device_memory import MemoryDevice, ShmemDevice
from vmgui.model.device_network import InterfaceDevice
from vmgui.model.device_storage import ControllerDevice, FilesystemDevice, LeaseDevice

DRIVES = frozenset({"cdrom", "floppy"})

LIVE_PATHS: Mapping[type, tuple[str, ...]] = {
    InterfaceDevice: (
        "link",
        "kind",
        "source",
        "virtual_port",
        "vlan_trunk",
        "vlan_tags",
        "filter",
        "inbound",
        "outbound",
        "isolated",
        "coalesce_frames",
    ),
    GraphicsDevice: ("password", "password_valid_to", "when_connected"),
    MemoryDevice: ("requested_kib",),  # of virtio-mem
}
"""What virDomainUpdateDeviceFlags takes of a running machine, and all below; of a disk `live_paths` says it."""

MEDIUM = ("source", "source_kind", "format")
"""What a medium is: it changes as one."""

CONNECTION = ("kind", "source", "virtual_port")
"""What a card is connected to."""

SWITCHED_KINDS = frozenset({"network", "bridge"})
"""Kinds that a running machine's card is switched between; user-mode and direct ones: code 84 everywhere."""

STARTUP = ("source.startup_policy", "snapshot")
"""What of any disk only libvirt itself knows."""

LIVE_MACHINE_PATHS = frozenset({"title", "description"})
"""Of a machine itself, by virDomainSetMetadata."""


class Bus(Enum):
    """Where a device is plugged in, so what there must be room on."""

    NONE = "none"
    PCI = "pci"  # on q35 a free PCIe port
    OLD_PCI = "old_pci"  # q35 has no slot for it unless there is a bridge
    USB = "usb"
    SCSI = "scsi"
    VIRTIO_SERIAL = "virtio-serial"
    FIXED = "fixed"  # made with the machine


_DISK_BUSES = {
    "virtio": Bus.PCI,
    "scsi": Bus.SCSI,
    "usb": Bus.USB,
}
_OLD_CARDS = frozenset({"e1000", "rtl8139", "ne2k_pci", "pcnet", "i82551", "i82557b", "i82559er"})
_USB_CARDS = frozenset({"usb-net"})
_SERIAL_BUSES = {"usb-serial": Bus.USB, "pci-serial": Bus.OLD_PCI}


def bus_of(device: object) -> Bus:
    """Where it would be plugged in while the machine runs."""
    match device:
        case DiskDevice():
            return Bus.FIXED if device.device == "floppy" else _DISK_BUSES.get(device.bus, Bus.FIXED)
        case InterfaceDevice():
            if device.model in _USB_CARDS:
                return Bus.USB
            return Bus.OLD_PCI if device.model in _OLD_CARDS else Bus.PCI
        case HostdevDevice():
            return {"pci": Bus.PCI, "mdev": Bus.PCI, "usb": Bus.USB, "scsi": Bus.SCSI}.get(
                device.kind, Bus.PCI if device.kind == "scsi_host" else Bus.FIXED
            )
        case InputDevice():
            return {"usb": Bus.USB, "virtio": Bus.PCI}.get(device.bus, Bus.FIXED)
        case ChannelDevice():
            return {"virtio": Bus.VIRTIO_SERIAL, "guestfwd": Bus.NONE}.get(device.target_kind, Bus.FIXED)
        case ParallelDevice():
            return Bus.FIXED
        case ConsoleDevice():
            return Bus.VIRTIO_SERIAL if device.target_kind == "virtio" else Bus.FIXED
        case SerialDevice():
            return _SERIAL_BUSES.get(device.target_kind, Bus.FIXED)
        case RedirdevDevice():
            return Bus.USB
        case FilesystemDevice():
            return Bus.PCI if device.driver == "virtiofs" else Bus.FIXED
        case ControllerDevice():
            return Bus.PCI if device.kind == "scsi" else Bus.FIXED
        case WatchdogDevice():
            return Bus.OLD_PCI if device.model == "i6300esb" else Bus.FIXED
        case RngDevice() | VsockDevice():
            return Bus.PCI
        case ShmemDevice():
            return Bus.OLD_PCI
        case MemoryDevice():
            return Bus.PCI if device.model.startswith("virtio") else Bus.NONE
        case LeaseDevice():
            return Bus.NONE
        case _:
            return Bus.FIXED


def live_paths(
    device: object, values: Iterable[tuple[str, object]], guarded: Iterable[str] = ()
) -> frozenset[str]:
    """Which of these new values a device takes while it runs. `guarded`: kinds of displays that run with a password."""
    wished = dict(values)
    if isinstance(device, DiskDevice):
        found = {path for path in wished if is_under(path, STARTUP)}
        is_medium = device.device in DRIVES and any(is_under(path, ("source",)) for path in wished)
        return frozenset(found | {path for path in wished if is_medium and is_under(path, MEDIUM)})
    found = {path for path in wished if is_under(path, LIVE_PATHS.get(type(device), ()))}
    if isinstance(device, GraphicsDevice) and device.kind not in guarded:
        # QEMU lets a display that was started without a password never have one.
        return frozenset()
    if isinstance(device, InterfaceDevice) and not _is_switched(device, wished):
        found = {path for path in found if not is_under(path, CONNECTION)}
    if isinstance(device, GraphicsDevice) and not (device.password and wished.get("password", True)):
        # A display that started without a password takes none (code 1), one that has one never goes without: libvirt
        # says that it did, and the old one goes on to let people in. Measured with 9.0, 11.3 and 12.8.
        found = set[str]()
    return frozenset(found)


def _is_switched(card: InterfaceDevice, wished: Mapping[str, object]) -> bool:
    """Whether it is connected elsewhere while it runs, all of it."""
    kinds = {card.kind, wished.get("kind", card.kind)}
    return kinds <= SWITCHED_KINDS and any(path in wished for path in ("source.network", "source.bridge"))


def is_under(path: str, of: Iterable[str]) -> bool:
    """ "source.network" is under "source"."""
    return any(path == one or path.startswith(f"{one}.") for one in of)
