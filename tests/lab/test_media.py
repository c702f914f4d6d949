"""Media are put into drives of real machines and taken out, and what the guest reads is looked at inside it."""

from __future__ import annotations

import asyncio
import base64
import subprocess
import time
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import libvirt
import pytest
from PySide6.QtWidgets import QDialog, QPushButton, QWidget

from tests.helpers.command_line import document
from tests.helpers.waiting import PATIENCE_S, eventually
from tests.helpers.world import World
from tests.lab.domain_xml import Disk
from tests.lab.generations import every_generation
from tests.lab.hanging_files import HangingFiles
from tests.lab.lab_host import LabHost
from vmgui.hypervisor import stuck_calls
from vmgui.libvirtxml.edit import read_devices
from vmgui.model.device_disk import DiskDevice, DiskSource
from vmgui.model.domain import DomainKey
from vmgui.model.edit import Reach
from vmgui.model.errors import (
    ChangedMeanwhile,
    MediumMissing,
    MediumUnreadable,
    NoDrive,
    TrayLocked,
)
from vmgui.model.job import Job, JobState
from vmgui.model.media import Drive, MediumFile, Usable
from vmgui.policy.lifecycle import ActionRefused, Refusal
from vmgui.services import pools
from vmgui.services.background import in_thread
from vmgui.services.definitions import DefinitionIndex
from vmgui.services.edits import Defined, EditService
from vmgui.services.machine_watch import MachineWatches
from vmgui.services.media import MediaService
from vmgui.store.media import MediaStore
from vmgui.ui.media.flow import MediaFlow

SCSI = "<controller type='scsi' model='virtio-scsi'/>"
CD = (
    "<disk type='file' device='cdrom'><driver name='qemu' type='raw'/>{source}"
    "<target dev='{target}' bus='{bus}'/><readonly/></disk>"
)
SR0 = "dd if=/dev/sr0 bs=1 skip=32808 count=16 2>/dev/null"


def cd(target: str = "sda", bus: str = "scsi", source: str = "") -> str:
    return CD.format(target=target, bus=bus, source=f"<source file='{source}'/>" if source else "")


def inside(host: LabHost, name: str, script: str) -> str:
    """What a script prints in the guest."""
    asked = {"path": "/bin/sh", "arg": ["-c", script], "capture-output": True}
    pid = host.agent(name, "guest-exec", **asked)["pid"]
    deadline = time.monotonic() + PATIENCE_S
    while time.monotonic() < deadline:
        status: dict[str, Any] = host.agent(name, "guest-exec-status", pid=pid)
        if status["exited"]:
            return base64.b64decode(status.get("out-data", "")).decode("utf-8", "replace").strip(" \0\n")
        time.sleep(0.05)
    raise TimeoutError(script)


@dataclass
class Bench:
    world: World
    media: MediaService
    edits: EditService
    definitions: DefinitionIndex
    watches: MachineWatches
    host: LabHost
    folder: Path

    def image(self, label: str) -> str:
        """A CD in the host's pool."""
        tree, path = self.folder / label, self.folder / f"{label}.iso"
        tree.mkdir()
        (tree / "marker").write_text(label)
        subprocess.run(
            ["xorriso", "-as", "mkisofs", "-quiet", "-V", label, "-o", str(path), str(tree)],
            check=True, capture_output=True,
        )  # fmt: skip
        return self.host.put_image(path)

    async def connect(self, name: str = "web") -> DomainKey:
        self.world.add(self.host.unix_uri)
        await self.world.connected()
        return await self.world.seen(name)

    async def guest(self, *devices: str, name: str = "web") -> DomainKey:
        """A running machine whose agent answers and that has found its CD drive."""

        def start() -> None:
            self.host.define_tiny(name, devices=devices, start=True)
            self.host.wait_agent(name)
            inside(self.host, name, "until [ -e /sys/block/sr0 ]; do sleep 0.1; done")

        await asyncio.to_thread(start)
        return await self.connect(name)

    async def reads(self, script: str = SR0) -> str:
        return await asyncio.to_thread(inside, self.host, "web", script)

    async def insert(self, key: DomainKey, path: str, target: str = "sda", **more: Any) -> Job:
        return await self.world.jobs.wait(self.media.insert(key, target, path, **more))

    async def eject(self, key: DomainKey, target: str = "sda", **more: Any) -> Job:
        return await self.world.jobs.wait(self.media.eject(key, target, **more))

    async def drive(self, key: DomainKey, target: str = "sda") -> Drive:
        return next(drive for drive in await self.media.drives(key) if drive.target == target)


