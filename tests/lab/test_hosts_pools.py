"""One storage pool that hangs, on a real host: nothing else does, here or there, and it comes back by itself."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator

import libvirt
import pytest

from tests.helpers.waiting import eventually
from tests.helpers.world import World
from tests.lab.generations import every_generation
from tests.lab.hanging_files import FILE_BYTES, HangingFiles
from tests.lab.lab_host import LabHost
from vmgui.hypervisor import stuck_calls
from vmgui.model.creation import FileRef, SourceKind
from vmgui.model.errors import PoolSilent, TimedOut
from vmgui.model.host import HostState
from vmgui.model.job import JobState
from vmgui.model.storage import Pool
from vmgui.services import pools
from vmgui.services.background import in_thread
from vmgui.services.creation.media import inspect_on_host
from vmgui.services.creation.offer import collect_offer
from vmgui.services.deletion.evidence import find_evidence
from vmgui.services.lifecycle import LifecycleService

BAD = "nfs"
PATH = "/var/lib/libvirt/nfs"


@pytest.fixture
def files(lab_host: LabHost) -> Iterator[HangingFiles]:
    made = HangingFiles(lab_host, PATH)
    with lab_host.connect() as conn:
        pool = conn.storagePoolDefineXML(
            f"<pool type='dir'><name>{BAD}</name><target><path>{PATH}</path></target></pool>"
        )
        pool.create()
    yield made
    # Whoever waits in it is let go, and the host can be cleaned.
    made.close()


@pytest.fixture
async def world(event_loop: object, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[World]:
    for name in ("LIST_TIMEOUT_S", "LOOK_TIMEOUT_S", "VOLUMES_TIMEOUT_S"):
        monkeypatch.setattr(pools, name, 3.0)
    # What the test before knew of the host's pools.
    stuck_calls._of_hosts.clear()
    made = World()
    yield made
    await made.close()


def busy_workers(host: LabHost) -> int:
    """How many of the workers that libvirtd has for all its clients are in a call."""
    told = host.run(["virt-admin", "-c", "libvirtd:///system", "srv-threadpool-info", "libvirtd"]).stdout
    lines = (line.partition(":") for line in told.splitlines())
    values = {name.strip(): value.strip() for name, _, value in lines}
    return int(values["nWorkers"]) - int(values["freeWorkers"])


def ask_as_another(uri: str) -> str:
    """What another client of that libvirtd gets; a thread that is not ours to count."""
    conn = libvirt.open(uri)
    try:
        conn.listAllDomains()
        conn.storagePoolLookupByName("default").refresh()
        return conn.getHostname()
    finally:
        conn.close()


async def listed(world: World) -> dict[str, Pool]:
    connection = world.hosts.connection("h1")
    return {pool.name: pool for pool in await pools.list_pools(connection, timeout_s=60.0)}


@every_generation
@pytest.mark.parametrize("way", ["unix_uri", "tcp_uri"])
async def test_a_pool_that_hangs_hangs_nothing_else(
    world: World, lab_host: LabHost, files: HangingFiles, way: str
) -> None:
    lab_host.define_tiny("web", start=True)
    images = [lab_host.make_disk(f"spare-{number}.qcow2") for number in range(4)]
    world.add(getattr(lab_host, way))
    await world.connected()
    key = await world.seen("web")
    before = await listed(world)
    assert set(before) >= {"default", BAD}
    (volume,) = await pools.list_volumes(world.hosts.connection("h1"), BAD)
    assert volume.capacity_bytes == FILE_BYTES

    await in_thread(files.hang)
    with pytest.raises(TimedOut):
        await pools.refresh(world.hosts.connection("h1"), BAD, timeout_s=3.0)
    lifecycle = LifecycleService(world.hosts, world.inventory, world.jobs)
    counts: list[int] = []

    async def one_worker_hangs() -> bool:
        return await in_thread(busy_workers, lab_host) == 1

    for number in range(4):
        connection = world.hosts.connection("h1")
        # The others are as good as ever, it is told, with since when.
        found = await listed(world)
        assert found["default"].answers
        assert found[BAD].silent_since_s > 0
        volumes = {volume.path for volume in await pools.list_volumes(connection, "default")}
        assert volumes == set(images[number:])
        with pytest.raises(PoolSilent):
            await pools.list_volumes(connection, BAD)
        offer = await collect_offer(world.watches, connection, world.host(), ())
        assert {pool.name: pool.answers for pool in offer.pools} == {**dict.fromkeys(found, True), BAD: False}
        assert offer.networks
        # Files can be looked at and deleted, what is in the other is said not to be known.
        medium = await inspect_on_host(
            world.watches.pools, connection, FileRef(images[number]), SourceKind.DISK_IMAGE
        )
        assert medium.format == "qcow2"
        seen, _ = await find_evidence(connection, (key.uuid,))
        assert [(pool.name, pool.silent_since_s > 0) for pool in seen.storage.unread] == [(BAD, True)]
        await pools.delete_at(connection, images[number], timeout_s=60.0)
        # So is the rest of the host, for others, too.
        assert await in_thread(ask_as_another, lab_host.unix_uri)
        action = lifecycle.pause if number % 2 == 0 else lifecycle.resume
        assert (await world.jobs.wait(action([key]))).state is JobState.DONE
        counts.append(connection.abandoned_calls)
        # And one of libvirtd's own workers is lost to it, no more.
        await eventually(one_worker_hangs)
        world.hosts.disconnect("h1")
        world.hosts.connect("h1")
        await world.connected()
    assert set(counts) == {1}, "neither asking again nor reconnecting adds one"
    assert world.host().state is HostState.CONNECTED

    await in_thread(files.go_on)
    connection = world.hosts.connection("h1")
    await eventually(lambda: not connection.silent_pools)
    found = await listed(world)
    assert found[BAD].answers
    assert (await pools.list_volumes(connection, BAD))[0].capacity_bytes == FILE_BYTES


@every_generation
async def test_a_host_whose_pool_hangs_already_is_opened_and_used(
    world: World, lab_host: LabHost, files: HangingFiles
) -> None:
    """Somebody else's call hangs in it before anybody here has seen its pools."""
    files.hang()
    somebody = asyncio.ensure_future(in_thread(refresh_as_another, lab_host.unix_uri))

    async def it_hangs() -> bool:
        return await in_thread(busy_workers, lab_host) == 1

    await eventually(it_hangs)
    world.add(lab_host.tcp_uri)
    await world.connected()
    connection = world.hosts.connection("h1")
    assert world.host().info is not None
    for _ in range(3):
        with pytest.raises((TimedOut, PoolSilent)):
            await pools.list_pools(connection, timeout_s=3.0)
    assert connection.abandoned_calls == 1
    offer = await collect_offer(world.watches, connection, world.host(), ())
    assert offer.pools == ()
    assert offer.pools_silent_since_s > 0
    assert offer.networks
    files.go_on()
    await somebody
    await eventually(lambda: not connection.silent_pools)
    assert BAD in await listed(world)


def refresh_as_another(uri: str) -> None:
    conn = libvirt.open(uri)
    try:
        conn.storagePoolLookupByName(BAD).refresh()
    finally:
        conn.close()
