"""Changes of definitions on libvirt's test driver: seen in order, signed by who made them, brought back."""

from __future__ import annotations

import asyncio
import re
import sqlite3
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import libvirt
import pytest

from tests.helpers.waiting import eventually
from tests.helpers.world import World
from vmgui.hypervisor.definition import define
from vmgui.hypervisor.domains import read_xml
from vmgui.libvirtxml.undo import describe
from vmgui.model.domain import DomainKey
from vmgui.model.errors import ChangedMeanwhile, FileFailure
from vmgui.model.job import JobState
from vmgui.model.tags import TagsChange
from vmgui.model.undo import Author, Caution, Entry, What
from vmgui.services.definitions import DefinitionIndex
from vmgui.services.edits import Defined, EditService
from vmgui.services.lifecycle import LifecycleService
from vmgui.services.tags import TagsService
from vmgui.services.undo import UndoService
from vmgui.store.undo import UndoStore
from vmgui.store.undo_rows import unpacked

US, OTHERS = Author.US, Author.OTHERS


@pytest.fixture
def store(tmp_path: Path) -> UndoStore:
    return UndoStore(tmp_path / "state")


@pytest.fixture
def edits(world: World, definitions: DefinitionIndex) -> EditService:
    return EditService(world.hosts, world.inventory, world.jobs, definitions)


@pytest.fixture
async def undo(
    world: World, definitions: DefinitionIndex, edits: EditService, store: UndoStore
) -> AsyncIterator[UndoService]:
    made = UndoService(world.hosts, world.inventory, world.jobs, edits, store, definitions)
    yield made
    await made.close()
    store.close()


class Machine:
    """A machine on a test hypervisor, changed from inside and from outside."""

    def __init__(self, world: World, undo: UndoService, edits: EditService) -> None:
        self.key = world.key("a")
        self._world, self.undo, self._edits = world, undo, edits

    async def text(self) -> str:
        return str(await self.run(read_xml, self.key.uuid, inactive=True))

    async def change(self, old: str, new: str) -> tuple[str, str]:
        """As another program does."""
        before = await self.text()
        assert old in before
        secure = await self.run(read_xml, self.key.uuid, inactive=True, secure=True)
        await self.run(define, secure.replace(old, new), validate=False)
        return before, await self.text()

    async def set_password(self, password: str) -> None:
        secure = await self.run(read_xml, self.key.uuid, inactive=True, secure=True)
        await self.run(define, re.sub("passwd='[^']*'", f"passwd='{password}'", secure), validate=False)

    async def password(self) -> str | None:
        secure = await self.run(read_xml, self.key.uuid, inactive=True, secure=True)
        found = re.search("passwd='([^']*)'", secure)
        return found[1] if found else None

    async def change_as_us(self, old: str, new: str) -> None:
        """As a job of ours does."""
        async with self._edits.lock(self.key):
            before, after = await self.change(old, new)
        self._edits.defined.emit(Defined(self.key, before, after))

    async def told(self) -> list[tuple[Author, list[What]]]:
        """The changes from the earliest on."""
        return [(one.author, [it.what for it in one.differences]) for one in reversed(await self.entries())]

    async def entries(self) -> tuple[Entry, ...]:
        return await self.undo.entries(self.key)

    async def undo_last(self) -> JobState:
        job = self.undo.undo(await self.undo.foresee((await self.entries())[0]))
        return (await self._world.jobs.wait(job)).state

    async def run(self, call: Callable[..., Any], *args: Any, **options: Any) -> Any:
        connection = self._world.hosts.connection(self.key.host_id)
        return await connection.run(lambda conn: call(conn, *args, **options))


@pytest.fixture
async def machine(
    world: World, undo: UndoService, edits: EditService, test_driver: Callable[..., str]
) -> Machine:
    world.add(test_driver("a", "b"))
    await world.connected()
    return await known(world, undo, edits)


async def known(world: World, undo: UndoService, edits: EditService) -> Machine:
    made = Machine(world, undo, edits)
    assert await made.entries() == ()
    return made


MEMORY = ("<currentMemory unit='KiB'>1048576<", "<currentMemory unit='KiB'>524288<")


async def test_every_machine_is_known_without_being_asked_for(
    world: World, undo: UndoService, store: UndoStore, test_driver: Callable[..., str]
) -> None:
    world.add(test_driver(*(f"m{number}" for number in range(120))))
    await world.connected()
    await eventually(lambda: len(store.marks("h1")) == 120)


