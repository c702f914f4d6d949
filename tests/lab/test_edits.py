"""Changed machines: what the guest, the host and libvirt say of it, while they run and off."""

from __future__ import annotations

import asyncio
import time

import libvirt
import pytest

from tests.helpers.world import World
from tests.lab.domain_xml import Disk, Vnc
from tests.lab.editing import INACTIVE, LIVE, Editor, in_guest, own, until, xml_of
from tests.lab.generations import every_generation, every_generation_if_long
from tests.lab.lab_host import LabHost
from vmgui.hypervisor.edits_live import LiveChange
from vmgui.libvirtxml.domain import parse_domain
from vmgui.libvirtxml.settings import read_settings
from vmgui.model.edit import Reach, Setting, SettingKey, When, Why
from vmgui.model.errors import ChangedMeanwhile, InvalidConfig, InvalidState, PartlyDone
from vmgui.model.job import JobState

MIB = 1024 * 1024
SEEN_KIB = "awk '/^MemTotal/ {print $2}' /proc/meminfo"
VDA = SettingKey(Setting.DISK_BYTES, "vda")


@pytest.fixture
async def here(connected: World) -> Editor:
    return Editor(connected)


def online(host: LabHost) -> int:
    return int(in_guest(host, "grep -c ^processor /proc/cpuinfo"))


async def running(host: LabHost, **fields: object) -> None:
    """A tiny guest whose agent answers."""

    def start() -> None:
        host.define_tiny("web", start=True, **fields)
        host.wait_agent("web")

    await asyncio.to_thread(start)


# CPUs and memory ------------------------------------------------------------------------------------------------


@every_generation
async def test_cpus_come_and_go_and_the_guest_sees_it(here: Editor, lab_host: LabHost) -> None:
    await running(lab_host, max_vcpus=3)
    vcpus = own(Setting.VCPUS)
    seen = await here.look()
    assert seen.has_agent
    assert (seen.value(vcpus), seen.vcpus_plugged) == (1, 1)
    for count, plugged in ((3, 3), (1, 3), (2, 3)):
        await here.change({vcpus: count})
        assert await asyncio.to_thread(online, lab_host) == count
        assert read_settings(xml_of(lab_host)).values[vcpus] == count
        # None is ever unplugged: they are given up by the guest.
        now = await here.look()
        assert (now.value(vcpus), now.vcpus_plugged) == (count, plugged)
    assert [defined.plan is not None for defined in here.told] == [True] * 3


@every_generation_if_long
async def test_the_balloon_takes_memory_and_gives_it_back(here: Editor, lab_host: LabHost) -> None:
    await running(lab_host, memory_mib=192)
    memory, most = own(Setting.MEMORY_KIB), own(Setting.MEMORY_MAX_KIB)
    before = int(await asyncio.to_thread(in_guest, lab_host, SEEN_KIB))
    await here.change({memory: 128 * 1024})
    await asyncio.to_thread(until, lambda: int(in_guest(lab_host, SEEN_KIB)) <= before - 60 * 1024)
    job = await here.submit({memory: 256 * 1024})
    assert isinstance(job.error, InvalidConfig)
    assert "above_memory_max" in job.error.detail
    # More than the maximum needs another start, and waits for it.
    await here.change({memory: 256 * 1024, most: 256 * 1024})
    assert read_settings(xml_of(lab_host)).values[memory] == 256 * 1024
    assert read_settings(xml_of(lab_host, LIVE)).values[most] == 192 * 1024
    await here.change({memory: 192 * 1024}, reach=Reach.NOW)
    await asyncio.to_thread(until, lambda: int(in_guest(lab_host, SEEN_KIB)) >= before)
    assert read_settings(xml_of(lab_host)).values[memory] == 256 * 1024


