"""Disks in full: everything libvirt documents about `<disk>`. `model/device.py` has what a list shows."""

from __future__ import annotations

from dataclasses import dataclass, field

from vmgui.model.device_parts import (
    Address,
    Auth,
    Boot,
    Device,
    IoThread,
    Reconnect,
    Secret,
    SecurityLabel,
    Virtio,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class StorageHost:
    """A server of a network disk: name and port, or the path of a socket."""

    name: str = ""
    port: str = ""
    transport: str = ""  # tcp, rdma, unix
    socket: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Encryption:
    """`<encryption>`: how a disk is encrypted, and the secrets that open it."""

    format: str = ""  # luks, luks2, qcow ...
    engine: str = ""  # qemu, librbd
    secrets: tuple[Secret, ...] = ()
    cipher_name: str = ""
    cipher_size_bits: int | None = None
    cipher_mode: str = ""
    cipher_hash: str = ""
    ivgen_name: str = ""
    ivgen_hash: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reservations:
    """`<reservations>`: SCSI persistent reservations, by libvirt's own helper or another one's socket."""

    managed: bool | None = None
    kind: str = ""  # unix
    path: str = ""
    mode: str = ""
    reconnect: Reconnect | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Slice:
    """`<slice>`: the part of an image that is the disk."""

    kind: str = ""  # storage
    offset_bytes: int | None = None
    size_bytes: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Cookie:
    """`<cookie>`: sent to a web server."""

    name: str = ""
    value: str = field(default="", repr=False)  # who has it is let in


@dataclass(frozen=True, slots=True, kw_only=True)
class DiskSource:
    """`<source>`: where a disk's data is; which values there are depends on the disk's `source_kind`."""

    file: str = ""
    device: str = ""
    directory: str = ""
    pool: str = ""
    volume: str = ""
    mode: str = ""  # of an iSCSI pool: host, direct
    protocol: str = ""  # rbd, iscsi, nbd, https ...
    name: str = ""
    query: str = ""
    tls: bool | None = None
    tls_hostname: str = ""
    kind: str = ""  # of NVMe pci, of vhost-user unix
    path: str = ""  # of vhost-user the socket
    managed: bool | None = None
    namespace: str = ""
    index: int | None = None
    startup_policy: str = ""  # mandatory, requisite, optional
    fd_group: str = ""
    address: Address | None = None
    hosts: tuple[StorageHost, ...] = ()
    snapshot: str = ""
    config_path: str = ""
    auth: Auth | None = None
    encryption: Encryption | None = None
    reservations: Reservations | None = None
    initiator_iqn: str = ""
    slices: tuple[Slice, ...] = ()
    ssl_verify: bool | None = None
    cookies: tuple[Cookie, ...] = ()
    readahead_bytes: int | None = None
    timeout_s: int | None = None
    reconnect: Reconnect | None = None
    identity_user: str = ""  # of NFS: as whom
    identity_group: str = ""
    identity_username: str = ""  # of SSH
    identity_keyfile: str = ""
    identity_agent_socket: str = ""
    known_hosts_path: str = ""
    security_labels: tuple[SecurityLabel, ...] = ()
    data_file: DataFile | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DataFile:
    """`<dataStore>`: the raw file that holds the data of a qcow2 image."""

    source_kind: str = ""
    format: str = ""
    source: DiskSource | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BackingDisk:
    """`<backingStore>`: what a disk is based on; all empty: the end of the chain."""

    source_kind: str = ""
    index: int | None = None
    format: str = ""
    metadata_cache_max_bytes: int | None = None
    source: DiskSource | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Mirror:
    """`<mirror>`: a copy under way; only in a running machine."""

    source_kind: str = ""
    job: str = ""  # copy, active-commit
    ready: str = ""  # yes, abort, pivot
    file: str = ""  # as old versions write it
    old_format: str = ""
    format: str = ""
    source: DiskSource | None = None
    backing: tuple[BackingDisk, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class IoLimits:
    """`<iotune>`: how much a disk may do; 0 or None: as much as it can."""

    total_bytes_per_s: int | None = None
    read_bytes_per_s: int | None = None
    write_bytes_per_s: int | None = None
    total_iops: int | None = None
    read_iops: int | None = None
    write_iops: int | None = None
    total_bytes_per_s_max: int | None = None  # in a burst
    read_bytes_per_s_max: int | None = None
    write_bytes_per_s_max: int | None = None
    total_iops_max: int | None = None
    read_iops_max: int | None = None
    write_iops_max: int | None = None
    iops_size_bytes: int | None = None
    group: str = ""
    total_bytes_max_length_s: int | None = None
    read_bytes_max_length_s: int | None = None
    write_bytes_max_length_s: int | None = None
    total_iops_max_length_s: int | None = None
    read_iops_max_length_s: int | None = None
    write_iops_max_length_s: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DiskDevice(Device):
    """`<disk>`."""

    source_kind: str = ""  # file, block, dir, network, volume, nvme, vhostuser, vhostvdpa
    device: str = ""  # disk, cdrom, floppy, lun; empty: disk
    model: str = ""
    raw_io: bool | None = None
    sgio: str = ""
    snapshot: str = ""  # no, internal, external, manual
    driver: str = ""  # qemu
    format: str = ""
    cache: str = ""
    io: str = ""  # threads, native, io_uring
    discard: str = ""
    discard_no_unref: bool | None = None
    detect_zeroes: str = ""
    copy_on_read: bool | None = None
    error_policy: str = ""
    read_error_policy: str = ""
    io_thread: int | None = None
    io_threads: tuple[IoThread, ...] = ()
    io_event_fd: bool | None = None
    event_index: bool | None = None
    queues: int | None = None
    queue_size: int | None = None
    metadata_cache_max_bytes: int | None = None
    virtio: Virtio = field(default_factory=Virtio)
    auth: Auth | None = None  # as old versions write it: beside the source
    source: DiskSource | None = None
    backing: tuple[BackingDisk, ...] = ()
    mirror: Mirror | None = None
    target: str = ""  # vda, sda ...
    bus: str = ""
    tray: str = ""  # open, closed
    removable: bool | None = None
    rotation_rate_per_min: int | None = None  # 1: no rotating disk
    io_limits: IoLimits = field(default_factory=IoLimits)
    throttle_groups: tuple[str, ...] = ()
    cylinders: int | None = None
    heads: int | None = None
    sectors: int | None = None
    geometry_translation: str = ""
    logical_block_bytes: int | None = None
    physical_block_bytes: int | None = None
    discard_granularity_bytes: int | None = None
    backend_domain: str = ""  # of Xen
    read_only: bool = False
    shareable: bool = False
    transient: bool = False
    transient_share_backing: bool | None = None
    serial: str = ""
    wwn: str = ""
    vendor: str = ""
    product: str = ""
    encryption: Encryption | None = None  # as old versions write it: beside the source
    boot: Boot | None = None
