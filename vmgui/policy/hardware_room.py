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
# Measured: 9.0 takes none without a medium; 11.3 takes one of SCSI, 12.8 of USB, too.
_EMPTY_CD = {"scsi": 11_000_000, "usb": 12_000_000}
_CHANNEL_CONTROLLERS = 11_000_000  # measured: not 9.0, but 11.3 and 12.8


@dataclass(slots=True)
class Room:
    """Counted down with every device that is plugged in."""

    pcie: int | None  # None: it has no such ports
    pci: int | None  # None: not known, so enough
    has_usb: bool
    has_scsi: bool
    has_channels: bool
    has_shared_memory: bool
    libvirt_version: int

    def take(self, device: object) -> Hindrance | None:
        """Make room for one more; why there is none."""
        bus = bus_of(device)
        is_channels = isinstance(device, ControllerDevice) and device.kind == "virtio-serial"
        if is_channels and self.libvirt_version >= _CHANNEL_CONTROLLERS:
            bus = Bus.PCI
        if bus is Bus.FIXED:
            return HardwareWhy.NOT_PLUGGABLE, ""
        if isinstance(device, DiskDevice) and not self._takes_empty(device):
            return HardwareWhy.HOST_CANNOT_NOW, ""
        if isinstance(device, FilesystemDevice) and not self.has_shared_memory:
            return HardwareWhy.NO_SHARED_MEMORY, ""
        missing = self._missing_controller(bus)
        if missing:
            return HardwareWhy.NO_CONTROLLER, missing
        if bus in (Bus.PCI, Bus.OLD_PCI) and not self._take_pci(bus):
            return HardwareWhy.NO_FREE_PORT, ""
        if isinstance(device, ControllerDevice):
            self.has_scsi = self.has_scsi or device.kind == "scsi"
            self.has_channels = self.has_channels or is_channels
        return None

    def give(self, device: object) -> None:
        """Take back what a device had that is plugged out."""
        bus = bus_of(device)
        if bus is Bus.PCI and self.pcie is not None:
            self.pcie += 1
        elif bus in (Bus.PCI, Bus.OLD_PCI) and self.pci is not None:
            self.pci += 1

    def _missing_controller(self, bus: Bus) -> str:
        has = {Bus.USB: self.has_usb, Bus.SCSI: self.has_scsi, Bus.VIRTIO_SERIAL: self.has_channels}
        return "" if has.get(bus, True) else bus.value

    def _take_pci(self, bus: Bus) -> bool:
        if bus is Bus.PCI and self.pcie is not None:
            has_one, self.pcie = self.pcie > 0, max(0, self.pcie - 1)
            return has_one
        if self.pci is not None:
            has_one, self.pci = self.pci > 0, max(0, self.pci - 1)
            return has_one
        return True

    def _takes_empty(self, disk: DiskDevice) -> bool:
        """Whether it may be plugged in as it is: older hosts want a medium in a drive."""
        source = disk.source
        is_empty = source is None or not any((source.file, source.device, source.volume, source.name))
        return disk.device != "cdrom" or not is_empty or self.libvirt_version >= _EMPTY_CD.get(disk.bus, 0)


def room_of(devices: Iterable[object], values: DomainValues | None, libvirt_version: int) -> Room:
    """Of a machine that runs with these."""
    found = tuple(devices)
    controllers = [one for one in found if isinstance(one, ControllerDevice)]
    pcie, pci = _pci_room(found, [one for one in controllers if one.kind == "pci"])
    return Room(
        pcie,
        pci,
        any(one.kind == "usb" and one.model != "none" for one in controllers),
        any(one.kind == "scsi" for one in controllers),
        any(one.kind == "virtio-serial" for one in controllers),
        shares_memory(values),
        libvirt_version,
    )


def shares_memory(values: DomainValues | None) -> bool:
    """Whether programs of the host may look into its memory, as those that share folders do."""
    if values is None:
        return False
    accesses = [cell.memory_access or values.memory_access for cell in values.numa_cells]
    return all(access == "shared" for access in accesses or [values.memory_access])


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
        return None, sum(max(0, _SLOTS - used.get(one.index or 0, 0)) for one in roots)
    return None, None


def _number(text: str) -> int:
    try:
        return int(text, 0)
    except ValueError:
        return 0
