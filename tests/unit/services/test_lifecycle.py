"""Actions on one or many machines, on libvirt's test driver."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable

import libvirt
import pytest

from tests.helpers.waiting import eventually
from tests.helpers.world import World
from tests.unit.services.conftest import DEFAULT_URI
from vmgui.hypervisor import lifecycle as hypervisor_lifecycle
from vmgui.hypervisor.domains import read_domain
from vmgui.hypervisor.lanes import LONG, SLOW, LaneKind
from vmgui.model.domain import DomainState
from vmgui.model.errors import (
    AlreadyExists,
    GuestIgnored,
    HostUnreachable,
    InvalidConfig,
    NotFound,
    PermissionDenied,
)
from vmgui.model.job import Job, JobState, LineKind
from vmgui.policy.lifecycle import ActionRefused, Refusal
from vmgui.policy.remedies import Means
from vmgui.services.lifecycle import LifecycleService


@pytest.fixture
def service(world: World) -> LifecycleService:
    return LifecycleService(world.hosts, world.inventory, world.jobs, shut_down_timeout_s=0.6)


async def becomes(world: World, state: DomainState, name: str = "test") -> None:
    await eventually(lambda: world.find(name).state is state)


async def test_from_running_to_off_and_back(world: World, service: LifecycleService) -> None:
    world.add(DEFAULT_URI)
    await world.connected()
    keys = [world.key()]
    for job_id, state in (
        (lambda: service.pause(keys), DomainState.PAUSED),
        (lambda: service.resume(keys), DomainState.RUNNING),
        (lambda: service.shut_down(keys), DomainState.OFF),
        (lambda: service.start(keys), DomainState.RUNNING),
        (lambda: service.save(keys), DomainState.SAVED),
        (lambda: service.restore(keys), DomainState.RUNNING),
        (lambda: service.save(keys), DomainState.SAVED),
        (lambda: service.discard_saved(keys), DomainState.OFF),
        (lambda: service.start(keys), DomainState.RUNNING),
        (lambda: service.force_off(keys), DomainState.OFF),
    ):
        job = await world.jobs.wait(job_id())
        assert job.state is JobState.DONE, (state, job.error, job.log)
        await becomes(world, state)


async def test_one_that_makes_no_sense_is_an_error_in_words(world: World, service: LifecycleService) -> None:
    world.add(DEFAULT_URI)
    await world.connected()
    job = await world.jobs.wait(service.resume([world.key()]))
    assert job.state is JobState.FAILED
    assert isinstance(job.error, ActionRefused)
    assert job.error.refusal is Refusal.NOT_PAUSED
    job = await world.jobs.wait(service.start([world.key()]))
    assert job.state is JobState.DONE


async def test_a_machine_deleted_behind_our_back_fails_alone(
    world: World, service: LifecycleService, other: libvirt.virConnect
) -> None:
    made = other.defineXML(
        "<domain type='test'><name>made</name><memory>1024</memory><os><type>hvm</type></os></domain>"
    )
    world.add(DEFAULT_URI)
    await world.connected()
    key = world.key("made")
    made.undefine()
    job = await world.jobs.wait(service.start([key]))
    assert job.state is JobState.FAILED
    assert isinstance(job.error, NotFound)
    assert job.error.subject
    await eventually(lambda: key not in world.inventory.domains)


async def test_without_connection_it_says_so(world: World, service: LifecycleService) -> None:
    world.add(DEFAULT_URI)
    await world.connected()
    key = world.key()
    world.hosts.disconnect("h1")
    job = await world.jobs.wait(service.pause([key]))
    assert isinstance(job.error, HostUnreachable)


async def test_a_read_only_connection_changes_nothing(world: World, service: LifecycleService) -> None:
    world.add(DEFAULT_URI, read_only=True)
    await world.connected()
    job = await world.jobs.wait(service.pause([world.key()]))
    assert isinstance(job.error, PermissionDenied)
    assert world.find("test").state is DomainState.RUNNING


@pytest.fixture
def deaf_guests(monkeypatch: pytest.MonkeyPatch) -> None:
    """Guests that ignore the request to shut down."""
    monkeypatch.setattr(hypervisor_lifecycle, "shutdown", lambda _conn, _uuid: None)


@pytest.mark.usefixtures("deaf_guests")
async def test_a_guest_that_does_not_shut_down_times_out(world: World, service: LifecycleService) -> None:
    world.add(DEFAULT_URI)
    await world.connected()
    job_id = service.shut_down([world.key()])
    await eventually(lambda: world.jobs.jobs[job_id].deadline_unix_s > 0)
    job = await world.jobs.wait(job_id)
    assert job.state is JobState.FAILED
    assert isinstance(job.error, GuestIgnored)
    assert job.error.subject == "test"
    assert [target.key for target in job.targets_failed] == [world.key()]
    assert job.deadline_unix_s == 0


@pytest.mark.usefixtures("deaf_guests")
async def test_cancelling_a_shut_down_stops_the_waiting(world: World) -> None:
    service = LifecycleService(world.hosts, world.inventory, world.jobs, shut_down_timeout_s=600)
    world.add(DEFAULT_URI)
    await world.connected()
    job_id = service.shut_down([world.key()])
    await eventually(lambda: world.jobs.jobs[job_id].deadline_unix_s > 0)
    world.jobs.cancel(job_id)
    job = await world.jobs.wait(job_id)
    assert job.state is JobState.CANCELLED
    assert [line.kind for line in job.log] == [LineKind.WAITING, LineKind.CANCELLED]


@pytest.mark.usefixtures("deaf_guests")
async def test_waiting_ends_when_the_machine_is_forced_off(world: World) -> None:
    service = LifecycleService(world.hosts, world.inventory, world.jobs, shut_down_timeout_s=600)
    world.add(DEFAULT_URI)
    await world.connected()
    waiting = service.shut_down([world.key()])
    await eventually(lambda: world.jobs.jobs[waiting].deadline_unix_s > 0)
    await world.jobs.wait(service.force_off([world.key()]))
    assert (await world.jobs.wait(waiting)).state is JobState.DONE


async def test_rename(world: World, service: LifecycleService, test_driver: Callable[..., str]) -> None:
    world.add(test_driver("old", "taken"))
    await world.connected()
    key = world.key("old")

    async def rename(name: str) -> Job:
        return await world.jobs.wait(service.rename(key, name))

    assert isinstance((await rename("taken")).error, AlreadyExists)
    for bad in ("", " x", "a/b", "..", "a\nb", "n" * 300):
        assert isinstance((await rename(bad)).error, InvalidConfig), bad
    assert world.inventory.domains[key].name == "old"
    strange = "Büro & <Test> 'x' \"y\" 東京"
    job = await rename(strange)
    assert job.state is JobState.DONE, job.error
    await eventually(lambda: world.inventory.domains[key].name == strange)
    await world.jobs.wait(service.start([key]))
    await eventually(lambda: world.inventory.domains[key].state is DomainState.RUNNING)
    refused = await rename("other")
    assert isinstance(refused.error, ActionRefused)
    assert refused.error.refusal is Refusal.MUST_BE_OFF


async def test_autostart_and_notes(
    world: World, service: LifecycleService, other: libvirt.virConnect
) -> None:
    world.add(DEFAULT_URI)
    await world.connected()
    key = world.key()
    for on in (True, False):
        assert (await world.jobs.wait(service.set_autostart([key], on))).state is JobState.DONE
        await eventually(lambda on=on: world.find("test").autostart is on)
    for text in ("Two\nlines & <tags>", ""):
        assert (await world.jobs.wait(service.set_notes(key, text))).state is JobState.DONE
        if text:
            told = other.lookupByName("test").metadata(libvirt.VIR_DOMAIN_METADATA_DESCRIPTION, None)
            assert told == text
    job = await world.jobs.wait(service.set_notes(key, "a\x00b"))
    assert isinstance(job.error, InvalidConfig)
    job = await world.jobs.wait(service.set_notes(key, "x" * 70_000))
    assert isinstance(job.error, InvalidConfig)


async def test_acting_on_nothing_is_a_mistake_of_the_caller(world: World, service: LifecycleService) -> None:
    with pytest.raises(ValueError, match="no virtual machine"):
        service.start([])


@pytest.mark.parametrize("lane", [LONG, SLOW])
async def test_one_that_waits_behind_others_of_its_host_says_so(
    world: World, service: LifecycleService, lane: LaneKind
) -> None:
    world.add(DEFAULT_URI)
    await world.connected()
    key = world.key()
    if lane is SLOW:
        await world.jobs.wait(service.force_off([key]))
        await becomes(world, DomainState.OFF)
    go = threading.Event()
    others = hold_lane(world, go, lane)
    # Begun one after the other on the loop, so all of them stand before it.
    await asyncio.sleep(0)
    job_id = service.save([key]) if lane is LONG else service.start([key])
    await eventually(lambda: world.jobs.jobs[job_id].waits_in_line)
    go.set()
    assert await others
    job = await world.jobs.wait(job_id)
    assert (job.state, job.waits_in_line) == (JobState.DONE, False)


@pytest.mark.parametrize("what", ["save", "start", "restore", "start with"])
async def test_cancelled_while_it_waits_behind_others_it_is_never_done(
    world: World, service: LifecycleService, what: str
) -> None:
    world.add(DEFAULT_URI)
    await world.connected()
    key = world.key()
    before = {"save": DomainState.RUNNING, "restore": DomainState.SAVED}.get(what, DomainState.OFF)
    if before is not DomainState.RUNNING:
        first = service.save([key]) if before is DomainState.SAVED else service.force_off([key])
        await world.jobs.wait(first)
        await becomes(world, before)
    go = threading.Event()
    others = hold_lane(world, go, LONG if what in ("save", "restore") else SLOW)
    await asyncio.sleep(0)
    network = Means("h1", "default", is_pool=False)
    submit = {
        "save": service.save,
        "start": service.start,
        "restore": service.restore,
        "start with": lambda keys: service.start_with(keys, (network,)),
    }
    job_id = submit[what]([key])
    await eventually(lambda: world.jobs.jobs[job_id].waits_in_line)
    world.jobs.cancel(job_id)
    job = await world.jobs.wait(job_id)
    assert (job.state, job.waits_in_line) == (JobState.CANCELLED, False)
    # Long before its turn.
    assert not others.done()
    go.set()
    assert await others
    # All that was asked of the host has been made by now.
    assert await hold_lane(world, go, LONG if what in ("save", "restore") else SLOW)
    row = await world.hosts.connection("h1").run(read_domain, "h1", key.uuid)
    assert row is not None
    assert row.state is before


def hold_lane(world: World, go: threading.Event, lane: LaneKind) -> asyncio.Future[list[bool]]:
    """Keep all threads of a lane of the host busy until `go`."""

    def hold(_conn: object) -> bool:
        return go.wait(120)

    connection = world.hosts.connection("h1")
    return asyncio.gather(*(connection.run(hold, lane=lane, timeout_s=120) for _ in range(lane.threads)))