@every_generation_if_long
async def test_a_module_gives_more_than_the_maximum(here: Editor, lab_host: LabHost) -> None:
    slots = (
        "<maxMemory slots='2' unit='MiB'>1024</maxMemory>",
        "<cpu><numa><cell id='0' cpus='0' memory='192' unit='MiB'/></numa></cpu>",
    )
    await running(lab_host, memory_mib=192, elements=slots)
    memory, most = own(Setting.MEMORY_KIB), own(Setting.MEMORY_MAX_KIB)
    seen_kib = int(await asyncio.to_thread(in_guest, lab_host, SEEN_KIB))
    for to, modules, maximum in ((300, 1, 320), (448, 2, 448)):
        await here.change({memory: to * 1024})
        saved = read_settings(xml_of(lab_host))
        assert (saved.values[memory], saved.values[most]) == (to * 1024, maximum * 1024)
        for flags in (LIVE, INACTIVE):
            assert xml_of(lab_host, flags).count("<memory model='dimm'>") == modules
    job = await here.submit({memory: 512 * 1024})
    assert "above_memory_max (458752)" in str(job.error), "no slot is left"
    # All of it is there, whether the guest takes it by itself or has to be told.
    blocks = "for one in /sys/devices/system/memory/memory*/state; do echo online >$one 2>/dev/null; done; "
    now = "".join((blocks, SEEN_KIB))
    await asyncio.to_thread(until, lambda: int(in_guest(lab_host, now)) > seen_kib + 200 * 1024)
    with lab_host.connect() as connection:
        connection.lookupByName("web").destroy()
        connection.lookupByName("web").create()
    assert read_settings(xml_of(lab_host, LIVE)).values[most] == 448 * 1024


async def test_cpus_without_an_agent_are_only_saved(here: Editor, lab_host: LabHost) -> None:
    lab_host.define_tiny("web", agent=False, vcpus=2, max_vcpus=2, start=True)
    vcpus = own(Setting.VCPUS)
    await here.change({vcpus: 1})
    assert (await here.look()).vcpus_plugged == 2
    assert read_settings(xml_of(lab_host)).values[vcpus] == 1


async def test_cpus_that_are_listed_one_by_one_are_counted_again(here: Editor, lab_host: LabHost) -> None:
    lab_host.define_tiny("web", vcpus=1, max_vcpus=2)
    one_by_one = (
        "<vcpus><vcpu id='0' enabled='yes' hotpluggable='no'/>"
        "<vcpu id='1' enabled='no' hotpluggable='yes'/></vcpus><os>"
    )
    lab_host.define_xml(xml_of(lab_host).replace("<os>", one_by_one, 1))
    await here.change({own(Setting.VCPUS): 4, own(Setting.VCPUS_MAX): 4})
    assert "<vcpus>" not in xml_of(lab_host)
    with lab_host.connect() as connection:
        connection.lookupByName("web").create()
        assert connection.lookupByName("web").vcpusFlags(libvirt.VIR_DOMAIN_AFFECT_LIVE) == 4


# The processors' time -------------------------------------------------------------------------------------------


async def test_the_processors_time_is_limited_and_weighed(here: Editor, lab_host: LabHost) -> None:
    await running(lab_host)
    weight, limit = own(Setting.CPU_WEIGHT), own(Setting.CPU_LIMIT_PERCENT)
    seen = await here.look()
    assert seen.host.has_cpu_share
    await asyncio.to_thread(in_guest, lab_host, "(while :; do :; done) >/dev/null 2>&1 &")
    await here.change({limit: 20, weight: 512})

    def used() -> float:
        """Of one processor, over some seconds."""
        with lab_host.connect() as connection:
            domain = connection.lookupByName("web")
            start_s, start_ns = time.monotonic(), domain.vcpus()[0][0][2]
            time.sleep(4)
            return (domain.vcpus()[0][0][2] - start_ns) / 1e9 / (time.monotonic() - start_s)

    assert await asyncio.to_thread(used) < 0.2 * 1.2
    with lab_host.connect() as connection:
        parameters = connection.lookupByName("web").schedulerParameters()
    assert (parameters["cpu_shares"], parameters["vcpu_quota"]) == (512, 20_000)
    values = read_settings(xml_of(lab_host)).values
    assert (values[weight], values[limit]) == (512, 20)
    await here.change({limit: None, weight: None})
    with lab_host.connect() as connection:
        parameters = connection.lookupByName("web").schedulerParameters()
    assert (parameters["cpu_shares"], parameters["vcpu_quota"]) == (1024, -1)
    assert read_settings(xml_of(lab_host)).values[limit] is None
    assert "<cputune>" not in xml_of(lab_host)


