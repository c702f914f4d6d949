"""Controllers, leases and shared folders in full, as libvirt documents them."""

from __future__ import annotations

from dataclasses import dataclass, field

from vmgui.model.device_parts import Boot, Device, IoThread, Virtio


@dataclass(frozen=True, slots=True, kw_only=True)
class ControllerDevice(Device):
    """`<controller>`."""

    kind: str = ""  # pci, usb, scsi, sata, ide, fdc, virtio-serial, ccid, isa, xenbus
    index: int | None = None
    model: str = ""
    ports: int | None = None
    vectors: int | None = None
    max_grant_frames: int | None = None  # of xenbus
    max_event_channels: int | None = None
    master_start_port: str = ""  # of a USB companion controller
    queues: int | None = None
    commands_per_lun: int | None = None
    max_sectors: int | None = None
    io_event_fd: bool | None = None
    io_thread: int | None = None
    io_threads: tuple[IoThread, ...] = ()
    virtio: Virtio = field(default_factory=Virtio)
    serial: str = ""  # of NVMe
    pci_model: str = ""  # of PCI: what QEMU calls it
    chassis: str = ""
    chassis_number: str = ""
    port: str = ""
    bus_number: str = ""
    target_index: str = ""
    hotplug: bool | None = None
    memory_reserve_kib: int | None = None
    numa_node: int | None = None
    pci_hole64_kib: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LeaseDevice:
    """`<lease>`: a lock that the machine must hold to run."""

    lockspace: str = ""
    key: str = ""
    path: str = ""
    offset_bytes: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class IdRange:
    """A range of user or group numbers of the guest and where it begins on the host."""

    start: int | None = None
    target: int | None = None
    count: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FilesystemDevice(Device):
    """`<filesystem>`: a folder of the host in the guest."""

    kind: str = ""  # mount, template, file, block, ram, bind
    model: str = ""
    access_mode: str = ""  # passthrough, mapped, squash
    file_mode: str = ""  # as chmod takes it
    directory_mode: str = ""
    multidevs: str = ""
    driver: str = ""  # virtiofs, path, handle, loop, nbd, ploop, mtp
    format: str = ""
    write_policy: str = ""
    queue_size: int | None = None
    virtio: Virtio = field(default_factory=Virtio)
    binary_path: str = ""  # of virtiofsd
    binary_xattr: bool | None = None
    binary_cache: str = ""
    binary_sandbox: str = ""
    binary_posix_lock: bool | None = None
    binary_flock: bool | None = None
    binary_threads: int | None = None
    binary_open_files_max: int | None = None
    user_ids: tuple[IdRange, ...] = ()
    group_ids: tuple[IdRange, ...] = ()
    directory: str = ""
    file: str = ""
    device: str = ""
    name: str = ""
    socket: str = ""
    ram_size: int | None = None
    ram_unit: str = ""
    target: str = ""  # the guest's mount point, or the tag it mounts by
    read_only: bool = False
    hard_limit_bytes: int | None = None
    soft_limit_bytes: int | None = None
    boot: Boot | None = None
