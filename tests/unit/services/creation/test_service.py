"""A machine made on libvirt's test driver, from offer to inventory, and the ways it goes wrong."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from dataclasses import replace

import pytest

from tests.helpers.waiting import eventually
from tests.helpers.world import World
from vmgui.hypervisor import definition, lifecycle
from vmgui.hypervisor.lanes import SLOW
from vmgui.hypervisor.storage import create_volume, delete_volume, list_volumes
from vmgui.model.creation import FileRef, NewDomain, NewVolume, SourceKind
from vmgui.model.errors import (
    Aborted,
    AlreadyExists,
    DiskInUse,
    HostUnreachable,
    InvalidConfig,
    NotFound,
    VmguiError,
)
from vmgui.model.job import Job, JobState, Phase, ThingKind
from vmgui.model.offer import HostOffer, ProblemKind
from vmgui.policy.creation import defaults
from vmgui.services.creation import CreationService
from vmgui.services.os_variants import OsVariants
from vmgui.services.rollback import RollbackService


@pytest.fixture
async def creation(world: World) -> CreationService:
    world.add("test:///default")
    await world.connected()
    rollback = RollbackService(world.hosts, world.inventory, world.jobs)
    return CreationService(world.hosts, world.inventory, world.jobs, OsVariants([]), rollback, world.watches)


async def wish(creation: CreationService, offer: HostOffer, **changes: object) -> NewDomain:
    new = replace(defaults(offer, SourceKind.EMPTY, name="made"), memory_kib=1024**2, memory_max_kib=1024**2)
    return replace(new, **changes)  # type: ignore[arg-type]


async def make(world: World, creation: CreationService, new: NewDomain) -> Job:
    return await world.jobs.wait(creation.create(new))


async def volumes(world: World) -> set[str]:
    found = await world.hosts.connection("h1").run(list_volumes, "default-pool")
    return {volume.name for volume in found}


async def test_the_offer(creation: CreationService) -> None:
    offer = await creation.offer("h1")
    assert offer.names == {"test"}
    assert [pool.name for pool in offer.pools] == ["default-pool"]
    assert "default-pool" in offer.volumes
    assert [network.name for network in offer.networks] == ["default"]
    assert offer.cpus > 0
    assert offer.memory_total_kib > 0
    assert offer.listen_address == ""


async def test_a_machine_is_made_and_started(world: World, creation: CreationService) -> None:
    offer = await creation.offer("h1")
    new = await wish(creation, offer)
    seen: list[Phase] = []
    world.jobs.changed.subscribe(lambda job: seen.append(job.progress.phase))
    job = await world.jobs.wait(creation.create(new))
    assert job.state is JobState.DONE, job.error
    (result,) = job.results
    assert (result.kind, result.name, result.is_running) == (ThingKind.MACHINE, new.name, True)
    key = result.key
    assert key is not None
    await eventually(lambda: key in world.inventory.domains and world.inventory.domains[key].state.is_active)
    assert await volumes(world) == {"made.qcow2"}
    assert list(dict.fromkeys(seen)) == [
        Phase.WORKING,
        Phase.CHECKING,
        Phase.ALLOCATING,
        Phase.DEFINING,
        Phase.STARTING,
    ]


async def test_names_are_checked_again(world: World, creation: CreationService) -> None:
    offer = await creation.offer("h1")
    new = await wish(creation, offer)
    assert isinstance((await make(world, creation, replace(new, name="test"))).error, AlreadyExists)
    assert await volumes(world) == set()
    assert (await make(world, creation, new)).state is JobState.DONE
    # The wish was sound when it was made; meanwhile the volume is there.
    job = await make(world, creation, replace(new, name="other"))
    assert isinstance(job.error, AlreadyExists)
    assert await volumes(world) == {"made.qcow2"}


async def test_a_refused_definition_takes_the_volume_back(world: World, creation: CreationService) -> None:
    offer = await creation.offer("h1")
    new = await wish(creation, offer)
    text = creation.build_xml(new, offer).replace('<domain type="test"', '<domain type="nonsense"')
    job = await make(world, creation, replace(new, xml=text))
    assert job.results == ()
    assert job.state is JobState.FAILED
    assert isinstance(job.error, VmguiError)
    assert await volumes(world) == set()


async def test_cancelled_while_a_step_waits_behind_others_it_is_not_made_and_the_rest_taken_back(
    world: World, creation: CreationService, monkeypatch: pytest.MonkeyPatch
) -> None:
    offer = await creation.offer("h1")
    new = await wish(creation, offer)
    connection = world.hosts.connection("h1")
    real = connection.run
    defined: list[bool] = []
    ends: list[tuple[bool, type[BaseException]]] = []

    async def run(call: Callable[..., object], *args: object, **options: object) -> object:
        if call is not definition.define:
            return await real(call, *args, **options)  # type: ignore[arg-type]
        go = threading.Event()
        others = asyncio.gather(*(real(lambda _conn: go.wait(120), lane=SLOW) for _ in range(SLOW.threads)))
        await asyncio.sleep(0)
        mine = asyncio.ensure_future(real(lambda _conn: defined.append(True), **options))  # type: ignore[arg-type]
        await eventually(lambda: world.jobs.jobs[job_id].waits_in_line)
        world.jobs.cancel(job_id)
        try:
            return await mine
        except VmguiError as error:
            ends.append((others.done(), type(error)))
            raise
        finally:
            go.set()
            await others

    monkeypatch.setattr(connection, "run", run)
    job_id = creation.create(new)
    job = await world.jobs.wait(job_id)
    assert (job.state, job.waits_in_line) == (JobState.CANCELLED, False)
    assert ends == [(False, Aborted)], "at once, not at its turn"
    assert defined == []
    assert await volumes(world) == set()


async def test_a_disk_that_a_machine_came_to_run_with_meanwhile_is_refused(
    world: World, creation: CreationService
) -> None:
    """The wizard had nothing to say when it looked; then somebody started a machine with the disk."""
    connection = world.hosts.connection("h1")
    path = "/default-pool/theirs"
    await connection.run(create_volume, NewVolume("default-pool", "theirs", 1 << 20, "raw"))
    offer = await creation.offer("h1")
    new = await wish(creation, offer, disk_image=FileRef(path), new_volume=None)
    assert (await creation.inspect("h1", FileRef(path), SourceKind.DISK_IMAGE)).used_by == ()
    theirs = f"""<domain type='test'><name>theirs</name><memory>1024</memory><os><type>hvm</type></os><devices>
      <disk type='file'><source file='{path}'/><target dev='vda'/></disk></devices></domain>"""
    uuid = await connection.run(definition.define, theirs)
    await connection.run(lifecycle.start, uuid)
    job_id = creation.create(new)
    job = await world.jobs.wait(job_id)
    assert isinstance(job.error, DiskInUse)
    assert job.error.subject == "theirs"
    assert all(domain.name != "made" for domain in world.inventory.domains.values())
    await connection.run(lifecycle.destroy, uuid)
    again = world.jobs.retry(job_id)
    assert again is not None
    assert (await world.jobs.wait(again)).state is JobState.DONE, "off, it only warns: the person has chosen"
    await connection.run(delete_volume, path)


async def test_a_retry_makes_it(world: World, creation: CreationService) -> None:
    offer = await creation.offer("h1")
    new = await wish(creation, offer, name="test")
    volume = new.new_volume
    assert volume is not None
    job_id = creation.create(new)
    assert (await world.jobs.wait(job_id)).state is JobState.FAILED
    again = world.jobs.retry(job_id)
    assert again is not None
    assert isinstance((await world.jobs.wait(again)).error, AlreadyExists)


async def test_a_pool_that_is_not_there(world: World, creation: CreationService) -> None:
    offer = await creation.offer("h1")
    new = await wish(creation, offer)
    volume = new.new_volume
    assert volume is not None
    job = await make(world, creation, replace(new, new_volume=replace(volume, pool="nowhere")))
    assert isinstance(job.error, NotFound)


async def test_a_host_that_is_not_connected(world: World, creation: CreationService) -> None:
    offer = await creation.offer("h1")
    new = await wish(creation, offer)
    world.hosts.disconnect("h1")
    with pytest.raises(HostUnreachable):
        await creation.offer("h1")
    job = await make(world, creation, new)
    assert isinstance(job.error, HostUnreachable)


async def test_an_edited_xml_is_judged(world: World, creation: CreationService) -> None:
    offer = await creation.offer("h1")
    new = await wish(creation, offer)
    text = creation.build_xml(new, offer)
    assert creation.xml_problems(text, offer) == ()
    uuid = world.key("test").uuid
    cases = {
        "<domain": ProblemKind.XML_INVALID,
        "<network/>": ProblemKind.XML_INVALID,
        text.replace("<name>made<", "<name>test<"): ProblemKind.XML_NAME_TAKEN,
        text.replace("<name>made<", "<name>a/b<"): ProblemKind.NAME_INVALID,
        text.replace("</name>", f"</name><uuid>{uuid}</uuid>", 1): ProblemKind.XML_UUID_TAKEN,
    }
    for edited, kind in cases.items():
        assert [problem.kind for problem in creation.xml_problems(edited, offer)] == [kind]
    with pytest.raises(InvalidConfig):
        creation.build_xml(replace(new, description="\x00"), offer)
