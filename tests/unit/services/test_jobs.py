"""Jobs: one life each, from submit to an end that stays."""

from __future__ import annotations

import asyncio
import gc
import weakref
from collections.abc import AsyncIterator

import pytest

from tests.helpers.clock import FakeClock
from tests.helpers.waiting import eventually
from vmgui.model.errors import (
    Aborted,
    Busy,
    ConnectionLost,
    InvalidState,
    TimedOut,
    VmguiError,
    forget_frames,
)
from vmgui.model.job import Job, JobKind, JobResult, JobState, JobTarget, LineKind, Phase, Progress, ThingKind
from vmgui.services import jobs as jobs_module
from vmgui.services.jobs import JobContext, JobService

TARGETS = (JobTarget("web", "h1"),)


@pytest.fixture
async def service(event_loop: object) -> AsyncIterator[JobService]:
    made = JobService()
    yield made
    await made.close()


async def nothing(_context: JobContext) -> None:
    return


async def test_a_job_exists_at_once_and_ends_done(service: JobService) -> None:
    told: list[Job] = []
    service.changed.subscribe(told.append)
    job_id = service.submit(JobKind.START, TARGETS, nothing)
    assert service.jobs[job_id].state is JobState.QUEUED
    job = await service.wait(job_id)
    assert job.state is JobState.DONE
    assert job.finished_unix_s >= job.created_unix_s > 0
    assert [seen.state for seen in told] == [JobState.QUEUED, JobState.RUNNING, JobState.DONE]


async def test_expected_and_unexpected_failures_are_kept_without_frames(
    service: JobService, caplog: pytest.LogCaptureFixture
) -> None:
    class Held:
        pass

    held: list[weakref.ref[Held]] = []

    def work_with(error: Exception):
        async def work(_context: JobContext) -> None:
            thing = Held()
            held.append(weakref.ref(thing))
            try:
                raise RuntimeError("the cause")
            except RuntimeError as cause:
                raise error from cause

        return work

    expected = await service.wait(service.submit(JobKind.START, TARGETS, work_with(Busy("later"))))
    assert expected.state is JobState.FAILED
    assert isinstance(expected.error, Busy)
    # Only what the jobs say: what an earlier test left running may have something to say, too.
    assert not [record for record in caplog.records if record.name == jobs_module.__name__]
    gc.collect()
    assert held[0]() is None
    unexpected = await service.wait(service.submit(JobKind.START, TARGETS, work_with(KeyError("bug"))))
    assert unexpected.state is JobState.FAILED
    assert isinstance(unexpected.error, KeyError)
    assert "failed unexpectedly" in caplog.text


async def test_cancel_aborts_the_call_under_way(service: JobService) -> None:
    aborted = asyncio.Event()

    async def work(context: JobContext) -> None:
        async def abort() -> None:
            aborted.set()

        context.on_cancel(abort)
        await aborted.wait()
        raise Aborted

    told: list[JobState] = []
    service.changed.subscribe(lambda job: told.append(job.state))
    job_id = service.submit(JobKind.SAVE, TARGETS, work, can_cancel=True)
    await eventually(lambda: service.jobs[job_id].state is JobState.RUNNING)
    service.cancel(job_id)
    service.cancel(job_id)
    job = await service.wait(job_id)
    assert job.state is JobState.CANCELLED
    assert job.error is None
    assert told.count(JobState.CANCELLING) == 1


async def test_one_that_waits_for_others_of_its_host_says_so_until_its_turn_or_its_end(
    service: JobService,
) -> None:
    turn = asyncio.Event()

    async def work(context: JobContext) -> None:
        context.tell_waiting(True)
        await turn.wait()
        context.tell_waiting(False)
        context.log("its turn")
        context.tell_waiting(True)
        raise Aborted

    job_id = service.submit(JobKind.SAVE, TARGETS[:1], work)
    told: list[bool] = []
    service.changed.subscribe(lambda job: told.append(job.waits_in_line))
    await eventually(lambda: service.jobs[job_id].waits_in_line)
    assert service.jobs[job_id].state is JobState.RUNNING
    turn.set()
    job = await service.wait(job_id)
    assert not job.waits_in_line
    assert told == [False, True, False, False, True, False]
    # Of several one may be under way while another waits.
    several = service.submit(JobKind.SAVE, (TARGETS[0], TARGETS[0]), work)
    del told[:]
    await service.wait(several)
    assert not any(told)


async def test_cancelling_ends_the_waiting_in_line_at_once(service: JobService) -> None:
    left: list[str] = []

    async def work(context: JobContext) -> None:
        aborted = asyncio.get_running_loop().create_future()

        def leave() -> None:
            left.append("left")
            aborted.set_exception(Aborted())

        def had_its_turn() -> None:
            left.append("its turn had come")

        context.tell_waiting(True, had_its_turn)
        context.tell_waiting(False, had_its_turn)
        context.tell_waiting(True, leave)
        try:
            await aborted
        finally:
            context.tell_waiting(False, leave)
            # What tidies up afterwards may have to wait itself; it is seen through, and cancelling it is said.
            context.tell_waiting(True)

    job_id = service.submit(JobKind.UPLOAD, TARGETS[:1], work, can_cancel=True)
    await eventually(lambda: service.jobs[job_id].waits_in_line)
    told: list[Job] = []
    service.changed.subscribe(told.append)
    service.cancel(job_id)
    job = await service.wait(job_id)
    assert (job.state, left) == (JobState.CANCELLED, ["left"])
    assert told
    assert not any(each.waits_in_line for each in told)


