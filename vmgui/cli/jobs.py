"""One job of the command line: begun, told of while it lasts, cancelled by Ctrl+C; how it ended for each machine."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING

from vmgui.model.errors import Aborted
from vmgui.model.job import Job, JobState, LineKind
from vmgui.policy.lifecycle import ActionRefused, is_as_wanted
from vmgui.services.scope import Scope

if TYPE_CHECKING:
    from collections.abc import Callable

    from vmgui.cli.session import Session
    from vmgui.model.domain import DomainKey
    from vmgui.model.job import JobId


@dataclass(frozen=True, slots=True)
class Ended:
    """A job that has ended, whether by Ctrl+C, and how for those of its machines whose turn came."""

    job: Job
    is_interrupted: bool
    outcomes: dict[DomainKey, Exception | None]

    @property
    def failure(self) -> Exception | None:
        """Why not all of it was done; None: it was."""
        if self.job.state is JobState.DONE:
            return None
        return self.job.error or Aborted("cancelled")

    def error(self, key: DomainKey) -> Exception | None:
        """Why it did not work for a machine; None: it did, or the machine was as wanted already."""
        return self.outcomes.get(key, self.failure)


async def carry_out(session: Session, submit: Callable[[], JobId]) -> Ended:
    """Begin a job and see it through; Ctrl+C asks it to stop, as the window's Cancel, and waits until it has."""
    session.keep_log()
    outcomes: dict[DomainKey, Exception | None] = {}

    def note(job: Job) -> None:
        # A job keeps only its last lines: they are read as they come.
        for line in job.log[-1:]:
            if line.key is not None:
                outcomes[line.key] = _error_of(job, line.kind, line.error)

    subscription = session.jobs.changed.subscribe(note)
    is_interrupted = False
    try:
        async with Scope("job") as scope:
            job_id = submit()
            waiting = scope.run(session.jobs.wait(job_id))
            while not waiting.done():
                try:
                    await asyncio.wait((waiting,), timeout=session.speaker.interval_s)
                except asyncio.CancelledError:
                    is_interrupted = True
                    session.jobs.cancel(job_id)
                if not waiting.done():
                    session.speaker.show(session.jobs.jobs[job_id])
            return Ended(waiting.result(), is_interrupted, outcomes)
    finally:
        session.speaker.end_progress()
        subscription.cancel()


def _error_of(job: Job, kind: LineKind, error: Exception | None) -> Exception | None:
    if kind is LineKind.CANCELLED:
        return Aborted("cancelled")
    if isinstance(error, ActionRefused) and is_as_wanted(job.kind, error.refusal):
        return None
    return error