async def test_a_change_by_another_program_is_noticed_by_its_event(
    machine: Machine, store: UndoStore
) -> None:
    await machine.change(*MEMORY)
    await eventually(lambda: len(store.entries(machine.key)) == 1)
    assert await machine.told() == [(OTHERS, [What.MEMORY])]
    (difference,) = (await machine.entries())[0].differences
    assert (difference.before, difference.after) == (1048576, 524288)


async def test_a_change_that_no_event_told_is_noticed_when_somebody_asks(machine: Machine) -> None:
    def quietly(conn: libvirt.virConnect) -> None:
        conn.lookupByUUIDString(machine.key.uuid).setVcpusFlags(1, libvirt.VIR_DOMAIN_AFFECT_CONFIG)

    await machine.run(quietly)
    assert await machine.told() == [(OTHERS, [What.VCPUS])]


async def test_ours_and_others_in_their_order(machine: Machine) -> None:
    await machine.change_as_us(*MEMORY)
    await machine.change("<vcpu placement='static'>2<", "<vcpu placement='static'>4<")
    await machine.change_as_us("<on_crash>destroy", "<on_crash>restart")
    assert await machine.told() == [
        (US, [What.MEMORY]),
        (OTHERS, [What.VCPUS, What.VCPUS_MAX]),
        (US, [What.SETTINGS]),
    ]


async def test_others_between_two_of_ours_that_nobody_read(machine: Machine) -> None:
    async def all_at_once() -> None:
        await machine.change_as_us(*MEMORY)
        await machine.change("<on_crash>destroy", "<on_crash>restart")
        await machine.change_as_us("<on_reboot>restart", "<on_reboot>destroy")

    await all_at_once()
    assert [author for author, _ in await machine.told()] == [US, OTHERS, US]


async def test_a_job_of_ours_that_failed_signs_nothing_of_what_others_did(
    machine: Machine, edits: EditService
) -> None:
    async with edits.lock(machine.key):
        pass  # it was tried, and nothing was defined: nothing is told
    await machine.change(*MEMORY)
    assert await machine.told() == [(OTHERS, [What.MEMORY])]


async def test_what_is_read_while_a_job_holds_the_machine_waits(
    machine: Machine, edits: EditService, store: UndoStore
) -> None:
    async with edits.lock(machine.key):
        before, after = await machine.change(*MEMORY)
        assert await machine.entries() == ()
    edits.defined.emit(Defined(machine.key, before, after))
    assert await machine.told() == [(US, [What.MEMORY])]


async def test_defining_the_same_again_is_no_change(machine: Machine) -> None:
    await machine.change("<memory ", "<memory  ")
    assert await machine.told() == []


async def test_tags_folder_notes_and_protection_count(
    machine: Machine, world: World, definitions: DefinitionIndex, edits: EditService
) -> None:
    tags = TagsService(world.hosts, world.inventory, world.jobs, definitions, edits.signed)
    change = TagsChange(add=("web",), folder="shop")
    await world.jobs.wait(tags.change_tags({machine.key: change}))
    await world.jobs.wait(tags.set_protected((machine.key,), True))
    lifecycle = LifecycleService(world.hosts, world.inventory, world.jobs, definitions, edits.signed)
    await world.jobs.wait(lifecycle.set_notes(machine.key, "Front end"))
    await world.jobs.wait(lifecycle.rename(machine.key, "front"))
    assert await machine.told() == [
        (US, [What.TAGS, What.FOLDER]),
        (US, [What.PROTECTED]),
        (US, [What.NOTES]),
    ]
    await world.jobs.wait(tags.set_protected((machine.key,), False))
    await world.jobs.wait(lifecycle.rename(machine.key, "front"))
    assert (await machine.told())[3:] == [(US, [What.PROTECTED]), (US, [What.NAME])]
    _, notes = (await machine.entries())[:2]
    cautions = (await machine.undo.foresee(notes)).cautions
    assert (Caution.NAME_STAYS, "front") in cautions


async def test_undone_and_undone_again(machine: Machine) -> None:
    first = await machine.text()
    await machine.change(*MEMORY)
    second = await machine.text()
    assert await machine.undo_last() is JobState.DONE
    assert await machine.text() == first
    assert await machine.told() == [(OTHERS, [What.MEMORY]), (US, [What.MEMORY])]
    assert await machine.undo_last() is JobState.DONE
    assert await machine.text() == second
    assert [author for author, _ in await machine.told()] == [OTHERS, US, US]