@pytest.fixture
async def bench(event_loop: object, lab_host: LabHost, tmp_path: Path) -> AsyncIterator[Bench]:
    world = World()
    definitions = DefinitionIndex(world.hosts, world.inventory)
    edits = EditService(world.hosts, world.inventory, world.jobs, definitions)
    store = MediaStore(tmp_path)
    media = MediaService(world.hosts, world.inventory, world.jobs, world.watches, edits, definitions, store)
    watches = MachineWatches(world.hosts, world.inventory)
    yield Bench(world, media, edits, definitions, watches, lab_host, tmp_path)
    await watches.close()
    await definitions.close()
    await world.close()
    store.close()


def done(job: Job) -> None:
    assert job.state is JobState.DONE, (job.error, [line.text for line in job.log])


@every_generation
async def test_a_cd_is_inserted_changed_and_ejected_while_it_runs(bench: Bench) -> None:
    one, two = bench.image("ONE"), bench.image("TWO")
    key = await bench.guest(SCSI, cd())
    told: list[Defined] = []
    bench.edits.defined.subscribe(told.append)
    assert await bench.reads() == ""
    done(await bench.insert(key, one, seen=""))
    assert await bench.reads() == "ONE"
    assert await bench.drive(key) == Drive("sda", "cdrom", "scsi", one, one)
    assert one not in told[0].before
    assert one in told[0].after
    done(await bench.insert(key, two, seen=one))
    assert await bench.reads() == "TWO"
    done(await bench.eject(key, seen=two))
    assert await bench.reads() == ""
    assert await bench.drive(key) == Drive("sda", "cdrom", "scsi", "", "")
    # Nothing is left to do, and nobody is told that there was.
    count = len(told)
    done(await bench.eject(key))
    assert len(told) == count == 3
    files: list[tuple[MediumFile, ...]] = []
    await bench.media.offer(key.host_id, "cdrom", files.append)
    assert [(file.path, file.is_recent, file.pool) for file in files[-1][:2]] == [
        (two, True, "default"),
        (one, True, "default"),
    ]


@every_generation
async def test_what_cannot_be_read_leaves_the_former_medium_in(bench: Bench) -> None:
    one = bench.image("ONE")
    key = await bench.guest(SCSI, cd())
    done(await bench.insert(key, one))
    missing = f"{bench.host.images_dir}/none.iso"
    job = await bench.insert(key, missing)
    assert isinstance(job.error, MediumMissing), job.error
    assert job.error.subject == missing
    assert await bench.reads() == "ONE"
    # Where nobody here can look, QEMU finds out, and has taken the former one out by then.
    for path in ("/var/lib/libvirt", "/var/log/none.iso"):
        job = await bench.insert(key, path)
        wanted = MediumMissing if path.endswith("iso") else MediumUnreadable
        assert isinstance(job.error, wanted), job.error
        assert job.error.subject == path
        assert await bench.reads() == "ONE", path
        assert await bench.drive(key) == Drive("sda", "cdrom", "scsi", one, one)
    done(await bench.eject(key))
    assert await bench.reads() == ""


@every_generation
async def test_a_locked_tray_is_told_and_opened_by_force_only(bench: Bench) -> None:
    one, two = bench.image("ONE"), bench.image("TWO")
    key = await bench.guest(SCSI, cd())
    done(await bench.insert(key, one))
    assert await bench.reads("mkdir -p /m; mount -t iso9660 -o ro /dev/sr0 /m; cat /m/marker") == "ONE"
    for job in (await bench.eject(key), await bench.insert(key, two)):
        assert isinstance(job.error, TrayLocked), job.error
        assert await bench.drive(key) == Drive("sda", "cdrom", "scsi", one, one)
    assert await bench.reads("cat /m/marker") == "ONE"
    done(await bench.insert(key, two, force=True))
    assert await bench.reads() == "TWO"


