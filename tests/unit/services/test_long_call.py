"""What libvirt does for long: seen, told and ended in one way. The test driver has no such jobs: they are played."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Awaitable, Callable
from functools import partial
from types import SimpleNamespace
from typing import Any

import pytest

from tests.helpers.waiting import eventually
from tests.helpers.world import World
from tests.unit.services.conftest import DEFAULT_URI
from vmgui.hypervisor import domain_jobs
from vmgui.hypervisor.domain_jobs import DomainJob, JobEnd
from vmgui.hypervisor.lane import Lane, OnWait
from vmgui.hypervisor.lanes import LONG
from vmgui.model.errors import Aborted, ConnectionLost, InvalidState, LibvirtFailure, TimedOut
from vmgui.model.event import EventKind, HostEvent
from vmgui.model.job import Job, JobId, JobKind, JobState, JobTarget, Phase, Progress
from vmgui.services import long_call
from vmgui.services.hosts import HostEvents
from vmgui.services.jobs import JobContext, JobService

WHAT = DomainJob("u", "vda")
TARGET = JobTarget("web", "h1")


class Played:
    """A job of libvirt's, as the host knows it: any thread."""

    def __init__(self) -> None:
        self.progress: Progress | None = None
        self.rounds = 0  # so often was asked whether it is cancelled
        self.looks = 0
        self.aborts = 0
        self.error: Exception | None = None
        self.begun = threading.Event()
        self.ended = threading.Event()
        self.is_aborted = False

    def look(self, _conn: object, what: DomainJob) -> Progress | None:
        assert what == WHAT
        self.looks += 1
        if self.error is not None:
            raise self.error
        return self.progress

    def abort(self, _conn: object, what: DomainJob) -> None:
        assert what == WHAT
        self.aborts += 1
        if self.progress is None:
            raise InvalidState("there is no job")
        self.is_aborted = True

    def last(self, _conn: object, result: str) -> str:
        """A call that lasts as long as the job."""
        self.progress = Progress(Phase.WORKING, 10, 100)
        self.begun.set()
        assert self.ended.wait(120)
        self.progress = None
        if self.is_aborted:
            raise Aborted
        return result

    def begin(self, _conn: object, total_bytes: int) -> None:
        """A call that begins the job and returns."""
        self.progress = Progress(Phase.WORKING, 10, total_bytes)
        self.begun.set()

    def end(self, world: World, end: JobEnd) -> None:
        """One that a call began ends, or is ready and stays; the host tells."""
        if end is not JobEnd.READY:
            self.progress = None
        tell(world, f"vda {end.value}")


@pytest.fixture
def played(monkeypatch: pytest.MonkeyPatch) -> Played:
    made = Played()
    monkeypatch.setattr(domain_jobs, "progress", made.look)
    monkeypatch.setattr(domain_jobs, "abort", made.abort)
    real = JobContext.cancelled_within

    async def cancelled_within(job: JobContext, timeout_s: float) -> bool:
        made.rounds += 1
        return await real(job, timeout_s)

    monkeypatch.setattr(JobContext, "cancelled_within", cancelled_within)
    monkeypatch.setattr(long_call, "LOOK_INTERVAL_S", 0.01)
    monkeypatch.setattr(long_call, "ABORT_INTERVAL_S", 0.01)
    return made


@pytest.fixture
async def connected(world: World) -> World:
    world.add(DEFAULT_URI)
    await world.connected()
    return world


def submit(world: World, work: Callable[[JobContext], Awaitable[object]], results: list[object]) -> JobId:
    async def run(job: JobContext) -> None:
        results.append(await work(job))

    return world.jobs.submit(JobKind.SAVE, (TARGET,), run, can_cancel=True)


def held(world: World, played: Played) -> Callable[[JobContext], Awaitable[object]]:
    connection = world.hosts.connection("h1")

    def work(job: JobContext) -> Awaitable[object]:
        return long_call.hold(connection, job, WHAT, Phase.SAVING, played.last, "saved")

    return work


def followed(world: World, played: Played) -> Callable[[JobContext], Awaitable[object]]:
    def work(job: JobContext) -> Awaitable[object]:
        return long_call.follow(world.hosts, "h1", job, WHAT, Phase.SAVING, played.begin, 100)

    return work


