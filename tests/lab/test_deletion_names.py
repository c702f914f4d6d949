"""Deleting where one file has many names: links, pools of one directory, options for names, files in several parts."""

from __future__ import annotations

import asyncio
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import libvirt
import pytest

from tests.helpers.world import World
from tests.lab.deletion_world import POOL, delete_all_offered, files, make_image, overlay, reasons
from tests.lab.domain_xml import Disk
from tests.lab.generations import every_generation
from tests.lab.lab_host import LabHost
from vmgui.hypervisor import storage as storage_module
from vmgui.hypervisor import storage_evidence
from vmgui.hypervisor.connection import Connection
from vmgui.hypervisor.pool_looks import is_look
from vmgui.model.creation import NewVolume
from vmgui.model.deletion import Doubt, KeepReason
from vmgui.model.errors import PartlyDone, StorageFailure
from vmgui.model.job import JobState, LineKind
from vmgui.services.background import in_thread
from vmgui.services.deletion import DeletionService, PlanChanged, act
from vmgui.words.jobs import line_words

pytestmark = [pytest.mark.async_timeout(120), pytest.mark.usefixtures("connected")]

SNAPSHOT = """<domainsnapshot><name>{name}</name><disks><disk name='vda' snapshot='external'>
  <source file='{path}'/></disk></disks></domainsnapshot>"""


@pytest.fixture
def service(world: World) -> DeletionService:
    return DeletionService(world.hosts, world.inventory, world.jobs)


@pytest.fixture
def outside(lab_host: LabHost) -> Iterator[str]:
    """A directory of the host that no pool has, as the host sees it."""
    folder = lab_host.images_path.parent / "outside"
    folder.mkdir()
    yield f"{Path(lab_host.images_dir).parent}/outside"
    subprocess.run(["rm", "-r", str(folder)], check=True)


@pytest.fixture
def linked(lab_host: LabHost) -> Iterator[str]:
    """The pool's directory by a link, as the host sees it."""
    link = lab_host.images_path.parent / "linked"
    link.symlink_to(lab_host.images_path.name)
    yield f"{Path(lab_host.images_dir).parent}/linked"
    link.unlink()


def qemu_img(command: str, *arguments: str) -> None:
    subprocess.run(["qemu-img", command, "-q", *arguments], check=True)


def write_on(path: Path) -> subprocess.Popen[bytes]:
    """Something that writes to the file until it is killed."""
    return subprocess.Popen(["sh", "-c", f"while :; do printf x >> {path}; done"])


def here(host: LabHost, path: str) -> Path:
    """A file under the host's /var/lib/libvirt."""
    return host.images_path.parent / Path(path).relative_to(Path(host.images_dir).parent)


def is_active(host: LabHost, pool: str) -> bool:
    with host.connect() as connection:
        return bool(connection.storagePoolLookupByName(pool).isActive())


def pools(host: LabHost) -> list[str]:
    with host.connect() as connection:
        return sorted(pool.name() for pool in connection.listAllStoragePools())


# What an overlay is based on.


def by_link_to_file(host: LabHost) -> str:
    (host.images_path / "link.qcow2").symlink_to("base.qcow2")
    return f"{host.images_dir}/link.qcow2"


def by_linked_directory(host: LabHost) -> str:
    (host.images_path / "sub").symlink_to(".")
    return f"{host.images_dir}/sub/base.qcow2"


def by_link_elsewhere(host: LabHost) -> str:
    (host.images_path.parent / "elsewhere.qcow2").symlink_to("images/base.qcow2")
    return f"{host.images_dir}/../elsewhere.qcow2"


def relative(_host: LabHost) -> str:
    return "base.qcow2"


def by_file(host: LabHost) -> str:
    return f"file:{host.images_dir}/base.qcow2"


def nested(host: LabHost) -> str:
    name = f"{host.images_dir}/base.qcow2"
    return f'json:{{"driver":"qcow2","file":{{"driver":"file","filename":"{name}"}}}}'


def dotted(host: LabHost) -> str:
    return f'json:{{"driver":"qcow2","file.filename":"{host.images_dir}/base.qcow2"}}'


def startable(host: LabHost) -> str:
    return f'json:{{"driver":"file","filename":"{host.images_dir}/base.qcow2"}}'