async def test_in_the_window_force_is_asked_for_once_the_guest_has_kept_it(bench: Bench) -> None:
    one = bench.image("ONE")
    key = await bench.guest(SCSI, cd())
    done(await bench.insert(key, one))
    assert await bench.reads("mkdir -p /m; mount -t iso9660 -o ro /dev/sr0 /m; cat /m/marker") == "ONE"
    window = QWidget()
    window.show()
    flow = MediaFlow(bench.media, bench.world.inventory, bench.world.jobs, window)
    flow.eject((key,))
    dialog = await eventually(lambda: window.findChild(QDialog, "confirm-dialog"))
    assert dialog is not None
    assert "sda" in dialog.windowTitle()
    assert (await bench.drive(key)).live == one
    yes = dialog.findChild(QPushButton, "confirm-yes")
    assert yes is not None
    yes.click()
    await eventually(lambda: len(bench.world.jobs.jobs) == 3 and not bench.world.jobs.unfinished)
    assert await bench.drive(key) == Drive("sda", "cdrom", "scsi", "", "")
    await flow.scope.close()
    window.close()
    window.deleteLater()


@every_generation
async def test_a_machine_that_is_off_has_the_medium_when_it_starts(bench: Bench) -> None:
    one = bench.image("ONE")
    bench.host.define_tiny("web", devices=(SCSI, cd(), cd("sdb", "sata")), start=False)
    key = await bench.connect()
    watch = bench.watches.watch(key)
    subscription = watch.changed.subscribe(lambda _: None)
    await eventually(lambda: watch.view.config is not None)

    def shown() -> list[str]:
        config = watch.view.config
        return [disk.source for disk in config.disks] if config is not None else []

    done(await bench.insert(key, one))
    done(await bench.insert(key, one, "sdb"))
    await eventually(lambda: shown() == [one, one])
    job = await bench.insert(key, f"{bench.host.images_dir}/none.iso")
    assert isinstance(job.error, MediumMissing), job.error
    done(await bench.eject(key, "sdb"))
    await eventually(lambda: shown() == [one, ""])
    job = await bench.insert(key, one, reach=Reach.NOW)
    assert isinstance(job.error, ActionRefused)
    assert job.error.refusal is Refusal.NOT_RUNNING
    subscription.cancel()

    def start() -> None:
        with bench.host.connect() as connection:
            connection.lookupByName("web").create()
        bench.host.wait_agent("web")
        inside(bench.host, "web", "until [ -e /sys/block/sr0 ]; do sleep 0.1; done")

    await asyncio.to_thread(start)
    assert await bench.reads() == "ONE"
    done(await bench.eject(key, reach=Reach.NOW))
    assert await bench.drive(key) == Drive("sda", "cdrom", "scsi", "", one)
    assert await bench.reads() == ""
    done(await bench.eject(key, reach=Reach.NEXT_START))
    assert await bench.drive(key) == Drive("sda", "cdrom", "scsi", "", "")


@every_generation
async def test_only_the_source_is_changed_and_nothing_of_the_former_stays(bench: Bench) -> None:
    one = bench.image("ONE")
    web = (
        "<disk type='network' device='cdrom'><driver name='qemu' type='raw' cache='none'/>"
        "<source protocol='https' name='old.iso'><host name='example.org' port='443'/><ssl verify='no'/>"
        "<cookies><cookie name='login'>s3cret</cookie></cookies></source>"
        "<target dev='sda' bus='scsi'/><readonly/><serial>AB12</serial></disk>"
    )
    with_policy = cd("sdb", "sata", one).replace("<source ", "<source startupPolicy='optional' ")
    bench.host.define_tiny("web", devices=(SCSI, web, with_policy), start=False)
    key = await bench.connect()

    def saved() -> str:
        flags = libvirt.VIR_DOMAIN_XML_INACTIVE | libvirt.VIR_DOMAIN_XML_SECURE
        with bench.host.connect() as connection:
            return connection.lookupByName("web").XMLDesc(flags)

    before = saved()
    assert "s3cret" in before
    done(await bench.insert(key, one))
    after = saved()
    assert "s3cret" not in after
    assert "example.org" not in after
    # libvirt brings other devices into another order; nothing of them is another.
    wanted = [
        replace(found.device, source_kind="file", source=DiskSource(file=one))
        if isinstance(found.device, DiskDevice) and found.device.target == "sda"
        else found.device
        for found in read_devices(before)
    ]
    assert sorted(map(repr, wanted)) == sorted(repr(found.device) for found in read_devices(after))
    done(await bench.eject(key, "sdb"))
    assert "<source startupPolicy='optional'/>" in saved()
    done(await bench.insert(key, one, "sdb"))
    assert f"<source file='{one}' startupPolicy='optional'/>" in saved()


