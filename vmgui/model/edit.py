"""What of a machine can be changed, what it is now and will be after the next start, and what a change does: data.

`policy/edit.py` judges a change, `libvirtxml/settings.py` says where each setting stands, `hypervisor/edits.py` reads
and carries out.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum


class Setting(Enum):
    """One value of a machine, of one of its disks or of one of its network cards; its value is the name that the
    command line and the log have for it. `policy/settings.py` has the unit and the rules of each."""

    VCPUS = "vcpus"  # those it has now
    VCPUS_MAX = "vcpus-max"
    MEMORY_KIB = "memory"  # what the balloon leaves it
    MEMORY_MAX_KIB = "memory-max"
    CPU_WEIGHT = "cpu-weight"
    CPU_LIMIT_PERCENT = "cpu-limit"  # of one processor, for each vCPU
    DISK_BYTES = "size"
    TOTAL_BYTES_PER_S = "total-bps"
    READ_BYTES_PER_S = "read-bps"
    WRITE_BYTES_PER_S = "write-bps"
    TOTAL_IOPS = "total-iops"
    READ_IOPS = "read-iops"
    WRITE_IOPS = "write-iops"
    TOTAL_BYTES_PER_S_MAX = "total-bps-burst"
    READ_BYTES_PER_S_MAX = "read-bps-burst"
    WRITE_BYTES_PER_S_MAX = "write-bps-burst"
    TOTAL_IOPS_MAX = "total-iops-burst"
    READ_IOPS_MAX = "read-iops-burst"
    WRITE_IOPS_MAX = "write-iops-burst"
    IN_AVERAGE_KB_PER_S = "in"
    IN_PEAK_KB_PER_S = "in-peak"
    IN_BURST_KIB = "in-burst"
    OUT_AVERAGE_KB_PER_S = "out"
    OUT_PEAK_KB_PER_S = "out-peak"
    OUT_BURST_KIB = "out-burst"

    # Each is there once; an Enum's own hash is Python code.
    __hash__ = object.__hash__


@dataclass(frozen=True, slots=True)
class SettingKey:
    """Which setting; `of` is a disk's target or a card's MAC in lower case, empty: of the machine itself."""

    setting: Setting
    of: str = ""

    def __str__(self) -> str:
        """ "memory", "vda:size": as the log and scripts name it."""
        return f"{self.of}:{self.setting.value}" if self.of else self.setting.value


Value = int | None
"""In the unit that the setting's name says; None: no limit, or the host's default."""
Values = Mapping[SettingKey, Value]
Base = tuple[tuple[SettingKey, Value, Value], ...]
"""What a person saw of what they change, when they changed it: key, live (None: off), saved (None: kept nowhere)."""


class Reach(Enum):
    """When a person wants a change to apply."""

    BOTH = "both"  # now where it is possible, and after the next start
    NOW = "now"  # now and only until it stops
    NEXT_START = "next-start"


class When(Enum):
    """When a change will apply."""

    NOW = "now"
    NEXT_START = "next-start"
    IMPOSSIBLE = "impossible"


class Why(Enum):
    """Why a change applies later or never, or what is to be known of it."""

    # It applies at the next start only, because
    FIXED_WHILE_RUNNING = "fixed_while_running"  # no hypervisor changes it in a running machine
    NEEDS_AGENT = "needs_agent"  # CPUs are taken out safely only by the guest agent
    NO_BALLOON = "no_balloon"
    HOST_CANNOT_NOW = "host_cannot_now"  # this host cannot in a running machine
    PAUSED = "paused"  # a paused guest cannot answer
    ABOVE_RUNNING_MAX = "above_running_max"  # `figure`: the maximum that it was started with
    ASKED = "asked"  # the person wanted it so
    # It is impossible, because
    ABOVE_VCPUS_MAX = "above_vcpus_max"  # `figure`: the maximum
    ABOVE_MEMORY_MAX = "above_memory_max"  # `figure`: the maximum in KiB
    BELOW_VCPUS = "below_vcpus"  # a maximum below what it has; `figure`: that
    BELOW_MEMORY = "below_memory"
    TOO_LITTLE = "too_little"  # `figure`: the least
    TOO_MUCH = "too_much"  # `figure`: the most
    MORE_THAN_HOST = "more_than_host"  # `figure`: what the host has
    SHRINKS = "shrinks"  # `figure`: the size now; hypervisors would cut off what is there
    READ_ONLY_DISK = "read_only_disk"
    SIZE_UNKNOWN = "size_unknown"
    NO_VOLUME = (
        "no_volume"  # shut off, and its file belongs to no storage pool: it can be grown while it runs
    )
    DEVICE_SIZE = "device_size"  # it is a device of its host, which has `figure`: that has to grow first
    IN_USE = "in_use"  # another machine runs with it
    NO_MEDIUM = "no_medium"  # an empty drive has no limits while it runs
    HAS_SAVED_STATE = "has_saved_state"
    HAS_NUMA = "has_numa"  # NUMA nodes say it
    NOT_ON_HOST = "not_on_host"  # this host has no means for it, running or not (no cgroup, user session)
    NOT_FOR_CARD = "not_for_card"  # a card of this kind has no limits (user-mode)
    TOTAL_AND_SINGLE = "total_and_single"  # together and apart exclude each other
    BURST_BELOW_LIMIT = "burst_below_limit"  # `figure`: the limit
    BURST_WITHOUT_LIMIT = "burst_without_limit"
    GONE = "gone"  # the disk or card is not there any more
    ONLY_AT_ONCE = "only_at_once"  # asked for the next start, and a disk grows at once or never
    NOT_RUNNING = "not_running"  # asked for now only
    TRANSIENT = "transient"  # asked for the next start, which there is none of
    MIGRATING = "migrating"  # what is changed now may not arrive with it on the other host
    # What is to be known of it, possible as it is:
    OVERCOMMITS = "overcommits"  # more vCPUs than the host has CPUs; `figure`: those
    GUEST_MUST_FOLLOW = "guest_must_follow"  # a grown disk: partition and file system inside are as before
    SHARED_GROUP = "shared_group"  # the limit is that of a group of disks
    TOPOLOGY_FOLLOWS = "topology_follows"  # sockets, cores and threads will be others; `figure`: the sockets
    STARVES = "starves"  # a running guest is left too little memory for what it does
    FOLLOWS = "follows"  # not asked for: it goes with another change


class Remedy(Enum):
    """What would make a change possible, and a person can ask for."""

    RAISE_VCPUS_MAX = "raise_vcpus_max"  # at the next start, as is what it makes possible
    RAISE_MEMORY_MAX = "raise_memory_max"
    LOWER_VCPUS = "lower_vcpus"
    LOWER_MEMORY = "lower_memory"
    START = "start"
    DISCARD_SAVED = "discard_saved"


@dataclass(frozen=True, slots=True)
class Change:
    """One setting's change. `live` and `saved`: what it is now and would be after the next start; None in `live`
    of a machine that is off."""

    key: SettingKey
    live: Value
    saved: Value
    to: Value
    when: When
    why: Why | None = None
    figure: int | None = None
    remedy: Remedy | None = None
    notes: tuple[tuple[Why, int | None], ...] = ()  # to be known of it, with their figures
    saves: bool = True  # it also stands in the definition, so after every start

    @property
    def before(self) -> Value:
        """What it changes from: what it is now, or would be after the next start."""
        return self.live if self.when is When.NOW or self.saved is None else self.saved


# What a running machine is told. Each is one call of libvirt; all values are absolute.


@dataclass(frozen=True, slots=True)
class PlugVcpus:
    """virDomainSetVcpusFlags(LIVE)."""

    count: int


@dataclass(frozen=True, slots=True)
class OnlineVcpus:
    """virDomainSetVcpusFlags(GUEST): the guest agent brings them in or takes them out."""

    count: int


@dataclass(frozen=True, slots=True)
class SetMemory:
    """virDomainSetMemoryFlags(LIVE): the balloon."""

    kib: int


@dataclass(frozen=True, slots=True)
class PlugMemory:
    """virDomainAttachDeviceFlags(LIVE): one more module, in the guest's first NUMA node."""

    kib: int


