"""What machines' XML says: of each machine in short, for the index of all; of the one somebody looks at everything.

Not part of `Domain`: a row of the list comes from bulk calls, these need the machine's XML and come later.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from vmgui.model.device import HostDevice
from vmgui.model.domain import DomainConfig, GuestInfo
from vmgui.model.errors import VmguiError
from vmgui.model.resources import Resources


@dataclass(frozen=True, slots=True)
class Definition:
    """What a machine is found by; all empty until it has been read."""

    title: str = ""
    note: str = ""  # its description
    os_id: str = ""  # libosinfo id, e.g. "http://debian.org/debian/12"
    tags: tuple[str, ...] = ()  # in the order they were given: the first is the one it is grouped under
    folder: str = ""
    is_protected: bool = False  # from deletion, force off and what else would lose something
    macs: tuple[str, ...] = ()
    has_agent: bool = False  # its guest agent is connected
    addresses: tuple[str, ...] = ()  # told by its guest, lent to these MACs by the host's networks


NO_DEFINITION = Definition()


@dataclass(frozen=True, slots=True)
class DiskNames:
    """What a disk of a machine names, backing files, data files and the target of a copy under way included."""

    target: str  # vda, sda ...
    files: tuple[str, ...] = ()  # paths, URLs of network storage
    volumes: tuple[str, ...] = ()  # pool/volume
    read_only: bool = False
    shareable: bool = False


@dataclass(frozen=True, slots=True)
class InterfacePlace:
    """What a network card is connected to; `source` is the network, bridge or device."""

    kind: str  # network, bridge, user, direct ...
    source: str


@dataclass(frozen=True, slots=True)
class Shares:
    """What a machine is given of its host's processors and memory; None: its XML says nothing."""

    cpu_weight: int | None = None
    cpu_quota_us: int | None = None
    cpu_period_us: int | None = None
    memory_hard_limit_kib: int | None = None
    memory_soft_limit_kib: int | None = None
    memory_guarantee_kib: int | None = None


NO_SHARES = Shares()


@dataclass(frozen=True, slots=True)
class Hardware:
    """What a machine is made of, as little as the index needs to answer who uses what; kept of every machine."""

    arch: str = ""
    machine: str = ""
    disks: tuple[DiskNames, ...] = ()
    interfaces: tuple[InterfacePlace, ...] = ()
    macs: tuple[str, ...] = ()  # of those that have one; as in its Definition
    host_devices: tuple[HostDevice, ...] = ()
    shares: Shares = NO_SHARES


NO_HARDWARE = Hardware()


@dataclass(frozen=True, slots=True)
class FullDefinition:
    """Everything one XML of a machine says."""

    config: DomainConfig
    resources: Resources
    is_live: bool = False  # it was running with it when this was read


class Part(Enum):
    """What may be different after the next start."""

    VCPUS = "vcpus"
    VCPUS_MAX = "vcpus_max"
    MEMORY = "memory"
    MEMORY_MAX = "memory_max"
    CPU_WEIGHT = "cpu_weight"
    CPU_LIMIT = "cpu_limit"
    FIRMWARE = "firmware"
    DISKS = "disks"
    INTERFACES = "interfaces"
    DISPLAYS = "displays"
    DEVICES = "devices"


@dataclass(frozen=True, slots=True)
class MachineView:
    """What a machine's watch knows; everything is None before it has been read."""

    live: FullDefinition | None = None  # what it runs with; None while it is off
    saved: FullDefinition | None = None  # what it will start with; None where that is kept nowhere
    is_kept: bool = False  # `live` or `saved` is what was last seen: its host cannot be asked now
    error: VmguiError | None = None  # why the last reading failed; what was known before it is still here
    guest: GuestInfo | None = None

    @property
    def definition(self) -> FullDefinition | None:
        """What it runs with, or will start with while it is off."""
        return self.live or self.saved

    @property
    def config(self) -> DomainConfig | None:
        """That of `definition`."""
        definition = self.definition
        return definition.config if definition is not None else None