async def test_a_neighbour_tells_of_one_that_is_off_whether_its_host_has_means(
    here: Editor, lab_host: LabHost
) -> None:
    lab_host.define_tiny("web")
    assert (await here.look()).host.has_cpu_share is None
    lab_host.define_tiny("neighbour", start=True)
    host = (await here.look()).host
    assert (host.has_cpu_share, host.weight_most) == (True, 262_144)


# Disks ----------------------------------------------------------------------------------------------------------


@every_generation
async def test_a_disk_grows_under_the_guest_and_off_and_never_shrinks(
    here: Editor, lab_host: LabHost
) -> None:
    disks = tuple(
        Disk(lab_host.make_disk(f"{name}.{kind}", 64, kind), target=name, format=kind)
        for name, kind in (("vda", "qcow2"), ("vdb", "raw"))
    )
    await running(lab_host, disks=disks)
    vdb = SettingKey(Setting.DISK_BYTES, "vdb")
    await here.change({VDA: 96 * MIB, vdb: 80 * MIB + 100})
    sizes = await asyncio.to_thread(in_guest, lab_host, "cat /sys/block/vda/size /sys/block/vdb/size")
    assert sizes.split() == [str(96 * 2048), str(80 * 2048 + 1)]
    assert [(told.before, told.after) for told in here.told] == [("", "")], "no definition says it"
    job = await here.submit({VDA: 64 * MIB})
    assert isinstance(job.error, InvalidConfig)
    assert "shrinks" in job.error.detail
    with lab_host.connect() as connection:
        connection.lookupByName("web").destroy()
    await here.change({VDA: 128 * MIB, vdb: 128 * MIB})
    machine = await here.look()
    assert [disk.size_bytes for disk in machine.disks] == [128 * MIB] * 2
    job = await here.submit({VDA: 64 * MIB})
    assert "shrinks" in str(job.error)


async def test_one_that_is_off_grows_only_as_a_volume(here: Editor, lab_host: LabHost) -> None:
    lab_host.run(["qemu-img", "create", "-q", "-f", "qcow2", "/var/tmp/loose.qcow2", "64M"])
    lab_host.define_tiny("web", disks=(Disk("/var/tmp/loose.qcow2"),))
    (change,) = (await here.edits.preview(await here.world.seen("web"), {VDA: 128 * MIB})).plan.changes
    assert (change.when, change.why) == (When.IMPOSSIBLE, Why.NO_VOLUME)
    with lab_host.connect() as connection:
        connection.lookupByName("web").create()
    await here.change({VDA: 128 * MIB})


async def test_somebody_who_grew_it_further_is_not_undone(here: Editor, lab_host: LabHost) -> None:
    lab_host.define_tiny("web", disks=(Disk(lab_host.make_disk("d.qcow2", 64)),), start=True)
    seen = await here.look()
    with lab_host.connect() as connection:
        connection.lookupByName("web").blockResize("vda", 256 * MIB, libvirt.VIR_DOMAIN_BLOCK_RESIZE_BYTES)
    job = await here.submit({VDA: 128 * MIB}, seen=seen)
    assert isinstance(job.error, ChangedMeanwhile)
    assert job.error.detail == "vda:size"
    assert [disk.size_bytes for disk in (await here.look()).disks] == [256 * MIB]