@dataclass(frozen=True, slots=True)
class SetCpuShare:
    """virDomainSetSchedulerParametersFlags(LIVE); None: that value stays, a quota below nothing is none."""

    weight: int | None = None
    period_us: int | None = None
    quota_us: int | None = None


@dataclass(frozen=True, slots=True)
class SetDiskLimits:
    """virDomainSetBlockIoTune(LIVE); `limits` by libvirt's names ("read_bytes_sec"); 0: none."""

    target: str
    limits: tuple[tuple[str, int], ...]
    group: str = ""


@dataclass(frozen=True, slots=True)
class SetBandwidth:
    """virDomainSetInterfaceParameters(LIVE); `limits` by libvirt's names ("inbound.average"); 0: none."""

    mac: str
    limits: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class GrowDisk:
    """virDomainBlockResize while it runs, virStorageVolResize while it is off. Never less than it has by then."""

    target: str
    size_bytes: int


Call = (
    PlugVcpus | OnlineVcpus | SetMemory | PlugMemory | SetCpuShare | SetDiskLimits | SetBandwidth | GrowDisk
)


@dataclass(frozen=True, slots=True)
class Plan:
    """What a change will do: pure, made of what was read of the machine."""

    changes: tuple[Change, ...]
    calls: tuple[Call, ...]  # in this order, to the running machine; of one that is off only GrowDisk
    saved: Values  # what is written into the definition; empty: nothing

    @property
    def is_possible(self) -> bool:
        """Whether nothing of it is impossible."""
        return all(change.when is not When.IMPOSSIBLE for change in self.changes)


