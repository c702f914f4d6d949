"""A file whose name is no UTF-8 in a pool of a real host: creating and deleting machines go on."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from tests.helpers.waiting import eventually
from tests.helpers.world import World
from tests.lab.domain_xml import Disk
from tests.lab.lab_host import LabHost
from vmgui.model.creation import FileRef, SourceKind
from vmgui.model.job import JobState
from vmgui.services import pools
from vmgui.services.creation.media import inspect_on_host
from vmgui.services.creation.offer import collect_offer
from vmgui.services.deletion import DeletionService
from vmgui.services.fleet import FleetService
from vmgui.services.performance import PerformanceService

STRANGE = b"fa\xe7ade.iso"


@pytest.fixture
def strange(host_a: LabHost) -> Iterator[bytes]:
    """Its path; it is in the pool once that is looked at."""
    path = os.fsencode(host_a.images_path) + b"/" + STRANGE
    with open(path, "wb") as file:
        file.write(bytes(4096))
    yield path
    assert os.path.exists(path), "nobody could have meant it"
    os.unlink(path)


@pytest.mark.async_timeout(60)
async def test_one_file_whose_name_is_no_text_hinders_nothing(
    world: World, host_a: LabHost, strange: bytes
) -> None:
    disk = host_a.make_disk("web.qcow2")
    host_a.define_tiny("web", disks=(Disk(disk),))
    world.add(host_a.unix_uri)
    await world.connected()
    key = await world.seen("web")
    connection = world.hosts.connection("h1")
    # It is in the pool from now on.
    volumes = (await world.watches.volumes.refreshed("h1", "default")).volumes
    assert {volume.path for volume in volumes} == {disk}
    offer = await collect_offer(world.watches, connection, world.host(), ())
    assert {volume.path for volume in offer.volumes["default"]} == {disk}
    assert all(pool.answers for pool in offer.pools)
    assert (
        await inspect_on_host(world.watches.pools, connection, FileRef(disk), SourceKind.DISK_IMAGE)
    ).format == "qcow2"
    assert await pools.find_volume(connection, disk) is not None

    performance = PerformanceService(world.hosts, world.inventory)
    fleet = FleetService(world.hosts, world.inventory, performance, world.watches)
    fleet.look("owner", with_volumes=True)
    await eventually(lambda: fleet.pools("h1").at_s)
    assert fleet.pools("h1").error is None
    fleet.look_away("owner")
    await fleet.close()
    await performance.close()

    service = DeletionService(world.hosts, world.inventory, world.jobs)
    plan = await service.plan(key)
    assert [file.path for file in plan.files] == [disk]
    job = await world.jobs.wait(service.delete(plan, frozenset()))
    assert job.state is JobState.DONE
