"""What a host tells by itself: one frozen event per libvirt callback.

An event says what to look at again, not what is now true: whoever gets it reads the thing anew.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class EventKind(Enum):
    """What happened; DOMAIN_* carry the machine's UUID, the others that of their own object."""

    DOMAIN_DEFINED = "domain_defined"
    DOMAIN_UNDEFINED = "domain_undefined"
    DOMAIN_LIFECYCLE = (
        "domain_lifecycle"  # `detail`: started, suspended, stopped ... and the number of its reason
    )
    DOMAIN_REBOOT = "domain_reboot"
    DOMAIN_CLOCK = "domain_clock"
    DOMAIN_WATCHDOG = "domain_watchdog"
    DOMAIN_IO_ERROR = "domain_io_error"  # `detail`: device and reason
    DOMAIN_CONTROL_ERROR = "domain_control_error"
    DOMAIN_GRAPHICS = "domain_graphics"  # a viewer came or went
    DOMAIN_BLOCK_JOB = "domain_block_job"  # `detail`: target and state
    DOMAIN_BLOCK_THRESHOLD = "domain_block_threshold"
    DOMAIN_DISK_CHANGE = "domain_disk_change"
    DOMAIN_TRAY = "domain_tray"
    DOMAIN_POWER = "domain_power"  # the guest's own suspend or wake-up
    DOMAIN_BALLOON = "domain_balloon"
    DOMAIN_MEMORY = "domain_memory"  # memory device resized, or a memory failure
    DOMAIN_DEVICE_ADDED = "domain_device_added"  # `detail`: alias
    DOMAIN_DEVICE_REMOVED = "domain_device_removed"
    DOMAIN_DEVICE_REMOVAL_FAILED = "domain_device_removal_failed"
    DOMAIN_TUNABLE = "domain_tunable"
    DOMAIN_AGENT = "domain_agent"  # `detail`: connected or disconnected
    DOMAIN_MIGRATION_ITERATION = "domain_migration_iteration"
    DOMAIN_JOB_COMPLETED = "domain_job_completed"  # `detail`: completed, or failed and the host's words
    DOMAIN_METADATA = "domain_metadata"
    NETWORK = "network"  # `detail` of these four: defined, started, stopped ...
    POOL = "pool"
    NODE_DEVICE = "node_device"
    SECRET = "secret"  # noqa: S105 - the name of a kind of event
    LOST = "lost"  # too many events at once: read everything anew

    @property
    def is_domain(self) -> bool:
        """Whether it is about a virtual machine."""
        return self.value.startswith("domain_")


_TURNS = frozenset({"started", "stopped", "crashed"})


@dataclass(frozen=True, slots=True)
class HostEvent:
    """One thing that happened on a host; `uuid` is empty for LOST."""

    kind: EventKind
    uuid: str
    name: str = ""
    detail: str = ""

    @property
    def is_turn(self) -> bool:
        """Whether a machine began or ceased to run: from then on its XML is another."""
        return self.kind is EventKind.DOMAIN_LIFECYCLE and self.detail.partition(" ")[0] in _TURNS


class CloseReason(Enum):
    """Why a connection ended by itself."""

    ERROR = "error"
    END_OF_FILE = "end_of_file"  # the daemon went away
    KEEPALIVE = "keepalive"  # it stopped answering
    CLIENT = "client"  # closed from this side
