"""Devices of a virtual machine, as lists show them; `device_*.py` have all that can be said of each kind."""

from __future__ import annotations

from dataclasses import dataclass

AGENT_CHANNEL = "org.qemu.guest_agent.0"
"""The name of the channel that a guest's agent answers on."""


@dataclass(frozen=True, slots=True)
class Disk:
    """`<disk>`; `source` is a path, or for volumes `pool/volume`, for networks a URL; empty: no medium."""

    target: str  # vda, sda ...
    bus: str
    device: str  # disk, cdrom, floppy, lun
    source_type: str  # file, block, volume, network, dir ...
    source: str
    format: str
    read_only: bool = False
    shareable: bool = False
    backing_chain: tuple[str, ...] = ()
    more_files: tuple[str, ...] = ()  # others that its XML names: data files, the target of a copy under way


@dataclass(frozen=True, slots=True)
class Interface:
    """`<interface>`; `source` is the network, bridge or device; empty for user-mode."""

    mac: str
    kind: str  # network, bridge, user, direct ...
    source: str
    model: str
    target: str  # tap device on the host while running
    link_up: bool = True


@dataclass(frozen=True, slots=True)
class Graphics:
    """`<graphics>`; port -1: chosen at start; `listens` False: libvirt alone hands it out, on its own host."""

    kind: str  # vnc, spice ...
    port: int
    tls_port: int
    listen: str
    socket_path: str
    has_password: bool
    listens: bool = True


@dataclass(frozen=True, slots=True)
class HostDevice:
    """`<hostdev>`: a device of the host that the machine has for itself."""

    kind: str  # pci, usb, mdev, scsi ...; of a container storage, misc, net
    source: str  # 0000:0a:00.0, 1234:beef, a UUID, a path


@dataclass(frozen=True, slots=True)
class Filesystem:
    """`<filesystem>`: a host directory shared with the guest."""

    driver: str
    source: str
    target: str


@dataclass(frozen=True, slots=True)
class DevicePlace:
    """Which device of a definition: the how manieth of its kind."""

    tag: str  # disk, interface, ...; also kinds that this program does not know
    index: int


@dataclass(frozen=True, slots=True)
class UnknownDevice:
    """A device of a kind that this program does not know."""

    xml: str  # canonical: two that say the same are equal


@dataclass(frozen=True, slots=True)
class FoundDevice:
    """A device of a definition in full."""

    place: DevicePlace
    device: object


@dataclass(frozen=True, slots=True)
class ListedDevice:
    """A device as the running machine has it and as its definition does; None: that has none of this id."""

    id: str  # a disk's target, a card's MAC, else its kind and which of them it is: controller-0
    kind: str  # as libvirt calls it: disk, interface, controller ...
    live: object | None = None
    saved: object | None = None
