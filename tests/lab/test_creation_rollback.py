"""What a creation that fails takes back on real hosts: what it made, and nothing that others made or use."""

from __future__ import annotations

import asyncio
import shutil
import subprocess
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path

import libvirt
import pytest

from tests.helpers.waiting import eventually
from tests.helpers.wire import Wire
from tests.lab.creation_world import BIG_MIB, World, big_file, killing
from tests.lab.domain_xml import Disk
from tests.lab.generations import every_generation
from tests.lab.lab_host import LabHost
from vmgui.hypervisor import definition, stuck_calls
from vmgui.hypervisor.storage import create_volume
from vmgui.libvirtxml.storage import build_volume
from vmgui.model.creation import FileRef, NewDomain, NewVolume, SourceKind
from vmgui.model.errors import AlreadyExists, Busy, LeftForLater, NotProvenOurs, PartlyDone, StillUsed
from vmgui.model.job import Job, JobKind, JobState, Phase
from vmgui.model.offer import Field, ProblemKind
from vmgui.model.os_variant import GENERIC_LINUX
from vmgui.model.storage import Volume
from vmgui.policy.creation_problems import problems
from vmgui.services.background import in_thread
from vmgui.services.creation import making, means, placing
from vmgui.services.jobs import JobService
from vmgui.services.rollback import reconnecting
from vmgui.store.rollback import RollbackStore

MINE = "made.qcow2"


@pytest.fixture
async def world(lab_host: LabHost) -> AsyncIterator[World]:
    made = World(lab_host)
    await made.connect(lab_host.unix_uri)
    yield made
    await made.close()


@pytest.fixture
def wire(lab_host: LabHost) -> Iterator[Wire]:
    with Wire((lab_host.address, 16509)) as wire:
        yield wire


@pytest.fixture
async def wired(lab_host: LabHost, wire: Wire) -> AsyncIterator[World]:
    """Connected over a wire that can be cut."""
    made = World(lab_host)
    await made.connect(wire.uri)
    yield made
    await made.close()


async def small(world: World, name: str = "made") -> NewDomain:
    return await world.wish(SourceKind.EMPTY, name=name, start=False)


def left(job: Job) -> dict[str, type[Exception]]:
    """What the job says it had to leave, and why."""
    if not isinstance(job.error, PartlyDone):
        return {}
    return {name: type(error) for name, error in job.error.failed}


def stop_at_the_end(monkeypatch: pytest.MonkeyPatch, act: Callable[[], object]) -> None:
    """Let somebody `act` once everything but the machine has been made; then the creation fails."""

    async def fail(*_args: object) -> None:
        await in_thread(act)
        raise Busy("stopped by the test")

    monkeypatch.setattr(making, "refuse_disk_in_use", fail)


def theirs(host: LabHost, name: str = MINE, pool: str = "default") -> None:
    """Another program makes a volume."""
    with host.connect() as connection:
        connection.storagePoolLookupByName(pool).createXML(build_volume(name, 7 * 1024**2, "raw"))


# Volumes -----------------------------------------------------------------------------------------------------


@every_generation
async def test_what_was_never_asked_for_is_not_taken_back(
    world: World, lab_host: LabHost, tmp_path: Path
) -> None:
    """The person disconnects; another program makes a volume of that name; the person connects again."""
    gone = asyncio.Event()

    def look(job: Job) -> None:
        if job.progress.phase is Phase.ALLOCATING and not gone.is_set():
            world.hosts.disconnect("h")
            gone.set()

    world.jobs.changed.subscribe(look)
    before = world.things()
    new = await world.wish(SourceKind.CDROM, cdrom=big_file(tmp_path, 4), start=False)
    job_id = world.creation.create(new)
    await gone.wait()
    await in_thread(theirs, lab_host)
    world.hosts.connect("h")
    job = await world.jobs.wait(job_id)
    assert job.state is JobState.FAILED
    assert left(job) == {}
    after = world.things()
    assert after["volumes"] - before["volumes"] == {f"default/{MINE}"}
    assert (lab_host.images_path / MINE).stat().st_size == 7 * 1024**2