@every_generation_if_long
async def test_a_limit_slows_the_guest_down_and_goes_with_its_burst(here: Editor, lab_host: LabHost) -> None:
    await running(lab_host, disks=(Disk(lab_host.make_disk("d.qcow2", 64)),))
    limit, burst = (
        SettingKey(setting, "vda") for setting in (Setting.TOTAL_BYTES_PER_S, Setting.TOTAL_BYTES_PER_S_MAX)
    )
    await here.change({limit: MIB})
    start_s = time.monotonic()
    write = "dd if=/dev/zero of=/dev/vda bs=1M count=6 conv=fsync 2>/dev/null"
    await asyncio.to_thread(in_guest, lab_host, write)
    # Six on the average, three and a half at the least that was seen: QEMU does not wait for the last request.
    assert time.monotonic() - start_s > 2.5
    with lab_host.connect() as connection:
        # As others do: a burst with its length.
        more = {"total_bytes_sec": MIB, "total_bytes_sec_max": 4 * MIB, "total_bytes_sec_max_length": 5}
        connection.lookupByName("web").setBlockIoTune("vda", more, libvirt.VIR_DOMAIN_AFFECT_LIVE)
        connection.lookupByName("web").setBlockIoTune("vda", more, libvirt.VIR_DOMAIN_AFFECT_CONFIG)
    assert (await here.look()).value(burst) == 4 * MIB
    await here.change({limit: None})
    for flags in (LIVE, INACTIVE):
        assert "total_bytes" not in xml_of(lab_host, flags)
    job = await here.submit({limit: MIB, SettingKey(Setting.READ_BYTES_PER_S, "vda"): MIB})
    assert "total_and_single" in str(job.error)


async def test_disks_of_a_group_have_one_limit(here: Editor, lab_host: LabHost) -> None:
    disks = [lab_host.make_disk(f"{name}.qcow2", 64) for name in ("vda", "vdb")]
    lab_host.define_tiny("web", disks=tuple(map(Disk, disks, ("vda", "vdb"))))
    limits = "<iotune><total_iops_sec>{}</total_iops_sec><group_name>both</group_name></iotune><target"
    lab_host.define_xml(
        xml_of(lab_host).replace("<target dev='vd", limits.format(900) + " dev='vd"), start=True
    )
    iops = SettingKey(Setting.TOTAL_IOPS, "vda")
    await here.change({iops: 500})
    for flags in (LIVE, INACTIVE):
        xml = xml_of(lab_host, flags)
        assert (xml.count("<total_iops_sec>500<"), xml.count("<group_name>both<")) == (2, 2), xml
    await here.change({iops: None})
    for flags in (LIVE, INACTIVE):
        assert "total_iops_sec" not in xml_of(lab_host, flags)


# Network cards --------------------------------------------------------------------------------------------------


async def test_a_card_is_limited_and_its_other_limits_stay(here: Editor, lab_host: LabHost) -> None:
    lab_host.define_tiny("web", mac="52:54:00:aa:bb:01", start=True)
    into, peak, out = (
        SettingKey(setting, "52:54:00:aa:bb:01")
        for setting in (
            Setting.IN_AVERAGE_KB_PER_S,
            Setting.IN_PEAK_KB_PER_S,
            Setting.OUT_AVERAGE_KB_PER_S,
        )
    )
    await here.change({into: 1000, peak: 2000})
    with lab_host.connect() as connection:
        (card,) = parse_domain(connection.lookupByName("web").XMLDesc()).interfaces
    # What libvirt calls kilobytes, tc takes for 1000 bytes.
    assert "rate 8Mbit ceil 16Mbit" in lab_host.run(["tc", "class", "show", "dev", card.target]).stdout
    await here.change({out: 500})
    for flags in (LIVE, INACTIVE):
        values = read_settings(xml_of(lab_host, flags)).values
        assert [values[key] for key in (into, peak, out)] == [1000, 2000, 500]
    await here.change({into: None})
    for flags in (LIVE, INACTIVE):
        values = read_settings(xml_of(lab_host, flags)).values
        assert [values[key] for key in (into, peak, out)] == [None, None, 500]


