"""Jobs: everything a person asked for that takes time, with progress, cancel and retry.

A job is the only place where the outcome of an action is kept; the inventory changes by events alone.
"""

from __future__ import annotations

import asyncio
import itertools
import logging
import time
from collections.abc import Awaitable, Callable, Generator, Mapping
from contextlib import contextmanager
from copy import copy
from dataclasses import dataclass, replace
from types import MappingProxyType

from vmgui.hypervisor.lane import Leave
from vmgui.model.domain import DomainKey
from vmgui.model.errors import Aborted, ConnectionLost, TimedOut, VmguiError, forget_frames
from vmgui.model.job import (
    Job,
    JobId,
    JobKind,
    JobLine,
    JobResult,
    JobState,
    JobStep,
    JobTarget,
    LineKind,
    Progress,
)
from vmgui.services.notifier import Notifier
from vmgui.services.scope import Scope, happens_within

log = logging.getLogger(__name__)

PROGRESS_INTERVAL_S = 0.2
KEPT_FINISHED_JOBS = 500
KEPT_LOG_LINES = 1000
CLOSE_TIMEOUT_S = 5.0

Work = Callable[["JobContext"], Awaitable[None]]
Again = Callable[[], JobId | None]
"""Submits what is left of a job that failed; None: nothing is."""


class _Node:
    """A job or a step of it: what was told of it, and its steps under way."""

    __slots__ = ("name", "progress", "steps")

    def __init__(self, name: str = "") -> None:
        self.name = name
        self.progress = Progress()
        self.steps: list[_Node] = []

    def shown(self) -> tuple[JobStep, ...]:
        return tuple(JobStep(step.name, step.progress, step.shown()) for step in self.steps)


class _Course:
    """What a running job's contexts, its own and those of its steps, have in common."""

    def __init__(self) -> None:
        self.root = _Node()
        self.is_reported = False  # itself, not only its steps
        self.cancelled = asyncio.Event()
        self.last_report_s = 0.0
        self.abort: Callable[[], Awaitable[None]] | None = None
        self.leaves: set[Leave] = set()
        self.left_error: Exception | None = None