@pytest.mark.parametrize("was_made", [True, False])
async def test_a_volume_whose_answer_was_lost_is_left_and_told(
    wired: World, lab_host: LabHost, wire: Wire, monkeypatch: pytest.MonkeyPatch, was_made: bool
) -> None:
    """It may be ours or another's: nothing tells."""

    def cut(conn: libvirt.virConnect, new: NewVolume) -> Volume:
        if was_made:
            create_volume(conn, new)
        else:
            theirs(lab_host)
        wire.drop_all()
        conn.getLibVersion()
        return create_volume(conn, new)

    monkeypatch.setattr(placing, "create_volume", cut)
    job = await wired.create(await small(wired))
    assert job.state is JobState.FAILED
    assert left(job) == {MINE: NotProvenOurs}
    assert f"default/{MINE}" in wired.things()["volumes"]


async def test_nothing_is_told_of_a_volume_that_was_not_made(
    wired: World, wire: Wire, monkeypatch: pytest.MonkeyPatch
) -> None:
    def cut(conn: libvirt.virConnect, new: NewVolume) -> Volume:
        wire.drop_all()
        conn.getLibVersion()
        return create_volume(conn, new)

    monkeypatch.setattr(placing, "create_volume", cut)
    before = wired.things()
    job = await wired.create(await small(wired))
    assert (job.state, left(job)) == (JobState.FAILED, {})
    assert wired.things() == before


@every_generation
async def test_a_machine_whose_answer_was_lost_is_ours_by_its_uuid(
    wired: World, wire: Wire, monkeypatch: pytest.MonkeyPatch
) -> None:
    define = definition.define

    def cut(conn: libvirt.virConnect, xml: str) -> str:
        define(conn, xml)
        wire.drop_all()
        conn.getLibVersion()
        return ""

    monkeypatch.setattr(definition, "define", cut)
    before = wired.things()
    job = await wired.create(await small(wired))
    assert (job.state, left(job)) == (JobState.FAILED, {})
    assert wired.things() == before


async def test_a_volume_replaced_or_used_by_others_meanwhile_stays(
    world: World, lab_host: LabHost, monkeypatch: pytest.MonkeyPatch
) -> None:
    def replaced() -> None:
        with lab_host.connect() as connection:
            connection.storagePoolLookupByName("default").storageVolLookupByName(MINE).delete()
        theirs(lab_host)

    stop_at_the_end(monkeypatch, replaced)
    job = await world.create(await small(world))
    assert left(job) == {MINE: NotProvenOurs}
    assert (lab_host.images_path / MINE).stat().st_size == 7 * 1024**2

    path = f"{lab_host.images_dir}/used.qcow2"
    stop_at_the_end(monkeypatch, lambda: lab_host.define_tiny("other", disks=(Disk(path),)))
    job = await world.create(await small(world, name="used"))
    assert left(job) == {"used.qcow2": StillUsed}
    assert (lab_host.images_path / "used.qcow2").exists()


# Networks and pools ------------------------------------------------------------------------------------------


@pytest.fixture
def stopped_network(lab_host: LabHost) -> Iterator[None]:
    with lab_host.connect() as connection:
        connection.networkLookupByName("default").destroy()
    yield
    with lab_host.connect() as connection:
        network = connection.networkLookupByName("default")
        if not network.isActive():
            network.create()


@every_generation
@pytest.mark.usefixtures("stopped_network")
async def test_a_network_another_machine_runs_on_stays(
    world: World, lab_host: LabHost, monkeypatch: pytest.MonkeyPatch
) -> None:
    def start_another() -> None:
        lab_host.define_tiny("other", start=True)

    stop_at_the_end(monkeypatch, start_another)
    job = await world.create(await small(world))
    assert (job.state, left(job)) == (JobState.FAILED, {})
    assert world.things()["networks"] == {"default"}
    assert lab_host.state("other") == libvirt.VIR_DOMAIN_RUNNING
    with lab_host.connect() as connection:
        connection.lookupByName("other").destroy()
        connection.networkLookupByName("default").destroy()
    # Started by us, used by nobody: it stops.
    stop_at_the_end(monkeypatch, lambda: None)
    await world.create(await small(world))
    assert world.things()["networks"] == set()


