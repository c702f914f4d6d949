"""A medium is put into a drive and taken out, as a person does it; on libvirt's test driver, so of a machine that is off."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLineEdit, QPushButton

from tests.helpers.waiting import eventually
from tests.ui.window.conftest import Bench, press, texts
from vmgui.model.domain import DomainKey, DomainState
from vmgui.model.job import JobState
from vmgui.ui.media.dialog import InsertDialog

MACHINE = """<domain type='test'><name>web-01</name><uuid>6695eb01-f6a4-8304-79aa-97f2502e0001</uuid>
<memory unit='GiB'>2</memory><vcpu>2</vcpu><os><type arch='i686'>hvm</type></os><devices>{drives}</devices></domain>"""
CD = "<disk type='file' device='cdrom'>{source}<target dev='{target}' bus='ide'/><readonly/></disk>"


def iso(folder: Path, name: str) -> Path:
    """As little as a CD can be."""
    path = folder / name
    descriptor = bytearray(2048)
    descriptor[0:7] = b"\x01CD001\x01"
    descriptor[40:72] = b"A CD".ljust(32)
    path.write_bytes(bytes(16 * 2048) + bytes(descriptor) + bytes(4 * 2048))
    return path


async def machine(bench: Bench, *sources: str) -> DomainKey:
    """One that is off, selected, with a CD drive for each of these."""
    drives = "".join(
        CD.format(source=f"<source file='{source}'/>" if source else "", target=f"hd{letter}")
        for letter, source in zip("abcd", sources, strict=False)
    )
    await bench.connect(())
    host = bench.services.hosts.connection("h1")
    await host.run(lambda conn: conn.defineXML(MACHINE.format(drives=drives)).UUIDString())
    await eventually(lambda: any(one.name == "web-01" for one in bench.services.inventory.domains.values()))
    await bench.select("web-01")
    await bench.state("web-01", DomainState.OFF)
    return bench.key("web-01")


async def opened(bench: Bench) -> InsertDialog:
    bench.trigger("insert-medium")
    dialog = await bench.dialog("media-dialog")
    assert isinstance(dialog, InsertDialog)
    return dialog


def field(dialog: InsertDialog) -> QLineEdit:
    found = dialog.findChild(QLineEdit, "media-path")
    assert found is not None
    return found


def button(dialog: InsertDialog) -> QPushButton:
    found = dialog.findChild(QPushButton, "media-yes")
    assert found is not None
    return found


async def in_drives(bench: Bench, key: DomainKey) -> list[str]:
    return [drive.medium for drive in await bench.services.media.drives(key)]


async def test_a_file_is_typed_looked_at_and_inserted_then_offered_first(
    bench: Bench, tmp_path: Path
) -> None:
    one = iso(tmp_path, "one.iso")
    key = await machine(bench, "")
    dialog = await opened(bench)
    assert "hda" in texts(dialog)
    assert not dialog.findChildren(QComboBox, "media-drive")
    assert not button(dialog).isEnabled()
    QTest.keyClicks(field(dialog), str(one))
    await eventually(lambda: "A CD" in texts(dialog))
    press(dialog, "media-yes")
    assert await bench.jobs_end() == [JobState.DONE]
    assert await in_drives(bench, key) == [str(one)]
    page = bench.window.details.domain_page
    await eventually(lambda: str(one) in texts(page))
    # The next time: one double click in the list.
    await bench.services.jobs.wait(bench.services.media.eject(key, "hda"))
    dialog = await opened(bench)
    await eventually(lambda: dialog.table.model().rowCount() == 1)
    place = dialog.table.visualRect(dialog.table.model().index(0, 0)).center()
    QTest.mouseClick(dialog.table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert field(dialog).text() == str(one)
    QTest.mouseDClick(dialog.table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    await eventually(lambda: len(bench.services.jobs.jobs) == 3)
    await bench.jobs_end()
    assert await in_drives(bench, key) == [str(one)]


async def test_a_file_that_is_not_there_cannot_be_inserted(bench: Bench, tmp_path: Path) -> None:
    await machine(bench, "")
    dialog = await opened(bench)
    QTest.keyClicks(field(dialog), str(tmp_path / "none.iso"))
    await eventually(lambda: "There is no file" in texts(dialog))
    assert not button(dialog).isEnabled()
    field(dialog).setText("part of a name")
    assert not button(dialog).isEnabled()
    assert "There is no file" not in texts(dialog)
    dialog.reject()


async def test_a_medium_is_ejected_at_once_and_of_several_drives_one_is_chosen(
    bench: Bench, tmp_path: Path
) -> None:
    one, two = str(iso(tmp_path, "one.iso")), str(iso(tmp_path, "two.iso"))
    key = await machine(bench, one, "", two)
    bench.trigger("eject-medium")
    dialog = await bench.dialog("eject-medium-dialog")
    box = dialog.findChild(QComboBox, "eject-medium-drive")
    assert box is not None
    assert [box.itemText(row) for row in range(box.count())] == [
        "CD drive hda: one.iso",
        "CD drive hdc: two.iso",
    ]
    box.setCurrentIndex(1)
    press(dialog, "eject-medium-yes")
    assert await bench.jobs_end() == [JobState.DONE]
    assert await in_drives(bench, key) == [one, "", ""]
    bench.trigger("eject-medium")
    await eventually(lambda: len(bench.services.jobs.jobs) == 2)
    assert await bench.jobs_end() == [JobState.DONE, JobState.DONE]
    assert await in_drives(bench, key) == ["", "", ""]
    bench.trigger("eject-medium")
    await eventually(lambda: "no medium" in bench.window.statusBar().currentMessage())


async def test_of_several_drives_an_empty_one_is_proposed(bench: Bench, tmp_path: Path) -> None:
    one = iso(tmp_path, "one.iso")
    key = await machine(bench, str(one), "")
    dialog = await opened(bench)
    assert dialog.drive.target == "hdb"
    field(dialog).setText(str(one))
    await eventually(button(dialog).isEnabled)
    press(dialog, "media-yes")
    await bench.jobs_end()
    assert await in_drives(bench, key) == [str(one), str(one)]


async def test_a_machine_without_drives_says_so(bench: Bench) -> None:
    await machine(bench)
    bench.trigger("insert-medium")
    await eventually(lambda: "no CD or floppy drive" in bench.window.statusBar().currentMessage())


@pytest.mark.parametrize("command", ["insert-medium", "eject-medium"])
async def test_of_several_machines_no_medium_is_changed(bench: Bench, command: str) -> None:
    await bench.connect()
    bench.window.inventory.tree.selectAll()
    await bench.heard()
    assert not bench.action(command).isEnabled()
    assert "one virtual machine" in bench.action(command).toolTip()


async def test_a_drive_that_others_changed_is_not_written_over(bench: Bench, tmp_path: Path) -> None:
    one, two = iso(tmp_path, "one.iso"), iso(tmp_path, "two.iso")
    key = await machine(bench, "")
    dialog = await opened(bench)
    field(dialog).setText(str(one))
    await eventually(button(dialog).isEnabled)
    await bench.services.jobs.wait(bench.services.media.insert(key, "hda", str(two)))
    press(dialog, "media-yes")
    await eventually(lambda: len(bench.services.jobs.jobs) == 2)
    assert (await bench.jobs_end())[1] is JobState.FAILED
    assert await in_drives(bench, key) == [str(two)]
    await eventually(lambda: "changed by somebody else" in texts(bench.window))
