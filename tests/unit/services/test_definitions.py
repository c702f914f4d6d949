"""The index of all machines' definitions: read after the list, kept true."""

from __future__ import annotations

from collections.abc import Callable

import libvirt
import pytest

from tests.helpers.waiting import eventually
from tests.helpers.world import World
from tests.unit.services.conftest import DEFAULT_URI
from vmgui.hypervisor import definitions as hypervisor_definitions
from vmgui.hypervisor.definitions import NoEntry
from vmgui.libvirtxml.tags_element import NAMESPACE
from vmgui.model.definition import NO_DEFINITION, NO_HARDWARE
from vmgui.model.errors import ConnectionLost
from vmgui.model.event import EventKind, HostEvent
from vmgui.model.tags import TagsChange
from vmgui.services.definitions import DefinitionIndex
from vmgui.services.hosts import HostEvents
from vmgui.services.tags import TagsService

DEVICES = """<disk type='file' device='disk'><source file='/images/{0}.qcow2'/><target dev='vda'/></disk>
<disk type='file' device='cdrom'><source file='/images//tools.iso'/><target dev='sda'/><readonly/></disk>
<interface type='network'><mac address='52:54:00:00:00:{0:02x}'/><source network='default'/></interface>"""


async def test_all_machines_are_read_in_slices(
    world: World,
    definitions: DefinitionIndex,
    test_driver: Callable[..., str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    sizes: list[int] = []
    answered: list[str] = []
    read = hypervisor_definitions.read_definitions

    def counted(conn: libvirt.virConnect, uuids: tuple[str, ...]) -> object:
        sizes.append(len(uuids))
        found = read(conn, uuids)
        answered.extend(found)  # fewer than asked for, where a slice's time is over
        return found

    monkeypatch.setattr("vmgui.services.definitions.read_definitions", counted)
    world.add(test_driver(*(f"vm{number}" for number in range(120))))
    await world.connected()
    await eventually(lambda: all(definitions.is_known(key) for key in world.inventory.domains))
    assert max(sizes) <= 50
    assert len(answered) == len(set(answered)) == 120


async def test_a_colleague_s_tags_are_seen(
    world: World, definitions: DefinitionIndex, other: libvirt.virConnect
) -> None:
    world.add(DEFAULT_URI)
    await world.connected()
    key = world.key()
    await eventually(lambda: definitions.is_known(key))
    machine = other.lookupByName("test")
    machine.setMetadata(
        libvirt.VIR_DOMAIN_METADATA_ELEMENT, "<traits><tag>theirs</tag></traits>", "vmgui", NAMESPACE, 0
    )
    await eventually(lambda: definitions.get(key).tags == ("theirs",))
    machine.setMetadata(libvirt.VIR_DOMAIN_METADATA_ELEMENT, None, None, NAMESPACE, 0)
    await eventually(lambda: definitions.get(key) == NO_DEFINITION or not definitions.get(key).tags)


async def test_the_removed_are_forgotten_and_the_next_connection_reads_anew(
    world: World, definitions: DefinitionIndex, test_driver: Callable[..., str]
) -> None:
    uri = test_driver("a")
    world.add(uri)
    await world.connected()
    key = world.key("a")
    tags = TagsService(world.hosts, world.inventory, world.jobs, definitions)
    await world.jobs.wait(tags.change_tags({key: TagsChange(add=("web",))}))
    await eventually(lambda: tags.tags() == {"web": 1})
    world.hosts.disconnect("h1")
    assert definitions.get(key).tags == ("web",), "what was seen last stays"
    world.hosts.connect("h1")
    await world.connected()
    # The test driver forgets when nobody is connected; the program must see that.
    await eventually(lambda: not tags.tags())
    world.hosts.remove("h1")
    assert not definitions.is_known(key)


async def test_who_uses_what_is_looked_up(
    world: World, definitions: DefinitionIndex, test_driver: Callable[..., str]
) -> None:
    for host_id in ("h1", "h2"):
        world.add(test_driver("a", "b", "c", devices=DEVICES), host_id)
        await world.connected(host_id)
    await eventually(lambda: all(definitions.is_known(key) for key in world.inventory.domains))
    a, b, there = world.key("a"), world.key("b"), world.key("b", "h2")
    tables = definitions.tables
    assert tables.used_by("/images/1.qcow2") == {b, there}
    assert tables.by_mac("52:54:00:00:00:01") == {b, there}
    assert tables.by_network("h1", "default") == {a, b, world.key("c")}
    assert len(tables.used_by("/images/tools.iso")) == 6
    assert definitions.hardware(b).disks[1].read_only
    await world.hosts.connection("h1").run(lambda conn: conn.lookupByUUIDString(b.uuid).undefine())
    await eventually(lambda: tables.used_by("/images/1.qcow2") == {there})
    assert definitions.hardware(b) is NO_HARDWARE
    world.hosts.remove("h2")
    assert not tables.by_mac("52:54:00:00:00:01")


async def test_a_disk_that_another_program_gives_is_known(
    world: World, definitions: DefinitionIndex, other: libvirt.virConnect
) -> None:
    world.add(DEFAULT_URI)
    other.defineXML(MACHINE.format(""))
    key = await world.seen("filling")
    await eventually(lambda: definitions.is_known(key))
    other.defineXML(MACHINE.format("<disk type='file'><source file='/new'/><target dev='vda'/></disk>"))
    await eventually(lambda: definitions.tables.used_by("/new") == {key})
    other.defineXML(MACHINE.format(""))
    await eventually(lambda: not definitions.tables.used_by("/new"))


async def test_the_protected_are_known_without_a_search(
    world: World, definitions: DefinitionIndex, test_driver: Callable[..., str]
) -> None:
    world.add(test_driver("a", "b"))
    await world.connected()
    tags = TagsService(world.hosts, world.inventory, world.jobs, definitions)
    key = world.key("a")
    assert definitions.protected("h1") == definitions.protected("never heard of") == frozenset()
    await world.jobs.wait(tags.set_protected([key], True))
    await eventually(lambda: definitions.protected("h1") == {key.uuid})
    await world.jobs.wait(tags.set_protected([key], False))
    await eventually(lambda: not definitions.protected("h1"))
    await world.jobs.wait(tags.set_protected([key], True))
    await eventually(lambda: definitions.protected("h1"))
    world.hosts.remove("h1")
    assert not definitions.protected("h1")


async def test_what_starts_is_read_again_and_what_pauses_is_not(
    world: World,
    definitions: DefinitionIndex,
    test_driver: Callable[..., str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Only of what runs the XML names the files below its disks."""
    world.add(test_driver("a", "b", "c", running=True))
    await world.connected()
    pauses, turns, crashes = (world.key(name).uuid for name in "abc")
    await eventually(lambda: all(definitions.is_known(key) for key in world.inventory.domains))
    told: list[tuple[str, ...]] = []
    read = hypervisor_definitions.read_definitions

    def counted(conn: libvirt.virConnect, uuids: tuple[str, ...]) -> object:
        told.append(uuids)
        return read(conn, uuids)

    monkeypatch.setattr("vmgui.services.definitions.read_definitions", counted)
    connection = world.hosts.connection("h1")

    def pause_and_stop(conn: libvirt.virConnect) -> None:
        conn.lookupByUUIDString(pauses).suspend()
        conn.lookupByUUIDString(pauses).resume()
        conn.lookupByUUIDString(turns).destroy()

    await connection.run(pause_and_stop)
    await eventually(lambda: len(told) == 1)
    await connection.run(lambda conn: conn.lookupByUUIDString(turns).create())
    await eventually(lambda: len(told) == 2)
    # The test driver's machines do not crash.
    crash = HostEvent(EventKind.DOMAIN_LIFECYCLE, crashes, "c", "crashed 0")
    world.hosts.events.emit(HostEvents("h1", (crash,)))
    await eventually(lambda: len(told) == 3)
    assert told == [(turns,), (turns,), (crashes,)]


async def test_the_saved_definition_that_takes_over_is_read(
    world: World, definitions: DefinitionIndex, other: libvirt.virConnect
) -> None:
    world.add(DEFAULT_URI)
    await world.connected()
    await eventually(lambda: definitions.is_known(world.key()))
    machine = other.lookupByName("test")
    theirs = "<traits><tag>theirs</tag></traits>"
    machine.setMetadata(
        libvirt.VIR_DOMAIN_METADATA_ELEMENT, theirs, "vmgui", NAMESPACE, libvirt.VIR_DOMAIN_AFFECT_CONFIG
    )
    machine.destroy()
    await eventually(lambda: definitions.get(world.key()).tags == ("theirs",))
    machine.setMetadata(libvirt.VIR_DOMAIN_METADATA_ELEMENT, None, None, NAMESPACE, 0)


@pytest.fixture
def reading(monkeypatch: pytest.MonkeyPatch) -> Reading:
    """How the host answers who reads the index."""
    answers = Reading()
    monkeypatch.setattr("vmgui.services.definitions.read_definitions", answers.read)
    return answers


class Reading:
    """As it is, cut off or refused."""

    def __init__(self) -> None:
        self.is_cut = self.is_refused = False
        self.told: list[tuple[str, ...]] = []

    def read(self, conn: libvirt.virConnect, uuids: tuple[str, ...]) -> object:
        self.told.append(uuids)
        if self.is_cut:
            raise ConnectionLost("cut")
        if self.is_refused:
            return dict.fromkeys(uuids, NoEntry.REFUSED)
        return hypervisor_definitions.read_definitions(conn, uuids)


async def test_what_changed_during_a_short_outage_is_read(
    world: World,
    definitions: DefinitionIndex,
    other: libvirt.virConnect,
    reading: Reading,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """The connection breaks in the midst of a slice: who reads hears of it before anybody else."""
    caplog.set_level("DEBUG", "vmgui.services.definitions")
    other.defineXML(MACHINE.format(""))
    world.add(DEFAULT_URI)
    await world.connected()
    await eventually(lambda: all(definitions.is_known(key) for key in world.inventory.domains))
    reading.is_cut = True
    other.defineXML(MACHINE.format("<emulator>/else</emulator>"))
    await eventually(lambda: "was not read" in caplog.text)
    world.hosts.disconnect("h1")
    machine = other.lookupByName("test")
    machine.setMetadata(
        libvirt.VIR_DOMAIN_METADATA_ELEMENT, "<traits><tag>theirs</tag></traits>", "vmgui", NAMESPACE, 0
    )
    reading.is_cut = False
    world.hosts.connect("h1")
    await eventually(lambda: definitions.get(world.key()).tags == ("theirs",))
    machine.setMetadata(libvirt.VIR_DOMAIN_METADATA_ELEMENT, None, None, NAMESPACE, 0)


async def test_a_refused_reading_wipes_nothing_and_is_done_again(
    world: World,
    definitions: DefinitionIndex,
    other: libvirt.virConnect,
    reading: Reading,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("vmgui.services.definitions.REREAD_INTERVAL_S", 0.1)
    disk = "<disk type='file'><source file='/{}'/><target dev='vda'/></disk>"
    other.defineXML(MACHINE.format(disk.format("before")))
    world.add(DEFAULT_URI)
    key = await world.seen("filling")
    await eventually(lambda: definitions.is_known(key))
    reading.is_refused = True
    reading.told.clear()
    other.defineXML(MACHINE.format(disk.format("after")))
    other.defineXML(MACHINE.replace("f111", "f112").replace("filling", "new").format(""))
    new = await world.seen("new")
    # Asked again: the first refusal has been taken in.
    await eventually(lambda: sum(new.uuid in uuids and key.uuid in uuids for uuids in reading.told) > 1)
    assert definitions.is_known(key)
    assert definitions.tables.used_by("/before") == {key}
    assert not definitions.is_known(new)
    reading.is_refused = False
    await eventually(lambda: definitions.is_known(new))
    await eventually(lambda: definitions.tables.used_by("/after") == {key})


MACHINE = """<domain type='test'><name>filling</name><uuid>00000000-0000-4000-8000-00000000f111</uuid>
<memory>1024</memory><os><type>hvm</type></os><devices>{}</devices></domain>"""
