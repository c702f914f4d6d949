"""Devices plugged in, changed and taken out: what the guest, the host and libvirt say of it."""

from __future__ import annotations

import asyncio
import threading
from dataclasses import replace
from typing import Any

import libvirt
import pytest

from tests.helpers.waiting import eventually
from tests.helpers.world import World
from tests.lab.domain_xml import Disk, Vnc
from tests.lab.editing import in_guest, until, xml_of
from tests.lab.generations import every_generation, every_generation_if_long
from tests.lab.hardware_person import Person
from tests.lab.lab_host import LabHost
from vmgui.hypervisor import hardware_gone, hardware_live
from vmgui.model.creation import NewVolume
from vmgui.model.device_character import RngDevice
from vmgui.model.device_disk import DiskDevice, DiskSource
from vmgui.model.device_network import InterfaceDevice, InterfaceSource
from vmgui.model.edit import Reach
from vmgui.model.errors import (
    AlreadyExists,
    Busy,
    ChangedMeanwhile,
    DiskFileMissing,
    InvalidState,
    NotFound,
    NotLetGo,
)
from vmgui.model.hardware import AddDevice, ChangeMachine, SetAutostart, Wish

MAC = "52:54:00:aa:bb:01"
NEW_MAC = "52:54:00:aa:bb:02"
CARD = InterfaceDevice(kind="network", mac=NEW_MAC, model="virtio", source=InterfaceSource(network="default"))
_NETWORK = "<network><name>other</name><bridge name='virbr7'/><ip address='10.9.8.1' netmask='255.255.255.0'/></network>"


@pytest.fixture
async def here(connected: World, lab_host: LabHost) -> Person:
    return Person(connected, lab_host)


def disk(host: LabHost, name: str = "more.qcow2", target: str = "vdb", bus: str = "virtio") -> DiskDevice:
    return DiskDevice(
        source_kind="file",
        device="disk",
        driver="qemu",
        format="qcow2",
        source=DiskSource(file=host.make_disk(name, 32)),
        target=target,
        bus=bus,
    )


async def running(host: LabHost, *, ready: bool = True, **fields: Any) -> None:
    """A tiny guest; `ready`: its agent answers."""

    def start() -> None:
        host.define_tiny("web", start=True, mac=MAC, spare_ports=8, **fields)
        if ready:
            host.wait_agent("web")

    await asyncio.to_thread(start)


def of_disks(person: Person) -> tuple[list[str], list[str]]:
    live, saved = person.devices(DiskDevice)
    return [one.target for one in live], [one.target for one in saved]  # type: ignore[attr-defined]


def of_cards(person: Person) -> tuple[list[str], list[str]]:
    live, saved = person.devices(InterfaceDevice)
    return [one.mac for one in live], [one.mac for one in saved]  # type: ignore[attr-defined]


# What the guest sees --------------------------------------------------------------------------------------------


@every_generation
async def test_a_disk_and_a_card_come_and_go_in_the_guest(here: Person, lab_host: LabHost) -> None:
    await running(lab_host)
    before = here.xml()
    await here.change(AddDevice(disk(lab_host)), AddDevice(CARD))
    assert of_disks(here) == (["vdb"], ["vdb"])
    assert of_cards(here) == ([MAC, NEW_MAC],) * 2
    script = "cat /sys/block/vd*/size; cat /sys/class/net/eth*/address"
    seen = lambda: in_guest(lab_host, script).split()  # noqa: E731
    await asyncio.to_thread(until, lambda: seen() == ["65536", MAC, NEW_MAC])
    await here.change(await here.remove("vdb"), await here.remove(NEW_MAC))
    assert of_disks(here) == ([], [])
    assert await asyncio.to_thread(in_guest, lab_host, "ls /sys/class/net; ls /sys/block") == "eth0\nlo"
    assert here.xml() == before
    assert [(one.before != one.after, one.plan) for one in here.told] == [(True, None)] * 2


