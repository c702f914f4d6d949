"""What a person asks for when creating a virtual machine."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from vmgui.model.domain import Firmware
from vmgui.model.host import HostId


class SourceKind(Enum):
    """Where the operating system comes from."""

    CDROM = "cdrom"
    DISK_IMAGE = "disk_image"
    NETWORK_BOOT = "network_boot"
    KERNEL = "kernel"
    EMPTY = "empty"


@dataclass(frozen=True, slots=True)
class FileRef:
    """A file for the new machine.

    `local`: on this computer (uploaded into `upload_pool` first when the host is remote, or when
    the person asks for a copy); else `path` is as the host sees it (a volume's or a plain path).
    """

    path: str
    local: bool = False
    upload_pool: str = ""


@dataclass(frozen=True, slots=True)
class NewVolume:
    """A disk made for the machine; in the embedded hypervisor (no pools) `directory` is used instead."""

    pool: str
    name: str
    capacity_bytes: int
    format: str = "qcow2"
    directory: str = ""


class NetworkKind(Enum):
    """What the NIC is plugged into."""

    VIRTUAL = "virtual"  # a libvirt network
    BRIDGE = "bridge"  # a bridge of the host
    USER = "user"  # user-mode NAT, no privileges needed
    NONE = "none"


@dataclass(frozen=True, slots=True)
class NewInterface:
    """The NIC of the new machine."""

    kind: NetworkKind
    source: str = ""
    model: str = "virtio"
    mac: str = ""


class GraphicsListen(Enum):
    """Where the VNC server listens."""

    SOCKET = "socket"  # none/FD only: local hosts
    LOOPBACK = "loopback"
    ADDRESS = "address"


@dataclass(frozen=True, slots=True)
class NewDomain:
    """Everything the wizard collects; `xml` not empty: the person edited it, it wins as it is."""

    host_id: HostId
    name: str
    source: SourceKind
    domain_type: str  # kvm or qemu
    arch: str
    machine: str
    emulator: str
    vcpus: int
    vcpus_max: int
    memory_kib: int
    memory_max_kib: int
    firmware: Firmware = Firmware.BIOS
    tpm: bool = False
    os_id: str = ""
    cdrom: FileRef | None = None
    disk_image: FileRef | None = None  # existing image or volume; else new_volume, else no disk
    disk_format: str = ""  # of disk_image, as probed
    new_volume: NewVolume | None = None
    kernel: FileRef | None = None
    initrd: FileRef | None = None
    kernel_args: str = ""
    disk_bus: str = "virtio"
    interface: NewInterface = NewInterface(NetworkKind.USER)
    video_model: str = "virtio"
    usb_tablet: bool = True
    spare_pcie_ports: int = 10
    graphics_listen: GraphicsListen = GraphicsListen.LOOPBACK
    graphics_address: str = "127.0.0.1"
    title: str = ""
    description: str = ""
    autostart: bool = False
    start: bool = True
    xml: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """A file or block device as the host sees it; empty `format`: not a disk."""

    path: str
    format: str = ""
    is_block: bool = False


@dataclass(frozen=True, slots=True)
class Sources:
    """Where the files of a new machine are, or will be once uploaded and made."""

    disk: Source | None = None
    cdrom: Source | None = None
    kernel: Source | None = None
    initrd: Source | None = None
