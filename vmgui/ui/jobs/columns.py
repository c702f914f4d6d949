"""What the table tells of a job."""

from __future__ import annotations

from vmgui.model.job import Job
from vmgui.ui.kit.column import Column
from vmgui.ui.look.job_look import job_look
from vmgui.words import jobs as job_words
from vmgui.words import quantities as fmt
from vmgui.words.say import say

PROGRESS = "progress"
_NARROW_PX = 1100
"""What was done matters more than when."""


def _took(job: Job) -> str:
    return fmt.duration(job.finished_unix_s - job.created_unix_s) if job.state.is_final else ""


# fmt: off
COLUMNS: tuple[Column[Job], ...] = (
    Column("title", say("Jobs", "Job"), job_words.title, width_px=0, icon=job_look),
    Column("state", say("Jobs", "State"), job_words.state_words, width_px=130),
    Column(PROGRESS, say("Jobs", "Progress"), job_words.progress_words, width_px=210),
    Column("started", say("Jobs", "Started"), lambda job: fmt.moment(job.created_unix_s),
           width_px=90, from_px=_NARROW_PX),
    Column("took", say("Jobs", "Took"), _took, width_px=80, from_px=_NARROW_PX),
)
# fmt: on
