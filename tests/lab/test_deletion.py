"""Deleting real machines: what goes is gone, what others need is there, byte for byte."""

from __future__ import annotations

import libvirt
import pytest

from tests.helpers.waiting import eventually
from tests.helpers.world import World
from tests.lab.deletion_world import delete_all_offered, files, make_image, overlay, reasons
from tests.lab.domain_xml import Disk
from tests.lab.generations import every_generation, newer_generations
from tests.lab.lab_host import LabHost
from vmgui.model.deletion import KeepReason
from vmgui.model.domain import DomainKey, DomainState
from vmgui.model.errors import ConnectionLost, HostUnreachable, PartlyDone
from vmgui.model.job import JobState
from vmgui.services.background import in_thread
from vmgui.services.deletion import DeletionService, PlanChanged
from vmgui.services.lifecycle import LifecycleService

pytestmark = pytest.mark.usefixtures("connected")


@pytest.fixture
def service(world: World) -> DeletionService:
    return DeletionService(world.hosts, world.inventory, world.jobs)


@every_generation
async def test_a_running_machine_goes_with_its_disks(
    world: World, service: DeletionService, lab_host: LabHost
) -> None:
    one, two = lab_host.make_disk("one.qcow2"), lab_host.make_disk("two.img", image_format="raw")
    disks = (Disk(one), Disk(two, "vdb", "raw"))
    lab_host.define_tiny("web", disks=disks, start=True)
    key = await world.seen("web")
    plan = await service.plan(key)
    assert plan.active
    assert reasons(plan) == {"one.qcow2": KeepReason.NONE, "two.img": KeepReason.NONE}
    job = await delete_all_offered(world, service, key)
    assert job.state is JobState.DONE, (job.error, job.log)
    assert not {"one.qcow2", "two.img"} & files(lab_host)
    await eventually(lambda: key not in world.inventory.domains)


@every_generation
async def test_a_template_and_its_clones(world: World, service: DeletionService, lab_host: LabHost) -> None:
    template = lab_host.make_disk("template.qcow2")
    lab_host.define_tiny("template", disks=(Disk(template),))
    for number in (1, 2):
        lab_host.define_tiny(
            f"clone{number}", disks=(Disk(overlay(lab_host, f"clone{number}.qcow2", "template.qcow2")),)
        )
    for name in ("template", "clone1", "clone2"):
        await world.seen(name)
    plan = await service.plan(world.key("template"))
    assert reasons(plan) == {"template.qcow2": KeepReason.BACKING}
    assert set(plan.files[0].used_by) == {"clone1", "clone2"}
    # The clone's own file goes, the template it stands on is named and stays.
    plan = await service.plan(world.key("clone1"))
    assert reasons(plan) == {"clone1.qcow2": KeepReason.NONE, "template.qcow2": KeepReason.BACKING}
    before = (lab_host.images_path / "template.qcow2").read_bytes()
    assert (await delete_all_offered(world, service, world.key("clone1"))).state is JobState.DONE
    assert (await delete_all_offered(world, service, world.key("template"))).state is JobState.DONE
    left = files(lab_host)
    assert "clone1.qcow2" not in left
    assert {"template.qcow2", "clone2.qcow2"} <= left
    assert (lab_host.images_path / "template.qcow2").read_bytes() == before


async def test_an_orphan_overlay_nobody_told_the_pool_of_protects_its_base(
    world: World, service: DeletionService, host_a: LabHost
) -> None:
    base = host_a.make_disk("base.qcow2")
    host_a.define_tiny("web", disks=(Disk(base),))
    overlay(host_a, "forgotten.qcow2", "base.qcow2")
    plan = await service.plan(await world.seen("web"))
    assert reasons(plan) == {"base.qcow2": KeepReason.BACKING}


async def test_installer_media_and_shared_disks_stay(
    world: World, service: DeletionService, host_a: LabHost
) -> None:
    own = host_a.make_disk("own.qcow2")
    media = host_a.make_disk("installer.iso", image_format="raw")
    shared = host_a.make_disk("shared.img", image_format="raw")
    for name in ("a", "b"):
        disks = (
            Disk(own, "vda") if name == "a" else Disk(host_a.make_disk("other.qcow2"), "vda"),
            Disk(media, "sda", "raw", "sata", "cdrom", readonly=True),
            Disk(shared, "vdb", "raw"),
        )
        host_a.define_tiny(name, disks=disks)
    await world.seen("b")
    plan = await service.plan(await world.seen("a"))
    assert reasons(plan) == {
        "own.qcow2": KeepReason.NONE,
        "installer.iso": KeepReason.READ_ONLY,
        "shared.img": KeepReason.SHARED,
    }
    assert (await delete_all_offered(world, service, world.key("a"))).state is JobState.DONE
    assert files(host_a) >= {"installer.iso", "shared.img", "other.qcow2"}
    assert "own.qcow2" not in files(host_a)


