"""Changes of real machines: seen, told apart, taken back, with the password that the display has by then."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import libvirt
import pytest

from tests.helpers.world import World
from tests.lab.domain_xml import Disk, Vnc
from tests.lab.editing import INACTIVE, SECURE, Editor, own, xml_of
from tests.lab.generations import every_generation
from tests.lab.lab_host import LabHost
from vmgui.model.edit import Setting, SettingKey
from vmgui.model.job import JobState
from vmgui.model.undo import Author, Caution, What
from vmgui.services.undo import UndoService
from vmgui.store.undo import UndoStore

FIRST, SECOND = "first1", "second2"


class Course:
    """A person with the program at one host, that keeps what was before."""

    def __init__(self, world: World, undo: UndoService, editor: Editor) -> None:
        self.world, self.undo, self.editor = world, undo, editor

    async def told(self) -> list[tuple[Author, list[What]]]:
        entries = await self.undo.entries(await self.world.seen("web"))
        return [(one.author, [it.what for it in one.differences]) for one in reversed(entries)]

    async def take_back(self, place: int = 0) -> tuple[tuple[Caution, str], ...]:
        entries = await self.undo.entries(await self.world.seen("web"))
        foresight = await self.undo.foresee(entries[place])
        job = await self.world.jobs.wait(self.undo.undo(foresight))
        assert job.state is JobState.DONE, job.error
        return foresight.cautions


@pytest.fixture
async def course(connected: World, tmp_path: Path) -> AsyncIterator[Course]:
    editor, store = Editor(connected), UndoStore(tmp_path)
    undo = UndoService(connected.hosts, connected.inventory, connected.jobs, editor.edits, store)
    yield Course(connected, undo, editor)
    await undo.close()
    store.close()


def change(host: LabHost, old: str, new: str) -> None:
    """As another program does."""
    with host.connect() as connection:
        xml = connection.lookupByName("web").XMLDesc(INACTIVE | SECURE)
        assert old in xml, xml
        connection.defineXML(xml.replace(old, new, 1))


@every_generation
async def test_the_display_keeps_the_password_that_it_has_by_then(course: Course, lab_host: LabHost) -> None:
    await asyncio.to_thread(lambda: lab_host.define_tiny("web", vnc=Vnc(password=FIRST)))
    assert await course.told() == []
    await course.editor.change({own(Setting.MEMORY_KIB): 163840, own(Setting.MEMORY_MAX_KIB): 163840})
    await asyncio.to_thread(change, lab_host, f"passwd='{FIRST}'", f"passwd='{SECOND}'")
    assert [author for author, _ in await course.told()] == [Author.US]
    assert (Caution.PASSWORD_PUT_BACK, "vnc") in await course.take_back()
    secure = xml_of(lab_host, INACTIVE | SECURE)
    assert f"passwd='{SECOND}'" in secure
    told = await course.told()
    assert [author for author, _ in told] == [Author.US, Author.US]
    assert told[0][1] == told[1][1]
    kept = await course.undo.entries(await course.world.seen("web"))
    assert not any(word in one.before + one.after for one in kept for word in (FIRST, SECOND))


@every_generation
async def test_a_disk_that_a_snapshot_moved_on_stays_there(course: Course, lab_host: LabHost) -> None:
    def begin() -> None:
        lab_host.define_tiny("web", disks=(Disk(lab_host.make_disk("d.qcow2", 16)),))

    await asyncio.to_thread(begin)
    assert await course.told() == []

    def move_on() -> None:
        with lab_host.connect() as connection:
            connection.lookupByName("web").snapshotCreateXML(
                "<domainsnapshot/>",
                libvirt.VIR_DOMAIN_SNAPSHOT_CREATE_DISK_ONLY | libvirt.VIR_DOMAIN_SNAPSHOT_CREATE_NO_METADATA,
            )

    await asyncio.to_thread(change, lab_host, "<on_crash>destroy", "<on_crash>restart")
    await course.told()
    await asyncio.to_thread(move_on)
    moved = xml_of(lab_host)
    assert (await course.told())[-1][1] == [What.SOURCE]
    cautions = await course.take_back(1)
    assert [one for one, _ in cautions] == [Caution.SOURCE_STAYS]
    after = xml_of(lab_host)
    assert "<on_crash>destroy" in after
    sources = [line.strip() for line in moved.splitlines() if "<source file" in line]
    assert sources == [line.strip() for line in after.splitlines() if "<source file" in line]


@every_generation
async def test_starting_and_stopping_is_no_change(course: Course, lab_host: LabHost) -> None:
    await asyncio.to_thread(lambda: lab_host.define_tiny("web", vnc=Vnc()))
    assert await course.told() == []

    def start_and_stop() -> None:
        with lab_host.connect() as connection:
            machine = connection.lookupByName("web")
            machine.create()

    await asyncio.to_thread(start_and_stop)
    assert await course.told() == []

    def stop() -> None:
        with lab_host.connect() as connection:
            connection.lookupByName("web").destroy()

    await asyncio.to_thread(stop)
    assert await course.told() == []


@every_generation
async def test_a_grown_disk_keeps_its_size_and_that_is_said(course: Course, lab_host: LabHost) -> None:
    disk = Disk(lab_host.make_disk("d.qcow2", 16))
    await asyncio.to_thread(lambda: lab_host.define_tiny("web", disks=(disk,), start=True))
    assert await course.told() == []
    size = SettingKey(Setting.DISK_BYTES, "vda")
    await course.editor.change({size: 32 << 20})
    await course.editor.change({size: 48 << 20, own(Setting.VCPUS_MAX): 3})
    assert await course.told() == [
        (Author.US, [What.GREW]),
        (Author.US, [What.VCPUS_MAX, What.GREW]),
    ]
    both, alone = await course.undo.entries(await course.world.seen("web"))
    assert (alone.grown[0].size_bytes, alone.grown[0].before_bytes) == (32 << 20, 16 << 20)
    assert [one.what for one in (await course.undo.foresee(both)).differences] == [What.VCPUS_MAX]
    assert await course.take_back() == ((Caution.SIZE_STAYS, "vda"),)
    foresight = await course.undo.foresee(alone)
    assert (foresight.differences, foresight.cautions) == ((), ((Caution.SIZE_STAYS, "vda"),))
    assert (await course.editor.look()).value(size) == 48 << 20