class JobContext:
    """A running job's way to speak; loop thread only."""

    def __init__(self, service: JobService, job_id: JobId) -> None:
        self._service = service
        self._job_id = job_id
        self._course = _Course()
        self._node = self._course.root

    @property
    def is_cancelled(self) -> bool:
        """Whether a person asked to stop; safe to read from any thread."""
        return self._course.cancelled.is_set()

    async def cancelled_within(self, timeout_s: float) -> bool:
        """Whether a person asks to stop, waiting at most `timeout_s` for that."""
        return await happens_within(self._course.cancelled, timeout_s)

    @property
    def left_error(self) -> Exception | None:
        """What is told if the program ends before the job does."""
        return self._course.left_error

    def check_cancelled(self) -> None:
        """Raise Aborted if a person asked to stop."""
        if self.is_cancelled:
            raise Aborted

    @contextmanager
    def step(self, name: str) -> Generator[JobContext]:
        """A part of the job that reports for itself while it lasts; it is told with the job's next news."""
        part = copy(self)
        part._node = _Node(name)
        self._node.steps.append(part._node)
        try:
            yield part
        finally:
            self._node.steps.remove(part._node)

    def report(self, progress: Progress) -> None:
        """Tell how far it is; a new phase at once, the rest at most five times a second.

        A job that reports only by its steps shows what was last reported for one of them.
        """
        node, course = self._node, self._course
        is_new_phase = progress.phase is not node.progress.phase
        node.progress = progress
        course.is_reported |= node is course.root
        now_s = time.monotonic()
        if not is_new_phase and now_s - course.last_report_s < PROGRESS_INTERVAL_S:
            return
        course.last_report_s = now_s
        shown = course.root.progress if course.is_reported else progress
        self._update(progress=shown)

    def log(
        self,
        text: str,
        *,
        kind: LineKind = LineKind.NOTE,
        subject: str = "",
        error: Exception | None = None,
        needed_by: tuple[str, ...] = (),
        key: DomainKey | None = None,
    ) -> None:
        """Add a line to the job's log; all but `text` let the window word it.

        `key`: it says how the job ended for this machine.
        """
        job = self._service.jobs.get(self._job_id)
        if job is None:
            return
        if error is not None:
            forget_frames(error)
        line = JobLine(time.time(), text, kind, subject, error, needed_by, key)
        self._update(log=(*job.log[-(KEPT_LOG_LINES - 1) :], line))

    def count_done(self, targets_done: int) -> None:
        """Tell how many of the job's targets have been dealt with."""
        self._update(targets_done=targets_done)

    def fail_targets(self, targets: tuple[JobTarget, ...]) -> None:
        """Tell which of the job's targets failed; a retry repeats those."""
        self._update(targets_failed=targets)

    def tell_results(self, *results: JobResult) -> None:
        """Tell all that the job has made so far; nothing of it once all is taken back."""
        self._update(results=results)

    def wait_until(self, deadline_unix_s: float) -> None:
        """Tell until when it waits for a guest; 0: no longer."""
        self._update(deadline_unix_s=deadline_unix_s)

    def tell_waiting(self, waits: bool, leave: Leave | None = None) -> None:
        """Tell that it waits for others of its host, or that its turn has come.

        `leave`: what ends the waiting, used as soon as a person asks to stop; None where it is seen through.
        Of a job with several targets others may be under way meanwhile: nothing is told of it.
        """
        is_cancelled = self.is_cancelled
        job = self._service.jobs.get(self._job_id)
        if job is not None and len(job.targets) == 1 and not job.state.is_final:
            self._update(waits_in_line=waits and not is_cancelled)
        if leave is None:
            return
        if not waits:
            self._course.leaves.discard(leave)
        elif is_cancelled:
            leave()
        else:
            self._course.leaves.add(leave)

    def on_cancel(self, abort: Callable[[], Awaitable[None]] | None) -> None:
        """What makes the call under way end early; None: nothing does. What libvirt does has long_call.py."""
        self._course.abort = abort

    def if_left(self, error: Exception | None) -> None:
        """What is told if the program ends before the job does."""
        self._course.left_error = error

    def mark_cancelled(self) -> None:
        """Called by the service at once: what has not taken its first step, or waits in line, never will."""
        self._course.cancelled.set()
        for leave in tuple(self._course.leaves):
            leave()

    async def abort(self) -> None:
        """Called by the service after that: abort the call under way."""
        if self._course.abort is not None:
            try:
                await self._course.abort()
            except VmguiError as error:
                # The call may have ended by itself meanwhile; its own result tells.
                log.info("abort of job %s: %s", self._job_id, error)

    def _update(self, **changes: object) -> None:
        self._service.update(self._job_id, steps=self._course.root.shown(), **changes)


@dataclass(slots=True)
class _Record:
    work: Work
    context: JobContext
    again: Again | None
    finished: asyncio.Event
    last: Job