NAMES = (
    by_link_to_file,
    by_linked_directory,
    by_link_elsewhere,
    relative,
    startable,
    by_file,
    nested,
    dotted,
)
QEMU_ONLY = (by_file, nested, dotted)
"""libvirt does not start a machine on these; QEMU, run by others, does."""


@pytest.mark.parametrize("spell", NAMES)
async def test_the_base_of_another_machines_overlay_however_it_is_named(
    world: World, service: DeletionService, lab_host: LabHost, spell: Callable[[LabHost], str]
) -> None:
    base = lab_host.make_disk("base.qcow2")
    lab_host.define_tiny("template", disks=(Disk(base),))
    make_image(lab_host.images_path / "clone.qcow2", "-u", "-b", spell(lab_host), "-F", "qcow2")
    lab_host.define_tiny("clone", disks=(Disk(f"{lab_host.images_dir}/clone.qcow2"),))
    key = await world.seen("template")
    try:
        for start in (False, True):
            if start and spell in QEMU_ONLY:
                continue
            if start:
                with lab_host.connect() as other:
                    other.lookupByName("clone").create()
            plan = await service.plan(key)
            assert reasons(plan) == {"base.qcow2": KeepReason.BACKING}
            assert plan.files[0].used_by == ("clone",)
    finally:
        with lab_host.connect() as other:
            if other.lookupByName("clone").isActive():
                other.lookupByName("clone").destroy()
        (lab_host.images_path.parent / "elsewhere.qcow2").unlink(missing_ok=True)
    assert not any(map(is_look, pools(lab_host)))


@every_generation
async def test_two_machines_on_one_disk_by_a_link_in_the_pool_while_it_grows(
    world: World, service: DeletionService, lab_host: LabHost
) -> None:
    disk = lab_host.make_disk("one.qcow2")
    (lab_host.images_path / "two.qcow2").symlink_to("one.qcow2")
    lab_host.make_disk("other.qcow2")
    lab_host.define_tiny("first", disks=(Disk(disk),))
    lab_host.define_tiny("second", disks=(Disk(f"{lab_host.images_dir}/two.qcow2"),))
    lab_host.define_tiny("third", disks=(Disk(f"{lab_host.images_dir}/other.qcow2"),))
    keys = [await world.seen(name) for name in ("first", "second", "third")]
    grow = write_on(lab_host.images_path / "one.qcow2")
    try:
        for _ in range(3):
            plans = await service.plans(keys)
            assert [reasons(plan) for plan in plans.plans] == [
                {"one.qcow2": KeepReason.SHARED},
                {"two.qcow2": KeepReason.SHARED},
                {"other.qcow2": KeepReason.NONE},
            ]
    finally:
        grow.kill()
        grow.wait()
    assert reasons(await service.plan(keys[0])) == {"one.qcow2": KeepReason.SHARED}


async def test_a_disk_that_is_a_link_goes_without_what_it_leads_to(
    world: World, service: DeletionService, lab_host: LabHost
) -> None:
    real = lab_host.make_disk("real.qcow2")
    (lab_host.images_path / "link.qcow2").symlink_to("real.qcow2")
    lab_host.define_tiny("web", disks=(Disk(f"{lab_host.images_dir}/link.qcow2"),))
    key = await world.seen("web")
    plan = await service.plan(key)
    assert [(file.is_chosen, file.other_names) for file in plan.files] == [(True, (real,))]
    assert (await delete_all_offered(world, service, key)).state is JobState.DONE
    assert "real.qcow2" in files(lab_host)
    assert not (lab_host.images_path / "link.qcow2").is_symlink()


async def test_two_machines_on_one_disk_by_two_pools_of_one_directory(
    world: World, service: DeletionService, lab_host: LabHost, linked: str
) -> None:
    disk = lab_host.make_disk("one.qcow2")
    with lab_host.connect() as other:
        other.storagePoolCreateXML(POOL.format(name="again", path=linked))
    lab_host.define_tiny("first", disks=(Disk(disk),))
    lab_host.define_tiny("second", disks=(Disk(f"{linked}/one.qcow2"),), start=True)
    key = await world.seen("first")
    assert reasons(await service.plan(key)) == {"one.qcow2": KeepReason.SHARED}
    assert (await delete_all_offered(world, service, key)).state is JobState.DONE
    assert "one.qcow2" in files(lab_host)


