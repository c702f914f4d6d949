"""All or nothing for any feature, on libvirt's test driver: here a pool is started and a volume made in it."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import libvirt
import pytest

from tests.helpers.waiting import eventually
from tests.helpers.world import World
from tests.unit.services.conftest import DEFAULT_URI
from vmgui.hypervisor.storage import create_volume, start_pool
from vmgui.model.creation import NewVolume
from vmgui.model.errors import AlreadyExists, ConnectionLost, NotProvenOurs, PartlyDone
from vmgui.model.job import Job, JobId, JobKind, JobResult, JobState, JobTarget, LineKind, ThingKind
from vmgui.model.rollback import Made, MadeKind
from vmgui.model.storage import Volume
from vmgui.services.jobs import JobContext
from vmgui.services.rollback import RollbackService, Steps
from vmgui.store.rollback import RollbackStore

POOL = "default-pool"


@pytest.fixture
async def stopped(world: World, other: libvirt.virConnect) -> World:
    """A host whose pool does not run."""
    world.add(DEFAULT_URI)
    await world.connected()
    pool = other.storagePoolLookupByName(POOL)
    for name in pool.listVolumes():
        pool.storageVolLookupByName(name).delete()
    pool.destroy()
    return world


@pytest.fixture(autouse=True)
def running_afterwards(other: libvirt.virConnect) -> object:
    """Other tests count on it."""
    yield
    pool = other.storagePoolLookupByName(POOL)
    if not pool.isActive():
        pool.create()


async def make(steps: Steps, other: libvirt.virConnect) -> None:
    pool = other.storagePoolLookupByName(POOL)
    started = Made(MadeKind.POOL_STARTED, POOL, pool.UUIDString())
    call = steps.calling(start_pool, pool.UUIDString(), pool=POOL)
    await steps.take(
        started,
        call,
        lambda made, answer: replace(made, is_proven=True, others=answer[1]) if answer[0] else None,
    )
    volume = NewVolume(POOL, "disk", 1024**2, "raw")

    def prove(made: Made, answer: Volume) -> Made:
        return replace(
            made, is_proven=True, key=answer.key, format=answer.format, capacity_bytes=answer.capacity_bytes
        )

    made = Made(MadeKind.VOLUME, "disk", pool.UUIDString(), pool=POOL)
    await steps.take(made, steps.calling(create_volume, volume, pool=POOL), prove)


def submit(
    world: World, rollback: RollbackService, other: libvirt.virConnect, then: Callable[[], object]
) -> JobId:
    async def work(job: JobContext) -> None:
        async with rollback.attempt(job, "images", "h1", uses={f"pool {POOL}"}) as steps:
            await make(steps, other)
            job.tell_results(JobResult(ThingKind.VOLUME, "disk", "h1"))
            found = then()
            if asyncio.iscoroutine(found):
                await found

    target = JobTarget("images", "h1", kind=ThingKind.POOL)
    return world.jobs.submit(JobKind.CREATE, (target,), work, can_cancel=True)


def there(other: libvirt.virConnect) -> list[str] | None:
    """The pool's volumes; None: it does not run."""
    pool = other.storagePoolLookupByName(POOL)
    return pool.listVolumes() if pool.isActive() else None


async def test_what_ends_well_stays(stopped: World, other: libvirt.virConnect, tmp_path: Path) -> None:
    rollback = RollbackService(stopped.hosts, stopped.inventory, stopped.jobs, RollbackStore(tmp_path))
    noted: list[int] = []
    job_id = submit(stopped, rollback, other, lambda: noted.append(len(os.listdir(tmp_path))))
    job = await stopped.jobs.wait(job_id)
    assert job.state is JobState.DONE, job.error
    assert [result.name for result in job.results] == ["disk"]
    assert there(other) == ["disk"]
    assert (noted, os.listdir(tmp_path)) == ([1], []), "noted while it lasts, and no longer"
    await rollback.close()


def refuse() -> None:
    raise AlreadyExists("the last step is refused")


