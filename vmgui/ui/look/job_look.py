"""How a job looks: icon shape and colour."""

from __future__ import annotations

from vmgui.model.job import Job, JobState
from vmgui.ui.look.icons import IconRole


def job_look(job: Job) -> tuple[str, IconRole]:
    """Its icon: one that waits in line does not look as if it ran."""
    return job_state_look(
        JobState.QUEUED if job.waits_in_line and job.state is JobState.RUNNING else job.state
    )


def job_state_look(state: JobState) -> tuple[str, IconRole]:
    """Icon name and colour of a job's state."""
    return {
        JobState.QUEUED: ("clock", IconRole.MUTED),
        JobState.RUNNING: ("loader-circle", IconRole.BUSY),
        JobState.CANCELLING: ("loader-circle", IconRole.WARNING),
        JobState.DONE: ("circle-check", IconRole.SUCCESS),
        JobState.FAILED: ("octagon-x", IconRole.DANGER),
        JobState.CANCELLED: ("ban", IconRole.MUTED),
        JobState.INTERRUPTED: ("ban", IconRole.MUTED),
    }[state]
