"""Devices of a host that a machine may have for itself: how they are named, and what is to be known of them. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from vmgui.model.device_host import HostdevDevice
from vmgui.model.device_parts import Address
from vmgui.model.node_device import NodeDevice, PciAddress, UsbAddress

_PCI = re.compile(r"(?:([0-9a-f]{1,8})[:_])?([0-9a-f]{1,2})[:_]([0-9a-f]{1,2})[._]([0-7])", re.IGNORECASE)
_IDS = r"(?:0x)?([0-9a-f]{1,4}):(?:0x)?([0-9a-f]{1,4})"
_PLACE = r"([0-9]{1,3})\.([0-9]{1,3})"
_USB = re.compile(rf"{_IDS}(?:@{_PLACE})?|@?{_PLACE}", re.IGNORECASE)
_GIVEN_AWAY = ("", "vfio-pci", "pci-stub", "pciback", "xen-pciback")
"""Drivers of the kernel that keep a device for machines; empty: it has none."""

# The upper byte, of a bridge between buses two: what PCI calls a device.
CLASS_STORAGE, CLASS_NETWORK, CLASS_DISPLAY, CLASS_BRIDGE = 0x01, 0x02, 0x03, 0x06


@dataclass(frozen=True, slots=True)
class UsbName:
    """Which USB device is meant: any of this maker and product, or the one that is plugged in there, or both."""

    vendor: int | None = None
    product: int | None = None
    place: UsbAddress | None = None

    def __str__(self) -> str:
        ids = f"{self.vendor:04x}:{self.product:04x}" if self.vendor is not None else ""
        place = f"@{self.place.bus}.{self.place.device}" if self.place is not None else ""
        return ids + place

    def fits(self, device: NodeDevice) -> bool:
        """Whether it means this device."""
        if device.kind != "usb_device":
            return False
        if self.place is not None and device.address != self.place:
            return False
        return self.vendor is None or (self.vendor, self.product) == ids_of(device)


def read_usb(text: str) -> UsbName | None:
    """Of "0781:5591", "0781:5591@1.5", "@1.5" and "1.5"; None: it is none of these."""
    found = _USB.fullmatch(text.strip())
    if found is None:
        return None
    vendor, product, bus, number, bus_alone, number_alone = found.groups()
    bus, number = bus or bus_alone, number or number_alone
    return UsbName(
        int(vendor, 16) if vendor else None,
        int(product, 16) if product else None,
        UsbAddress(int(bus), int(number)) if bus and number else None,
    )


def read_pci(text: str) -> PciAddress | None:
    """Of "0000:0a:00.0", "0a:00.0" and libvirt's "pci_0000_0a_00_0"; None: it is none of these."""
    found = _PCI.fullmatch(text.strip().removeprefix("pci_"))
    if found is None:
        return None
    domain, bus, slot, function = found.groups()
    if int(slot, 16) > 0x1F:
        return None
    return PciAddress(int(domain or "0", 16), int(bus, 16), int(slot, 16), int(function, 16))


def usb_of(device: HostdevDevice) -> UsbName | None:
    """Which one a machine's device is; None: it is no USB device, or names none."""
    source = device.source
    if device.kind != "usb" or source is None:
        return None
    place, at = None, source.address
    if at is not None and at.bus and at.device:
        bus, number = _number(at.bus), _number(at.device)
        place = UsbAddress(bus, number) if bus is not None and number is not None else None
    vendor, product = _number(source.vendor), _number(source.product)
    if vendor is None or product is None:
        return UsbName(place=place) if place is not None else None
    return UsbName(vendor, product, place)


def pci_of(device: HostdevDevice) -> PciAddress | None:
    """Likewise of a PCI device."""
    at = device.source.address if device.source is not None else None
    if device.kind != "pci" or at is None:
        return None
    domain, bus, slot, function = (
        _number(part) for part in (at.domain or "0", at.bus, at.slot, at.function or "0")
    )
    if domain is None or bus is None or slot is None or function is None:
        return None
    return PciAddress(domain, bus, slot, function)


def pci_address(at: PciAddress) -> Address:
    """As libvirt writes it."""
    return Address(
        domain=f"0x{at.domain:04x}",
        bus=f"0x{at.bus:02x}",
        slot=f"0x{at.slot:02x}",
        function=f"0x{at.function:x}",
    )


def usb_devices(devices: Iterable[NodeDevice]) -> tuple[NodeDevice, ...]:
    """Those that can be plugged into a machine: hubs stay with the host."""
    found = [one for one in devices if one.kind == "usb_device"]
    hubs = {one.parent for one in found}
    return tuple(one for one in found if one.name not in hubs and ids_of(one)[0] not in (None, 0x1D6B))


def usb_name(device: NodeDevice, devices: Iterable[NodeDevice]) -> UsbName:
    """By maker and product, wherever it is plugged in; where there are two alike, by its place, too."""
    vendor, product = ids_of(device)
    alike = [one for one in devices if one.kind == "usb_device" and ids_of(one) == (vendor, product)]
    place = device.address if len(alike) > 1 and isinstance(device.address, UsbAddress) else None
    return UsbName(vendor, product, place)


def pci_devices(devices: Iterable[NodeDevice]) -> tuple[NodeDevice, ...]:
    """Those that a machine can have, in the order of the bus: bridges stay with the host."""
    found = [one for one in devices if isinstance(one.address, PciAddress) and not is_bridge(one)]
    return tuple(sorted(found, key=lambda one: str(one.address)))


def pci_at(devices: Iterable[NodeDevice], at: PciAddress) -> NodeDevice | None:
    """The one at this address."""
    return next((one for one in devices if one.kind == "pci" and one.address == at), None)


def is_bridge(device: NodeDevice) -> bool:
    """Whether it only leads to other devices."""
    return class_of(device) == CLASS_BRIDGE


def class_of(device: NodeDevice) -> int | None:
    """The kind of a PCI device: CLASS_NETWORK ..."""
    return device.pci_class >> 16 if device.pci_class is not None else None


def is_used_by_host(device: NodeDevice) -> bool:
    """Whether a driver of the host's kernel works with it."""
    return device.driver not in _GIVEN_AWAY


def group_of(device: NodeDevice, devices: Iterable[NodeDevice]) -> tuple[NodeDevice, ...]:
    """The others of its IOMMU group: they cannot be kept apart."""
    if device.iommu_group is None:
        return ()
    return tuple(
        one
        for one in pci_devices(devices)
        if one.iommu_group == device.iommu_group and one.name != device.name
    )


def interfaces_of(device: NodeDevice, devices: Iterable[NodeDevice]) -> tuple[str, ...]:
    """The network interfaces that the host has of it; of a virtio card one device stands between them."""
    names = {device.name}
    found: list[str] = []
    for one in devices:
        if one.kind == "net" and one.path and one.parent in names:
            found.append(one.path)
    return tuple(found)


def ids_of(device: NodeDevice) -> tuple[int | None, int | None]:
    """Maker and product."""
    return _number(device.vendor_id), _number(device.product_id)


def _number(text: str) -> int | None:
    """libvirt keeps what people write: 0x0a, 10, 005."""
    try:
        return int(text, 16 if text.lower().startswith("0x") else 10)
    except ValueError:
        return None
