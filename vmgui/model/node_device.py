"""Devices of a host, as its kernel lists them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PciAddress:
    """Where a PCI device is."""

    domain: int
    bus: int
    slot: int
    function: int

    def __str__(self) -> str:
        return f"{self.domain:04x}:{self.bus:02x}:{self.slot:02x}.{self.function:x}"


@dataclass(frozen=True, slots=True)
class UsbAddress:
    """Where a USB device is plugged in now; `device` is another each time it is plugged in."""

    bus: int
    device: int


@dataclass(frozen=True, slots=True)
class NodeDevice:
    """One device. Words and ids are empty where the host does not tell them."""

    name: str  # libvirt's own: pci_0000_00_1f_2, net_eth0_52_54_00 ...
    parent: str  # the name of the device it hangs on; empty: the computer itself
    kind: str  # libvirt's word: pci, usb_device, net, storage, scsi_host, mdev ...
    driver: str = ""  # of the host's kernel
    vendor: str = ""
    product: str = ""
    vendor_id: str = ""  # "0x8086"
    product_id: str = ""
    address: PciAddress | UsbAddress | None = None
    iommu_group: int | None = None  # None: it is in none
    path: str = ""  # in the host's /dev, or the name of a network interface
    pci_class: int | None = None  # 0x030000: what it is, of a PCI device; None: the host does not tell
