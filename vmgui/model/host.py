"""A host as the person configured it, and what it told about itself."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import Enum

HostId = str
"""Stable key of a configured host; never shown."""


class HostState(Enum):
    """Where the connection to a host stands."""

    DISCONNECTED = "disconnected"
    CONNECTING = "connecting"
    CONNECTED = "connected"
    UNREACHABLE = "unreachable"  # tried and failed; tries again by itself
    REFUSED = "refused"  # authentication or permission: waits for the person


class KvmState(Enum):
    """Whether hardware acceleration can be relied on."""

    UNKNOWN = "unknown"
    WORKS = "works"
    MISSING = "missing"
    LIES = "lies"  # offered by the host, but guests hang on it


HOST_COLOURS = ("blue", "purple", "green", "amber", "red")
"""Marks a person can give to hosts; what they look like is up to the theme."""
MAX_NOTES_CHARS = 4000


@dataclass(frozen=True, slots=True)
class HostConfig:
    """What the settings keep about a host; no secrets."""

    id: HostId
    name: str
    uri: str
    read_only: bool = False
    autoconnect: bool = True
    colour: str = ""  # one of HOST_COLOURS; empty: none
    notes: str = ""
    screen_authority: str = ""  # PEM file that vouches for its displays' certificates, beside the usual ones


@dataclass(frozen=True, slots=True)
class UriAlias:
    """A short name for an address, from libvirt's own settings."""

    name: str
    uri: str


@dataclass(frozen=True, slots=True)
class HostFeatures:
    """What this host can do, probed once per connection; never derived from versions alone."""

    storage_pools: bool = False
    networks: bool = False
    graphics_fd: bool = False  # openGraphicsFD works on this transport
    screenshot: bool = False
    managed_save: bool = False
    migration: bool = False
    events: bool = False
    read_only: bool = False
    interfaces: bool = False  # tells its bridges
    serial_console: bool = False  # a guest's serial line can be read through libvirt


@dataclass(frozen=True, slots=True)
class GuestCapability:
    """One guest kind the host can run (`<guest>` in capabilities)."""

    arch: str
    os_type: str  # hvm, xen, exe ...
    emulator: str
    machines: tuple[str, ...]
    domain_types: tuple[str, ...]  # kvm, qemu, test ...


@dataclass(frozen=True, slots=True)
class DeviceOffer:
    """A kind of device or a feature as a machine type offers it, with what can be chosen of it."""

    name: str  # libvirt's word: disk, video, sev ...
    is_device: bool
    supported: bool
    choices: tuple[tuple[str, tuple[str, ...]], ...] = ()


@dataclass(frozen=True, slots=True)
class DomainCapabilities:
    """What one machine type on this host offers (virConnectGetDomainCapabilities)."""

    arch: str
    machine: str
    domain_type: str
    emulator: str
    max_vcpus: int
    firmwares: tuple[str, ...]  # bios, efi
    loader_paths: tuple[str, ...]
    secure_boot: bool
    cpu_modes: tuple[str, ...]
    cpu_models: tuple[str, ...]
    disk_buses: tuple[str, ...]
    video_models: tuple[str, ...]
    graphics_types: tuple[str, ...]
    tpm_models: tuple[str, ...]
    tpm_backends: tuple[str, ...]
    rng: bool
    filesystem: bool
    offers: tuple[DeviceOffer, ...] = ()
    unusable_cpu_models: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NumaCell:
    """One NUMA node of a host: its processors and the memory near to them."""

    id: int
    cpus: tuple[int, ...]
    memory_kib: int
    huge_pages: tuple[tuple[int, int], ...] = ()  # size in KiB and how many, without the usual small ones


@dataclass(frozen=True, slots=True)
class HostInfo:
    """The host's hardware and software, read once per connection."""

    hostname: str
    driver: str  # as libvirt spells it: QEMU, TEST, Xen ...
    arch: str
    cpu_model: str
    cpus: int
    cpu_mhz: int
    memory_kib: int
    sockets: int
    cores: int
    threads: int
    numa_nodes: int
    libvirt_version: tuple[int, int, int]
    hypervisor_version: tuple[int, int, int]
    uuid: str = ""
    features: HostFeatures = HostFeatures()
    guests: tuple[GuestCapability, ...] = ()
    cpu_features: tuple[str, ...] = ()
    cpu_vendor: str = ""
    numa_cells: tuple[NumaCell, ...] = ()
    iommu: bool | None = None  # None: it does not tell
    security_models: tuple[str, ...] = ()  # selinux, apparmor ...


@dataclass(frozen=True, slots=True)
class HostUsage:
    """What the host has left, sampled; `at_s` is time.monotonic()."""

    at_s: float
    memory_total_kib: int
    memory_free_kib: int  # free plus what the kernel can reclaim
    cpu_percent: float | None = None  # of all cores; None before the second sample
    cpu_busy_ns: int | None = None  # counters since the host's start, over all cores
    cpu_total_ns: int | None = None


@dataclass(frozen=True, slots=True)
class HostHealth:
    """How well a host answers; moments are time.monotonic(), 0: never. What follows from it: policy/health.py."""

    answered_s: float = 0.0  # the last good answer; may lie before this run
    latency_s: float | None = None  # of short calls, smoothed
    last_latency_s: float | None = None  # of the last one
    poll_s: float = 2.0  # how often it is asked while it is connected
    error: Exception | None = field(default=None, compare=False)  # the last one, kept when all is well again
    failed_s: float = 0.0  # when that was
    failed_tries: int = 0  # to connect, since it last was
    retry_at_s: float = 0.0  # the next try; 0: none planned


@dataclass(frozen=True, slots=True)
class Host:
    """One host as the inventory knows it."""

    config: HostConfig
    state: HostState = HostState.DISCONNECTED
    info: HostInfo | None = None  # the last known, also while unreachable
    usage: HostUsage | None = None
    kvm: KvmState = KvmState.UNKNOWN
    error: Exception | None = field(default=None, compare=False)  # why it is not connected
    health: HostHealth = HostHealth()
    apart: str = ""  # what tells it from others of the same name, if there are any (policy/host_names.py)

    @property
    def id(self) -> HostId:
        """Short for `config.id`."""
        return self.config.id

    @property
    def name(self) -> str:
        """The name the person gave, and what tells it from others of that name."""
        return f"{self.config.name} ({self.apart})" if self.apart else self.config.name

    @property
    def shown_config(self) -> HostConfig:
        """How it is reached, for what is said to a person: with the name that tells it from others."""
        return replace(self.config, name=self.name)

    @property
    def updated_s(self) -> float:
        """time.monotonic() of the last good answer; 0: never."""
        return self.health.answered_s

    @property
    def retry_at_s(self) -> float:
        """time.monotonic() of the next try; 0: none planned."""
        return self.health.retry_at_s
