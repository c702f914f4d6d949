"""One job of the command line: told of while it lasts, cancelled by Ctrl+C as by the window's Cancel."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest

from tests.helpers.command_line import DEFAULT
from vmgui.cli.call import parse
from vmgui.cli.jobs import Ended, carry_out
from vmgui.cli.main import all_verbs
from vmgui.cli.session import Session
from vmgui.cli.speaker import LINE_INTERVAL_S, Speaker
from vmgui.model.domain import DomainKey
from vmgui.model.errors import Aborted, NoSpace
from vmgui.model.job import Job, JobId, JobKind, JobState, JobTarget, LineKind, Phase, Progress
from vmgui.services.jobs import JobContext
from vmgui.services.scope import Scope

CALL = parse(["pause", "test", *DEFAULT], all_verbs())
WEB, DB = DomainKey("h1", "1"), DomainKey("h1", "2")
TARGETS = (JobTarget("web", "h1", WEB), JobTarget("db", "h1", DB))


class Listener(Speaker):
    """Hears of progress at once."""

    def __init__(self) -> None:
        super().__init__(CALL)
        self.heard = asyncio.Event()
        self.ended = False

    @property
    def interval_s(self) -> float:
        return 0.001

    def show(self, job: Job) -> None:
        self.heard.set()

    def end_progress(self) -> None:
        self.ended = True


@pytest.fixture
async def session(event_loop: object) -> AsyncIterator[Session]:
    async with Session(CALL, Listener()) as made:
        yield made


async def wait_for_cancel(context: JobContext) -> None:
    context.log("web: done", kind=LineKind.DONE, subject="web", key=WEB)
    while not await context.cancelled_within(60.0):
        pass
    context.log("db: cancelled", kind=LineKind.CANCELLED, subject="db", key=DB)
    raise Aborted


async def test_ctrl_c_cancels_the_job_and_waits_for_its_end(session: Session) -> None:
    def submit() -> JobId:
        return session.jobs.submit(JobKind.SHUT_DOWN, TARGETS, wait_for_cancel, can_cancel=True)

    speaker = session.speaker
    assert isinstance(speaker, Listener)
    async with Scope("test") as scope:
        task: asyncio.Task[Ended] = scope.run(carry_out(session, submit))
        await speaker.heard.wait()
        # What asyncio.run does to its main task.
        task.cancel()
        ended = await task
    assert (ended.is_interrupted, ended.job.state) == (True, JobState.CANCELLED)
    assert ended.error(WEB) is None
    assert isinstance(ended.error(DB), Aborted)
    assert speaker.ended


async def test_each_machine_has_its_own_end_however_many_they_are(session: Session) -> None:
    keys = [DomainKey("h1", str(number)) for number in range(1500)]

    async def work(context: JobContext) -> None:
        for number, key in enumerate(keys):
            kind, error = (LineKind.FAILED, NoSpace("full")) if number % 100 == 3 else (LineKind.DONE, None)
            context.log(f"{number}", kind=kind, error=error, key=key)
            # A file of it resists: that is not how it ended.
            context.log("file", kind=LineKind.FAILED, subject="/a", error=NoSpace("full"))
        raise NoSpace("some failed")

    targets = tuple(JobTarget(key.uuid, "h1", key) for key in keys)
    ended = await carry_out(session, lambda: session.jobs.submit(JobKind.START, targets, work))
    failed = [number for number, key in enumerate(keys) if ended.error(key) is not None]
    assert failed == list(range(3, 1500, 100))
    # One whose turn never came failed with the whole.
    assert isinstance(ended.error(DomainKey("h1", "none")), NoSpace)


def test_progress_is_a_line_where_no_terminal_is(capsys: pytest.CaptureFixture[str]) -> None:
    speaker = Speaker(CALL)
    assert speaker.interval_s == LINE_INTERVAL_S == 2.0
    job = Job(1, JobKind.SAVE, TARGETS[:1], JobState.RUNNING, Progress(Phase.SAVING, 1, 4))
    for _ in range(2):
        speaker.show(job)
    speaker.end_progress()
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err == "Saving web  Saving  25 %\n"


def test_quiet_tells_of_no_progress(capsys: pytest.CaptureFixture[str]) -> None:
    speaker = Speaker(parse(["pause", "test", *DEFAULT, "--quiet"], all_verbs()))
    speaker.show(Job(1, JobKind.SAVE, TARGETS, JobState.RUNNING))
    assert capsys.readouterr().err == ""
