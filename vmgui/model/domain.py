"""A virtual machine: what the list shows, what its XML says, what it uses."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from vmgui.model.device import Disk, Filesystem, Graphics, HostDevice, Interface
from vmgui.model.host import HostId


class DomainState(Enum):
    """virDomainState, plus SAVED for a shut-off machine with a managed save image."""

    UNKNOWN = "unknown"
    RUNNING = "running"
    BLOCKED = "blocked"
    PAUSED = "paused"
    SHUTTING_DOWN = "shutting_down"
    OFF = "off"
    CRASHED = "crashed"
    SUSPENDED = "suspended"  # the guest's own suspend to RAM
    SAVED = "saved"

    # Each is there once; an Enum's own hash is Python code, and states are looked up for every row.
    __hash__ = object.__hash__

    @property
    def is_active(self) -> bool:
        """Whether a hypervisor process holds it."""
        return self in _ACTIVE


_ACTIVE = frozenset(
    {
        DomainState.RUNNING,
        DomainState.BLOCKED,
        DomainState.PAUSED,
        DomainState.SHUTTING_DOWN,
        DomainState.SUSPENDED,
    }
)


class PauseReason(Enum):
    """Why a paused or stopped machine is so, where a person can do something about it."""

    NONE = "none"
    USER = "user"
    IO_ERROR = "io_error"
    SAVING = "saving"
    MIGRATING = "migrating"
    SNAPSHOT = "snapshot"
    CRASHED = "crashed"
    WATCHDOG = "watchdog"
    STARTING_UP = "starting_up"
    POSTCOPY_FAILED = "postcopy_failed"


@dataclass(frozen=True, slots=True, order=True)
class DomainKey:
    """Which virtual machine, among all hosts."""

    host_id: HostId
    uuid: str


@dataclass(frozen=True, slots=True)
class Domain:
    """One row of the inventory: what bulk calls tell."""

    key: DomainKey
    name: str
    state: DomainState
    reason: PauseReason = PauseReason.NONE
    persistent: bool = True
    autostart: bool = False
    vcpus: int = 0  # current
    vcpus_max: int = 0
    memory_kib: int = 0  # current balloon target
    memory_max_kib: int = 0


@dataclass(frozen=True, slots=True)
class DomainSample:
    """One sample of counters (virConnectGetAllDomainStats); `at_s` is time.monotonic()."""

    at_s: float
    cpu_time_ns: int | None = None
    memory_used_kib: int | None = None  # as the guest sees it; else the process' resident size
    disk_read_bytes: int | None = None
    disk_write_bytes: int | None = None
    net_rx_bytes: int | None = None
    net_tx_bytes: int | None = None

    @property
    def tells_anything(self) -> bool:
        """Whether the driver has counters at all."""
        return self.cpu_time_ns is not None or self.memory_used_kib is not None


@dataclass(frozen=True, slots=True)
class DomainRates:
    """What the difference of two samples says; None where it cannot be known."""

    at_s: float
    cpu_percent: float | None = None  # 100: all of the machine's vCPUs
    memory_used_kib: int | None = None
    disk_read_bytes_per_s: float | None = None
    disk_write_bytes_per_s: float | None = None
    net_rx_bytes_per_s: float | None = None
    net_tx_bytes_per_s: float | None = None
    elapsed_s: float = 0.0  # between the two samples


class Firmware(Enum):
    """How the machine boots."""

    NONE = "none"  # nothing of the kind: containers, IBM Z, boards that start a kernel
    BIOS = "bios"
    UEFI = "uefi"
    UEFI_SECURE = "uefi_secure"

    @property
    def is_uefi(self) -> bool:
        """With or without secure boot."""
        return self in (Firmware.UEFI, Firmware.UEFI_SECURE)


@dataclass(frozen=True, slots=True)
class DomainConfig:
    """What a machine's XML says, parsed; `xml` is the text itself."""

    uuid: str
    name: str
    domain_type: str  # kvm, qemu, test ...
    title: str
    description: str
    arch: str
    machine: str
    firmware: Firmware
    nvram_path: str
    has_tpm: bool
    vcpus: int
    vcpus_max: int
    memory_kib: int
    memory_max_kib: int
    cpu_mode: str
    os_id: str  # libosinfo id from the metadata, e.g. "http://debian.org/debian/12"; may be empty
    kernel_path: str
    boot_order: tuple[str, ...]
    disks: tuple[Disk, ...]
    interfaces: tuple[Interface, ...]
    graphics: tuple[Graphics, ...]
    filesystems: tuple[Filesystem, ...]
    video_models: tuple[str, ...]
    has_agent_channel: bool
    has_serial_console: bool
    xml: str
    host_devices: tuple[HostDevice, ...] = ()
    is_protected: bool = False


class AddressSource(Enum):
    """Who told a guest's address."""

    LEASE = "lease"
    AGENT = "agent"
    ARP = "arp"  # the host's own table of neighbours


@dataclass(frozen=True, slots=True)
class GuestAddress:
    """An address a guest has."""

    interface: str
    mac: str
    address: str
    prefix: int
    source: AddressSource

    @property
    def is_local(self) -> bool:
        """Whether nobody but the guest or its link can use it."""
        return self.address.startswith(("fe80:", "127.", "::1"))


@dataclass(frozen=True, slots=True)
class GuestInfo:
    """What the guest itself tells; empty strings where it does not."""

    os_name: str = ""
    hostname: str = ""
    agent_running: bool = False
    addresses: tuple[GuestAddress, ...] = ()