@every_generation_if_long
async def test_a_link_goes_down_and_a_card_moves_to_another_network(here: Person, lab_host: LabHost) -> None:
    with lab_host.connect() as connection:
        connection.networkDefineXML(_NETWORK).create()
    await running(lab_host)
    carrier = "ip link set eth0 up; cat /sys/class/net/eth0/carrier"
    await asyncio.to_thread(until, lambda: in_guest(lab_host, carrier) == "1")
    await here.change(await here.set(MAC, link="down"))
    await asyncio.to_thread(until, lambda: in_guest(lab_host, carrier) == "0")
    await here.change(await here.set(MAC, link="up", source__network="other"))
    await asyncio.to_thread(until, lambda: in_guest(lab_host, carrier) == "1")
    live, saved = here.devices(InterfaceDevice)
    assert [(one.link, one.source.network) for one in (*live, *saved)] == [("up", "other")] * 2  # type: ignore[attr-defined]
    assert "bridge='virbr7'" in here.xml()[0]
    # Of another model it is at the next start only.
    await here.change(await here.set(MAC, model="e1000e"))
    live, saved = here.devices(InterfaceDevice)
    assert [one.model for one in (*live, *saved)] == ["virtio", "e1000e"]  # type: ignore[attr-defined]


async def test_a_usb_disk_is_plugged_into_a_machine_with_usb(here: Person, lab_host: LabHost) -> None:
    await running(lab_host, ready=False, vnc=Vnc())
    stick = disk(lab_host, target="sda", bus="usb")
    await here.add(stick)
    assert of_disks(here) == (["sda"], ["sda"])
    await here.change(await here.remove("sda"))
    assert of_disks(here) == ([], [])


@every_generation_if_long
async def test_what_virsh_would_be_told_does_the_same(here: Person, lab_host: LabHost) -> None:
    await running(lab_host, ready=False)
    key, values = await here.world.seen("web"), (await here.look()).values
    assert values is not None
    rng = RngDevice(model="virtio", backend="random", path="/dev/urandom")

    async def typed(*wishes: Wish) -> None:
        for line in (await here.hardware.preview(key, wishes)).virsh:
            ran = await asyncio.to_thread(lab_host.run, ["sh", "-ec", line])
            assert not ran.returncode, (line, ran.stderr)

    await typed(
        await here.set(MAC, link="down"),
        AddDevice(rng),
        ChangeMachine((("title", "It's <web>"),), values),
        SetAutostart(on=True),
    )
    live, saved = here.devices(InterfaceDevice)
    assert [one.link for one in (*live, *saved)] == ["down", "down"]  # type: ignore[attr-defined]
    assert [len(found) for found in here.devices(RngDevice)] == [2, 2]
    machine = await here.look()
    assert machine.autostart
    assert [said and said.title for said in (machine.live, machine.saved)] == ["It's <web>"] * 2
    # From its definition alone: the guest is none that lets go of anything.
    gone = (await here.hardware.preview(key, (await here.remove("rng-1"),), Reach.NEXT_START)).virsh
    await asyncio.to_thread(lab_host.run, ["sh", "-ec", *gone])
    assert [len(found) for found in here.devices(RngDevice)] == [2, 1]


# What does not go -----------------------------------------------------------------------------------------------


async def test_what_the_guest_keeps_stays_in_the_definition(
    here: Person, lab_host: LabHost, monkeypatch: pytest.MonkeyPatch
) -> None:
    await running(lab_host, disks=(Disk(lab_host.make_disk("s.qcow2", 32)),))
    take_out: Any = hardware_gone.take_out

    def take_out_paused(*rest: Any) -> None:
        # Of one that is paused before, nobody would ask.
        with lab_host.connect() as connection:
            connection.lookupByName("web").suspend()
        take_out(*rest)

    monkeypatch.setattr(hardware_live, "take_out", take_out_paused)
    monkeypatch.setattr(hardware_gone, "LETS_GO_S", 1.0)
    gone = await here.remove("vda")
    job = await here.submit(await here.set(MAC, link="down"), gone)
    assert isinstance(job.error, NotLetGo), job.error
    assert of_disks(here) == (["vda"], ["vda"])
    assert [one.link for one in here.devices(InterfaceDevice)[0]] != ["down"]  # type: ignore[attr-defined]
    assert job.error.subject == "vda"
    assert not here.told
    # It may still go.
    monkeypatch.setattr(hardware_live, "take_out", take_out)
    with lab_host.connect() as connection:
        connection.lookupByName("web").resume()
    await eventually(lambda: of_disks(here)[0] == [])
    await here.change(await here.remove("vda"))
    assert of_disks(here) == ([], [])


