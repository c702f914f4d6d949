"""How much of a host is promised to its machines, against what it has: when that is usual, tight or too much.

Processors are shared out by time: two virtual ones per real one are usual, more than four make guests wait for
each other. Memory is not: what running guests may take beyond what there is ends in swap or in the kernel killing
one. Machines that are off need nothing now, but may be started. Disks grow when they are written (thin
provisioning): promising more than there is works until they fill.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Resource(Enum):
    """What can be promised more than once."""

    VCPUS = "vcpus"
    MEMORY = "memory"
    DISK = "disk"


class CommitmentLevel(Enum):
    """How a promise stands to what exists."""

    UNKNOWN = "unknown"  # it is not known what exists
    NONE = "none"  # all promises can be kept at once
    OK = "ok"  # more is promised than exists, as is usual
    TIGHT = "tight"
    OVER = "over"


@dataclass(frozen=True, slots=True)
class Limits:
    """Shares of what exists up to which a promise is none, ok and tight; beyond the last it is over."""

    none: float
    ok: float
    tight: float


RUNNING_LIMITS = {
    Resource.VCPUS: Limits(1.0, 2.0, 4.0),
    # The host itself needs some memory too.
    Resource.MEMORY: Limits(0.85, 0.85, 1.0),
    Resource.DISK: Limits(1.0, 1.5, 2.5),
}
DEFINED_LIMITS = {
    Resource.VCPUS: Limits(1.0, 4.0, 8.0),
    Resource.MEMORY: Limits(1.0, 1.5, 2.0),
    Resource.DISK: Limits(1.0, 1.5, 2.5),
}


@dataclass(frozen=True, slots=True)
class Commitment:
    """One resource of a host: promised to what runs, to all that is defined, and what exists; one unit."""

    resource: Resource
    running: int
    defined: int
    exists: int

    @property
    def running_level(self) -> CommitmentLevel:
        """What runs now."""
        return level(self.running, self.exists, RUNNING_LIMITS[self.resource])

    @property
    def defined_level(self) -> CommitmentLevel:
        """If everything ran."""
        return level(self.defined, self.exists, DEFINED_LIMITS[self.resource])

    @property
    def ratio(self) -> float | None:
        """Promised to what runs, per one that exists; None: it is not known what exists."""
        return self.running / self.exists if self.exists > 0 else None


def level(committed: int, exists: int, limits: Limits) -> CommitmentLevel:
    """Where a promise stands among the limits."""
    if exists <= 0:
        return CommitmentLevel.UNKNOWN
    share = committed / exists
    if share <= limits.none:
        return CommitmentLevel.NONE
    if share <= limits.ok:
        return CommitmentLevel.OK
    return CommitmentLevel.TIGHT if share <= limits.tight else CommitmentLevel.OVER


class Fill(Enum):
    """How full a pool is."""

    ROOM = "room"
    NEARLY = "nearly"
    FULL = "full"


NEARLY_FULL = 0.85
FULL = 0.95


def fill(capacity_bytes: int, available_bytes: int) -> Fill:
    """How full it is, by what is left; a pool that does not tell its size has room."""
    if capacity_bytes <= 0:
        return Fill.ROOM
    used = 1.0 - max(0, available_bytes) / capacity_bytes
    if used >= FULL:
        return Fill.FULL
    return Fill.NEARLY if used >= NEARLY_FULL else Fill.ROOM
