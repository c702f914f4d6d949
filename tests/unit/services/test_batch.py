"""Many machines in one job: how many at a time, what is told of each, what a retry repeats."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import libvirt
import pytest

from tests.helpers.waiting import eventually
from tests.helpers.world import World
from vmgui.hypervisor import lifecycle as hypervisor_lifecycle
from vmgui.model.domain import DomainKey, DomainState
from vmgui.model.errors import InvalidState, PartlyDone
from vmgui.model.job import JobState, LineKind, Phase, Progress
from vmgui.services.jobs import JobContext
from vmgui.services.lifecycle import LifecycleService


@pytest.fixture
def service(world: World) -> LifecycleService:
    return LifecycleService(world.hosts, world.inventory, world.jobs)


async def test_many_machines_are_one_job(
    world: World, service: LifecycleService, test_driver: Callable[..., str]
) -> None:
    world.add(test_driver(*(f"vm{number}" for number in range(30))))
    await world.connected()
    job = await world.jobs.wait(service.start(world.inventory.domains))
    assert job.state is JobState.DONE
    assert job.targets_done == 30
    assert len([line for line in job.log if line.kind is LineKind.DONE]) == 30
    await eventually(
        lambda: all(row.state is DomainState.RUNNING for row in world.inventory.domains.values())
    )


async def test_each_machine_under_way_is_a_step(
    world: World,
    service: LifecycleService,
    test_driver: Callable[..., str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    go = asyncio.Event()

    async def act(_key: DomainKey, context: JobContext) -> None:
        context.report(Progress(Phase.STARTING))
        await go.wait()

    monkeypatch.setattr(service, "_start", act)
    world.add(test_driver("a", "b"))
    await world.connected()
    job_id = service.start(world.inventory.domains)
    await eventually(lambda: len(world.jobs.jobs[job_id].steps) == 2)
    job = world.jobs.jobs[job_id]
    assert {step.name: step.progress.phase for step in job.steps} == dict.fromkeys("ab", Phase.STARTING)
    go.set()
    job = await world.jobs.wait(job_id)
    assert (job.state, job.steps) == (JobState.DONE, ())


async def test_no_more_than_the_limit_of_a_host_at_a_time(
    world: World,
    service: LifecycleService,
    test_driver: Callable[..., str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    now = most = 0

    async def counted(_key: DomainKey, _context: object) -> None:
        nonlocal now, most
        now += 1
        most = max(most, now)
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        now -= 1

    monkeypatch.setattr(service, "_start", counted)
    world.add(test_driver(*(f"vm{number}" for number in range(20))))
    await world.connected()
    await world.jobs.wait(service.start(world.inventory.domains))
    assert most == 4


async def test_what_is_so_already_is_skipped(
    world: World, service: LifecycleService, test_driver: Callable[..., str]
) -> None:
    world.add(test_driver("a", "b"))
    await world.connected()
    await world.jobs.wait(service.start([world.key("a")]))
    await eventually(lambda: world.find("a").state is DomainState.RUNNING)
    job = await world.jobs.wait(service.start([world.key("a"), world.key("b")]))
    assert job.state is JobState.DONE
    assert [(line.kind, line.subject) for line in job.log if line.kind is LineKind.SKIPPED] == [
        (LineKind.SKIPPED, "a")
    ]


async def test_a_mixed_result_is_partly_done_and_retry_repeats_only_what_failed(
    world: World,
    service: LifecycleService,
    test_driver: Callable[..., str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    world.add(test_driver("a", "b", "c"))
    await world.connected()
    broken = world.key("b").uuid
    real = hypervisor_lifecycle.start
    started: list[str] = []

    def start(conn: libvirt.virConnect, uuid: str) -> None:
        started.append(uuid)
        if uuid == broken:
            raise InvalidState("broken for the test")
        real(conn, uuid)

    monkeypatch.setattr(hypervisor_lifecycle, "start", start)
    first = await world.jobs.wait(service.start([world.key(name) for name in "abc"]))
    assert first.state is JobState.FAILED
    assert isinstance(first.error, PartlyDone)
    assert set(first.error.done) == {"a", "c"}
    assert [name for name, _ in first.error.failed] == ["b"]
    assert [target.name for target in first.targets_failed] == ["b"]

    started.clear()
    broken = ""
    again = world.jobs.retry(first.id)
    assert again is not None
    second = await world.jobs.wait(again)
    assert second.state is JobState.DONE
    assert [target.name for target in second.targets] == ["b"]
    assert started == [world.key("b").uuid]
    assert world.jobs.retry(second.id) is None


async def test_thousands_leave_the_loop_its_turns(
    world: World,
    service: LifecycleService,
    test_driver: Callable[..., str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async def nothing(_key: DomainKey, _context: object) -> None:
        return

    monkeypatch.setattr(service, "_start", nothing)
    world.add(test_driver(*(f"vm{number}" for number in range(2000))))
    await world.connected()
    job_id = service.start(world.inventory.domains)
    turns = 0
    while not world.jobs.jobs[job_id].state.is_final:
        turns += 1
        await asyncio.sleep(0)
    assert world.jobs.jobs[job_id].targets_done == 2000
    assert turns > 100