async def test_what_fails_leaves_nothing(stopped: World, other: libvirt.virConnect) -> None:
    rollback = RollbackService(stopped.hosts, stopped.inventory, stopped.jobs)
    job = await stopped.jobs.wait(submit(stopped, rollback, other, refuse))
    assert isinstance(job.error, AlreadyExists)
    assert job.results == ()
    assert there(other) is None
    await rollback.close()


async def test_what_is_cancelled_leaves_nothing(stopped: World, other: libvirt.virConnect) -> None:
    rollback = RollbackService(stopped.hosts, stopped.inventory, stopped.jobs)
    made = asyncio.Event()

    async def until_cancelled() -> None:
        made.set()
        await eventually(lambda: stopped.jobs.jobs[job_id].state is JobState.CANCELLING)
        raise ConnectionLost("aborted under way")

    job_id = submit(stopped, rollback, other, until_cancelled)
    await made.wait()
    stopped.jobs.cancel(job_id)
    job = await stopped.jobs.wait(job_id)
    assert job.state is JobState.CANCELLED
    assert there(other) is None
    await rollback.close()


async def test_what_became_somebody_elses_stays_and_is_told(
    stopped: World, other: libvirt.virConnect
) -> None:
    rollback = RollbackService(stopped.hosts, stopped.inventory, stopped.jobs)

    def replace_it() -> None:
        pool = other.storagePoolLookupByName(POOL)
        pool.storageVolLookupByName("disk").delete()
        pool.createXML("<volume><name>disk</name><capacity>4096</capacity></volume>")
        refuse()

    job = await stopped.jobs.wait(submit(stopped, rollback, other, replace_it))
    assert isinstance(job.error, PartlyDone)
    assert [(name, type(error)) for name, error in job.error.failed] == [("disk", NotProvenOurs)]
    assert there(other) == ["disk"], "nor is the pool stopped under it"
    await rollback.close()


async def test_what_the_program_left_is_taken_back_by_the_next(
    stopped: World, other: libvirt.virConnect, tmp_path: Path
) -> None:
    """Killed in the middle: nobody took anything back, and its notes are there."""
    store = RollbackStore(tmp_path)
    first = RollbackService(stopped.hosts, stopped.inventory, stopped.jobs, store)
    made = asyncio.Event()

    async def for_ever() -> None:
        made.set()
        await asyncio.Event().wait()

    submit(stopped, first, other, for_ever)
    await made.wait()
    await first.close()
    await stopped.jobs.close()
    assert there(other) == ["disk"]
    second = World()
    told: list[Job] = []
    second.jobs.changed.subscribe(told.append)
    service = RollbackService(second.hosts, second.inventory, second.jobs, store)
    second.add(DEFAULT_URI)
    await second.connected()
    await eventually(lambda: told and told[-1].state.is_final)
    assert (told[-1].kind, told[-1].state) == (JobKind.CLEAN_UP, JobState.DONE), told[-1].error
    assert [(line.kind, line.subject) for line in told[-1].log] == [(LineKind.FILE_DELETED, "disk")]
    assert there(other) == [], "who counts on the pool by now nobody knows"
    assert os.listdir(tmp_path) == []
    await service.close()
    await second.close()


async def test_no_attempt_stops_what_another_counts_on(stopped: World, other: libvirt.virConnect) -> None:
    rollback = RollbackService(stopped.hosts, stopped.inventory, stopped.jobs)
    go = asyncio.Event()

    async def fail_later() -> None:
        await go.wait()
        refuse()

    first = submit(stopped, rollback, other, fail_later)
    await eventually(lambda: stopped.jobs.jobs[first].results)

    async def counting_on_it(job: JobContext) -> None:
        async with rollback.attempt(job, "another", "h1", uses={f"pool {POOL}"}):
            go.set()
            await stopped.jobs.wait(first)

    second = stopped.jobs.submit(JobKind.CREATE, (JobTarget("another", "h1"),), counting_on_it)
    assert (await stopped.jobs.wait(second)).state is JobState.DONE
    assert there(other) == [], "its own volume is gone, the pool runs on"
    await rollback.close()