@every_generation
async def test_snapshots_inside_and_outside(
    world: World, service: DeletionService, lab_host: LabHost
) -> None:
    lab_host.define_tiny("web", disks=(Disk(lab_host.make_disk("web.qcow2")),))
    key = await world.seen("web")
    with lab_host.connect() as other:
        machine = other.lookupByName("web")
        machine.snapshotCreateXML("<domainsnapshot><name>inside</name></domainsnapshot>")
        machine.create()
        machine.snapshotCreateXML(
            "<domainsnapshot><name>outside</name></domainsnapshot>",
            libvirt.VIR_DOMAIN_SNAPSHOT_CREATE_DISK_ONLY,
        )
        del machine
    plan = await service.plan(key)
    assert set(plan.snapshots) == {"inside", "outside"}
    # The layer on top goes, the one below is named.
    assert reasons(plan) == {"web.outside": KeepReason.NONE, "web.qcow2": KeepReason.BACKING}
    job = await delete_all_offered(world, service, key)
    assert job.state is JobState.DONE, job.error
    assert "web.outside" not in files(lab_host)
    assert "web.qcow2" in files(lab_host)


@newer_generations
async def test_the_layer_that_a_revert_made_goes_with_the_machine(
    world: World, service: DeletionService, lab_host: LabHost
) -> None:
    """Since libvirt 9.9: what was written since is dropped, and a new layer of a name of libvirt's is used."""
    lab_host.define_tiny("web", disks=(Disk(lab_host.make_disk("web.qcow2")),), start=True)
    key = await world.seen("web")
    with lab_host.connect() as other:
        machine = other.lookupByName("web")
        machine.snapshotCreateXML(
            "<domainsnapshot><name>outside</name></domainsnapshot>",
            libvirt.VIR_DOMAIN_SNAPSHOT_CREATE_DISK_ONLY,
        )
        machine.revertToSnapshot(machine.snapshotLookupByName("outside"))
        del machine
    await eventually(lambda: world.inventory.domains[key].state is DomainState.OFF)
    (layer,) = files(lab_host) - {"web.qcow2"}
    assert layer.startswith("web.")
    assert layer != "web.outside"
    plan = await service.plan(key)
    assert plan.snapshots == ("outside",)
    assert reasons(plan) == {layer: KeepReason.NONE, "web.qcow2": KeepReason.BACKING}
    job = await delete_all_offered(world, service, key)
    assert job.state is JobState.DONE, job.error
    assert files(lab_host) == {"web.qcow2"}


@every_generation
async def test_firmware_variables_tpm_and_saved_state_go_with_the_machine(
    world: World, service: DeletionService, lab_host: LabHost
) -> None:
    xml = """<domain type='qemu'><name>efi</name><memory unit='MiB'>128</memory>
      <os firmware='efi'><type arch='x86_64' machine='q35'>hvm</type></os>
      <features><acpi/></features>
      <devices><tpm model='tpm-crb'><backend type='emulator' version='2.0'/></tpm></devices></domain>"""
    lab_host.define_xml(xml, start=True)
    key = await world.seen("efi")
    plan = await service.plan(key)
    assert plan.nvram_path
    assert plan.has_tpm_state
    assert lab_host.inside(plan.nvram_path).exists()
    job = await world.jobs.wait(service.delete(plan, frozenset()))
    assert job.state is JobState.DONE, (job.error, job.log)
    assert not lab_host.inside(plan.nvram_path).exists()
    assert not list(lab_host.inside("/var/lib/libvirt/swtpm").glob(f"{key.uuid}*"))

    lab_host.define_tiny("saved", start=True)
    key = await world.seen("saved")
    lifecycle = LifecycleService(world.hosts, world.inventory, world.jobs)
    await world.jobs.wait(lifecycle.save([key]))
    plan = await service.plan(key)
    assert plan.has_managed_save
    assert (await world.jobs.wait(service.delete(plan, frozenset()))).state is JobState.DONE


async def test_nothing_is_done_when_it_was_started_meanwhile(
    world: World, service: DeletionService, host_a: LabHost
) -> None:
    host_a.define_tiny("web", disks=(Disk(host_a.make_disk("web.qcow2")),))
    key = await world.seen("web")
    plan = await service.plan(key)
    with host_a.connect() as other:
        other.lookupByName("web").create()
    job = await world.jobs.wait(service.delete(plan, frozenset(file.path for file in plan.files)))
    assert isinstance(job.error, PlanChanged)
    assert host_a.state("web") == libvirt.VIR_DOMAIN_RUNNING
    assert "web.qcow2" in files(host_a)