async def test_all_or_nothing(here: Person, lab_host: LabHost) -> None:
    await running(lab_host, disks=(Disk(lab_host.make_disk("s.qcow2", 32)),))
    before = here.xml()
    new = NewVolume("default", "made.qcow2", 16 * 1024**2)
    missing = replace(
        disk(lab_host, target="vdc"), source=DiskSource(file="/var/lib/libvirt/images/no.qcow2")
    )
    job = await here.submit(
        await here.set(MAC, link="down"),
        AddDevice(DiskDevice(device="disk", driver="qemu", target="vdb", bus="virtio"), new),
        await here.remove("vda"),
        SetAutostart(on=True),
        ChangeMachine((("title", "ours"),), (await here.look()).values),  # type: ignore[arg-type]
        AddDevice(missing),
    )
    assert isinstance(job.error, DiskFileMissing), job.error
    assert job.error.subject == "/var/lib/libvirt/images/no.qcow2"
    assert here.xml()[1] == before[1]
    assert of_disks(here)[0] == ["vda"]
    assert "<title>" not in here.xml()[0]
    with lab_host.connect() as connection:
        assert not connection.lookupByName("web").autostart()
        assert "made.qcow2" not in connection.storagePoolLookupByName("default").listVolumes()
    assert [one.link for one in here.devices(InterfaceDevice)[0]] != ["down"]  # type: ignore[attr-defined]


async def test_a_volume_is_made_for_a_disk(here: Person, lab_host: LabHost) -> None:
    await running(lab_host)
    new = NewVolume("default", "made.qcow2", 16 * 1024**2)
    bare = DiskDevice(device="disk", driver="qemu", target="vdb", bus="virtio")
    shown = await here.hardware.preview(await here.world.seen("web"), (AddDevice(bare, new),))
    await here.change(AddDevice(bare, new))
    for one in (*here.devices(DiskDevice)[0], *here.devices(DiskDevice)[1]):
        assert isinstance(one, DiskDevice)
        assert one.source is not None
        assert (one.source.file, one.format) == (f"{lab_host.images_dir}/made.qcow2", "qcow2")
        assert one.source.file in shown.live_diff
        assert one.source.file in shown.saved_diff
    size = "cat /sys/block/vd*/size"
    await asyncio.to_thread(until, lambda: in_guest(lab_host, size) == "32768")
    assert (lab_host.images_path / "made.qcow2").read_bytes().startswith(b"QFI")


# Others ---------------------------------------------------------------------------------------------------------


async def test_what_others_changed_is_left(here: Person, lab_host: LabHost) -> None:
    lab_host.define_tiny("web", mac=MAC)
    wish = await here.set(MAC, model="e1000e")
    lab_host.define_xml(xml_of(lab_host).replace("<model type='virtio'/>", "<model type='rtl8139'/>", 1))
    before = xml_of(lab_host)
    job = await here.submit(wish)
    assert isinstance(job.error, ChangedMeanwhile), job.error
    assert xml_of(lab_host) == before
    # Another value of the same card is no reason.
    wish = await here.set(MAC, link="down")
    lab_host.define_xml(xml_of(lab_host).replace("<model type='rtl8139'/>", "<model type='e1000'/>", 1))
    await here.change(wish)
    (card,) = here.devices(InterfaceDevice)[1]
    assert isinstance(card, InterfaceDevice)
    assert (card.model, card.link) == ("e1000", "down")


async def test_a_definition_that_others_remove_stays_removed(
    here: Person, lab_host: LabHost, monkeypatch: pytest.MonkeyPatch
) -> None:
    from vmgui.hypervisor.hardware_live import HardwareSteps

    await running(lab_host, ready=False)
    make = HardwareSteps.make

    def then(self: HardwareSteps, task: Any) -> None:
        make(self, task)
        with lab_host.connect() as connection:
            connection.lookupByName("web").undefine()

    monkeypatch.setattr(HardwareSteps, "make", then)
    job = await here.submit(await here.set(MAC, link="down"))
    assert isinstance(job.error, ChangedMeanwhile), job.error
    with lab_host.connect() as connection:
        domain = connection.lookupByName("web")
        assert not domain.isPersistent()
        assert "<link state='down'/>" not in domain.XMLDesc()


