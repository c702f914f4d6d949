"""Memory modules, the balloon and what else a machine keeps things in, in full."""

from __future__ import annotations

from dataclasses import dataclass, field

from vmgui.model.device_parts import Address, Device, Virtio


@dataclass(frozen=True, slots=True, kw_only=True)
class MemoryDevice(Device):
    """`<memory>` among the devices: a module that can be plugged in."""

    model: str = ""  # dimm, nvdimm, virtio-mem, virtio-pmem, sgx-epc
    access: str = ""  # shared, private
    discard: bool | None = None
    uuid: str = ""
    source_path: str = ""
    align_kib: int | None = None
    page_kib: int | None = None
    node_mask: str = ""  # of the host
    pmem: bool = False
    dynamic_memslots: bool | None = None
    size_kib: int | None = None
    node: int | None = None  # of the guest
    block_kib: int | None = None
    requested_kib: int | None = None
    current_kib: int | None = None
    label_kib: int | None = None
    target_base: str = ""  # where the guest sees it
    read_only: bool = False
    virtio: Virtio = field(default_factory=Virtio)


@dataclass(frozen=True, slots=True, kw_only=True)
class MemballoonDevice(Device):
    """`<memballoon>`."""

    model: str = ""
    auto_deflate: bool | None = None
    free_page_reporting: bool | None = None
    stats_period_s: int | None = None
    virtio: Virtio = field(default_factory=Virtio)


@dataclass(frozen=True, slots=True, kw_only=True)
class ShmemDevice(Device):
    """`<shmem>`: memory that machines share."""

    name: str = ""
    role: str = ""  # master, peer
    model: str = ""
    size_bytes: int | None = None
    has_server: bool = False
    server_path: str = ""  # empty: where libvirt chooses
    msi: bool = False  # interrupts as messages
    msi_vectors: int | None = None
    msi_io_event_fd: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NvramDevice:
    """`<nvram>` of pSeries."""

    address: Address | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PstoreDevice(Device):
    """`<pstore>`: where a guest leaves its last words."""

    backend: str = ""
    path: str = ""
    size_kib: int | None = None
