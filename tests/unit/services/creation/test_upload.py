"""Sending a file of this computer: what goes over, and what cannot be read."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.helpers.world import World
from tests.unit.services.conftest import DEFAULT_URI
from vmgui.model.errors import NotFound, StorageFailure
from vmgui.model.job import JobKind, JobState, JobTarget, Phase
from vmgui.services.creation import upload
from vmgui.services.jobs import JobContext
from vmgui.services.long_call import Meter


async def test_the_whole_file_goes_to_its_volume(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """libvirt's test driver takes no stream: its end is played."""
    sent: list[tuple[str, str, bytes]] = []

    def upload_volume(
        _conn: object, pool: str, name: str, read: Any, total: int, tell: Any, _stop: Any
    ) -> None:
        sent.append((pool, name, read(total)))
        tell(total)

    monkeypatch.setattr(upload, "upload_volume", upload_volume)
    source = tmp_path / "disk.raw"
    source.write_bytes(b"whole")
    world.add(DEFAULT_URI)
    await world.connected()

    async def work(job: JobContext) -> None:
        meter = Meter(job, Phase.UPLOADING, 5)
        connection = world.hosts.connection("h1")
        await upload.send_file(connection, str(source), "default", "disk", 5, meter, job)

    job = await world.jobs.wait(world.jobs.submit(JobKind.UPLOAD, (JobTarget("disk", "h1"),), work))
    assert (job.state, job.progress.total_bytes) == (JobState.DONE, 5), job.error
    assert sent == [("default", "disk", b"whole")]


def test_what_cannot_be_sent_says_why(tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        upload.file_size(str(tmp_path / "none"))
    with pytest.raises(StorageFailure):
        upload.file_size(str(tmp_path))
