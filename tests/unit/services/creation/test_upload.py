"""Sending a file: what waits for others of its host has not stalled."""

import asyncio
import threading
from functools import partial
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from tests.helpers.waiting import eventually
from vmgui.hypervisor.lane import Lane, OnWait
from vmgui.model.errors import TimedOut
from vmgui.model.job import JobKind, JobState, JobTarget
from vmgui.services.creation import upload
from vmgui.services.jobs import JobContext, JobService

STALL_S = 0.05


async def test_who_waits_for_the_host_has_not_stalled(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(upload, "STALL_TIMEOUT_S", STALL_S)
    source = tmp_path / "disk.raw"
    source.write_bytes(b"x")
    seen: list[tuple[str, bool]] = []
    hangs = asyncio.Event()

    async def run(*_args: Any, on_wait: OnWait, **_options: Any) -> None:
        on_wait(True, hangs.set)
        # Timers end in their order: a stall would have been told by now.
        await asyncio.sleep(3 * STALL_S)
        seen.append(("waited", jobs.jobs[job_id].waits_in_line))
        on_wait(False, hangs.set)
        seen.append(("its turn", jobs.jobs[job_id].waits_in_line))
        await hangs.wait()

    async def work(context: JobContext) -> None:
        connection: Any = SimpleNamespace(run=run)
        meter = upload.Meter(context, 1)
        await upload.send_file(connection, str(source), "default", "disk", 1, meter, context)

    jobs = JobService()
    job_id = jobs.submit(JobKind.UPLOAD, (JobTarget("disk", "h1"),), work)
    job = await jobs.wait(job_id)
    assert seen == [("waited", True), ("its turn", False)]
    # From there on silence counts.
    assert isinstance(job.error, TimedOut)
    await jobs.close()


async def test_cancelled_while_it_waits_for_the_host_it_ends_at_once(tmp_path: Path) -> None:
    source = tmp_path / "disk.raw"
    source.write_bytes(b"x")
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

    async def work(context: JobContext) -> None:
        connection: Any = SimpleNamespace(run=run)
        meter = upload.Meter(context, 1)
        await upload.send_file(connection, str(source), "default", "disk", 1, meter, context)

    another = asyncio.ensure_future(lane.run(hold, timeout_s=None))
    await eventually(begun.is_set)
    jobs = JobService()
    job_id = jobs.submit(JobKind.UPLOAD, (JobTarget("disk", "h1"),), work, can_cancel=True)
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