def tell(world: World, words: str, host_id: str = "h1", uuid: str = "u") -> None:
    event = HostEvent(EventKind.DOMAIN_BLOCK_JOB, uuid, "web", words)
    world.hosts.events.emit(HostEvents(host_id, (event,)))


async def test_a_call_that_lasts_is_told_as_it_goes(connected: World, played: Played) -> None:
    results: list[object] = []
    job_id = submit(connected, held(connected, played), results)
    progress = await eventually(lambda: _moved(connected.jobs.jobs[job_id]))
    assert (progress.phase, progress.fraction) == (Phase.SAVING, 0.1), "the phase is ours"
    assert not results
    played.ended.set()
    assert (await connected.jobs.wait(job_id)).state is JobState.DONE
    assert results == ["saved"]
    assert played.aborts == 0


def _moved(job: Job) -> Progress | None:
    return job.progress if job.progress.done_bytes else None


async def test_it_is_cancelled_only_when_its_call_has_ended(connected: World, played: Played) -> None:
    job_id = submit(connected, held(connected, played), [])
    await eventually(played.begun.is_set)
    connected.jobs.cancel(job_id)
    await eventually(lambda: played.aborts >= 2)
    assert connected.jobs.jobs[job_id].state is JobState.CANCELLING
    played.ended.set()
    job = await connected.jobs.wait(job_id)
    assert (job.state, job.error) == (JobState.CANCELLED, None)


async def test_while_it_waits_its_turn_the_machine_is_left_alone(connected: World, played: Played) -> None:
    """Whatever job the machine has then is somebody else's."""
    played.progress = Progress(Phase.WORKING, 50, 100)
    go = threading.Event()
    connection = connected.hosts.connection("h1")
    others = asyncio.gather(
        *(connection.run(lambda _conn: go.wait(120), lane=LONG, timeout_s=None) for _ in range(LONG.threads))
    )
    await asyncio.sleep(0)
    job_id = submit(connected, held(connected, played), [])
    await eventually(lambda: connected.jobs.jobs[job_id].waits_in_line)
    await eventually(lambda: played.rounds > 5)
    connected.jobs.cancel(job_id)
    assert (await connected.jobs.wait(job_id)).state is JobState.CANCELLED
    assert (played.looks, played.aborts, played.begun.is_set()) == (0, 0, False)
    go.set()
    await others


@pytest.mark.parametrize("end", [JobEnd.COMPLETED, JobEnd.READY])
async def test_what_a_call_begins_is_followed_to_its_end(
    connected: World, played: Played, end: JobEnd
) -> None:
    results: list[object] = []
    job_id = submit(connected, followed(connected, played), results)
    await eventually(lambda: _moved(connected.jobs.jobs[job_id]))
    # Of other jobs, machines and hosts.
    tell(connected, "vdb completed")
    tell(connected, "vda completed", uuid="another")
    tell(connected, "vda completed", host_id="h2")
    looks = played.looks
    await eventually(lambda: played.looks > looks + 2)
    assert not results
    played.end(connected, end)
    assert (await connected.jobs.wait(job_id)).state is JobState.DONE
    assert results == [end]


async def test_the_end_of_an_earlier_job_told_late_ends_nothing(connected: World, played: Played) -> None:
    """Another copy of the disk was cancelled, and this one begun before the host's word of that came."""
    results: list[object] = []
    job_id = submit(connected, followed(connected, played), results)
    await eventually(played.begun.is_set)
    tell(connected, "vda canceled")
    looks = played.looks
    await eventually(lambda: played.looks > looks + 3)
    assert not connected.jobs.jobs[job_id].state.is_final
    played.end(connected, JobEnd.COMPLETED)
    await connected.jobs.wait(job_id)
    assert results == [JobEnd.COMPLETED]


async def test_one_that_ends_before_its_beginning_was_answered(
    connected: World, played: Played, monkeypatch: pytest.MonkeyPatch
) -> None:
    results: list[object] = []
    connection = connected.hosts.connection("h1")
    real = connection.run

    async def run(*args: Any, **options: Any) -> object:
        if args[0] != played.begin:
            return await real(*args, **options)
        await real(*args, **options)
        played.end(connected, JobEnd.COMPLETED)
        return None

    monkeypatch.setattr(connection, "run", run)
    job_id = submit(connected, followed(connected, played), results)
    await connected.jobs.wait(job_id)
    assert results == [JobEnd.COMPLETED]