@pytest.mark.usefixtures("stopped_network")
async def test_a_network_that_somebody_else_started_first_stays(
    world: World, lab_host: LabHost, monkeypatch: pytest.MonkeyPatch
) -> None:
    start = means.start_network

    def second(conn: libvirt.virConnect, name: str) -> bool:
        with lab_host.connect() as connection:
            connection.networkLookupByName(name).create()
        return start(conn, name)

    monkeypatch.setattr(means, "start_network", second)
    stop_at_the_end(monkeypatch, lambda: None)
    await world.create(await small(world))
    assert world.things()["networks"] == {"default"}


@pytest.fixture
def stopped_pools(lab_host: LabHost) -> Iterator[None]:
    with lab_host.connect() as connection:
        pools = connection.listAllStoragePools(libvirt.VIR_CONNECT_LIST_STORAGE_POOLS_ACTIVE)
        names = [pool.name() for pool in pools]
        for pool in pools:
            pool.destroy()
    yield
    with lab_host.connect() as connection:
        for name in names:
            pool = connection.storagePoolLookupByName(name)
            if not pool.isActive():
                pool.create()


def running_pools(host: LabHost) -> set[str]:
    with host.connect() as connection:
        active = connection.listAllStoragePools(libvirt.VIR_CONNECT_LIST_STORAGE_POOLS_ACTIVE)
        return {pool.name() for pool in active}


@pytest.mark.usefixtures("stopped_pools")
async def test_a_pool_that_is_not_running_is_started_for_the_disk_and_stopped_if_it_comes_to_nothing(
    world: World, lab_host: LabHost, monkeypatch: pytest.MonkeyPatch
) -> None:
    # It is not known before the pool runs that the name is taken: that is found out in time.
    (lab_host.images_path / "taken.qcow2").write_bytes(b"somebody's")
    job = await world.create(await small(world, name="taken"))
    assert isinstance(job.error, AlreadyExists)
    assert running_pools(lab_host) == set()

    new = await small(world)
    found = problems(new, await world.offer(), GENERIC_LINUX)
    told = [(problem.kind, problem.name) for problem in found if problem.field is Field.DISK_POOL]
    assert told == [(ProblemKind.POOL_INACTIVE, "default")]
    stop_at_the_end(monkeypatch, lambda: theirs(lab_host, "theirs.img"))
    await world.create(new)
    assert running_pools(lab_host) == {"default"}
    monkeypatch.undo()
    await world.made(new)
    assert world.things()["volumes"] >= {f"default/{MINE}", "default/theirs.img"}
    assert (lab_host.images_path / "taken.qcow2").read_bytes() == b"somebody's"


async def test_a_first_pool_that_holds_anothers_volume_stays(
    world: World, host_without_pools: LabHost, monkeypatch: pytest.MonkeyPatch
) -> None:
    stop_at_the_end(monkeypatch, lambda: theirs(host_without_pools, "theirs.img"))
    job = await world.create(await small(world))
    assert (job.state, left(job)) == (JobState.FAILED, {})
    assert world.things()["volumes"] == {"default/theirs.img"}


# The program ends before all is taken back -------------------------------------------------------------------


async def ended(jobs: JobService, kind: JobKind) -> Job:
    def found() -> list[Job]:
        return [job for job in jobs.jobs.values() if job.kind is kind and job.state.is_final]

    return (await eventually(found))[0]


