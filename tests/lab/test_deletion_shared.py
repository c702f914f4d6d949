"""Deleting on a host what another host's machines need: storage that both see is told from files of the same name."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import libvirt
import pytest

from tests.helpers.world import World
from tests.lab.deletion_world import POOL, delete_all_offered, files, make_image, reasons
from tests.lab.domain_xml import Disk
from tests.lab.lab_host import LabHost
from vmgui.model.deletion import Doubt, KeepReason
from vmgui.model.job import JobState
from vmgui.policy.shared_storage import SLACK_S
from vmgui.services.background import in_thread
from vmgui.services.deletion import DeletionService, PlanChanged


@pytest.fixture
async def world(event_loop: object, host_a: LabHost, host_b: LabHost) -> AsyncIterator[World]:
    made = World()
    made.add(host_a.unix_uri, "h1")
    made.add(host_b.unix_uri, "h2")
    await made.connected("h1")
    await made.connected("h2")
    yield made
    await made.close()


@pytest.fixture
def service(world: World) -> DeletionService:
    return DeletionService(world.hosts, world.inventory, world.jobs)


@pytest.fixture
def shared(host_a: LabHost, host_b: LabHost, tmp_path: Path) -> Iterator[Path]:
    """A folder that both hosts have at one path, in a pool each, as if mounted from a server."""
    folder = tmp_path / "shared"
    folder.mkdir()
    tmp_path.chmod(0o755)
    for host in (host_a, host_b):
        with host.connect() as connection:
            connection.storagePoolCreateXML(POOL.format(name="shared", path=folder))
    return folder


def image_in(folder: Path, name: str, *options: str) -> str:
    make_image(folder / name, *options)
    return str(folder / name)


def exists(path: str) -> bool:
    return Path(path).exists()


async def test_a_definition_left_behind_by_a_migration(
    world: World, service: DeletionService, host_a: LabHost, host_b: LabHost, shared: Path
) -> None:
    disk = image_in(shared, "web.qcow2")
    uuid = host_a.define_tiny("web", disks=(Disk(disk),))
    with host_a.connect() as connection:
        xml = connection.lookupByUUIDString(uuid).XMLDesc()
    host_b.define_xml(xml, start=True)
    await world.seen("web", "h2")
    plan = await service.plan(await world.seen("web"))
    assert reasons(plan) == {"web.qcow2": KeepReason.SHARED}
    assert plan.files[0].used_by == ("web (host h2)",)
    assert (await delete_all_offered(world, service, plan.key)).state is JobState.DONE
    assert exists(disk)
    assert host_b.state("web") == libvirt.VIR_DOMAIN_RUNNING
    assert host_a.state("web") is None


async def test_a_template_whose_clones_are_on_another_host(
    world: World, service: DeletionService, host_a: LabHost, host_b: LabHost, shared: Path
) -> None:
    template = image_in(shared, "template.qcow2")
    clone = image_in(shared, "clone.qcow2", "-b", template, "-F", "qcow2")
    host_a.define_tiny("template", disks=(Disk(template),))
    host_b.define_tiny("clone", disks=(Disk(clone),))
    # The clone's file is not the template's machine's: its own host knows nothing of who uses it.
    plan = await service.plan(await world.seen("template"))
    assert reasons(plan) == {"template.qcow2": KeepReason.BACKING}
    plan = await service.plan(await world.seen("clone", "h2"))
    assert reasons(plan) == {"clone.qcow2": KeepReason.NONE, "template.qcow2": KeepReason.BACKING}
    assert (await delete_all_offered(world, service, plan.key)).state is JobState.DONE
    assert not exists(clone)
    assert exists(template)


async def test_a_template_whose_clone_on_another_host_is_away(
    world: World, service: DeletionService, host_a: LabHost, host_b: LabHost, shared: Path
) -> None:
    template = image_in(shared, "template.qcow2")
    (shared / "clone.qcow2").symlink_to("usb/clone.qcow2")
    host_a.define_tiny("template", disks=(Disk(template),))
    host_b.define_tiny("clone", disks=(Disk(str(shared / "clone.qcow2")),))
    await world.seen("clone", "h2")
    plan = await service.plan(await world.seen("template"))
    assert reasons(plan) == {"template.qcow2": KeepReason.NONE}
    assert plan.files[0].doubts == (Doubt("clone (host h2)", str(shared / "clone.qcow2")),)


async def test_nobody_else_needs_it(
    world: World, service: DeletionService, host_a: LabHost, shared: Path
) -> None:
    disk = image_in(shared, "web.qcow2")
    host_a.define_tiny("web", disks=(Disk(disk),))
    assert (await delete_all_offered(world, service, await world.seen("web"))).state is JobState.DONE
    assert not exists(disk)


async def test_files_of_one_name_on_each_host_s_own_disk(
    world: World, service: DeletionService, host_a: LabHost, host_b: LabHost
) -> None:
    for host in (host_a, host_b):
        host.define_tiny("web", disks=(Disk(host.make_disk("web.qcow2")),))
        # Made in one moment they could be one file.
        await asyncio.sleep(SLACK_S * 2)
    await world.seen("web", "h2")
    key = await world.seen("web")
    assert reasons(await service.plan(key)) == {"web.qcow2": KeepReason.NONE}
    assert (await delete_all_offered(world, service, key)).state is JobState.DONE
    assert "web.qcow2" not in files(host_a)
    assert "web.qcow2" in files(host_b)


async def test_a_host_that_is_silent_may_need_the_files_of_a_machine_it_has_too(
    world: World, service: DeletionService, host_a: LabHost, host_b: LabHost, shared: Path
) -> None:
    disk = image_in(shared, "web.qcow2")
    uuid = host_a.define_tiny("web", disks=(Disk(disk),))
    host_a.define_tiny("other", disks=(Disk(image_in(shared, "other.qcow2")),))
    key = await world.seen("web")
    plan = await service.plan(key)
    assert reasons(plan) == {"web.qcow2": KeepReason.NONE}

    # Migrated while the question stands, and the other host hangs.
    with host_a.connect() as connection:
        xml = connection.lookupByUUIDString(uuid).XMLDesc()
    host_b.define_xml(xml)
    await world.seen("web", "h2")
    await in_thread(host_b.pause_daemon)
    job = await world.jobs.wait(service.delete(plan, frozenset({disk})))
    assert isinstance(job.error, PlanChanged)
    assert host_a.state("web") is not None
    assert exists(disk)
    plans = await service.plans((key, await world.seen("other")))
    assert [reasons(plan) for plan in plans.plans] == [
        {"web.qcow2": KeepReason.UNKNOWN},
        {"other.qcow2": KeepReason.NONE},
    ]
    assert plans.plans[0].files[0].used_by == ("web (host h2)",)
    await in_thread(host_b.resume_daemon)