async def test_what_fails_on_the_host_fails_here(connected: World, played: Played) -> None:
    job_id = submit(connected, followed(connected, played), [])
    await eventually(played.begun.is_set)
    played.end(connected, JobEnd.FAILED)
    job = await connected.jobs.wait(job_id)
    assert job.state is JobState.FAILED
    assert isinstance(job.error, LibvirtFailure)
    assert job.error.host == "host h1"


async def test_a_followed_one_is_cancelled_when_its_end_is_told(connected: World, played: Played) -> None:
    job_id = submit(connected, followed(connected, played), [])
    await eventually(played.begun.is_set)
    connected.jobs.cancel(job_id)
    await eventually(lambda: played.aborts)
    assert connected.jobs.jobs[job_id].state is JobState.CANCELLING
    played.end(connected, JobEnd.CANCELED)
    assert (await connected.jobs.wait(job_id)).state is JobState.CANCELLED


async def test_one_that_completes_though_a_person_asked_to_stop_is_done(
    connected: World, played: Played
) -> None:
    results: list[object] = []
    job_id = submit(connected, followed(connected, played), results)
    await eventually(played.begun.is_set)
    connected.jobs.cancel(job_id)
    played.end(connected, JobEnd.COMPLETED)
    assert (await connected.jobs.wait(job_id)).state is JobState.DONE
    assert results == [JobEnd.COMPLETED]


@pytest.mark.parametrize("is_cancelled", [False, True])
async def test_one_that_is_gone_and_nobody_told_how(
    connected: World, played: Played, monkeypatch: pytest.MonkeyPatch, *, is_cancelled: bool
) -> None:
    monkeypatch.setattr(long_call, "LAST_WORD_S", 0.0)
    results: list[object] = []
    job_id = submit(connected, followed(connected, played), results)
    await eventually(lambda: _moved(connected.jobs.jobs[job_id]))
    if is_cancelled:
        connected.jobs.cancel(job_id)
        await eventually(lambda: played.aborts)
    played.progress = None
    job = await connected.jobs.wait(job_id)
    assert job.state is (JobState.CANCELLED if is_cancelled else JobState.DONE)
    assert results == ([] if is_cancelled else [None])


async def test_a_broken_connection_is_waited_for(connected: World, played: Played) -> None:
    results: list[object] = []
    job_id = submit(connected, followed(connected, played), results)
    await eventually(lambda: _moved(connected.jobs.jobs[job_id]))
    connected.hosts.disconnect("h1")
    played.error = ConnectionLost("it broke")
    rounds = played.rounds
    await eventually(lambda: played.rounds > rounds + 5)
    assert not connected.jobs.jobs[job_id].state.is_final
    played.error = None
    connected.hosts.connect("h1")
    await connected.connected()
    looks = played.looks
    await eventually(lambda: played.looks > looks)
    played.end(connected, JobEnd.COMPLETED)
    await connected.jobs.wait(job_id)
    assert results == [JobEnd.COMPLETED]


async def test_that_it_is_ready_is_seen_where_it_was_told_to_nobody(connected: World, played: Played) -> None:
    results: list[object] = []
    job_id = submit(connected, followed(connected, played), results)
    await eventually(lambda: _moved(connected.jobs.jobs[job_id]))
    connected.hosts.disconnect("h1")
    played.progress = Progress(Phase.WORKING, 100, 100)
    connected.hosts.connect("h1")
    await connected.jobs.wait(job_id)
    assert results == [JobEnd.READY]


async def test_one_on_a_host_that_was_taken_from_the_list_ends(connected: World, played: Played) -> None:
    job_id = submit(connected, followed(connected, played), [])
    await eventually(lambda: _moved(connected.jobs.jobs[job_id]))
    connected.hosts.remove("h1")
    connected.jobs.cancel(job_id)
    job = await connected.jobs.wait(job_id)
    assert job.state is JobState.CANCELLED


# Streams -----------------------------------------------------------------------------------------------------


def send(_conn: object, tell: long_call.Tell, is_cancelled: long_call.IsCancelled) -> str:
    """A stream's call: one byte."""
    if is_cancelled():
        raise LibvirtFailure("the stream is broken")
    tell(1)
    return "sent"