@every_generation
async def test_a_machine_that_reaches_the_disk_by_a_linked_directory_no_pool_has(
    world: World, service: DeletionService, lab_host: LabHost, linked: str
) -> None:
    disk = lab_host.make_disk("one.qcow2")
    lab_host.define_tiny("first", disks=(Disk(disk),))
    lab_host.define_tiny("second", disks=(Disk(f"{linked}/one.qcow2"),))
    lab_host.define_tiny("far", disks=(Disk(f"{linked}/gone.qcow2"),))
    plan = await service.plan(await world.seen("first"))
    assert reasons(plan) == {"one.qcow2": KeepReason.SHARED}
    assert plan.files[0].used_by == ("second",)


@every_generation
async def test_a_data_file_goes_with_its_image_and_stays_while_another_needs_it(
    world: World, service: DeletionService, lab_host: LabHost
) -> None:
    inside = f"{lab_host.images_dir}/own.data"
    make_image(lab_host.images_path / "own.qcow2", "-o", f"data_file={lab_host.images_path}/own.data")
    qemu_img("amend", "-f", "qcow2", "-o", f"data_file={inside}", str(lab_host.images_path / "own.qcow2"))
    lab_host.define_tiny("holder", disks=(Disk(f"{lab_host.images_dir}/own.qcow2"),))
    lab_host.define_tiny("raw", disks=(Disk(inside, format="raw"),))
    keys = [await world.seen(name) for name in ("holder", "raw")]
    plans = (await service.plans(keys)).plans
    assert reasons(plans[0]) == {"own.qcow2": KeepReason.NONE, "own.data": KeepReason.SHARED}
    assert reasons(plans[1]) == {"own.data": KeepReason.SHARED}
    assert (await delete_all_offered(world, service, keys[1])).state is JobState.DONE
    assert "own.data" in files(lab_host)
    plan = await service.plan(keys[0])
    assert reasons(plan) == {"own.qcow2": KeepReason.NONE, "own.data": KeepReason.NONE}
    assert (await delete_all_offered(world, service, keys[0])).state is JobState.DONE
    assert not {"own.qcow2", "own.data"} & files(lab_host)


async def test_the_files_of_a_split_vmdk_go_with_it(
    world: World, service: DeletionService, lab_host: LabHost
) -> None:
    qemu_img(
        "create",
        "-f",
        "vmdk",
        "-o",
        "subformat=twoGbMaxExtentSparse",
        str(lab_host.images_path / "split.vmdk"),
        "3G",
    )
    lab_host.define_tiny("web", disks=(Disk(f"{lab_host.images_dir}/split.vmdk", format="vmdk"),))
    key = await world.seen("web")
    names = {"split.vmdk", "split-s001.vmdk", "split-s002.vmdk"}
    assert reasons(await service.plan(key)) == dict.fromkeys(names, KeepReason.NONE)
    assert (await delete_all_offered(world, service, key)).state is JobState.DONE
    assert not names & files(lab_host)


async def test_what_only_a_snapshot_of_another_machine_needs(
    world: World, service: DeletionService, lab_host: LabHost
) -> None:
    base = lab_host.make_disk("base.qcow2")
    lab_host.define_tiny("keeper", disks=(Disk(base),), start=True)
    with lab_host.connect() as other:
        machine = other.lookupByName("keeper")
        xml = SNAPSHOT.format(name="s", path=f"{lab_host.images_dir}/layer.qcow2")
        machine.snapshotCreateXML(xml, libvirt.VIR_DOMAIN_SNAPSHOT_CREATE_DISK_ONLY)
        # The layer is not what it runs on any more, but what its snapshot would come back to is still the base.
        machine.destroy()
        spare = lab_host.make_disk("spare.qcow2")
        changed = machine.XMLDesc(libvirt.VIR_DOMAIN_XML_INACTIVE).replace(
            f"{lab_host.images_dir}/layer.qcow2", spare
        )
        other.defineXML(changed)
        del machine
    lab_host.define_tiny("heir", disks=(Disk(base),))
    lab_host.define_tiny("layered", disks=(Disk(f"{lab_host.images_dir}/layer.qcow2"),))
    keys = [await world.seen(name) for name in ("heir", "layered")]
    plans = (await service.plans(keys)).plans
    assert not any(file.can_delete for plan in plans for file in plan.files)
    for plan, name in zip(plans, ("base.qcow2", "layer.qcow2"), strict=True):
        assert "keeper" in next(file.used_by for file in plan.files if file.path.endswith(name))