@every_generation
async def test_a_transient_machine_has_it_now_only(bench: Bench) -> None:
    one = bench.image("ONE")
    key = await bench.guest(SCSI, cd())
    with bench.host.connect() as connection:
        connection.lookupByName("web").undefine()
    done(await bench.insert(key, one))
    assert await bench.reads() == "ONE"
    assert await bench.drive(key) == Drive("sda", "cdrom", "scsi", one, None)
    job = await bench.eject(key, reach=Reach.NEXT_START)
    assert isinstance(job.error, ActionRefused)
    assert job.error.refusal is Refusal.TRANSIENT
    done(await bench.eject(key))


async def test_a_floppy_and_a_qcow2_image_are_given_in_their_format(bench: Bench) -> None:
    path = bench.host.make_disk("small.qcow2", 1)
    floppy = bench.folder / "disk.ima"
    floppy.write_bytes(b"\0" * 1474560)
    image = bench.host.put_image(floppy)
    drive = "<disk type='file' device='floppy'><target dev='fda' bus='fdc'/></disk>"
    bench.host.define_tiny("web", machine="pc", devices=(drive, cd("hda", "ide")), start=True)
    key = await bench.connect()
    done(await bench.insert(key, image, "fda"))
    done(await bench.insert(key, path, "hda"))
    for flags in (0, libvirt.VIR_DOMAIN_XML_INACTIVE):
        with bench.host.connect() as connection:
            xml = connection.lookupByName("web").XMLDesc(flags)
        assert "type='qcow2'" in xml
        assert image in xml
    files: list[tuple[MediumFile, ...]] = []
    await bench.media.offer(key.host_id, "floppy", files.append)
    assert [file.path for file in files[-1]] == [image]
    done(await bench.eject(key, "fda"))
    done(await bench.eject(key, "hda"))


async def test_an_image_that_is_based_on_another_file_is_refused(bench: Bench) -> None:
    base = bench.host.make_disk("base.qcow2", 1)
    with bench.host.connect() as connection:
        connection.storagePoolLookupByName("default").createXML(
            "<volume><name>over.qcow2</name><capacity>1048576</capacity><target><format type='qcow2'/></target>"
            f"<backingStore><path>{base}</path><format type='qcow2'/></backingStore></volume>"
        )
    bench.host.define_tiny("web", devices=(SCSI, cd()))
    key = await bench.connect()
    path = f"{bench.host.images_dir}/over.qcow2"
    assert (await bench.media.look(key.host_id, path)).usable is Usable.NO
    job = await bench.insert(key, path)
    assert isinstance(job.error, MediumUnreadable), job.error
    assert (await bench.media.look(key.host_id, "/var/log/none.iso")).usable is Usable.UNKNOWN


async def test_what_others_did_meanwhile_is_not_written_over(bench: Bench) -> None:
    one, two = bench.image("ONE"), bench.image("TWO")
    bench.host.define_tiny("web", devices=(SCSI, cd()))
    key = await bench.connect()
    done(await bench.insert(key, one))
    job = await bench.insert(key, two, seen="")
    assert isinstance(job.error, ChangedMeanwhile), job.error
    assert (await bench.drive(key)).saved == one
    job = await bench.insert(key, two, "sdz")
    assert isinstance(job.error, NoDrive), job.error


async def test_a_disk_is_no_drive(bench: Bench) -> None:
    one, disk = bench.image("ONE"), bench.host.make_disk("disk.qcow2", 1)
    bench.host.define_tiny("web", disks=(Disk(disk),))
    key = await bench.connect()
    job = await bench.insert(key, one, "vda")
    assert isinstance(job.error, NoDrive), job.error
    assert await bench.media.drives(key) == ()
    # What a machine has as a disk is offered as no medium.
    files: list[tuple[MediumFile, ...]] = []
    await bench.media.offer(key.host_id, "cdrom", files.append)
    assert [file.path for file in files[-1]] == [one]


