"""Jobs of a real hypervisor, followed to their end and cancelled; and what twelve of them keep nobody from."""

from __future__ import annotations

import os
from collections.abc import Awaitable, Callable
from typing import Any

import libvirt
import pytest

from tests.helpers.waiting import eventually
from tests.helpers.world import World
from tests.lab.domain_xml import Disk
from tests.lab.generations import every_generation
from tests.lab.lab_host import LabHost
from tests.lab.test_hypervisor_guests import saving_held
from vmgui.hypervisor import domain_jobs
from vmgui.hypervisor.domain_jobs import DomainJob, JobEnd, Operation
from vmgui.hypervisor.lanes import LONG
from vmgui.model.domain import DomainKey, DomainState
from vmgui.model.job import JobId, JobKind, JobState, JobTarget, Phase, Progress
from vmgui.services import long_call
from vmgui.services.background import in_thread
from vmgui.services.jobs import JobContext
from vmgui.services.lifecycle import LifecycleService

pytestmark = pytest.mark.usefixtures("connected")

SLOW_BYTES_PER_S = 1024 * 1024


async def guest(world: World, host: LabHost) -> DomainKey:
    """One with a disk full of something."""
    path = host.images_path / "full.raw"
    await in_thread(path.write_bytes, os.urandom(32 * 1024 * 1024))
    host.define_tiny("web", disks=(Disk(f"{host.images_dir}/full.raw", format="raw"),), start=True)
    return await world.seen("web")


def copy(conn: Any, uuid: str, path: str, bytes_per_s: int) -> None:
    bandwidth = {libvirt.VIR_DOMAIN_BLOCK_COPY_BANDWIDTH: bytes_per_s} if bytes_per_s else {}
    xml = f"<disk type='file'><source file='{path}'/><driver type='raw'/></disk>"
    conn.lookupByUUIDString(uuid).blockCopy(
        "vda", xml, bandwidth, libvirt.VIR_DOMAIN_BLOCK_COPY_TRANSIENT_JOB
    )


def back_up(conn: Any, uuid: str, path: str) -> None:
    disk = f"<disk name='vda' type='file'><target file='{path}'/><driver type='qcow2'/></disk>"
    xml = f"<domainbackup mode='push'><disks>{disk}</disks></domainbackup>"
    conn.lookupByUUIDString(uuid).backupBegin(xml, None, 0)


def submit(world: World, key: DomainKey, work: Callable[[JobContext], Awaitable[object]]) -> JobId:
    async def run(job: JobContext) -> None:
        job.log(str(await work(job)))

    return world.jobs.submit(JobKind.SAVE, (JobTarget("web", "h1", key),), run, can_cancel=True)


def moved(world: World, job_id: JobId) -> Progress | None:
    progress = world.jobs.jobs[job_id].progress
    return progress if progress.done_bytes else None


@every_generation
async def test_a_copy_is_followed_until_it_is_ready_and_another_is_cancelled(
    world: World, lab_host: LabHost, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = await guest(world, lab_host)
    what = DomainJob(key.uuid, "vda")

    def copying(bytes_per_s: int = 0) -> JobId:
        path = f"{lab_host.images_dir}/copy-{len(world.jobs.jobs)}.raw"

        def work(job: JobContext) -> Awaitable[object]:
            return long_call.follow(
                world.hosts, "h1", job, what, Phase.WORKING, copy, key.uuid, path, bytes_per_s
            )

        return submit(world, key, work)

    connection = world.hosts.connection("h1")

    async def is_over() -> bool:
        return await connection.run(domain_jobs.progress, what) is None

    for is_heard in (True, False):
        with monkeypatch.context() as patched:
            if not is_heard:
                patched.setattr(domain_jobs, "end_told", lambda *_: None)
            job = await world.jobs.wait(copying())
        assert (job.state, [line.text for line in job.log]) == (JobState.DONE, [str(JobEnd.READY)]), job.error
        progress = await connection.run(domain_jobs.progress, what)
        assert progress is not None
        assert domain_jobs.is_ready(what, progress)
        await connection.run(domain_jobs.abort, what)
        await eventually(is_over)
    job_id = copying(SLOW_BYTES_PER_S)
    progress = await eventually(lambda: moved(world, job_id))
    assert progress.total_bytes == 32 * 1024 * 1024
    assert not domain_jobs.is_ready(what, progress)
    world.jobs.cancel(job_id)
    job = await world.jobs.wait(job_id)
    assert (job.state, job.error) == (JobState.CANCELLED, None)
    await eventually(is_over)
    assert world.inventory.domains[key].state is DomainState.RUNNING


@every_generation
async def test_a_backup_is_followed_to_its_end(world: World, lab_host: LabHost) -> None:
    key = await guest(world, lab_host)

    def work(job: JobContext) -> Awaitable[object]:
        path = f"{lab_host.images_dir}/backup.qcow2"
        what = DomainJob(key.uuid, operation=Operation.BACKUP)
        return long_call.follow(world.hosts, "h1", job, what, Phase.WORKING, back_up, key.uuid, path)

    job = await world.jobs.wait(submit(world, key, work))
    assert (job.state, [line.text for line in job.log]) == (JobState.DONE, [str(JobEnd.COMPLETED)]), job.error
    assert (lab_host.images_path / "backup.qcow2").stat().st_size > 32 * 1024 * 1024


async def test_with_twelve_saves_under_way_a_start_begins_at_once(world: World, lab_host: LabHost) -> None:
    """Counted: all twelve are in the host before it, and none has ended when it has."""
    service = LifecycleService(world.hosts, world.inventory, world.jobs)
    names = [f"save-{number}" for number in range(LONG.threads)]
    for name in names:
        lab_host.define_tiny(name, start=True)
    lab_host.define_tiny("web")
    keys = [await world.seen(name) for name in names]
    web = await world.seen("web")
    connection = world.hosts.connection("h1")

    async def are_under_way() -> bool:
        found = [await connection.run(domain_jobs.progress, DomainJob(key.uuid)) for key in keys]
        return all(progress is not None and progress.phase is Phase.SAVING for progress in found)

    with saving_held(lab_host) as let_go:
        saves = [service.save([key]) for key in keys]
        try:
            await eventually(are_under_way)
            job = await world.jobs.wait(service.start([web]))
            assert job.state is JobState.DONE, job.error
            assert not any(world.jobs.jobs[save].state.is_final for save in saves)
            assert not job.waits_in_line
        finally:
            let_go()
        for save in saves:
            assert (await world.jobs.wait(save)).state is JobState.DONE
