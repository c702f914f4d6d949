"""Jobs, states and problems: nothing is left without words."""

from dataclasses import replace

import pytest

from vmgui.model.domain import Domain, DomainKey, DomainState, PauseReason
from vmgui.model.errors import Busy, NoSpace
from vmgui.model.host import Host, HostConfig, HostState
from vmgui.model.job import Job, JobKind, JobLine, JobState, JobTarget, LineKind, Phase, Progress
from vmgui.policy.domain_names import NameProblem
from vmgui.ui.look.job_look import job_look, job_state_look
from vmgui.ui.look.state_look import domain_look, host_look
from vmgui.words import jobs as job_words
from vmgui.words.refusals import name_problem_words
from vmgui.words.states import host_state_words, reason_words, state_words

TARGET = JobTarget("web-01", "h", DomainKey("h", "u"))


@pytest.mark.parametrize("kind", list(JobKind))
@pytest.mark.parametrize("state", list(JobState))
def test_every_job_has_a_title_and_a_state(kind: JobKind, state: JobState) -> None:
    job = Job(1, kind, (TARGET,), state=state)
    for text in (job_words.title(job), job_words.state_words(job), job_words.failed_title(job)):
        assert text
        assert "{" not in text
    if kind is not JobKind.FETCH_DEMO:
        assert "web-01" in job_words.title(job)


@pytest.mark.parametrize("phase", list(Phase))
def test_every_phase_has_words(phase: Phase) -> None:
    job = Job(1, JobKind.CREATE, (TARGET,), state=JobState.RUNNING, progress=Progress(phase))
    assert job_words.state_words(job)


def test_one_that_waits_in_line_does_not_look_as_if_it_ran() -> None:
    running = Job(1, JobKind.SAVE, (TARGET,), state=JobState.RUNNING, progress=Progress(Phase.SAVING))
    waiting = replace(running, waits_in_line=True)
    assert job_words.state_words(waiting) == "Waiting its turn"
    assert job_look(waiting) == job_state_look(JobState.QUEUED)
    assert job_look(running) == job_state_look(JobState.RUNNING)
    cancelling = replace(waiting, state=JobState.CANCELLING)
    assert job_look(cancelling) == job_state_look(JobState.CANCELLING)


def test_progress_says_percent_rate_and_time_left() -> None:
    progress = Progress(Phase.UPLOADING, 61, 100, 1.2e9, 12.0)
    job = Job(1, JobKind.UPLOAD, (TARGET,), state=JobState.RUNNING, progress=progress)
    assert job_words.progress_words(job) == "61 %  1.2 GB/s  12 s left"
    assert job_words.fraction(job) == pytest.approx(0.61)


def test_progress_of_many_counts_machines() -> None:
    job = Job(1, JobKind.START, (TARGET, TARGET, TARGET, TARGET), state=JobState.RUNNING, targets_done=1)
    assert job_words.fraction(job) == pytest.approx(0.25)
    assert job_words.state_words(job) == "1 of 4 done"


@pytest.mark.parametrize("kind", list(LineKind))
def test_every_line_of_a_log_has_words(kind: LineKind) -> None:
    line = JobLine(0.0, "note", kind, "web-01", Busy() if kind is LineKind.FAILED else None)
    text = job_words.line_words(line)
    assert text == "note" if kind is LineKind.NOTE else "web-01" in text


def test_failed_job_says_what_was_tried_and_why() -> None:
    job = Job(1, JobKind.START, (TARGET,), state=JobState.FAILED, error=NoSpace("cannot allocate"))
    error = job_words.error_of(job, "host-a")
    assert error is not None
    assert error.what.startswith("web-01 could not be started.")
    assert error.next_step
    assert error.details == "cannot allocate"


@pytest.mark.parametrize("state", list(DomainState))
def test_every_state_has_a_look(state: DomainState) -> None:
    assert state_words(state)
    assert domain_look(state)


def test_states_differ_in_shape_not_in_colour_alone() -> None:
    shapes = [domain_look(state)[0] for state in DomainState if state is not DomainState.BLOCKED]
    assert len(set(shapes)) == len(shapes)


@pytest.mark.parametrize("state", list(HostState))
def test_every_host_state_has_a_look(state: HostState) -> None:
    assert host_state_words(Host(HostConfig("h", "host", "test:///default"), state=state))
    assert host_look(state)


@pytest.mark.parametrize("reason", list(PauseReason))
def test_pause_reasons_are_words_or_nothing(reason: PauseReason) -> None:
    domain = Domain(DomainKey("h", "u"), "web-01", DomainState.PAUSED, reason)
    assert isinstance(reason_words(domain), str)
    assert reason_words(Domain(DomainKey("h", "u"), "web-01", DomainState.RUNNING, reason)) == ""


def test_disk_full_says_what_to_do() -> None:
    domain = Domain(DomainKey("h", "u"), "web-01", DomainState.PAUSED, PauseReason.IO_ERROR)
    assert "Free space" in reason_words(domain)


@pytest.mark.parametrize("problem", list(NameProblem))
def test_every_problem_of_a_name_has_words(problem: NameProblem) -> None:
    assert name_problem_words(problem, "web-01")