@every_generation
async def test_a_script_changes_a_medium_and_is_told_what_it_has(bench: Bench) -> None:
    one = bench.image("ONE")
    await bench.guest(SCSI, cd())

    async def vmgui(*words: str, status: int = 0) -> Any:
        more = ("--connect", bench.host.unix_uri)
        return await asyncio.to_thread(document, "device", *words, *more, status=status)

    checked = await vmgui("change", "web", "sda", f"medium={one}", "--check")
    assert (checked["possible"], checked["changes"][0]["when"]) == (True, "now")
    assert (await vmgui("change", "web", "sda", f"medium={one}"))["results"][0]["ok"]
    assert await bench.reads() == "ONE"
    (drive,) = [found for found in await vmgui("list", "web") if found["id"] == "sda"]
    assert drive["live"]["source"]["file"] == drive["saved"]["source"]["file"] == one
    assert drive["text"] == f"CD drive sda: {one} (scsi, raw)"
    missing = f"{bench.host.images_dir}/none.iso"
    failed = await vmgui("change", "web", "sda", f"medium={missing}", status=1)
    assert (failed["results"][0]["error"]["kind"], failed["results"][0]["error"]["subject"]) == (
        "MediumMissing",
        missing,
    )
    assert await bench.reads() == "ONE"
    assert (await vmgui("change", "web", "sda", "medium=", "--now"))["results"][0]["ok"]
    assert await bench.reads() == ""


@pytest.fixture
def read_only_definitions(lab_host: LabHost) -> Iterator[Callable[[], object]]:
    """Has nothing more written where the host keeps definitions."""
    folder = "/etc/libvirt/qemu"

    def lock() -> None:
        lab_host.run(["mount", "--bind", folder, folder])
        lab_host.run(["mount", "-o", "remount,ro,bind", folder])

    yield lock
    lab_host.run(["umount", folder], check=False)


async def test_where_the_definition_cannot_be_saved_the_former_medium_is_in(
    bench: Bench, read_only_definitions: Callable[[], object]
) -> None:
    one, two = bench.image("ONE"), bench.image("TWO")
    key = await bench.guest(SCSI, cd(source=one))
    assert await bench.reads() == "ONE"
    await asyncio.to_thread(read_only_definitions)
    for change in (bench.insert(key, two), bench.eject(key)):
        job = await change
        assert job.state is JobState.FAILED
        assert await bench.drive(key) == Drive("sda", "cdrom", "scsi", one, one)
        assert await bench.reads() == "ONE"


async def test_a_pool_that_hangs_while_it_is_listed_keeps_nothing_else(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("LIST_TIMEOUT_S", "LOOK_TIMEOUT_S", "VOLUMES_TIMEOUT_S"):
        monkeypatch.setattr(pools, name, 3.0)
    stuck_calls._of_hosts.clear()  # pyright: ignore[reportPrivateUsage] - of the test before
    files = HangingFiles(bench.host, "/var/lib/libvirt/nfs")
    try:
        with bench.host.connect() as connection:
            connection.storagePoolDefineXML(
                f"<pool type='dir'><name>nfs</name><target><path>{files.path}</path></target></pool>"
            ).create()
        one = bench.image("ONE")
        bench.host.define_tiny("web", devices=(SCSI, cd()))
        key = await bench.connect()
        assert "nfs" in {pool.name for pool in await bench.world.watches.pools.fresh(key.host_id)}
        await in_thread(files.hang)
        # Somebody waits in it already, so that the pool is locked.
        refresh = asyncio.ensure_future(
            pools.refresh(bench.world.hosts.connection(key.host_id), "nfs", timeout_s=3.0)
        )
        shown: list[tuple[MediumFile, ...]] = []
        listing = asyncio.ensure_future(bench.media.offer(key.host_id, "cdrom", shown.append))
        await eventually(lambda: (shown and one in {file.path for file in shown[-1]}) or listing.done())
        assert one in {file.path for file in shown[-1]}
        # From when it is known to hang, nobody waits for it.
        await asyncio.gather(refresh, return_exceptions=True)
        assert (await bench.media.look(key.host_id, one)).usable is Usable.YES
        done(await bench.insert(key, one))
        assert not await listing
        assert one in {file.path for file in shown[-1]}
        await in_thread(files.go_on)
    finally:
        files.close()
