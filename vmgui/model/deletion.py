"""What deleting a virtual machine would take with it."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum

from vmgui.model.domain import DomainKey
from vmgui.model.errors import VmguiError
from vmgui.model.host import HostId


class KeepReason(Enum):
    """Why a file is not offered for deletion."""

    NONE = "none"  # it is offered
    SHARED = "shared"  # marked shareable, or another machine uses it
    BACKING = "backing"  # another image is based on it
    READ_ONLY = "read_only"  # installer media and the like
    NOT_MANAGED = "not_managed"  # not in a pool: the host cannot delete it
    MISSING = "missing"
    UNKNOWN = "unknown"  # could not be examined: kept to be safe


TYPE_NAME_BYTES = 1 << 30
"""When more than this would go, the person types what is deleted."""


@dataclass(frozen=True, slots=True)
class UnreadPool:
    """A pool that could not be looked at anew: what it showed before is all that is known of it."""

    name: str
    why: str  # the hypervisor's words
    silent_since_s: float = 0.0  # time.monotonic(); not 0: it does not answer since then


@dataclass(frozen=True, slots=True)
class Doubt:
    """A disk of another machine that may be based on a file: it cannot be read now."""

    machine: str
    path: str


@dataclass(frozen=True, slots=True)
class DoomedFile:
    """One file or volume of the machine."""

    path: str
    target: str  # vda ...; "nvram", "tpm", "saved" for the rest
    allocation_bytes: int
    reason: KeepReason
    used_by: tuple[str, ...] = ()  # names of the machines or images that need it
    pool_to_start: str = ""  # it is offered, but its pool is not active: that is started for its deletion
    doubts: tuple[Doubt, ...] = ()  # it may be chosen, but is not unless a person does
    is_written: bool = False  # its machine runs and writes to it: nothing can be based on it
    link_to: str = ""  # it is a symbolic link: where that leads, which stays
    other_names: tuple[str, ...] = ()  # of the file, where nobody can tell whether this one is a link
    pool: str = field(default="", compare=False)  # that it is in, as far as known

    @property
    def can_delete(self) -> bool:
        """Whether it may be offered."""
        return self.reason is KeepReason.NONE

    @property
    def is_chosen(self) -> bool:
        """Whether it goes unless the person says otherwise."""
        return self.can_delete and not self.doubts


@dataclass(frozen=True, slots=True)
class DeletionPlan:
    """What is shown before deleting; made anew and compared right before the act."""

    key: DomainKey
    name: str
    active: bool
    files: tuple[DoomedFile, ...]
    nvram_path: str = ""
    has_tpm_state: bool = False
    snapshots: tuple[str, ...] = ()
    checkpoints: tuple[str, ...] = ()
    has_managed_save: bool = False
    is_protected: bool = False  # nothing goes
    hosts_not_asked: tuple[
        str, ...
    ] = ()  # names of those that may use what is offered, and could not be asked
    pools_not_read: tuple[UnreadPool, ...] = ()
    nameless: tuple[tuple[str, int], ...] = ()  # pools, and how many files there have names that are no text


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Machines of a host that could not be asked what belongs to them."""

    host_id: HostId
    keys: tuple[DomainKey, ...]
    error: VmguiError


@dataclass(frozen=True, slots=True)
class DeletionPlans:
    """What is shown before deleting many."""

    plans: tuple[DeletionPlan, ...]
    left_out: tuple[LeftOut, ...] = ()
    protected: tuple[DomainKey, ...] = ()  # left out, too
