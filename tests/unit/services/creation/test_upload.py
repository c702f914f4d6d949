"""Sending a file: what waits for others of its host has not stalled."""

import asyncio
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from vmgui.model.errors import TimedOut
from vmgui.model.job import JobKind, JobTarget
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

    async def run(*_args: Any, on_wait: Callable[[bool], None], **_options: Any) -> None:
        on_wait(True)
        # Timers end in their order: a stall would have been told by now.
        await asyncio.sleep(3 * STALL_S)
        seen.append(("waited", jobs.jobs[job_id].waits_in_line))
        on_wait(False)
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