async def test_a_machine_on_files_outside_the_pools(
    world: World, service: DeletionService, host_a: LabHost
) -> None:
    outside = host_a.inside("/var/tmp/outside.qcow2")
    make_image(outside)
    host_a.define_tiny("outside", disks=(Disk("/var/tmp/outside.qcow2"),))
    host_a.define_tiny("web", disks=(Disk(host_a.make_disk("web.qcow2")),))
    key = await world.seen("outside")
    # Neither keeps what the other has.
    plans = (await service.plans([key, await world.seen("web")])).plans
    assert [reasons(plan) for plan in plans] == [
        {"outside.qcow2": KeepReason.NONE},
        {"web.qcow2": KeepReason.NONE},
    ]
    assert (await delete_all_offered(world, service, key)).state is JobState.DONE
    assert not outside.exists()


@every_generation
async def test_a_daemon_killed_while_deleting_leaves_a_true_account(
    world: World, service: DeletionService, lab_host: LabHost
) -> None:
    lab_host.define_tiny("web", disks=(Disk(lab_host.make_disk("web.qcow2")),), start=True)
    key = await world.seen("web")
    plan = await service.plan(key)
    job_id = service.delete(plan, frozenset(file.path for file in plan.files))
    await eventually(lambda: world.jobs.jobs[job_id].log)
    await in_thread(lab_host.kill_daemon)
    job = await world.jobs.wait(job_id)
    await in_thread(lab_host.start_daemon)
    undefined = lab_host.state("web") is None
    disk_gone = "web.qcow2" not in files(lab_host)
    if job.state is JobState.DONE:
        assert undefined
        assert disk_gone
        return
    assert isinstance(job.error, PartlyDone)
    assert all(isinstance(error, ConnectionLost | HostUnreachable) for _, error in job.error.failed)
    named = {name for name, _ in job.error.failed}
    assert disk_gone or plan.files[0].path in named


async def test_many_machines_of_two_hosts_one_of_which_dies_meanwhile(
    world: World, service: DeletionService, host_a: LabHost, host_b: LabHost
) -> None:
    world.add(host_b.unix_uri, "h2")
    await world.connected("h2")
    keys: list[DomainKey] = []
    for host_id, host in (("h1", host_a), ("h2", host_b)):
        shared = host.make_disk("shared.img", image_format="raw")
        for name in ("one", "two", "stays"):
            disks = (Disk(host.make_disk(f"{name}.qcow2")), Disk(shared, "vdb", "raw"))
            host.define_tiny(name, disks=disks, start=name == "two")
        keys += [await world.seen(name, host_id) for name in ("one", "two")]
    plans = await service.plans(keys)
    assert [(plan.name, plan.active) for plan in plans.plans] == [("one", False), ("two", True)] * 2
    assert not plans.left_out
    for plan in plans.plans:
        assert reasons(plan) == {f"{plan.name}.qcow2": KeepReason.NONE, "shared.img": KeepReason.SHARED}
    chosen = [(plan, frozenset(file.path for file in plan.files if file.can_delete)) for plan in plans.plans]

    await in_thread(host_b.kill_daemon)
    job = await world.jobs.wait(service.delete_many(chosen))
    # All of the one host is done, nothing of the other, which comes back and is tried once more.
    assert isinstance(job.error, PartlyDone)
    assert set(job.error.done) == {"one", "two"}
    assert {target.key for target in job.targets_failed} == set(keys[2:])
    assert all(isinstance(error, ConnectionLost | HostUnreachable) for _, error in job.error.failed)
    assert files(host_a) >= {"shared.img", "stays.qcow2"}
    assert not {"one.qcow2", "two.qcow2"} & files(host_a)
    assert files(host_b) >= {"one.qcow2", "two.qcow2", "shared.img", "stays.qcow2"}

    await in_thread(host_b.start_daemon)
    await world.connected("h2")
    again = world.jobs.retry(job.id)
    assert again is not None
    second = await world.jobs.wait(again)
    assert second.state is JobState.DONE, (second.error, second.log)
    assert not {"one.qcow2", "two.qcow2"} & files(host_b)
    assert files(host_b) >= {"shared.img", "stays.qcow2"}
    await eventually(lambda: {row.name for row in world.inventory.domains.values()} == {"stays"})