async def test_what_is_not_taken_back_when_the_program_ends_is_by_the_next(
    lab_host: LabHost, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Another process would know nothing of the call that broke off in this one.
    monkeypatch.setattr(stuck_calls, "ASK_AGAIN_S", 0.0)
    first = World(lab_host, RollbackStore(tmp_path / "notes"))
    await first.connect(lab_host.tcp_uri)
    before = first.things()
    new = await first.wish(SourceKind.CDROM, cdrom=big_file(tmp_path, BIG_MIB), start=False)
    killed = await killing(first, lab_host.kill_daemon, Phase.UPLOADING)
    job_id = first.creation.create(new)
    await killed.wait()
    await eventually(lambda: first.jobs.jobs[job_id].progress.phase is Phase.CLEANING_UP)
    await first.jobs.close(timeout_s=0.5)
    job = await first.jobs.wait(job_id)
    await first.rollback.close()
    await first.close()
    await in_thread(lab_host.start_daemon)
    assert job.state is JobState.INTERRUPTED
    assert left(job) == {"big.iso": LeftForLater}
    assert first.things()["volumes"] - before["volumes"] == {"default/big.iso"}

    second = World(lab_host, RollbackStore(tmp_path / "notes"))
    await second.connect(lab_host.tcp_uri)
    job = await ended(second.jobs, JobKind.CLEAN_UP)
    assert (job.state, job.targets[0].name) == (JobState.DONE, "made"), job.error
    assert second.things() == before
    assert list((tmp_path / "notes").iterdir()) == []
    await second.close()


@pytest.mark.parametrize("is_used", [True, False])
async def test_a_host_that_was_away_is_cleaned_when_it_is_back_unless_the_machine_is_used(
    lab_host: LabHost, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, is_used: bool
) -> None:
    """The host is gone right after the machine was defined; when it is back, a person may have started that one."""
    monkeypatch.setattr(reconnecting, "RECONNECT_TIMEOUT_S", 0.5)
    world = World(lab_host, RollbackStore(tmp_path / "notes"))
    await world.connect(lab_host.tcp_uri)
    before = world.things()
    define = definition.define

    def die(conn: libvirt.virConnect, xml: str) -> str:
        uuid = define(conn, xml)
        lab_host.kill_daemon()
        conn.getLibVersion()
        return uuid

    monkeypatch.setattr(definition, "define", die)
    job = await world.create(await small(world))
    assert left(job) == {"made": LeftForLater, MINE: LeftForLater}, job
    world.hosts.disconnect("h")
    await in_thread(lab_host.start_daemon)
    if is_used:
        with lab_host.connect() as connection:
            connection.lookupByName("made").create()
    world.hosts.connect("h")
    job = await ended(world.jobs, JobKind.CLEAN_UP)
    if is_used:
        assert left(job) == {"made": StillUsed, MINE: StillUsed}
        assert lab_host.state("made") == libvirt.VIR_DOMAIN_RUNNING
        assert f"default/{MINE}" in world.things()["volumes"]
    else:
        assert (job.state, left(job)) == (JobState.DONE, {})
        assert world.things() == before
    assert list((tmp_path / "notes").iterdir()) == []
    await world.close()


def run(*words: str) -> None:
    subprocess.run(words, check=True, capture_output=True)


@pytest.mark.parametrize("how", ["it ran and wrote", "an overlay needs it"])
async def test_a_copied_disk_that_came_into_use_stays(
    lab_host: LabHost, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    """The program died after the machine was defined; days later all of it is off again."""
    monkeypatch.setattr(reconnecting, "RECONNECT_TIMEOUT_S", 0.5)
    world = World(lab_host, RollbackStore(tmp_path / "notes"))
    await world.connect(lab_host.tcp_uri)
    define = definition.define

    def die(conn: libvirt.virConnect, xml: str) -> str:
        uuid = define(conn, xml)
        lab_host.kill_daemon()
        conn.getLibVersion()
        return uuid

    monkeypatch.setattr(definition, "define", die)
    source = tmp_path / "copied.qcow2"
    run("qemu-img", "create", "-f", "qcow2", str(source), "8M")
    image = FileRef(str(source), local=True, upload_pool="default")
    job = await world.create(await world.wish(SourceKind.DISK_IMAGE, disk_image=image, start=False))
    assert left(job) == {"made": LeftForLater, "copied.qcow2": LeftForLater}, job
    world.hosts.disconnect("h")
    await in_thread(lab_host.start_daemon)
    copied = lab_host.images_path / "copied.qcow2"
    outside = lab_host.images_path.parent / "outside"
    if how == "it ran and wrote":
        run("qemu-io", "-c", "write 0 64k", str(copied))
    else:
        outside.mkdir()
        base = f"{lab_host.images_dir}/copied.qcow2"
        top = outside / "top.qcow2"
        run("qemu-img", "create", "-f", "qcow2", "-u", "-b", base, "-F", "qcow2", str(top), "8M")
        place = f"{Path(lab_host.images_dir).parent}/outside/top.qcow2"
        lab_host.define_tiny("other", disks=(Disk(place),))
    try:
        world.hosts.connect("h")
        job = await ended(world.jobs, JobKind.CLEAN_UP)
        assert left(job) == {"made": StillUsed, "copied.qcow2": StillUsed}
        things = world.things()
        assert "made" in things["machines"]
        assert copied.exists()
        assert list((tmp_path / "notes").iterdir()) == []
    finally:
        if outside.exists():
            shutil.rmtree(outside)
    await world.close()