async def test_who_comes_to_a_line_when_cancelled_leaves_it(service: JobService) -> None:
    left: list[str] = []
    go = asyncio.Event()

    async def work(context: JobContext) -> None:
        await go.wait()
        context.tell_waiting(True, lambda: left.append("left"))

    job_id = service.submit(JobKind.START, TARGETS[:1], work, can_cancel=True)
    await eventually(lambda: service.jobs[job_id].state is JobState.RUNNING)
    service.cancel(job_id)
    go.set()
    await service.wait(job_id)
    assert left == ["left"]


@pytest.mark.parametrize(
    ("error", "state"),
    [
        (InvalidState("broken off"), JobState.CANCELLED),
        (ConnectionLost("gone"), JobState.FAILED),
        (TimedOut("silent"), JobState.FAILED),
        (ConnectionLost("gone").unsent(), JobState.CANCELLED),
    ],
)
async def test_what_ends_as_nobody_knows_is_not_told_as_cancelled(
    service: JobService, error: VmguiError, state: JobState
) -> None:
    async def work(context: JobContext) -> None:
        await context.cancelled_within(60)
        raise error

    job_id = service.submit(JobKind.SAVE, TARGETS, work, can_cancel=True)
    await eventually(lambda: service.jobs[job_id].state is JobState.RUNNING)
    service.cancel(job_id)
    job = await service.wait(job_id)
    assert (job.state, job.error) == (state, error)


async def test_a_job_cancelled_before_its_first_step_does_nothing(service: JobService) -> None:
    ran = False

    async def work(_context: JobContext) -> None:
        nonlocal ran
        ran = True

    job_id = service.submit(JobKind.SAVE, TARGETS, work, can_cancel=True)
    service.cancel(job_id)
    job = await service.wait(job_id)
    assert job.state is JobState.CANCELLED
    assert not ran


async def test_what_cannot_be_cancelled_goes_on(service: JobService) -> None:
    go = asyncio.Event()

    async def work(_context: JobContext) -> None:
        await go.wait()

    job_id = service.submit(JobKind.DELETE, TARGETS, work)
    service.cancel(job_id)
    assert service.jobs[job_id].state is not JobState.CANCELLING
    go.set()
    assert (await service.wait(job_id)).state is JobState.DONE


async def test_retry_is_a_new_job_and_only_for_what_did_not_succeed(service: JobService) -> None:
    failing = True

    async def work(_context: JobContext) -> None:
        if failing:
            raise InvalidState("not now")

    first = await service.wait(service.submit(JobKind.START, TARGETS, work))
    failing = False
    again = service.retry(first.id)
    assert again is not None
    assert again != first.id
    second = await service.wait(again)
    assert second.state is JobState.DONE
    assert second.targets == TARGETS
    assert service.retry(second.id) is None
    assert service.retry(999) is None


