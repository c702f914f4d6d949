"""What is known of the one machine somebody looks at: all its XML says, live and saved, and what its guest tells."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from vmgui.model.domain import DomainConfig, GuestInfo
from vmgui.model.errors import VmguiError
from vmgui.model.resources import Resources


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