async def test_what_was_not_foreseen_is_not_overwritten(
    machine: Machine, world: World, undo: UndoService
) -> None:
    await machine.change(*MEMORY)
    foresight = await undo.foresee((await machine.entries())[0])
    await machine.change("<on_crash>destroy", "<on_crash>restart")
    job = await world.jobs.wait(undo.undo(foresight))
    assert job.state is JobState.FAILED
    assert isinstance(job.error, ChangedMeanwhile)
    assert "<on_crash>restart" in await machine.text()
    assert [author for author, _ in await machine.told()] == [OTHERS, OTHERS]


async def test_an_earlier_change_takes_the_later_ones_with_it_and_says_so(
    machine: Machine, undo: UndoService
) -> None:
    await machine.change(*MEMORY)
    await machine.entries()
    await machine.change("<on_crash>destroy", "<on_crash>restart")
    foresight = await undo.foresee((await machine.entries())[1])
    assert [one.what for one in foresight.differences] == [What.MEMORY, What.SETTINGS]
    assert [one.what for one in foresight.beyond] == [What.SETTINGS]
    assert not foresight.is_active


async def test_protection_stays_unless_it_is_what_is_undone(
    machine: Machine, world: World, definitions: DefinitionIndex, undo: UndoService, edits: EditService
) -> None:
    tags = TagsService(world.hosts, world.inventory, world.jobs, definitions, edits.signed)
    await world.jobs.wait(tags.change_tags({machine.key: TagsChange(add=("web",))}))
    await machine.entries()
    await world.jobs.wait(tags.set_protected((machine.key,), True))
    protecting, tagging = await machine.entries()
    foresight = await undo.foresee(tagging)
    assert (Caution.STAYS_PROTECTED, "") in foresight.cautions
    assert (await world.jobs.wait(undo.undo(foresight))).state is JobState.DONE
    traits = describe(await machine.text()).traits
    assert (traits.tags, traits.is_protected) == ((), True)
    foresight = await undo.foresee(protecting)
    assert not any(one is Caution.STAYS_PROTECTED for one, _ in foresight.cautions)
    assert (await world.jobs.wait(undo.undo(foresight))).state is JobState.DONE
    assert not describe(await machine.text()).traits.is_protected


async def test_a_display_that_is_in_both_keeps_the_password_it_has(
    machine: Machine, undo: UndoService
) -> None:
    await machine.change("</devices>", "<graphics type='vnc' passwd='first'/></devices>")
    await machine.entries()
    await machine.change(*MEMORY)
    await machine.entries()
    await machine.set_password("second")
    foresight = await undo.foresee((await machine.entries())[0])
    assert foresight.cautions == ((Caution.PASSWORD_PUT_BACK, "vnc"),)
    assert 'passwd="*****"' in foresight.after
    assert "second" not in repr(foresight) + foresight.before + foresight.after + foresight.present
    assert await machine.undo_last() is JobState.DONE
    assert await machine.password() == "second"
    assert not any("second" in one.before + one.after for one in await machine.entries())


async def test_a_display_that_was_removed_comes_back_without_one_and_that_is_said(
    machine: Machine, undo: UndoService
) -> None:
    await machine.change("</devices>", "<graphics type='vnc' passwd='first'/></devices>")
    await machine.entries()
    await machine.change("<graphics type='vnc' port='-1' autoport='yes'", "<graphics type='spice'")
    foresight = await undo.foresee((await machine.entries())[0])
    assert foresight.cautions == ((Caution.PASSWORD_MISSING, "vnc"),)
    assert await machine.undo_last() is JobState.DONE
    assert await machine.password() is None


async def test_what_was_changed_while_vmgui_was_away_is_found_at_its_next_start(
    world: World, definitions: DefinitionIndex, edits: EditService, machine: Machine, store: UndoStore
) -> None:
    await machine.undo.close()
    await machine.change(*MEMORY)
    later = UndoService(world.hosts, world.inventory, world.jobs, edits, store, definitions)
    (entry,) = await later.entries(machine.key)
    assert (entry.author, entry.is_late) == (OTHERS, True)
    await machine.change("<on_crash>destroy", "<on_crash>restart")
    entry, _ = await later.entries(machine.key)
    assert not entry.is_late
    await later.close()


