"""Disks, drives and shared folders as their forms wish for them: what the guest and the host say of it."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import Any

import pytest

from tests.helpers.world import World
from tests.lab.domain_xml import Disk, Vnc
from tests.lab.editing import in_guest, until
from tests.lab.generations import every_generation_if_long
from tests.lab.hardware_person import Person
from tests.lab.lab_host import LabHost
from vmgui.commands.hardware import disk, drive, filesystem, form
from vmgui.commands.hardware.form import DeviceForm, Scene
from vmgui.model.device_disk import DiskDevice, DiskSource
from vmgui.model.device_storage import FilesystemDevice
from vmgui.model.errors import DiskFileMissing, DiskInUse
from vmgui.model.hardware import AddDevice
from vmgui.model.job import Job, JobState
from vmgui.model.offer import DiskUse
from vmgui.model.units import MIB
from vmgui.services import hardware_files


@pytest.fixture
async def here(connected: World, lab_host: LabHost) -> Person:
    return Person(connected, lab_host)


async def running(host: LabHost, **fields: Any) -> None:
    def start() -> None:
        host.define_tiny("web", start=True, spare_ports=8, **fields)
        host.wait_agent("web")

    await asyncio.to_thread(start)


async def scene(here: Person, id_: str = "") -> Scene:
    machine = await here.look()
    offer = await here.hardware.offered(await here.world.seen("web"), 10.0)
    return Scene(machine, offer, machine.device(id_) if id_ else None)


async def answer(here: Person, of: DeviceForm, answers: dict[str, Any], id_: str = "") -> Job:
    """What a person does in a form; what the form forbids fails here."""
    at = await scene(here, id_)
    blocks = [note.text for note in of.judge(at, {**form.truth(of, at), **answers}) if note.level.blocks]
    assert not blocks
    return await here.submit(*form.wishes(of, at, answers))


async def done(here: Person, of: DeviceForm, answers: dict[str, Any], id_: str = "") -> None:
    job = await answer(here, of, answers, id_)
    assert job.state is JobState.DONE, (job.error, [line.text for line in job.log])


def saved_disks(here: Person) -> dict[str, DiskDevice]:
    return {one.target: one for one in here.devices(DiskDevice)[1] if isinstance(one, DiskDevice)}


@every_generation_if_long
async def test_the_disk_that_is_suggested_is_there_in_the_guest(here: Person, lab_host: LabHost) -> None:
    await running(lab_host)
    await done(here, disk.FORM, {"size": 48 * MIB, "serial": "SERIAL-1"})
    script = "cat /sys/block/vda/size /sys/block/vda/serial"
    await asyncio.to_thread(
        until, lambda: in_guest(lab_host, script).split() == [str(48 * MIB // 512), "SERIAL-1"]
    )
    new = saved_disks(here)["vda"]
    assert (new.format, new.discard, new.bus) == ("qcow2", "unmap", "virtio")
    assert new.source is not None
    assert new.source.file == f"{lab_host.images_dir}/web.qcow2"
    # A second one finds another name, for itself and for its volume.
    await done(here, disk.FORM, {"size": 48 * MIB})
    source = saved_disks(here)["vdb"].source
    assert source is not None
    assert source.file == f"{lab_host.images_dir}/web-2.qcow2"


@every_generation_if_long
async def test_a_usb_disk_of_an_existing_file_is_opened_as_what_it_is(
    here: Person, lab_host: LabHost
) -> None:
    path = lab_host.make_disk("stick", 32, "qcow2")
    # With a display it has a USB controller.
    await running(lab_host, vnc=Vnc())
    await done(here, disk.FORM, {"source": "file", "path": path, "bus": "usb", "removable": True})
    stick = saved_disks(here)["sda"]
    assert (stick.format, stick.bus, stick.removable) == ("qcow2", "usb", True)
    live, _ = here.devices(DiskDevice)
    assert [one.format for one in live if isinstance(one, DiskDevice)] == ["qcow2"]


@pytest.mark.long
@every_generation_if_long
async def test_no_disk_that_another_running_machine_writes_to(here: Person, lab_host: LabHost) -> None:
    path = lab_host.make_disk("one.img", 32, "raw")
    lab_host.define_tiny("other", start=True, disks=(Disk(path, format="raw"),))
    await running(lab_host)
    await here.world.seen("other")
    before = here.xml()
    job = await answer(here, disk.FORM, {"source": "file", "path": path})
    assert isinstance(job.error, DiskInUse), job.error
    assert job.error.subject == "other"
    assert here.xml() == before
    # Once it was looked into, the form says so.
    noted = disk.FORM.judge(await scene(here), {
        **form.truth(disk.FORM, await scene(here)), "source": "file", "path": path,
    })  # fmt: skip
    assert [note.field for note in noted if note.level.blocks] == ["path"]
    missing = await answer(here, disk.FORM, {"source": "file", "path": f"{path}.gone"})
    assert isinstance(missing.error, DiskFileMissing), missing.error


@pytest.mark.long
@every_generation_if_long
async def test_a_disk_changes_its_bus_and_keeps_what_is_in_it(here: Person, lab_host: LabHost) -> None:
    path = lab_host.make_disk("root.qcow2", 32)
    await running(lab_host, disks=(Disk(path),))
    await done(here, disk.FORM, {"bus": "scsi"}, "vda")
    moved = saved_disks(here)["sda"]
    assert (moved.bus, moved.format) == ("scsi", "qcow2")
    assert moved.source is not None
    assert moved.source.file == path
    with lab_host.connect() as connection:
        domain = connection.lookupByName("web")
        domain.destroy()
        domain.create()
    await asyncio.to_thread(lab_host.wait_agent, "web")


@every_generation_if_long
async def test_a_drive_gets_a_medium_while_the_machine_runs(here: Person, lab_host: LabHost) -> None:
    path = lab_host.make_disk("cd.iso", 8, "raw")
    await running(lab_host)
    await done(here, drive.CDROM, {})
    assert saved_disks(here)["sda"].source is None
    with lab_host.connect() as connection:
        domain = connection.lookupByName("web")
        domain.destroy()
        domain.create()
    await asyncio.to_thread(lab_host.wait_agent, "web")
    await done(here, drive.CDROM, {"path": path}, "sda")
    live, saved = here.devices(DiskDevice)
    files = [one.source.file for one in (*live, *saved) if isinstance(one, DiskDevice) and one.source]
    assert files == [path, path]
    await done(here, drive.CDROM, {"path": ""}, "sda")
    live, saved = here.devices(DiskDevice)
    files = [one.source.file for one in (*live, *saved) if isinstance(one, DiskDevice) and one.source]
    assert not any(files)


@pytest.mark.long
@every_generation_if_long
async def test_a_shared_folder_brings_shared_memory_and_is_there_after_the_next_start(
    here: Person, lab_host: LabHost
) -> None:
    lab_host.run(["mkdir", "-p", "/srv/share"])
    await running(lab_host)
    # libvirt offers virtiofs also where its daemon is not installed: that is known only when a machine starts.
    places = "ls /usr/libexec/virtiofsd /usr/lib/qemu/virtiofsd 2>/dev/null; true"
    driver = "virtiofs" if lab_host.run(["sh", "-c", places]).stdout.strip() else "path"
    await done(here, filesystem.FORM, {"source": "/srv/share", "driver": driver})
    _, saved = here.devices(FilesystemDevice)
    (folder,) = saved
    assert isinstance(folder, FilesystemDevice)
    assert (folder.driver, folder.directory, folder.target) == (driver, "/srv/share", "share")
    if driver == "virtiofs":
        machine = await here.look()
        assert machine.saved is not None
        assert (machine.saved.memory_source, machine.saved.memory_access) == ("memfd", "shared")
    with lab_host.connect() as connection:
        domain = connection.lookupByName("web")
        domain.destroy()
        domain.create()
    await asyncio.to_thread(lab_host.wait_agent, "web")
    ids = await asyncio.to_thread(in_guest, lab_host, "cat /sys/bus/virtio/devices/*/device")
    assert ("0x001a" if driver == "virtiofs" else "0x0009") in ids.split()


async def test_a_volume_by_its_name_is_looked_into_like_its_file(here: Person, lab_host: LabHost) -> None:
    """A disk that is a qcow2 volume opened as raw looks empty to the guest."""
    lab_host.make_disk("one.qcow2", 32)
    lab_host.define_tiny("web", disks=(Disk(lab_host.make_disk("s.img", 32, "raw"), format="raw"),))
    volume = DiskSource(pool="default", volume="one.qcow2")
    lab_host.define_tiny("other", start=True, disks=(Disk(f"{lab_host.images_dir}/one.qcow2"),))
    await here.world.seen("other")
    job = await here.submit(await here.set("vda", source_kind="volume", source=volume))
    assert isinstance(job.error, DiskInUse), job.error
    assert job.error.subject == "other"
    with lab_host.connect() as connection:
        connection.lookupByName("other").destroy()
    await here.change(await here.set("vda", source_kind="volume", source=volume))
    assert (saved_disks(here)["vda"].format, saved_disks(here)["vda"].source) == ("qcow2", volume)
    gone = DiskSource(pool="default", volume="gone.qcow2")
    job = await here.submit(await here.set("vda", source_kind="volume", source=gone))
    assert isinstance(job.error, DiskFileMissing), job.error


async def test_no_disk_nor_floppy_that_a_machine_began_to_run_with_since_it_was_looked_into(
    here: Person, lab_host: LabHost, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = lab_host.make_disk("one.img", 1, "raw")
    lab_host.define_tiny("web")
    lab_host.define_tiny("other", start=True, disks=(Disk(path, format="raw"),))
    floppy = DiskDevice(
        source_kind="file",
        device="floppy",
        driver="qemu",
        format="raw",
        source=DiskSource(file=path),
        target="fda",
        bus="fdc",
    )
    job = await here.submit(AddDevice(floppy))
    assert isinstance(job.error, DiskInUse), job.error

    async def nobody(*_rest: object, **_more: object) -> tuple[DiskUse, ...]:
        return ()  # it was not running yet

    monkeypatch.setattr(hardware_files, "disk_uses", nobody)
    job = await here.submit(AddDevice(replace(floppy, device="disk", target="vdb", bus="virtio")))
    assert isinstance(job.error, DiskInUse), job.error
    assert job.error.subject == "other"
    assert not saved_disks(here)