async def test_what_only_a_saved_state_of_another_machine_needs(
    world: World, service: DeletionService, lab_host: LabHost
) -> None:
    disk, spare = lab_host.make_disk("saved.qcow2"), lab_host.make_disk("spare.qcow2")
    lab_host.define_tiny("keeper", disks=(Disk(disk),), start=True)
    with lab_host.connect() as other:
        machine = other.lookupByName("keeper")
        machine.managedSave()
        other.defineXML(machine.XMLDesc(libvirt.VIR_DOMAIN_XML_INACTIVE).replace(disk, spare))
        del machine
    lab_host.define_tiny("heir", disks=(Disk(disk),))
    plan = await service.plan(await world.seen("heir"))
    assert reasons(plan) == {"saved.qcow2": KeepReason.SHARED}
    assert plan.files[0].used_by == ("keeper",)


# Not too much.


async def test_a_machine_that_is_off_and_outside_keeps_only_what_its_disk_may_be(
    world: World, service: DeletionService, lab_host: LabHost, outside: str
) -> None:
    make_image(here(lab_host, outside) / "far.qcow2")
    lab_host.define_tiny("far", disks=(Disk(f"{outside}/far.qcow2"),))
    lab_host.define_tiny("gone", disks=(Disk("/nowhere/gone.qcow2"),))
    lab_host.define_tiny("same", disks=(Disk("/nowhere/same.qcow2"),))
    lab_host.define_tiny("web", disks=(Disk(lab_host.make_disk("web.qcow2")),))
    lab_host.define_tiny("twin", disks=(Disk(lab_host.make_disk("same.qcow2")),))
    keys = [await world.seen(name) for name in ("web", "twin")]
    plans = (await service.plans(keys)).plans
    assert reasons(plans[0]) == {"web.qcow2": KeepReason.NONE}
    assert reasons(plans[1]) == {"same.qcow2": KeepReason.UNKNOWN}
    assert plans[1].files[0].used_by == ("same",)


async def test_an_overlay_whose_base_is_named_by_what_is_no_text_may_need_any_beside_it(
    world: World, service: DeletionService, lab_host: LabHost
) -> None:
    """libvirt cannot describe it; it is a file of the machine all the same."""
    base = lab_host.make_disk("base.qcow2")
    (lab_host.images_path / "b\udce9se.qcow2").symlink_to("base.qcow2")
    lab_host.define_tiny("template", disks=(Disk(base),))
    make_image(lab_host.images_path / "clone.qcow2", "-u", "-b", "b\udce9se.qcow2", "-F", "qcow2")
    lab_host.define_tiny("clone", disks=(Disk(f"{lab_host.images_dir}/clone.qcow2"),))
    try:
        plan = await service.plan(await world.seen("template"))
        assert reasons(plan) == {"base.qcow2": KeepReason.UNKNOWN}
        assert plan.files[0].used_by == ("clone",)
        assert [pool.name for pool in plan.pools_not_read] == ["default"]
        assert reasons(await service.plan(await world.seen("clone"))) == {"clone.qcow2": KeepReason.UNKNOWN}
    finally:
        (lab_host.images_path / "b\udce9se.qcow2").unlink()
        (lab_host.images_path / "clone.qcow2").unlink()


async def test_an_overlay_outside_of_all_pools_needs_its_base(
    world: World, service: DeletionService, lab_host: LabHost, outside: str
) -> None:
    base = lab_host.make_disk("base.qcow2")
    make_image(here(lab_host, outside) / "far.img", "-u", "-b", base, "-F", "qcow2")
    lab_host.define_tiny("far", disks=(Disk(f"{outside}/far.img"),))
    lab_host.define_tiny("web", disks=(Disk(base),))
    assert reasons(await service.plan(await world.seen("web"))) == {"base.qcow2": KeepReason.BACKING}