async def test_what_is_promised_to_a_card_stays(here: Editor, lab_host: LabHost) -> None:
    with lab_host.connect() as connection:
        network = connection.networkDefineXML(
            "<network><name>ours</name><forward mode='nat'/><bridge name='virbr9'/>"
            "<bandwidth><inbound average='10000'/></bandwidth>"
            "<ip address='10.9.9.1' netmask='255.255.255.0'/></network>"
        )
        network.create()
    lab_host.define_tiny("web", network="ours", mac="52:54:00:aa:bb:02")
    floor = "<bandwidth><inbound average='900' floor='300'/></bandwidth><source network='ours'"
    lab_host.define_xml(xml_of(lab_host).replace("<source network='ours'", floor, 1), start=True)
    await here.change({SettingKey(Setting.IN_AVERAGE_KB_PER_S, "52:54:00:aa:bb:02"): 800})
    for flags in (LIVE, INACTIVE):
        assert "<inbound average='800' floor='300'/>" in xml_of(lab_host, flags)


# What goes wrong ------------------------------------------------------------------------------------------------


def without_shim(host: LabHost) -> None:
    """The kernel cannot limit network cards: libvirt's call fails."""
    host.inside("/run/lab/no-tc-shim").touch()


@every_generation_if_long
async def test_what_was_done_is_taken_back_when_a_later_call_fails(here: Editor, lab_host: LabHost) -> None:
    await running(
        lab_host, memory_mib=192, mac="52:54:00:aa:bb:01", disks=(Disk(lab_host.make_disk("d.qcow2", 64)),)
    )
    wishes = {
        own(Setting.MEMORY_KIB): 160 * 1024,
        own(Setting.CPU_WEIGHT): 512,
        SettingKey(Setting.TOTAL_IOPS, "vda"): 100,
        SettingKey(Setting.IN_AVERAGE_KB_PER_S, "52:54:00:aa:bb:01"): 1000,
        VDA: 128 * MIB,
    }
    before, seen = xml_of(lab_host), await here.look()
    without_shim(lab_host)
    job = await here.submit(wishes)
    assert job.state is JobState.FAILED
    assert not isinstance(job.error, PartlyDone), "all of it could be taken back"
    assert "tc" in str(job.error)
    assert xml_of(lab_host) == before
    assert not here.told
    kib = own(Setting.MEMORY_KIB)
    await asyncio.to_thread(until, lambda: read_settings(xml_of(lab_host, LIVE)).values[kib] == 192 * 1024)
    with lab_host.connect() as connection:
        domain = connection.lookupByName("web")
        assert domain.schedulerParameters()["cpu_shares"] == 1024
        assert domain.blockIoTune("vda")["total_iops_sec"] == 0
    assert (await here.look()).disks == seen.disks


async def test_what_cannot_be_taken_back_is_named(here: Editor, lab_host: LabHost) -> None:
    disks = (
        Disk(lab_host.make_disk("a.qcow2", 64)),
        Disk(lab_host.make_disk("b.raw", 64, "raw"), target="vdb", format="raw"),
    )
    await running(lab_host, disks=disks, memory_mib=192)
    # More than a file of this file system can have.
    wishes = {
        VDA: 128 * MIB,
        SettingKey(Setting.DISK_BYTES, "vdb"): 2**50,
        own(Setting.MEMORY_KIB): 160 * 1024,
    }
    before = xml_of(lab_host)
    job = await here.submit(wishes)
    assert isinstance(job.error, PartlyDone), job.error
    assert job.error.done == ("vda:size",)
    assert [disk.size_bytes for disk in (await here.look()).disks] == [128 * MIB, 64 * MIB]
    assert xml_of(lab_host) == before