# What was read of a machine.


@dataclass(frozen=True, slots=True)
class DiskFacts:
    """A disk as far as changing it goes."""

    target: str
    device: str = "disk"  # disk, cdrom, floppy, lun
    bus: str = ""
    source: str = ""  # as model.device.Disk has it; empty: no medium
    format: str = ""
    is_read_only: bool = False
    size_bytes: int | None = None  # what the guest sees; None: could not be read
    is_volume: bool = (
        False  # of a storage pool that can make it larger: it can be grown while the machine is off
    )
    is_device: bool = False  # a device of its host, written as it is: never larger than that
    device_bytes: int | None = None  # what that device has by now
    is_in_use: bool = False  # another machine runs with it
    group: str = ""  # of disks that share their limits, while it runs
    saved_group: str = ""  # after the next start


@dataclass(frozen=True, slots=True)
class CardFacts:
    """A network card as far as changing it goes."""

    mac: str
    kind: str = ""  # network, bridge, user ...
    source: str = ""
    model: str = ""
    has_floor: bool = False  # a bandwidth is promised to it, which is not for us to drop


@dataclass(frozen=True, slots=True)
class Topology:
    """How a guest sees its vCPUs: their product is the maximum; None: the definition does not say."""

    sockets: int | None = None
    dies: int | None = None
    clusters: int | None = None
    cores: int | None = None
    threads: int | None = None


@dataclass(frozen=True, slots=True)
class HostMeans:
    """What a host has and can do for its machines; None: not known."""

    cpus: int | None = None
    memory_kib: int | None = None
    vcpus_most: int | None = None  # that a machine of this type may have
    weight_most: int = 10_000
    has_cpu_share: bool | None = None  # weight and limit: cgroups are there
    has_disk_limits: bool = True
    has_bandwidth: bool | None = True


@dataclass(frozen=True, slots=True, kw_only=True)
class EditedMachine:
    """All that a change is judged by, read in one go (`hypervisor.edits.look`)."""

    uuid: str
    name: str
    live: Values | None = None  # None: it is off
    saved: Values | None = None  # None: kept nowhere (transient)
    is_paused: bool = False
    is_migrating: bool = False  # to this host or from it
    has_saved_state: bool = False
    has_agent: bool = False  # connected and answering
    has_balloon: bool = True
    has_numa: bool = False
    memory_room_kib: int = 0  # that one more module may have: there is a slot for it, and NUMA nodes
    vcpus_plugged: int | None = None  # while it runs; `live` has those that the guest uses, where it says so
    period_us: int | None = None  # of the CPU limit, while it runs; of the definition else
    topology: Topology | None = None  # of the definition
    disks: tuple[DiskFacts, ...] = ()  # running and saved, in the order of the XML
    cards: tuple[CardFacts, ...] = ()
    host: HostMeans = field(default_factory=HostMeans)

    @property
    def is_active(self) -> bool:
        """Whether it runs, or is paused."""
        return self.live is not None

    def value(self, key: SettingKey) -> Value:
        """What it is now; while it is off, or where only the definition has it, what it will be."""
        for values in (self.live, self.saved):
            if values is not None and key in values:
                return values[key]
        return None


@dataclass(frozen=True, slots=True)
class Preview:
    """A plan with what it does to the XML; no passwords in it."""

    machine: EditedMachine
    plan: Plan
    live_diff: str = ""  # unified; empty: nothing changes
    saved_diff: str = ""
    virsh: tuple[str, ...] = ()  # the commands that do the same, quoted for a shell


@dataclass(frozen=True, slots=True)
class Changed:
    """What was done: the definition before and after it, without passwords; both empty: it was not touched."""

    plan: Plan | None  # None: a text was defined
    before: str = ""
    after: str = ""
    may_be_lost: bool = False  # a migration began meanwhile, which may have left before it