class JobService:
    """All jobs of this run of the program."""

    def __init__(self) -> None:
        self.changed: Notifier[Job] = Notifier()
        self.removed: Notifier[JobId] = Notifier()
        self._jobs: dict[JobId, Job] = {}
        self._records: dict[JobId, _Record] = {}
        self._ids = itertools.count(1)
        self._scope = Scope("jobs")
        self._closed = False

    @property
    def jobs(self) -> Mapping[JobId, Job]:
        """All known jobs, oldest first."""
        return MappingProxyType(self._jobs)

    @property
    def unfinished(self) -> tuple[Job, ...]:
        """Jobs that are not done, failed or cancelled."""
        return tuple(job for job in self._jobs.values() if not job.state.is_final)

    def submit(
        self,
        kind: JobKind,
        targets: tuple[JobTarget, ...],
        work: Work,
        *,
        can_cancel: bool = False,
        can_retry: bool = True,
        again: Again | None = None,
    ) -> JobId:
        """Start `work` as a job; the job exists, and is told of, when this returns.

        A retry runs `work` once more with the same targets, or calls `again` where only a part is to be
        repeated.
        """
        if self._closed:
            raise RuntimeError("no new jobs: the program is closing")
        job_id = next(self._ids)
        job = Job(
            id=job_id,
            kind=kind,
            targets=targets,
            created_unix_s=time.time(),
            can_cancel=can_cancel,
            can_retry=can_retry,
        )
        self._jobs[job_id] = job
        self._records[job_id] = _Record(work, JobContext(self, job_id), again, asyncio.Event(), job)
        self.changed.emit(job)
        self._scope.run(self._run(job_id))
        return job_id

    def cancel(self, job_id: JobId) -> None:
        """Ask an unfinished job to stop; it is `cancelled` once it has. One that cannot stop goes on."""
        job = self._jobs.get(job_id)
        if job is None or not job.can_cancel or job.state.is_final or job.state is JobState.CANCELLING:
            return
        self.update(job_id, state=JobState.CANCELLING, waits_in_line=False)
        context = self._records[job_id].context
        context.mark_cancelled()
        self._scope.run(context.abort())

    def retry(self, job_id: JobId) -> JobId | None:
        """What failed once more, as a new job; None if it cannot be retried or there is nothing left to do."""
        job = self._jobs.get(job_id)
        if job is None or not job.state.is_final or job.state is JobState.DONE or not job.can_retry:
            return None
        record = self._records[job_id]
        if record.again is not None:
            return record.again()
        return self.submit(job.kind, job.targets, record.work, can_cancel=job.can_cancel, can_retry=True)

    def remove_finished(self) -> None:
        """Forget all jobs that have ended."""
        for job in [job for job in self._jobs.values() if job.state.is_final]:
            self._forget(job.id)

    async def wait(self, job_id: JobId) -> Job:
        """The job once it has ended."""
        record = self._records[job_id]
        await record.finished.wait()
        # It may have been forgotten meanwhile.
        return record.last

    async def close(self, *, timeout_s: float = CLOSE_TIMEOUT_S) -> None:
        """Accept no more jobs, interrupt those under way and wait for them, at most `timeout_s`."""
        self._closed = True
        await self._scope.close(timeout_s=timeout_s)
        for job in self.unfinished:
            # Interrupted before its first step, or not ended in time: either way nobody waits for it any more.
            error = self._records[job.id].context.left_error
            if error is not None:
                log.warning("job %s (%s) is left: %s", job.id, job.targets[0].name, error)
            self._finish(job.id, JobState.INTERRUPTED, error)

    def update(self, job_id: JobId, **changes: object) -> None:
        """Change fields of a job and tell; for JobContext. What is said of a forgotten job is lost."""
        if job_id not in self._jobs:
            return
        job = replace(self._jobs[job_id], **changes)  # type: ignore[arg-type]
        self._jobs[job_id] = job
        self._records[job_id].last = job
        self.changed.emit(job)

    async def _run(self, job_id: JobId) -> None:
        record = self._records[job_id]
        if self._jobs[job_id].state is JobState.QUEUED:
            self.update(job_id, state=JobState.RUNNING)
        try:
            record.context.check_cancelled()
            await record.work(record.context)
        except Aborted:
            self._finish(job_id, JobState.CANCELLED)
        except asyncio.CancelledError:
            # Nobody but `close` does that.
            self._finish(job_id, JobState.INTERRUPTED)
            raise
        except VmguiError as error:
            # Of a call that was sent, and nobody answered, nobody knows what came: it may have gone through.
            is_unknown = isinstance(error, (ConnectionLost, TimedOut)) and not error.never_sent
            is_cancelled = record.context.is_cancelled and not is_unknown
            self._finish(job_id, JobState.CANCELLED if is_cancelled else JobState.FAILED, error)
        except Exception as error:
            log.exception("job %s failed unexpectedly", job_id)
            self._finish(job_id, JobState.FAILED, error)
        else:
            self._finish(job_id, JobState.DONE)

    def _finish(self, job_id: JobId, state: JobState, error: Exception | None = None) -> None:
        if job_id not in self._jobs or self._jobs[job_id].state.is_final:
            return
        if error is not None:
            forget_frames(error)
        self.update(
            job_id,
            state=state,
            error=error,
            finished_unix_s=time.time(),
            deadline_unix_s=0.0,
            waits_in_line=False,
            steps=(),
        )
        self._records[job_id].finished.set()
        finished = [job.id for job in self._jobs.values() if job.state.is_final]
        for old in finished[: max(0, len(finished) - KEPT_FINISHED_JOBS)]:
            self._forget(old)

    def _forget(self, job_id: JobId) -> None:
        del self._jobs[job_id]
        del self._records[job_id]
        self.removed.emit(job_id)
