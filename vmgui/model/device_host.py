"""Devices of the host that a machine has for itself, in full: everything libvirt documents about `<hostdev>`."""

from __future__ import annotations

from dataclasses import dataclass

from vmgui.model.device_disk import StorageHost
from vmgui.model.device_parts import Address, Auth, Boot, Device, IpAddress, Rom, Route, Teaming


@dataclass(frozen=True, slots=True, kw_only=True)
class HostdevSource:
    """`<source>`: which device; what there is depends on the device's `kind`."""

    startup_policy: str = ""
    guest_reset: str = ""  # of USB: off, uninitialized, on
    write_filtering: bool | None = None  # of PCI under Xen
    address: Address | None = None
    vendor: str = ""
    product: str = ""
    adapter: str = ""  # of SCSI: scsi_host0
    protocol: str = ""  # of SCSI iscsi, of scsi_host vhost
    name: str = ""
    wwpn: str = ""
    hosts: tuple[StorageHost, ...] = ()
    auth: Auth | None = None
    initiator_iqn: str = ""
    block: str = ""  # of containers
    character: str = ""
    interface: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class HostdevDevice(Device):
    """`<hostdev>`."""

    mode: str = ""  # subsystem, capabilities
    kind: str = ""  # pci, usb, scsi, scsi_host, mdev; of containers storage, misc, net
    managed: bool | None = None
    model: str = ""
    display: bool | None = None
    ramfb: bool | None = None
    raw_io: bool | None = None
    sgio: str = ""
    driver: str = ""
    driver_model: str = ""
    iommufd: bool | None = None
    source: HostdevSource | None = None
    addresses: tuple[IpAddress, ...] = ()
    routes: tuple[Route, ...] = ()
    teaming: Teaming | None = None
    boot: Boot | None = None
    rom: Rom | None = None
    read_only: bool = False
    shareable: bool = False