# What nobody can look at now.


@every_generation
async def test_a_base_is_not_chosen_while_another_machines_disk_is_a_link_to_what_is_away(
    world: World, service: DeletionService, lab_host: LabHost, outside: str
) -> None:
    """libvirt leaves such a link out of the pool's list without a word."""
    base = lab_host.make_disk("base.qcow2")
    lab_host.define_tiny("template", disks=(Disk(base),))
    (lab_host.images_path / "clone.qcow2").symlink_to(f"{outside}/usb/clone.qcow2")
    clone = f"{lab_host.images_dir}/clone.qcow2"
    volume = """<disk type='volume' device='disk'><driver name='qemu' type='qcow2'/>
      <source pool='default' volume='clone.qcow2'/><target dev='vda' bus='virtio'/></disk>"""
    key = await world.seen("template")
    assert (await service.plan(key)).files[0].is_chosen
    try:
        for named in (Disk(clone), volume):
            if isinstance(named, Disk):
                lab_host.define_tiny("clone", disks=(named,))
            else:
                lab_host.define_tiny("clone", disks=(), devices=(named,))
            plan = await service.plan(key)
            assert reasons(plan) == {"base.qcow2": KeepReason.NONE}
            assert [file.doubts for file in plan.files] == [(Doubt("clone", clone),)]
            with lab_host.connect() as other:
                other.lookupByName("clone").undefine()
        # It came between the question and the act: whoever chose the file was not told.
        plan = await service.plan(key)
        assert plan.files[0].is_chosen
        lab_host.define_tiny("clone", disks=(Disk(clone),))
        job = await world.jobs.wait(service.delete(plan, frozenset({base})))
        assert isinstance(job.error, PlanChanged)
        # Its disk is back: what it is based on is known.
        (here(lab_host, outside) / "usb").mkdir()
        make_image(here(lab_host, outside) / "usb" / "clone.qcow2", "-u", "-b", base, "-F", "qcow2")
        (lab_host.images_path / "clone.qcow2").unlink()
        (lab_host.images_path / "clone.qcow2").symlink_to("../outside/usb/clone.qcow2")
        assert reasons(await service.plan(key)) == {"base.qcow2": KeepReason.BACKING}
        # Away once more, and the person knows better.
        (here(lab_host, outside) / "usb" / "clone.qcow2").unlink()
        assert (await delete_all_offered(world, service, key)).state is JobState.DONE
        assert "base.qcow2" not in files(lab_host)
    finally:
        (lab_host.images_path / "clone.qcow2").unlink()


@every_generation
async def test_a_directory_that_cannot_be_read_may_hold_an_overlay_of_any_file(
    world: World, service: DeletionService, lab_host: LabHost, outside: str
) -> None:
    lab_host.define_tiny("web", disks=(Disk(lab_host.make_disk("web.qcow2")),))
    key = await world.seen("web")
    # There is no such file, or not even its directory.
    lab_host.define_tiny("gone", disks=(Disk(f"{outside}/gone.qcow2"), Disk("/nowhere/gone.qcow2", "vdb")))
    assert (await service.plan(key)).files[0].is_chosen
    # libvirt looks into no directory in which an image is cut off.
    far = here(lab_host, outside) / "far.qcow2"
    make_image(far, "-u", "-b", f"{lab_host.images_dir}/web.qcow2", "-F", "qcow2")
    cut_off(lab_host, far.parent)
    lab_host.define_tiny("far", disks=(Disk(f"{outside}/far.qcow2"),))
    plan = await service.plan(key)
    assert reasons(plan) == {"web.qcow2": KeepReason.NONE}
    doubts = {Doubt("far", f"{outside}/far.qcow2"), Doubt("gone", f"{outside}/gone.qcow2")}
    assert set(plan.files[0].doubts) == doubts