async def test_two_programs_that_watch_one_host_tell_each_change_once(
    world: World, definitions: DefinitionIndex, machine: Machine, tmp_path: Path, edits: EditService
) -> None:
    own = UndoStore(tmp_path / "state")
    theirs = EditService(world.hosts, world.inventory, world.jobs, definitions)
    another = UndoService(world.hosts, world.inventory, world.jobs, theirs, own, definitions)
    assert await another.entries(machine.key) == ()
    await machine.change(*MEMORY)
    await asyncio.gather(machine.entries(), another.entries(machine.key))
    await machine.change_as_us("<on_crash>destroy", "<on_crash>restart")
    await asyncio.gather(machine.entries(), another.entries(machine.key))
    assert await machine.told() == [(OTHERS, [What.MEMORY]), (US, [What.SETTINGS])]
    await another.close()
    own.close()


async def test_a_machine_deleted_and_made_anew_with_its_uuid_goes_on(
    machine: Machine, world: World, store: UndoStore
) -> None:
    text = await machine.text()

    def delete(conn: libvirt.virConnect) -> None:
        domain = conn.lookupByUUIDString(machine.key.uuid)
        if domain.isActive():
            domain.destroy()
        domain.undefine()

    for wanted in (text, text.replace(*MEMORY)):
        await machine.run(delete)
        await eventually(lambda: machine.key not in world.inventory.domains)
        await machine.undo.settle()
        assert store.marks("h1").get(machine.key.uuid) is None
        await machine.run(define, wanted, validate=False)
        await eventually(lambda: machine.key in world.inventory.domains)
        await machine.entries()
        await eventually(lambda: machine.key.uuid in store.marks("h1"))
    assert await machine.told() == [(OTHERS, [What.MEMORY])]
    assert await machine.undo_last() is JobState.DONE
    assert await machine.text() == text


async def test_a_host_that_is_called_otherwise_keeps_its_machines_changes(
    machine: Machine, world: World
) -> None:
    await machine.change(*MEMORY)
    assert await machine.told() == [(OTHERS, [What.MEMORY])]
    world.hosts.add(replace(world.host().config, name="another"), save=False)
    await eventually(lambda: world.host().config.name == "another")
    await world.connected()
    assert (await machine.told())[0] == (OTHERS, [What.MEMORY])


async def test_what_others_change_while_a_job_of_ours_is_at_work_is_theirs(
    machine: Machine, edits: EditService
) -> None:
    reading = asyncio.ensure_future(machine.entries())
    async with edits.lock(machine.key):
        # The live part of the job takes its time; then the definition is read, changed and defined.
        await machine.change("<on_crash>destroy", "<on_crash>restart")
        await reading
        before, after = await machine.change(*MEMORY)
        # And once more, before anybody has looked.
        await machine.change("<on_reboot>restart", "<on_reboot>destroy")
    edits.defined.emit(Defined(machine.key, before, after))
    assert await machine.told() == [
        (OTHERS, [What.SETTINGS]),
        (US, [What.MEMORY]),
        (OTHERS, [What.SETTINGS]),
    ]


async def test_no_password_reaches_the_file(machine: Machine, store: UndoStore) -> None:
    await machine.change("</devices>", "<graphics type='vnc' passwd='first-secret'/></devices>")
    await machine.entries()
    await machine.set_password("second-secret")
    await machine.change(*MEMORY)
    await machine.entries()
    assert await machine.undo_last() is JobState.DONE
    await machine.entries()
    texts = [text for entry in store.entries(machine.key) for text in (entry.before, entry.after)]
    with sqlite3.connect(f"file:{store.path}?mode=ro", uri=True) as connection:
        texts += [unpacked(xml) for (xml,) in connection.execute("SELECT xml FROM machine")]
    connection.close()
    assert len(texts) > 5
    assert not any("secret" in text for text in texts)
    raw = b"".join(path.read_bytes() for path in store.path.parent.glob("undo.*"))
    assert b"secret" not in raw


async def test_a_host_taken_off_the_list_is_forgotten(
    machine: Machine, world: World, store: UndoStore
) -> None:
    world.hosts.remove("h1")
    await eventually(lambda: store.marks("h1") == {})


async def test_a_damaged_file_stops_nothing(
    world: World, undo: UndoService, store: UndoStore, test_driver: Callable[..., str], definitions: Any
) -> None:
    store.path.parent.mkdir()
    store.path.write_bytes(b"no database" * 1000)
    world.add(test_driver("a"))
    await world.connected()
    key: DomainKey = world.key("a")
    with pytest.raises(FileFailure):
        await undo.entries(key)
    await eventually(lambda: definitions.is_known(key) and store.notice is not None)
    store.file.start_anew()
    await eventually(lambda: store.file.is_known)
    assert await undo.entries(key) == ()