async def test_a_stream_is_counted_with_those_before_it(connected: World) -> None:
    connection = connected.hosts.connection("h1")
    results: list[object] = []
    told: list[Progress] = []

    async def work(job: JobContext) -> str:
        meter = long_call.Meter(job, Phase.UPLOADING, 4)
        for _ in range(2):
            result = await long_call.stream(connection, job, meter, send)
            meter.end(2)
        return result

    connected.jobs.changed.subscribe(lambda job: told.append(job.progress))
    await connected.jobs.wait(submit(connected, work, results))
    assert results == ["sent"]
    assert told[-1].phase is Phase.UPLOADING
    assert told[-1].total_bytes == 4
    meter_told: list[int | None] = []
    job: Any = SimpleNamespace(report=lambda progress: meter_told.append(progress.done_bytes))
    meter = long_call.Meter(job, Phase.UPLOADING, 4)
    meter.tell(1)
    meter.end(2)
    meter.tell(1)
    meter.end(2)
    assert meter_told == [1, 2, 3, 4]


async def test_breaking_a_stream_off_is_being_cancelled(connected: World) -> None:
    connection = connected.hosts.connection("h1")
    go = asyncio.Event()

    async def work(job: JobContext) -> str:
        await go.wait()
        return await long_call.stream(connection, job, long_call.Meter(job, Phase.UPLOADING, 1), send)

    job_id = submit(connected, work, [])
    await eventually(lambda: connected.jobs.jobs[job_id].state is JobState.RUNNING)
    connected.jobs.cancel(job_id)
    go.set()
    job = await connected.jobs.wait(job_id)
    assert (job.state, job.error) == (JobState.CANCELLED, None)


async def test_who_waits_for_the_host_has_not_stalled(monkeypatch: pytest.MonkeyPatch) -> None:
    # Overdue at once, wherever silence counts.
    monkeypatch.setattr(long_call, "STALL_TIMEOUT_S", 0.0)
    seen: list[tuple[str, bool]] = []
    hangs = asyncio.Event()

    async def run(*_args: Any, on_wait: OnWait, **_options: Any) -> None:
        on_wait(True, hangs.set)
        # What is due comes in its order: a stall would have been told before this.
        later = asyncio.get_running_loop().create_future()
        asyncio.get_running_loop().call_later(0.0, later.set_result, None)
        await later
        seen.append(("waited", jobs.jobs[job_id].waits_in_line))
        on_wait(False, hangs.set)
        seen.append(("its turn", jobs.jobs[job_id].waits_in_line))
        await hangs.wait()

    async def work(job: JobContext) -> None:
        connection: Any = SimpleNamespace(run=run)
        await long_call.stream(connection, job, long_call.Meter(job, Phase.UPLOADING, 1), send)

    jobs = JobService()
    job_id = jobs.submit(JobKind.UPLOAD, (TARGET,), work)
    job = await jobs.wait(job_id)
    assert seen == [("waited", True), ("its turn", False)]
    # From there on silence counts.
    assert isinstance(job.error, TimedOut)
    await jobs.close()


async def test_cancelled_while_it_waits_for_the_host_it_ends_at_once() -> None:
    lane = Lane("long", 1)
    begun, go = threading.Event(), threading.Event()

    def hold() -> bool:
        begun.set()
        return go.wait(120)

    sent: list[object] = []

    async def run(
        call: object, *_args: Any, on_wait: OnWait, timeout_s: float | None, **_options: Any
    ) -> None:
        await lane.run(partial(sent.append, call), timeout_s=timeout_s, on_wait=on_wait)

    async def work(job: JobContext) -> None:
        connection: Any = SimpleNamespace(run=run)
        await long_call.stream(connection, job, long_call.Meter(job, Phase.UPLOADING, 1), send)

    another = asyncio.ensure_future(lane.run(hold, timeout_s=None))
    await eventually(begun.is_set)
    jobs = JobService()
    job_id = jobs.submit(JobKind.UPLOAD, (TARGET,), work, can_cancel=True)
    await eventually(lambda: jobs.jobs[job_id].waits_in_line)
    jobs.cancel(job_id)
    job = await jobs.wait(job_id)
    assert (job.state, job.error, job.waits_in_line) == (JobState.CANCELLED, None, False)
    # The other was under way all the time.
    assert not another.done()
    go.set()
    assert await another
    assert await lane.run(lambda: 7, timeout_s=60) == 7
    assert sent == []
    lane.close()
    await jobs.close()
