"""Disks that cannot be made larger as others are: those whose content lies, devices, those that another one runs with."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator

import libvirt
import pytest

from tests.helpers.world import World
from tests.lab.domain_xml import Disk
from tests.lab.editing import INACTIVE, LIVE, Editor, own, xml_of
from tests.lab.generations import every_generation, every_generation_if_long
from tests.lab.lab_host import LabHost
from vmgui.libvirtxml.settings import read_settings
from vmgui.model.edit import Setting, SettingKey, When, Why
from vmgui.model.errors import InvalidState
from vmgui.model.job import JobState

MIB = 1024 * 1024
VDA = SettingKey(Setting.DISK_BYTES, "vda")
READS = SettingKey(Setting.READ_IOPS, "vda")


@pytest.fixture
async def here(connected: World) -> Editor:
    return Editor(connected)


@pytest.fixture
def device(lab_host: LabHost) -> Iterator[str]:
    """A block device of 64 MiB."""
    lab_host.run(["truncate", "-s", "64M", "/var/tmp/device.img"])
    name = lab_host.run(["losetup", "-f", "--show", "/var/tmp/device.img"]).stdout.strip()
    yield name
    with lab_host.connect() as connection:
        for domain in connection.listAllDomains(libvirt.VIR_CONNECT_LIST_DOMAINS_ACTIVE):
            domain.destroy()
    lab_host.run(["losetup", "-d", name])


def digest(host: LabHost, path: str) -> str:
    return host.run(["sh", "-c", f"head -c 67108864 {path} | sha256sum"]).stdout


async def judged(here: Editor, key: SettingKey, to: int) -> tuple[When, Why | None, int | None]:
    (change,) = (await here.edits.preview(await here.world.seen("web"), {key: to})).plan.changes
    return change.when, change.why, change.figure


@every_generation
async def test_what_a_guest_wrote_is_never_taken_for_the_format_of_its_disk(
    here: Editor, lab_host: LabHost
) -> None:
    """Its raw disk begins as a qcow2 image: a pool that is read again takes it for one of another size."""
    path = lab_host.make_disk("lies.img", 1024)
    lab_host.run(["truncate", "-s", "64M", path])
    with lab_host.connect() as connection:
        connection.storagePoolLookupByName("default").refresh()
    lab_host.define_tiny("web", disks=(Disk(path, format="raw"),))
    before = digest(lab_host, path)
    (disk,) = (await here.look()).disks
    assert (disk.size_bytes, disk.is_volume) == (64 * MIB, False)
    for size in (128, 2048):
        assert await judged(here, VDA, size * MIB) == (When.IMPOSSIBLE, Why.NO_VOLUME, None)
        assert isinstance((await here.submit({VDA: size * MIB})).error, InvalidState)
    assert digest(lab_host, path) == before
    with lab_host.connect() as connection:
        connection.lookupByName("web").create()
    await here.change({VDA: 128 * MIB})
    assert digest(lab_host, path) == before


async def test_a_format_that_changed_after_the_look_is_seen(
    here: Editor, lab_host: LabHost, monkeypatch: pytest.MonkeyPatch
) -> None:
    from vmgui.hypervisor.edits_live import LiveChange

    path = lab_host.make_disk("late.img", 64, "raw")
    lab_host.define_tiny("web", disks=(Disk(path, format="raw"),))
    make = LiveChange.make

    def later(self: LiveChange, call: object) -> None:
        lab_host.run(["qemu-img", "create", "-q", "-f", "qcow2", "/var/tmp/head", "1G"])
        lab_host.run(["dd", "if=/var/tmp/head", f"of={path}", "conv=notrunc", "status=none"])
        with lab_host.connect() as connection:
            connection.storagePoolLookupByName("default").refresh()
        make(self, call)  # type: ignore[arg-type]

    monkeypatch.setattr(LiveChange, "make", later)
    job = await here.submit({VDA: 2048 * MIB})
    assert "no storage pool" in str(job.error)


@every_generation_if_long
async def test_a_device_is_as_large_as_it_is(here: Editor, lab_host: LabHost, device: str) -> None:
    disk = (
        f"<disk type='block' device='disk'><driver name='qemu' type='raw'/><source dev='{device}'/>"
        "<target dev='vda' bus='virtio'/></disk>"
    )
    lab_host.define_tiny("web", devices=(disk,))
    assert await judged(here, VDA, 128 * MIB) == (When.IMPOSSIBLE, Why.DEVICE_SIZE, 64 * MIB)
    with lab_host.connect() as connection:
        connection.lookupByName("web").create()
    assert await judged(here, VDA, 128 * MIB) == (When.IMPOSSIBLE, Why.DEVICE_SIZE, 64 * MIB)
    lab_host.run(["truncate", "-s", "128M", "/var/tmp/device.img"])
    lab_host.run(["losetup", "-c", device])
    assert await judged(here, VDA, 256 * MIB) == (When.IMPOSSIBLE, Why.DEVICE_SIZE, 128 * MIB)
    await here.change({VDA: 128 * MIB})
    assert [disk.size_bytes for disk in (await here.look()).disks] == [128 * MIB]


async def test_one_that_another_machine_runs_with_is_not_made_larger(here: Editor, lab_host: LabHost) -> None:
    path = lab_host.make_disk("both.img", 64, "raw")
    lab_host.define_tiny("other", disks=(Disk(path, format="raw"),), start=True)
    lab_host.define_tiny("web", disks=(Disk(path, format="raw"),))
    assert await judged(here, VDA, 128 * MIB) == (When.IMPOSSIBLE, Why.IN_USE, None)
    with lab_host.connect() as connection:
        connection.lookupByName("other").destroy()
    await here.change({VDA: 128 * MIB})


async def test_the_limits_of_an_empty_drive_wait(here: Editor, lab_host: LabHost) -> None:
    drive = "<disk type='file' device='cdrom'><target dev='sda' bus='sata'/><readonly/></disk>"
    lab_host.define_tiny("web", devices=(drive,), start=True)
    key = SettingKey(Setting.READ_IOPS, "sda")
    assert await judged(here, key, 100) == (When.NEXT_START, Why.NO_MEDIUM, None)
    await here.change({key: 100})
    assert read_settings(xml_of(lab_host)).values[key] == 100


@pytest.mark.parametrize("is_saved", [True, False], ids=["saved", "live"])
async def test_a_group_is_one_only_where_it_is(here: Editor, lab_host: LabHost, is_saved: bool) -> None:
    disks = [lab_host.make_disk(f"{name}.qcow2", 64) for name in ("vda", "vdb")]
    lab_host.define_tiny("web", disks=tuple(map(Disk, disks, ("vda", "vdb"))))
    plain = xml_of(lab_host)
    limits = "<iotune><read_iops_sec>500</read_iops_sec><group_name>g</group_name></iotune><target dev='vd"
    in_group = plain.replace("<target dev='vd", limits)
    first, then = (plain, in_group) if is_saved else (in_group, plain)
    lab_host.define_xml(first, start=True)
    lab_host.define_xml(then)
    await here.change({READS: 100})
    other = SettingKey(Setting.READ_IOPS, "vdb")
    now, after = (read_settings(xml_of(lab_host, flags)).values for flags in (LIVE, INACTIVE))
    assert (now[READS], after[READS]) == (100, 100)
    assert (now[other], after[other]) == ((None, 100) if is_saved else (100, None))
    with lab_host.connect() as connection:
        connection.lookupByName("web").destroy()
        connection.lookupByName("web").create()


@every_generation
async def test_more_than_255_cpus_only_where_libvirt_takes_them(here: Editor, lab_host: LabHost) -> None:
    lab_host.define_tiny("web", memory_mib=512)
    most = (await here.look()).host.vcpus_most
    assert most is not None
    assert most >= 255
    await here.change({own(Setting.VCPUS_MAX): most})


async def test_whether_a_host_can_limit_cards_is_known_by_those_that_are(
    here: Editor, lab_host: LabHost
) -> None:
    lab_host.define_tiny("web", mac="52:54:00:aa:bb:01")
    key = SettingKey(Setting.OUT_AVERAGE_KB_PER_S, "52:54:00:aa:bb:01")

    async def notes() -> tuple[tuple[Why, int | None], ...]:
        (change,) = (await here.edits.preview(await here.world.seen("web"), {key: 100})).plan.changes
        return change.notes

    assert await notes() == ((Why.NOT_ON_HOST, None),)
    lab_host.define_tiny("other", mac="52:54:00:aa:bb:02")
    xml = xml_of(lab_host, name="other")
    bandwidth = "<bandwidth><outbound average='100'/></bandwidth><mac"
    await asyncio.to_thread(lab_host.define_xml, re.sub("<mac(?= )", bandwidth, xml, count=1), start=True)
    assert await notes() == ()
    assert (await here.submit({key: 100})).state is JobState.DONE