async def test_what_the_machine_itself_has_is_looked_at_first_and_pools_are_no_look(
    world: World,
    service: DeletionService,
    lab_host: LabHost,
    outside: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Where there are more directories than are looked at; of the rest nothing is known, and no doubt is made."""
    monkeypatch.setattr(storage_evidence, "MAX_DIRECTORIES", 1)
    for name in ("far", "own"):
        (here(lab_host, outside) / name).mkdir()
        make_image(here(lab_host, outside) / name / f"{name}.qcow2")
    lab_host.define_tiny("far", disks=(Disk(f"{outside}/far/far.qcow2"),))
    lab_host.define_tiny(
        "web", disks=(Disk(f"{outside}/own/own.qcow2"), Disk(lab_host.make_disk("web.qcow2"), "vdb"))
    )
    plan = await service.plan(await world.seen("web"))
    assert {file.path.rpartition("/")[2]: file.is_chosen for file in plan.files} == {
        "own.qcow2": True,
        "web.qcow2": True,
    }


async def test_what_a_snapshot_of_another_machine_names_by_pool_and_volume(
    world: World, service: DeletionService, lab_host: LabHost
) -> None:
    base = lab_host.make_disk("base.qcow2")
    volume = """<disk type='volume' device='disk'><driver name='qemu' type='qcow2'/>
      <source pool='default' volume='base.qcow2'/><target dev='vda' bus='virtio'/></disk>"""
    lab_host.define_tiny("keeper", disks=(), devices=(volume,))
    with lab_host.connect() as other:
        machine = other.lookupByName("keeper")
        machine.snapshotCreateXML("<domainsnapshot><name>s</name></domainsnapshot>")
        lab_host.make_disk("spare.qcow2")
        inactive = machine.XMLDesc(libvirt.VIR_DOMAIN_XML_INACTIVE)
        assert "volume='base.qcow2'" in inactive
        other.defineXML(inactive.replace("base.qcow2", "spare.qcow2"))
        del machine
    lab_host.define_tiny("heir", disks=(Disk(base),))
    plan = await service.plan(await world.seen("heir"))
    assert reasons(plan) == {"base.qcow2": KeepReason.SHARED}
    assert plan.files[0].used_by == ("keeper",)


async def test_files_whose_names_are_no_text_are_counted(
    world: World, service: DeletionService, lab_host: LabHost
) -> None:
    lab_host.define_tiny("web", disks=(Disk(lab_host.make_disk("web.qcow2")),))
    for name in ("b\udce9se.iso", "\udcff.img"):
        (lab_host.images_path / name).write_bytes(b"x")
    try:
        plan = await service.plan(await world.seen("web"))
        assert plan.nameless == (("default", 2),)
        assert plan.files[0].is_chosen
        contents = await world.watches.volumes.refreshed("h1", "default")
        assert contents.nameless == 2
        assert [volume.name for volume in contents.volumes] == ["web.qcow2"]
    finally:
        for name in ("b\udce9se.iso", "\udcff.img"):
            (lab_host.images_path / name).unlink()


# What is not in an active pool.


@every_generation
async def test_own_disks_outside_of_all_pools_go_too(
    world: World, service: DeletionService, lab_host: LabHost, outside: str
) -> None:
    folder = here(lab_host, outside)
    for name in ("own.qcow2", "base.qcow2", "other.qcow2"):
        make_image(folder / name)
    make_image(folder / "own.qcow2", "-u", "-b", f"{outside}/base.qcow2", "-F", "qcow2")
    lab_host.define_tiny("web", disks=(Disk(f"{outside}/own.qcow2"), Disk(f"{outside}/other.qcow2", "vdb")))
    lab_host.define_tiny("db", disks=(Disk(f"{outside}/other.qcow2"),))
    key = await world.seen("web")
    assert reasons(await service.plan(key)) == {
        "own.qcow2": KeepReason.NONE,
        "base.qcow2": KeepReason.BACKING,
        "other.qcow2": KeepReason.SHARED,
    }
    job = await delete_all_offered(world, service, key)
    assert job.state is JobState.DONE, (job.error, job.log)
    assert {path.name for path in folder.iterdir()} == {"base.qcow2", "other.qcow2"}
    assert not any(map(is_look, pools(lab_host)))


async def test_own_disks_in_a_pool_that_rests_go_too(
    world: World, service: DeletionService, lab_host: LabHost, outside: str
) -> None:
    folder = here(lab_host, outside)
    for name in ("own.qcow2", "based.qcow2"):
        make_image(folder / name)
    make_image(folder / "overlay.qcow2", "-u", "-b", f"{outside}/based.qcow2", "-F", "qcow2")
    with lab_host.connect() as other:
        other.storagePoolDefineXML(POOL.format(name="resting", path=outside))
    volume = """<disk type='volume' device='disk'><driver name='qemu' type='qcow2'/>
      <source pool='resting' volume='own.qcow2'/><target dev='vdb' bus='virtio'/></disk>"""
    lab_host.define_tiny("web", disks=(Disk(f"{outside}/based.qcow2"),), devices=(volume,))
    key = await world.seen("web")
    assert reasons(await service.plan(key)) == {
        "own.qcow2": KeepReason.NONE,
        "based.qcow2": KeepReason.BACKING,
    }
    job = await delete_all_offered(world, service, key)
    assert job.state is JobState.DONE, (job.error, job.log)
    assert {path.name for path in folder.iterdir()} == {"based.qcow2", "overlay.qcow2"}
    assert not is_active(lab_host, "resting")


# Right before the act.


async def test_each_file_is_judged_right_before_it_goes(
    world: World, service: DeletionService, lab_host: LabHost, monkeypatch: pytest.MonkeyPatch
) -> None:
    disks = [lab_host.make_disk(f"{name}.qcow2") for name in ("one", "two", "three")]
    lab_host.define_tiny(
        "web", disks=tuple(Disk(path, f"vd{letter}") for path, letter in zip(disks, "abc", strict=True))
    )
    key = await world.seen("web")
    plan = await service.plan(key)
    real = storage_module.delete_volume

    def take_the_next_one(conn: libvirt.virConnect, path: str) -> None:
        real(conn, path)
        if path.endswith("one.qcow2"):
            lab_host.define_tiny("thief", disks=(Disk(disks[1]),))
            overlay(lab_host, "late.qcow2", "three.qcow2")

    monkeypatch.setattr(act, "delete_volume", take_the_next_one)
    job = await world.jobs.wait(service.delete(plan, frozenset(disks)))
    assert job.state is JobState.DONE, (job.error, job.log)
    assert [line.kind for line in job.log if line.subject in disks] == [
        LineKind.FILE_DELETED,
        LineKind.FILE_KEPT,
        LineKind.FILE_KEPT,
    ]
    assert files(lab_host) >= {"two.qcow2", "three.qcow2", "late.qcow2"}
    assert "one.qcow2" not in files(lab_host)


# A pool with a file that libvirt cannot read.


def cut_off(host: LabHost, folder: Path | None = None) -> None:
    """An image of which only half of the header arrived: libvirt stops a pool that has one when it is refreshed."""
    whole = (host.images_path / "web.qcow2").read_bytes()
    ((folder or host.images_path) / "cut.qcow2").write_bytes(whole[:64])


@every_generation
async def test_a_cut_off_image_does_not_stop_the_pool_when_the_question_opens(
    world: World, service: DeletionService, lab_host: LabHost
) -> None:
    lab_host.define_tiny("web", disks=(Disk(lab_host.make_disk("web.qcow2")),))
    lab_host.define_tiny("db", disks=(Disk(lab_host.make_disk("db.qcow2")),))
    key = await world.seen("web")
    cut_off(lab_host)
    plan = await service.plan(key)
    assert is_active(lab_host, "default")
    assert [pool.name for pool in plan.pools_not_read] == ["default"]
    assert reasons(plan) == {"web.qcow2": KeepReason.NONE}
    job = await delete_all_offered(world, service, key)
    assert job.state is JobState.DONE, (job.error, job.log)
    assert is_active(lab_host, "default")
    assert "web.qcow2" not in files(lab_host)

    # An overlay that no list has, of a machine: what it is based on is not known, and is kept.
    overlay(lab_host, "hidden.qcow2", "db.qcow2")
    lab_host.define_tiny("late", disks=(Disk(f"{lab_host.images_dir}/hidden.qcow2"),))
    plan = await service.plan(await world.seen("db"))
    assert reasons(plan) == {"db.qcow2": KeepReason.UNKNOWN}
    assert plan.files[0].used_by == ("late",)


async def test_nor_does_a_refresh_for_the_list_of_volumes(world: World, lab_host: LabHost) -> None:
    lab_host.make_disk("web.qcow2")
    cut_off(lab_host)
    assert "web.qcow2" in {
        volume.name for volume in (await world.watches.volumes.refreshed("h1", "default")).volumes
    }
    assert is_active(lab_host, "default")
    (lab_host.images_path / "cut.qcow2").unlink()
    (lab_host.images_path / "new.img").write_bytes(b"x")
    assert "new.img" in {
        volume.name for volume in (await world.watches.volumes.refreshed("h1", "default")).volumes
    }
    assert is_active(lab_host, "default")


async def test_nor_does_an_upload_empty_its_list(world: World, lab_host: LabHost) -> None:
    lab_host.make_disk("web.qcow2")
    connection: Connection = world.hosts.connection("h1")
    await connection.run(storage_module.create_volume, NewVolume("default", "new.img", 1024, "raw"))
    cut_off(lab_host)
    sent: list[int] = []
    upload = (
        storage_module.upload_volume,
        "default",
        "new.img",
        lambda _count: b"x",
        1,
        sent.append,
        lambda: False,
    )
    with pytest.raises(StorageFailure, match="default"):
        await connection.run(*upload)
    assert not sent
    assert {volume.name for volume in (await world.watches.volumes.refreshed("h1", "default")).volumes} >= {
        "web.qcow2",
        "new.img",
    }
    (lab_host.images_path / "cut.qcow2").unlink()
    await connection.run(*upload)
    assert sent == [1]


async def test_several_looks_at_once_do_not_hinder_one_another(
    world: World, service: DeletionService, lab_host: LabHost
) -> None:
    lab_host.define_tiny("web", disks=(Disk(lab_host.make_disk("web.qcow2")),))
    key = await world.seen("web")
    for plan in await asyncio.gather(*(service.plan(key) for _ in range(8))):
        assert reasons(plan) == {"web.qcow2": KeepReason.NONE}
        assert not plan.pools_not_read
    assert not any(map(is_look, await in_thread(pools, lab_host)))


def make_immutable(path: Path, *, on: bool) -> bool:
    """Whether the file system knows how to."""
    return subprocess.run(["chattr", "+i" if on else "-i", str(path)], check=False).returncode == 0


async def test_a_file_that_resists_says_why(
    world: World, service: DeletionService, lab_host: LabHost
) -> None:
    lab_host.define_tiny("web", disks=(Disk(lab_host.make_disk("web.qcow2")),))
    key = await world.seen("web")
    plan = await service.plan(key)
    file = lab_host.images_path / "web.qcow2"
    if not make_immutable(file, on=True):
        pytest.skip("no file here can be made immutable")
    try:
        job = await world.jobs.wait(service.delete(plan, frozenset(one.path for one in plan.files)))
    finally:
        make_immutable(file, on=False)
    assert isinstance(job.error, PartlyDone)
    (line,) = [line for line in job.log if line.kind is LineKind.FAILED and line.subject.startswith("/")]
    assert "Operation not permitted" in line_words(line)
    again = world.jobs.retry(job.id)
    assert again is not None
    assert (await world.jobs.wait(again)).state is JobState.DONE
    assert "web.qcow2" not in files(lab_host)


async def test_a_look_that_somebody_left_is_ended_and_is_in_no_list(
    world: World, service: DeletionService, lab_host: LabHost
) -> None:
    with lab_host.connect() as other:
        for begun in (1, int(time.time())):
            path = f"{lab_host.images_dir}" + "/." * (begun % 50 + 70)
            other.storagePoolCreateXML(POOL.format(name=f"vmgui-look-{begun}-x", path=path))
    lab_host.define_tiny("web", disks=(Disk(lab_host.make_disk("web.qcow2")),))
    connection: Connection = world.hosts.connection("h1")
    listed = await connection.run(storage_module.list_pools)
    assert not any(is_look(pool.name) for pool in listed)
    assert reasons(await service.plan(await world.seen("web"))) == {"web.qcow2": KeepReason.NONE}
    assert "vmgui-look-1-x" not in pools(lab_host)
    assert len([name for name in pools(lab_host) if is_look(name)]) == 1, "one that is under way is let be"
