"""A medium is put into a drive and taken out, as a person does it; on libvirt's test driver, so of a machine that is off."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QPushButton

from tests.helpers.waiting import eventually
from tests.ui.window.conftest import Bench, press, texts
from vmgui.model.domain import DomainKey, DomainState
from vmgui.model.host import HostState
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


async def several(bench: Bench, folder: Path, names: tuple[str, ...]) -> InsertDialog:
    """The dialog, with these offered because they were inserted before."""
    key = await machine(bench, "")
    for name in names:
        media = bench.services.media
        await bench.services.jobs.wait(media.insert(key, "hda", str(iso(folder, name))))
    await bench.services.jobs.wait(bench.services.media.eject(key, "hda"))
    dialog = await opened(bench)
    await eventually(lambda: dialog.table.model().rowCount() == len(names))
    return dialog


def listed(dialog: InsertDialog) -> list[str]:
    model = dialog.table.model()
    return [model.index(row, 0).data() for row in range(model.rowCount())]


async def test_a_double_click_in_the_filtered_list_takes_what_is_under_it(
    bench: Bench, tmp_path: Path
) -> None:
    dialog = await several(bench, tmp_path, ("aaa1.iso", "aaa3.iso", "debian.iso"))
    QTest.keyClicks(field(dialog), "AAA1")
    assert listed(dialog) == ["aaa1.iso"]
    place = dialog.table.visualRect(dialog.table.model().index(0, 0)).center()
    QTest.mouseClick(dialog.table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert field(dialog).text() == str(tmp_path / "aaa1.iso")
    # Nothing else comes under the mouse before the second click.
    assert listed(dialog) == ["aaa1.iso"]
    before = len(bench.services.jobs.jobs)
    QTest.mouseDClick(dialog.table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    await eventually(lambda: len(bench.services.jobs.jobs) == before + 1)
    await bench.jobs_end()
    assert await in_drives(bench, bench.key("web-01")) == [str(tmp_path / "aaa1.iso")]


async def test_what_was_chosen_before_can_be_chosen_again(bench: Bench, tmp_path: Path) -> None:
    dialog = await several(bench, tmp_path, ("aaa1.iso", "debian.iso"))
    QTest.keyClicks(field(dialog), "aaa")
    place = dialog.table.visualRect(dialog.table.model().index(0, 0)).center()
    QTest.mouseClick(dialog.table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    field(dialog).setText("aa")
    assert listed(dialog) == ["aaa1.iso"]
    QTest.mouseClick(dialog.table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert field(dialog).text() == str(tmp_path / "aaa1.iso")
    # A path that is typed is nothing that the list was asked for.
    field(dialog).setText(str(tmp_path / "none"))
    assert len(listed(dialog)) == 2
    dialog.reject()


async def test_the_list_is_reached_from_the_line(bench: Bench, tmp_path: Path) -> None:
    dialog = await several(bench, tmp_path, ("aaa1.iso", "aaa3.iso", "debian.iso"))
    QTest.keyClicks(field(dialog), "aaa")
    # Of two none is taken.
    QTest.keyClick(field(dialog), Qt.Key.Key_Return)
    assert field(dialog).text() == "aaa"
    QTest.keyClick(field(dialog), Qt.Key.Key_Down)
    assert dialog.table.hasFocus()
    first = listed(dialog)[0]
    assert field(dialog).text() == str(tmp_path / first)
    QTest.keyClick(dialog.table, Qt.Key.Key_Down)
    assert field(dialog).text() == str(tmp_path / listed(dialog)[1])
    field(dialog).setFocus()
    field(dialog).setText("deb")
    QTest.keyClick(field(dialog), Qt.Key.Key_Return)
    assert dialog.isVisible()
    assert field(dialog).text() == str(tmp_path / "debian.iso")
    await eventually(lambda: "A CD" in texts(dialog))
    before = len(bench.services.jobs.jobs)
    QTest.keyClick(field(dialog), Qt.Key.Key_Return)
    await eventually(lambda: len(bench.services.jobs.jobs) == before + 1)
    await bench.jobs_end()
    assert await in_drives(bench, bench.key("web-01")) == [str(tmp_path / "debian.iso")]


async def test_a_host_that_goes_while_it_looks_is_told_under_the_path(bench: Bench, tmp_path: Path) -> None:
    one = iso(tmp_path, "one.iso")
    await machine(bench, "")
    dialog = await opened(bench)
    bench.services.hosts.disconnect("h1")
    await eventually(lambda: bench.services.inventory.hosts["h1"].state is not HostState.CONNECTED)
    field(dialog).setText(str(one))
    await eventually(lambda: "The host host-h1 cannot be reached." in texts(dialog))
    state = dialog.findChild(QLabel, "media-state")
    assert state is not None
    assert "Looking at the file" not in texts(dialog)
    assert "cannot be reached" not in state.text()
    bench.services.hosts.connect("h1")
    await eventually(lambda: bench.services.inventory.hosts["h1"].state is HostState.CONNECTED)
    field(dialog).setText(str(iso(tmp_path, "two.iso")))
    await eventually(lambda: "A CD" in texts(dialog))
    assert "cannot be reached" not in texts(dialog)
    dialog.reject()


async def test_when_it_is_there_follows_the_machine(bench: Bench) -> None:
    key = await machine(bench, "")
    dialog = await opened(bench)
    assert "when the machine starts" in texts(dialog)
    await bench.services.jobs.wait(bench.services.lifecycle.start((key,)))
    await eventually(lambda: "at once, and after the next start" in texts(dialog))
    assert "when the machine starts" not in texts(dialog)
    dialog.reject()


async def test_that_the_pools_are_not_known_is_not_called_empty(bench: Bench) -> None:
    await machine(bench, "")
    bench.trigger("insert-medium")
    # The drives are read, the pools not yet.
    dialog = await bench.dialog("media-dialog")
    state = dialog.findChild(QLabel, "media-state")
    assert state is not None
    await eventually(lambda: "has anything" in state.text())
    dialog.reject()
    bench.services.hosts.disconnect("h1")
    shown: list[object] = []
    assert not await bench.services.media.offer("h1", "cdrom", shown.append)
