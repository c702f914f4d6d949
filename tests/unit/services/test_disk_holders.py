"""Who holds a locked disk: told by the index, but never without asking the host once more."""

from __future__ import annotations

from typing import Any

import libvirt
import pytest

from tests.helpers.waiting import eventually
from tests.helpers.world import World
from tests.unit.services.conftest import DEFAULT_URI
from vmgui.hypervisor.definitions import NoEntry
from vmgui.model.domain import DomainKey
from vmgui.model.errors import DiskInUse, DiskLocked
from vmgui.services import disk_holders
from vmgui.services.definitions import DefinitionIndex
from vmgui.services.disk_holders import DiskHolders

MACHINE = """<domain type='test'><name>{}</name><memory>1024</memory><os><type>hvm</type></os><devices>
<disk type='file' device='disk'><source file='{}'/><target dev='vda'/></disk></devices></domain>"""


@pytest.fixture
def searches(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """Each time all machines of a host were asked."""
    made: list[object] = []
    find = disk_holders.find_evidence

    async def counted(*args: Any, **options: Any) -> object:
        made.append(args)
        return await find(*args, **options)

    monkeypatch.setattr("vmgui.services.disk_holders.find_evidence", counted)
    return made


async def known(world: World, definitions: DefinitionIndex, *names: str) -> list[DomainKey]:
    keys = [await world.seen(name) for name in names]
    await eventually(lambda: all(definitions.is_known(key) for key in keys))
    return keys


async def test_one_that_names_the_disk_is_found_without_reading_all(
    world: World, definitions: DefinitionIndex, other: libvirt.virConnect, searches: list[object]
) -> None:
    world.add(DEFAULT_URI)
    for name in ("mine", "theirs", "off"):
        machine = other.defineXML(MACHINE.format(name, "/images/shared.qcow2"))
        if name != "off":
            machine.create()
    mine, *_ = await known(world, definitions, "mine", "theirs", "off")
    holders = DiskHolders(world.hosts, world.inventory, definitions)
    error = await holders.who_holds(mine, DiskLocked("locked", subject="/images//shared.qcow2"))
    assert isinstance(error, DiskInUse)
    assert (error.subject, error.detail) == ("theirs", "locked")
    assert not searches


async def test_one_whose_xml_is_refused_may_still_hold_what_it_named(
    world: World,
    definitions: DefinitionIndex,
    other: libvirt.virConnect,
    searches: list[object],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    world.add(DEFAULT_URI)
    for name in ("mine", "theirs"):
        other.createXML(MACHINE.format(name, "/images/a"))
    mine, _ = await known(world, definitions, "mine", "theirs")
    monkeypatch.setattr(
        disk_holders, "read_definitions", lambda _conn, uuids: dict.fromkeys(uuids, NoEntry.REFUSED)
    )
    holders = DiskHolders(world.hosts, world.inventory, definitions)
    error = await holders.who_holds(mine, DiskLocked("locked", subject="/images/a"))
    assert isinstance(error, DiskInUse)
    assert error.subject == "theirs"
    assert not searches


async def test_what_the_index_does_not_know_yet_or_no_longer_is_searched_for(
    world: World, definitions: DefinitionIndex, other: libvirt.virConnect, searches: list[object]
) -> None:
    world.add(DEFAULT_URI)
    other.defineXML(MACHINE.format("mine", "/images/a"))
    other.createXML(MACHINE.format("theirs", "/images/a"))
    mine, theirs = await known(world, definitions, "mine", "theirs")
    holders = DiskHolders(world.hosts, world.inventory, definitions)
    locked = DiskLocked("locked", subject="/images/b")
    # It is said to hold what it does not.
    had = definitions.hardware(theirs)
    (disk,) = had.disks
    definitions.tables.change(theirs, type(had)(disks=(type(disk)("vda", ("/images/b",)),)))
    assert definitions.tables.used_by("/images/b") == {theirs}
    assert await holders.who_holds(mine, locked) is locked
    assert searches