async def test_what_somebody_else_changed_is_not_overwritten(here: Editor, lab_host: LabHost) -> None:
    lab_host.define_tiny("web", memory_mib=192)
    memory = own(Setting.MEMORY_KIB)
    seen = await here.look()
    lab_host.define_xml(xml_of(lab_host).replace(">196608</currentMemory>", ">131072</currentMemory>"))
    job = await here.submit({memory: 160 * 1024, own(Setting.CPU_WEIGHT): 10}, seen=seen)
    assert isinstance(job.error, ChangedMeanwhile)
    assert job.error.detail == "memory"
    assert "<shares>" not in xml_of(lab_host)
    # What is not about the same is no reason, and stays.
    await here.submit({own(Setting.VCPUS_MAX): 3}, seen=seen)
    values = read_settings(xml_of(lab_host)).values
    assert (values[memory], values[own(Setting.VCPUS_MAX)]) == (128 * 1024, 3)


async def test_what_others_define_while_the_machine_is_told_stays(
    here: Editor, lab_host: LabHost, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The definition is read after the calls to the running machine, which may last."""
    await running(lab_host, memory_mib=192)
    make = LiveChange.make

    def slowly(self: LiveChange, call: object) -> None:
        make(self, call)  # type: ignore[arg-type]
        lab_host.define_xml(xml_of(lab_host).replace("<memory", "<title>theirs</title><memory", 1))

    monkeypatch.setattr(LiveChange, "make", slowly)
    await here.change({own(Setting.MEMORY_KIB): 160 * 1024})
    assert "<title>theirs</title>" in xml_of(lab_host)
    assert read_settings(xml_of(lab_host)).values[own(Setting.MEMORY_KIB)] == 160 * 1024


async def test_the_same_changed_by_others_while_the_machine_is_told_is_taken_back(
    here: Editor, lab_host: LabHost, monkeypatch: pytest.MonkeyPatch
) -> None:
    lab_host.define_tiny("web", start=True)
    make = LiveChange.make

    def slowly(self: LiveChange, call: object) -> None:
        make(self, call)  # type: ignore[arg-type]
        lab_host.define_xml(xml_of(lab_host).replace("<os>", "<cputune><shares>77</shares></cputune><os>", 1))

    monkeypatch.setattr(LiveChange, "make", slowly)
    job = await here.submit({own(Setting.CPU_WEIGHT): 512})
    assert isinstance(job.error, ChangedMeanwhile)
    assert "<shares>77</shares>" in xml_of(lab_host)
    with lab_host.connect() as connection:
        assert connection.lookupByName("web").schedulerParameters()["cpu_shares"] == 1024


async def test_one_that_stopped_meanwhile_is_not_changed(here: Editor, lab_host: LabHost) -> None:
    lab_host.define_tiny("web", memory_mib=192, start=True)
    seen = await here.look()
    with lab_host.connect() as connection:
        connection.lookupByName("web").destroy()
    before = xml_of(lab_host)
    job = await here.submit({own(Setting.MEMORY_KIB): 160 * 1024}, seen=seen)
    assert isinstance(job.error, ChangedMeanwhile)
    assert xml_of(lab_host) == before
    job = await here.submit({own(Setting.CPU_WEIGHT): 512}, seen=seen, reach=Reach.NOW)
    assert isinstance(job.error, InvalidState)


async def test_a_transient_machine_is_changed_now_or_not_at_all(here: Editor, lab_host: LabHost) -> None:
    lab_host.define_tiny("web", start=True)
    with lab_host.connect() as connection:
        connection.lookupByName("web").undefine()
    seen = await here.look()
    assert seen.saved is None
    job = await here.submit({own(Setting.CPU_WEIGHT): 512}, reach=Reach.NEXT_START)
    assert isinstance(job.error, InvalidState)
    await here.change({own(Setting.CPU_WEIGHT): 512})
    with lab_host.connect() as connection:
        domain = connection.lookupByName("web")
        assert domain.schedulerParameters()["cpu_shares"] == 512
        assert not domain.isPersistent()
    text = await here.edits.text(await here.world.seen("web"), saved=False)
    job = await here.define(text.replace("<os>", "<title>t</title><os>", 1), text)
    assert isinstance(job.error, InvalidState)
    with lab_host.connect() as connection:
        assert not connection.lookupByName("web").isPersistent()


async def test_one_with_a_saved_state_keeps_its_disks(here: Editor, lab_host: LabHost) -> None:
    await running(lab_host, disks=(Disk(lab_host.make_disk("d.qcow2", 64)),))
    with lab_host.connect() as connection:
        await asyncio.to_thread(connection.lookupByName("web").managedSave)
    seen = await here.look()
    assert seen.has_saved_state
    job = await here.submit({VDA: 128 * MIB})
    assert isinstance(job.error, InvalidState)
    assert "has_saved_state" in job.error.detail
    assert [disk.size_bytes for disk in (await here.look()).disks] == [64 * MIB]
    await here.change({own(Setting.CPU_WEIGHT): 512})
    assert (await here.look()).has_saved_state


@every_generation
async def test_strange_metadata_hinder_nothing(here: Editor, lab_host: LabHost) -> None:
    lab_host.define_tiny("web", elements=("<metadata><x xmlns='relative/one'><y z='1'/></x></metadata>",))
    await here.change({own(Setting.CPU_WEIGHT): 512, own(Setting.MEMORY_MAX_KIB): 256 * 1024})
    xml = xml_of(lab_host)
    assert "relative/one" in xml
    preview = await here.edits.preview(await here.world.seen("web"), {own(Setting.CPU_WEIGHT): 513})
    assert "+    <shares>513</shares>" in preview.saved_diff


PASSWORD = "s3cret99"  # noqa: S105


async def test_who_may_only_look_sees_and_changes_nothing(world: World, lab_host: LabHost) -> None:
    lab_host.define_tiny("web", vnc=Vnc(password=PASSWORD), start=True)
    world.add(lab_host.unix_uri, read_only=True)
    await world.connected()
    reader = Editor(world)
    before = xml_of(lab_host)
    seen = await reader.look()
    assert not seen.has_agent
    assert PASSWORD not in await reader.edits.text(await world.seen("web"), saved=True)
    job = await reader.submit({own(Setting.CPU_WEIGHT): 512})
    assert job.error is not None
    job = await reader.define(before.replace("<os>", "<title>t</title><os>", 1), before)
    assert job.error is not None
    assert xml_of(lab_host) == before


async def test_a_preview_does_nothing_and_says_what_would_be(here: Editor, lab_host: LabHost) -> None:
    lab_host.define_tiny("web", start=True, vnc=Vnc(password=PASSWORD))
    before = xml_of(lab_host, LIVE)
    wishes = {own(Setting.CPU_WEIGHT): 512, own(Setting.VCPUS_MAX): 4}
    preview = await here.edits.preview(await here.world.seen("web"), wishes)
    assert {change.key.setting: change.when for change in preview.plan.changes} == {
        Setting.CPU_WEIGHT: When.NOW,
        Setting.VCPUS_MAX: When.NEXT_START,
    }
    assert "shares>512<" in preview.live_diff
    assert ">4</vcpu>" not in preview.live_diff
    assert len([line for line in preview.live_diff.splitlines() if line.startswith(("+ ", "- "))]) == 3
    assert ">4</vcpu>" in preview.saved_diff
    assert any("schedinfo" in line for line in preview.virsh)
    assert PASSWORD not in preview.live_diff + preview.saved_diff
    assert xml_of(lab_host, LIVE) == before