async def test_progress_is_told_five_times_a_second_but_a_new_phase_at_once(
    service: JobService, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = FakeClock()
    monkeypatch.setattr(jobs_module, "time", clock)
    told: list[Progress] = []

    async def work(context: JobContext) -> None:
        for number in range(1000):
            context.report(Progress(Phase.UPLOADING, number, 1000))
        clock.advance(0.19)
        context.report(Progress(Phase.UPLOADING, 1000, 1000))
        context.report(Progress(Phase.STARTING))
        clock.advance(0.21)
        context.report(Progress(Phase.STARTING, 1, 2))

    service.changed.subscribe(lambda job: told.append(job.progress))
    await service.wait(service.submit(JobKind.CREATE, TARGETS, work))
    assert [progress.phase for progress in told if progress.phase is not Phase.WORKING] == [
        Phase.UPLOADING,
        Phase.STARTING,
        Phase.STARTING,
        Phase.STARTING,  # told with the end of the job
    ]


async def test_each_step_has_its_own_progress_while_it_lasts(
    service: JobService, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jobs_module, "time", FakeClock())
    told: list[Job] = []
    service.changed.subscribe(told.append)

    async def work(context: JobContext) -> None:
        with context.step("web") as web, context.step("db") as db:
            web.report(Progress(Phase.SAVING, 1, 10))
            with db.step("vda") as disk:
                disk.report(Progress(Phase.UPLOADING, 2, 4))
                # Told with the next news only: five times a second is enough.
                web.report(Progress(Phase.SAVING, 5, 10))
                assert told[-1].steps[0].progress.done_bytes == 1
                context.log("so far")
        context.log("over")

    await service.wait(service.submit(JobKind.SAVE, TARGETS, work))
    so_far, over, ended = told[-3:]
    assert [line.text for line in over.log] == ["so far", "over"]
    web, db = so_far.steps
    assert (web.name, web.progress.done_bytes, web.steps) == ("web", 5, ())
    assert (db.name, db.progress, [disk.name for disk in db.steps]) == ("db", Progress(), ["vda"])
    assert db.steps[0].progress.fraction == 0.5
    assert over.steps == ended.steps == ()


async def test_a_job_shows_what_is_told_of_it_or_else_of_its_steps(service: JobService) -> None:
    shown: list[Phase] = []

    async def work(context: JobContext) -> None:
        with context.step("web") as web:
            web.report(Progress(Phase.SAVING))
            shown.append(service.jobs[job_id].progress.phase)
            context.report(Progress(Phase.CHECKING))
            web.report(Progress(Phase.UPLOADING))
            shown.append(service.jobs[job_id].progress.phase)

    job_id = service.submit(JobKind.SAVE, TARGETS, work)
    await service.wait(job_id)
    assert shown == [Phase.SAVING, Phase.CHECKING]


async def test_cancelling_reaches_every_step(service: JobService) -> None:
    left: list[str] = []

    async def work(context: JobContext) -> None:
        with context.step("web") as web:
            web.tell_waiting(True, lambda: left.append("web"))
            while not web.is_cancelled:
                await web.cancelled_within(60)
            web.check_cancelled()

    job_id = service.submit(JobKind.SAVE, TARGETS, work, can_cancel=True)
    await eventually(lambda: service.jobs[job_id].waits_in_line)
    service.cancel(job_id)
    assert (await service.wait(job_id)).state is JobState.CANCELLED
    assert left == ["web"]


async def test_what_a_job_has_made_stays_with_it(service: JobService) -> None:
    made = JobResult(ThingKind.POOL, "images", "h1", id="a UUID")

    async def work(context: JobContext) -> None:
        context.tell_results(made)

    async def taken_back(context: JobContext) -> None:
        context.tell_results(made)
        context.tell_results()

    target = JobTarget("images", "h1", kind=ThingKind.POOL)
    job = await service.wait(service.submit(JobKind.CREATE, (target,), work))
    assert job.results == (made,)
    assert (await service.wait(service.submit(JobKind.CREATE, (target,), taken_back))).results == ()


async def test_the_log_is_bounded(service: JobService, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs_module, "KEPT_LOG_LINES", 10)

    async def work(context: JobContext) -> None:
        for number in range(50):
            context.log(str(number), kind=LineKind.DONE, subject="web")

    job = await service.wait(service.submit(JobKind.START, TARGETS, work))
    assert [line.text for line in job.log] == [str(number) for number in range(40, 50)]


async def test_old_jobs_are_forgotten_but_who_waits_gets_the_result(
    service: JobService, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jobs_module, "KEPT_FINISHED_JOBS", 3)
    removed: list[int] = []
    service.removed.subscribe(removed.append)
    waiters = [
        asyncio.ensure_future(service.wait(service.submit(JobKind.START, TARGETS, nothing))) for _ in range(8)
    ]
    results = await asyncio.gather(*waiters)
    assert all(job.state is JobState.DONE for job in results)
    assert len(service.jobs) == 3
    assert len(removed) == 5
    service.remove_finished()
    assert not service.jobs


async def test_closing_interrupts_what_is_under_way_and_takes_no_more() -> None:
    service = JobService()

    async def for_ever(_context: JobContext) -> None:
        await asyncio.Event().wait()

    running = service.submit(JobKind.SAVE, TARGETS, for_ever)
    await eventually(lambda: service.jobs[running].state is JobState.RUNNING)
    fresh = service.submit(JobKind.SAVE, TARGETS, for_ever)
    await service.close()
    assert service.jobs[running].state is JobState.INTERRUPTED
    assert service.jobs[fresh].state is JobState.INTERRUPTED
    assert (await service.wait(fresh)).state is JobState.INTERRUPTED
    assert not service.unfinished
    with pytest.raises(RuntimeError):
        service.submit(JobKind.START, TARGETS, nothing)


async def test_closing_does_not_wait_for_ever(caplog: pytest.LogCaptureFixture) -> None:
    service = JobService()
    release = asyncio.Event()

    async def stubborn(_context: JobContext) -> None:
        while not release.is_set():
            try:
                await release.wait()
            except asyncio.CancelledError:
                continue

    job_id = service.submit(JobKind.SAVE, TARGETS, stubborn)
    await eventually(lambda: service.jobs[job_id].state is JobState.RUNNING)
    await service.close(timeout_s=0.1)
    assert service.jobs[job_id].state is JobState.INTERRUPTED
    assert "did not end in time" in caplog.text
    release.set()


def test_forgetting_frames_survives_errors_in_a_circle() -> None:
    first, second = Busy("a"), Busy("b")
    first.__context__ = second
    second.__cause__ = first
    forget_frames(first)