@every_generation_if_long
async def test_passwords_stay_and_are_shown_to_nobody(here: Person, lab_host: LabHost) -> None:
    old, new = "old1", "new2"
    await running(lab_host, ready=False, vnc=Vnc(password=old))
    await here.change(await here.set(MAC, link="down"))
    assert all("passwd='old1'" in xml for xml in here.xml())
    wish = await here.set("graphics-0", password=new)
    shown = await here.hardware.preview(await here.world.seen("web"), (wish,))
    said = f"{shown} {shown.live_diff} {shown.saved_diff} {shown.virsh} {wish} {shown.plan}"
    assert "new2" not in said
    assert "old1" not in said
    assert "*****" in shown.live_diff
    await here.change(wish)
    assert all("passwd='new2'" in xml for xml in here.xml())
    assert not any("new2" in one.before or "new2" in one.after for one in here.told)


@every_generation_if_long
async def test_what_the_machine_itself_is(here: Person, lab_host: LabHost) -> None:
    await running(lab_host, ready=False)
    values = (await here.look()).values
    assert values is not None
    await here.change(
        ChangeMachine((("title", "Web <1>"), ("description", "a\nb")), values), SetAutostart(on=True)
    )
    machine = await here.look()
    assert machine.autostart
    for said in (machine.live, machine.saved):
        assert said is not None
        assert (said.title, said.description) == ("Web <1>", "a\nb")


async def test_only_now_and_only_later(here: Person, lab_host: LabHost) -> None:
    await running(lab_host)
    saved = here.xml()[1]
    await here.add(CARD, reach=Reach.NOW)
    assert of_cards(here) == ([MAC, NEW_MAC], [MAC])
    assert here.xml()[1] == saved
    await here.change(await here.remove(NEW_MAC))
    await here.add(CARD, reach=Reach.NEXT_START)
    assert of_cards(here) == ([MAC], [MAC, NEW_MAC])
    await here.change(await here.remove(NEW_MAC))
    assert here.xml()[1] == saved


async def test_what_is_wrong_is_named(here: Person, lab_host: LabHost) -> None:
    await running(lab_host, ready=False)
    before = here.xml()
    nowhere = InterfaceDevice(
        kind="network", mac=NEW_MAC, model="virtio", source=InterfaceSource(network="no net")
    )
    job = await here.submit(AddDevice(nowhere))
    assert isinstance(job.error, NotFound), job.error
    assert job.error.subject == "no net"
    job = await here.submit(AddDevice(replace(CARD, mac=MAC)))
    assert isinstance(job.error, AlreadyExists), job.error
    assert job.error.subject == MAC
    assert here.xml() == before


@pytest.mark.long
async def test_one_that_migrates_waits(world: World, lab_hosts: tuple[LabHost, ...]) -> None:
    source, there = lab_hosts[:2]
    world.add(source.tcp_uri)
    await world.connected()
    here = Person(world, source)
    await running(source)
    wish, before, ended = await here.set(MAC, link="down"), here.xml(), list[object]()

    def migrate() -> None:
        flags = libvirt.VIR_MIGRATE_LIVE | libvirt.VIR_MIGRATE_PERSIST_DEST
        # The binding's annotations have the parameters as a text.
        slowly: Any = {"bandwidth": 1}
        with source.connect() as connection, there.connect() as target:
            try:
                connection.lookupByName("web").migrate3(target, slowly, flags)
            except libvirt.libvirtError as error:
                ended.append(error)

    thread = threading.Thread(target=migrate)
    thread.start()
    try:
        while not (await here.look()).is_migrating:
            assert not ended
        job = await here.submit(wish)
        assert isinstance(job.error, InvalidState | Busy), job.error
        assert here.xml()[1] == before[1]
        assert not here.told
    finally:
        with source.connect() as connection:
            connection.lookupByName("web").abortJob()
        thread.join()
