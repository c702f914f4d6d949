"""The jobs libvirt does on a machine: how far one is, how to end it, and how its end is told.

A machine has at most one job that moves its memory or backs it up, and one block job for each disk.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, IntEnum
from typing import Any, cast

import libvirt

from vmgui.model.errors import InvalidState
from vmgui.model.event import EventKind, HostEvent
from vmgui.model.job import Phase, Progress


class Operation(IntEnum):
    """What a job does that is not about one disk (virDomainJobOperation)."""

    ANY = libvirt.VIR_DOMAIN_JOB_OPERATION_UNKNOWN
    SAVE = libvirt.VIR_DOMAIN_JOB_OPERATION_SAVE
    BACKUP = libvirt.VIR_DOMAIN_JOB_OPERATION_BACKUP


@dataclass(frozen=True, slots=True)
class DomainJob:
    """Which one; `disk`: of a block job, the disk's target; empty: it moves memory or backs up.

    With an `operation` a job that does something else is another client's, which is left alone.
    """

    uuid: str
    disk: str = ""
    operation: Operation = Operation.ANY


class JobEnd(Enum):
    """How a job ended, or in READY came to where it waits for us (a copy that follows its disk)."""

    COMPLETED = "completed"
    READY = "ready"
    FAILED = "failed"
    CANCELED = "canceled"


_NO_JOB = frozenset(
    {libvirt.VIR_ERR_OPERATION_INVALID, libvirt.VIR_ERR_NO_SUPPORT, libvirt.VIR_ERR_NO_DOMAIN}
)


def progress(conn: libvirt.virConnect, job: DomainJob) -> Progress | None:
    """How far it is; None: there is none (any more), nor maybe its machine."""
    try:
        domain = conn.lookupByUUIDString(job.uuid)
        return _block_progress(domain, job.disk) if job.disk else _progress(domain, job)
    except libvirt.libvirtError as error:
        # It may end between two looks; LAB 6.
        if error.get_error_code() in _NO_JOB:
            return None
        raise


def abort(conn: libvirt.virConnect, job: DomainJob) -> None:
    """Ask it to end. The call that does the job then raises Aborted; of one without a call the event tells.

    Raises InvalidState where the machine's job is another client's.
    """
    domain = conn.lookupByUUIDString(job.uuid)
    if job.disk:
        domain.blockJobAbort(job.disk, libvirt.VIR_DOMAIN_BLOCK_JOB_ABORT_ASYNC)
        return
    # abortJob ends whatever job there is.
    if job.operation and not _is_ours(cast("dict[str, Any]", domain.jobStats()), job):
        raise InvalidState("the machine has a job of another client", subject=domain.name())
    domain.abortJob()


def is_ready(job: DomainJob, progress: Progress) -> bool:
    """Whether a copy has all and follows its disk. libvirt tells a copy that has not at least one byte short of all."""
    return bool(job.disk and progress.total_bytes) and progress.done_bytes == progress.total_bytes


def end_told(event: HostEvent, job: DomainJob) -> tuple[JobEnd, str] | None:
    """What an event tells of its end, with the host's words if it failed; None: it is about something else."""
    if event.uuid != job.uuid:
        return None
    if job.disk:
        disk, _, state = event.detail.rpartition(" ")
        is_ours = event.kind is EventKind.DOMAIN_BLOCK_JOB and disk == job.disk
        return (JobEnd(state), "") if is_ours and state in _ENDS else None
    if event.kind is not EventKind.DOMAIN_JOB_COMPLETED:
        return None
    state, _, words = event.detail.partition(" ")
    return (JobEnd(state), words) if state in _ENDS else (JobEnd.COMPLETED, "")


_ENDS = frozenset(end.value for end in JobEnd)


def _is_ours(stats: Mapping[str, Any], job: DomainJob) -> bool:
    """Unless it says that it does something else."""
    does = stats.get("operation", Operation.ANY)
    return Operation.ANY in (does, job.operation) or does == job.operation


def _progress(domain: libvirt.virDomain, job: DomainJob) -> Progress | None:
    stats = cast("dict[str, Any]", domain.jobStats())
    if stats.get("type", libvirt.VIR_DOMAIN_JOB_NONE) not in (
        libvirt.VIR_DOMAIN_JOB_BOUNDED,
        libvirt.VIR_DOMAIN_JOB_UNBOUNDED,
    ) or not _is_ours(stats, job):
        return None
    # A backup tells of its disks only.
    kind = "data" if stats.get("data_total") else "disk"
    total, done = stats.get(f"{kind}_total"), stats.get(f"{kind}_processed")
    remaining = stats.get(f"{kind}_remaining")
    bytes_per_s = stats.get("memory_bps") or _average(done, stats.get("time_elapsed"))
    return Progress(
        phase=_phase(stats.get("operation", 0)),
        done_bytes=done,
        total_bytes=total or None,
        bytes_per_s=bytes_per_s,
        seconds_left=remaining / bytes_per_s if remaining is not None and bytes_per_s else None,
    )


def _block_progress(domain: libvirt.virDomain, disk: str) -> Progress | None:
    found = cast("dict[str, int]", domain.blockJobInfo(disk))
    # Without a job libvirt-python gives an empty dictionary.
    return Progress(done_bytes=found["cur"], total_bytes=found["end"]) if found else None


def _phase(operation: int) -> Phase:
    return Phase.SAVING if operation == libvirt.VIR_DOMAIN_JOB_OPERATION_SAVE else Phase.WORKING


def _average(done_bytes: int | None, elapsed_ms: int | None) -> float | None:
    return done_bytes * 1000 / elapsed_ms if done_bytes and elapsed_ms else None
