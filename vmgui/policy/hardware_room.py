"""What a running machine has left to plug devices in: PCI ports, controllers, shared memory. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from vmgui.model.device_disk import DiskDevice
from vmgui.model.device_storage import ControllerDevice, FilesystemDevice
from vmgui.model.domain_values import DomainValues
from vmgui.model.hardware import HardwareWhy
from vmgui.policy.hardware_rules import Bus, bus_of

Hindrance = tuple[HardwareWhy, str]

_PORTS = frozenset({"pcie-root-port", "pcie-switch-downstream-port"})
_BRIDGES = frozenset({"pci-bridge"})
_SLOTS = 31  # of a conventional bus, without its first
_EMPTY_CD = 12_000_000


@dataclass(slots=True)
class Room:
    """Counted down with every device that is plugged in. None: not known, so enough."""

    pcie: int | None
    pci: int | None
    has_usb: bool
    has_scsi: bool
    has_channels: bool
    has_shared_memory: bool
    libvirt_version: int

    def take(self, device: object) -> Hindrance | None:
        """Make room for one more; why there is none."""
        bus = bus_of(device)
        if bus is Bus.FIXED:
            return HardwareWhy.NOT_PLUGGABLE, ""
        if isinstance(device, DiskDevice) and (why := self._why_no_drive(device)) is not None:
            return why
        if isinstance(device, FilesystemDevice) and not self.has_shared_memory:
            return HardwareWhy.NO_SHARED_MEMORY, ""
        match bus:
            case Bus.USB if not self.has_usb:
                return HardwareWhy.NO_CONTROLLER, "usb"
            case Bus.SCSI if not self.has_scsi:
                return HardwareWhy.NO_CONTROLLER, "scsi"
            case Bus.VIRTIO_SERIAL if not self.has_channels:
                return HardwareWhy.NO_CONTROLLER, "virtio-serial"
            case Bus.PCI | Bus.OLD_PCI:
                return self._take_pci(bus, device)
            case _:
                return None

    def give(self, device: object) -> None:
        """Take back what a device had that is plugged out."""
        bus = bus_of(device)
        if bus is Bus.PCI and self.pcie is not None:
            self.pcie += 1
        elif bus in (Bus.PCI, Bus.OLD_PCI) and self.pci is not None:
            self.pci += 1

    def _take_pci(self, bus: Bus, device: object) -> Hindrance | None:
        if bus is Bus.PCI and self.pcie:
            self.pcie -= 1
        elif bus is Bus.PCI and self.pcie is None:
            pass
        elif self.pci is not None and self.pci <= 0:
            return HardwareWhy.NO_FREE_PORT, ""
        elif self.pci is not None:
            self.pci -= 1
        if isinstance(device, ControllerDevice) and device.kind == "scsi":
            self.has_scsi = True
        return None

    def _why_no_drive(self, disk: DiskDevice) -> Hindrance | None:
        """An empty drive is plugged in only by the newest: 9.0 and 11.3 want a medium."""
        source = disk.source
        has_medium = source is not None and any((source.file, source.device, source.volume, source.name))
        if disk.device == "cdrom" and not has_medium and self.libvirt_version < _EMPTY_CD:
            return HardwareWhy.HOST_CANNOT_NOW, ""
        return None


def room_of(devices: Iterable[object], values: DomainValues | None, libvirt_version: int) -> Room:
    """Of a machine that runs with these."""
    found = tuple(devices)
    controllers = [one for one in found if isinstance(one, ControllerDevice)]
    pcie, pci = _pci_room(found, [one for one in controllers if one.kind == "pci"])
    shared = values is not None and (
        values.memory_access == "shared" or any(cell.memory_access == "shared" for cell in values.numa_cells)
    )
    return Room(
        pcie,
        pci,
        any(one.kind == "usb" and one.model != "none" for one in controllers),
        any(one.kind == "scsi" for one in controllers),
        any(one.kind == "virtio-serial" for one in controllers),
        shared,
        libvirt_version,
    )


def _pci_room(devices: Iterable[object], buses: list[ControllerDevice]) -> tuple[int | None, int | None]:
    used: dict[int, int] = {}
    for device in devices:
        address = getattr(device, "address", None)
        if address is not None and address.kind == "pci":
            number = _number(address.bus)
            used[number] = used.get(number, 0) + 1
    models = {one.model for one in buses}
    if "pcie-root" in models:
        ports = [one for one in buses if one.model in _PORTS and one.hotplug is not False]
        bridges = [one for one in buses if one.model in _BRIDGES]
        free = sum(1 for one in ports if not used.get(one.index or 0))
        return free, sum(max(0, _SLOTS - used.get(one.index or 0, 0)) for one in bridges)
    if "pci-root" in models:
        roots = [one for one in buses if one.model in ("pci-root", "pci-bridge")]
        # Devices of pc guests go to the same slots, whatever they are.
        return 0, sum(max(0, _SLOTS - used.get(one.index or 0, 0)) for one in roots)
    return None, None


def _number(text: str) -> int:
    try:
        return int(text, 0)
    except ValueError:
        return 0
