"""What most likely helps with a job that failed, beside trying the same again; and with which of its machines."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from vmgui.model.domain import DomainKey
from vmgui.model.errors import (
    ChangedMeanwhile,
    GuestIgnored,
    NetworkInactive,
    PartlyDone,
    PoolInactive,
    SavedStateDamaged,
    SavedStateUnfit,
    VmguiError,
)
from vmgui.model.host import HostId
from vmgui.model.job import Job, JobKind
from vmgui.policy.xml_error import XmlRefused


class RemedyKind(Enum):
    """What can be offered."""

    FORCE_OFF = "force_off"
    START_AFRESH = "start_afresh"  # what was saved is discarded
    START_MEANS = "start_means"  # networks and pools, then the machines


@dataclass(frozen=True, slots=True)
class Means:
    """What has to be running before a machine of the host can: a network, or a pool, by its name."""

    host_id: HostId
    name: str
    is_pool: bool = False


@dataclass(frozen=True, slots=True)
class Remedy:
    """What to offer for which machines."""

    kind: RemedyKind
    keys: tuple[DomainKey, ...]
    means: tuple[Means, ...] = ()
    is_only_way: bool = False  # the same again can never work


_STARTS = frozenset({JobKind.START, JobKind.RESTORE})


def remedy_of(job: Job) -> Remedy | None:
    """What to offer; None: nothing but another try."""
    failures = _failures(job)

    def those(kind: type[VmguiError] | tuple[type[VmguiError], ...]) -> tuple[DomainKey, ...]:
        return tuple(key for key, error in failures if isinstance(error, kind))

    if job.kind is JobKind.SHUT_DOWN and (keys := those(GuestIgnored)):
        return Remedy(RemedyKind.FORCE_OFF, keys)
    if job.kind not in _STARTS:
        return None
    if keys := those((SavedStateDamaged, SavedStateUnfit)):
        is_only_way = len(those(SavedStateDamaged)) == len(failures)
        return Remedy(RemedyKind.START_AFRESH, keys, is_only_way=is_only_way)
    if keys := those((NetworkInactive, PoolInactive)):
        return Remedy(RemedyKind.START_MEANS, keys, _means(failures))
    return None


def is_worth_another_try(job: Job) -> bool:
    """Whether the same again can be asked for and may work."""
    if isinstance(job.error, XmlRefused | ChangedMeanwhile):
        # It is about a text or a state that has to be another first.
        return False
    remedy = remedy_of(job)
    return job.can_retry and not (remedy is not None and remedy.is_only_way)


def _failures(job: Job) -> tuple[tuple[DomainKey, Exception], ...]:
    """What went wrong with each machine, in the order in which both are kept."""
    error = job.error
    if isinstance(error, PartlyDone):
        pairs = zip(job.targets_failed, (inner for _, inner in error.failed), strict=False)
    elif error is not None and len(job.targets) == 1:
        pairs = zip(job.targets, (error,), strict=True)
    else:
        return ()
    return tuple((target.key, inner) for target, inner in pairs if target.key is not None)


def _means(failures: tuple[tuple[DomainKey, Exception], ...]) -> tuple[Means, ...]:
    return tuple(
        {
            Means(key.host_id, error.subject, isinstance(error, PoolInactive)): None
            for key, error in failures
            if isinstance(error, NetworkInactive | PoolInactive) and error.subject
        }
    )
