"""Changes of a machine, as a person meets them: undone with Ctrl+Z, looked at, restored."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import libvirt
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QDialog,
    QFrame,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QSlider,
    QSpinBox,
    QWidget,
)

from tests.helpers.waiting import eventually
from tests.ui.window.conftest import Bench, press, texts
from vmgui.hypervisor.definition import define
from vmgui.hypervisor.domains import read_xml
from vmgui.model.job import JobKind, JobState
from vmgui.ui.look import theme
from vmgui.ui.undo.dialog import ChangesDialog
from vmgui.words import language

MEMORY = ("<currentMemory unit='KiB'>2097152<", "<currentMemory unit='KiB'>1048576<")


async def change(bench: Bench, name: str, old: str, new: str) -> None:
    """As another program does."""
    key = bench.key(name)

    def act(conn: libvirt.virConnect) -> None:
        before = read_xml(conn, key.uuid, inactive=True)
        assert old in before
        define(conn, before.replace(old, new), validate=False)

    await bench.services.hosts.connection(key.host_id).run(act)


async def saved(bench: Bench, name: str) -> str:
    key = bench.key(name)
    connection = bench.services.hosts.connection(key.host_id)
    return await connection.run(lambda conn: read_xml(conn, key.uuid, inactive=True))


@pytest.fixture
async def changed(bench: Bench) -> Bench:
    """web-01 is selected, and another program has changed it."""
    await bench.connect()
    await bench.services.undo.entries(bench.key("web-01"))
    await change(bench, "web-01", *MEMORY)
    await bench.services.undo.entries(bench.key("web-01"))
    await bench.select("web-01")
    return bench


async def changes_of(bench: Bench) -> ChangesDialog:
    bench.trigger("changes")
    dialog = await bench.dialog("changes-dialog")
    assert isinstance(dialog, ChangesDialog)
    return dialog


async def test_the_question_says_who_changed_what_and_what_comes_back(changed: Bench) -> None:
    changed.trigger("undo")
    question = await changed.dialog("confirm-dialog")
    said = texts(question)
    assert "Undo the last change of web-01?" in said
    assert "Another program" in said
    assert "Memory 2 GiB → 1 GiB" in said
    assert "• Memory 1 GiB → 2 GiB" in said
    assert "It is running: this takes effect at the next start." in said
    press(question, "confirm-yes")
    assert await changed.jobs_end() == [JobState.DONE]
    assert MEMORY[0] in await saved(changed, "web-01")


async def test_it_is_undone_and_undone_again(changed: Bench) -> None:
    for number, there in enumerate((MEMORY[0], MEMORY[1]), 1):
        changed.trigger("undo")
        press(await changed.dialog("confirm-dialog"), "confirm-yes")
        await eventually(lambda number=number: len(changed.services.jobs.jobs) == number)
        assert set(await changed.jobs_end()) == {JobState.DONE}
        assert there in await saved(changed, "web-01")
        await eventually(lambda: not changed.window.findChildren(QDialog, "confirm-dialog"))


async def test_no_is_no(changed: Bench) -> None:
    changed.trigger("undo")
    press(await changed.dialog("confirm-dialog"), "confirm-cancel")
    await eventually(lambda: not changed.window.findChildren(QDialog, "confirm-dialog"))
    assert not changed.services.jobs.jobs
    assert MEMORY[1] in await saved(changed, "web-01")


async def test_without_a_change_it_says_so(bench: Bench) -> None:
    await bench.connect()
    await bench.select("web-02")
    bench.trigger("undo")
    bar = bench.window.statusBar()
    await eventually(lambda: bar.currentMessage() == "No change of web-02 is known that could be undone.")


async def test_one_machine_only(changed: Bench) -> None:
    changed.trigger("select-all")
    await eventually(lambda: not changed.action("undo").isEnabled())
    assert not changed.action("changes").isEnabled()
    assert "Select one virtual machine only." in changed.action("undo").toolTip()


@pytest.mark.parametrize("field", [QLineEdit, QPlainTextEdit, QSpinBox, QSlider])
async def test_ctrl_z_in_a_field_is_the_fields(changed: Bench, field: type) -> None:
    widget = field(changed.window)
    widget.show()
    widget.setFocus()
    await eventually(lambda: QApplication.focusWidget() is widget)
    QTest.keyClick(widget, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    # Proven by what is asked afterwards: one question at a time.
    changed.trigger("changes")
    await changed.dialog("changes-dialog")
    assert not changed.window.findChildren(QDialog, "confirm-dialog")
    widget.deleteLater()


async def test_ctrl_z_in_the_list_asks(changed: Bench) -> None:
    tree = changed.window.inventory.tree
    tree.setFocus()
    await eventually(tree.hasFocus)
    QTest.keyClick(tree, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    press(await changed.dialog("confirm-dialog"), "confirm-cancel")


async def test_all_changes_are_shown_and_new_ones_come(changed: Bench) -> None:
    dialog = await changes_of(changed)
    await eventually(lambda: dialog.model.rowCount() == 1)
    assert dialog.model.index(0, 1).data() == "Another program"
    assert dialog.model.index(0, 2).data() == "Memory 2 GiB → 1 GiB"
    text = dialog.findChild(QPlainTextEdit, "changes-preview-text")
    assert text is not None
    await eventually(lambda: text.toPlainText() == "Memory 2 GiB → 1 GiB")
    await change(changed, "web-01", "<on_crash>destroy", "<on_crash>restart")
    await eventually(lambda: dialog.model.rowCount() == 2)
    # The latest first; what was chosen stays chosen.
    assert dialog.model.index(0, 2).data() == "Machine settings changed"
    assert [entry.id for entry in dialog.table.selected()] == [dialog.model.rows[1].id]


async def test_an_earlier_one_is_restored_and_what_goes_with_it_is_said(changed: Bench) -> None:
    await change(changed, "web-01", "<on_crash>destroy", "<on_crash>restart")
    dialog = await changes_of(changed)
    await eventually(lambda: dialog.model.rowCount() == 2)
    dialog.table.selectRow(1)
    press(dialog, "changes-restore")
    question = await eventually(
        lambda: next((one for one in dialog.findChildren(QDialog, "confirm-dialog") if one.isVisible()), None)
    )
    assert question is not None
    said = texts(question)
    assert "Restore web-01 to what it was before this change?" in said
    assert "This also takes back later changes: Machine settings changed" in said
    press(question, "confirm-yes")
    await eventually(lambda: [job.kind for job in changed.services.jobs.jobs.values()] == [JobKind.UNDO])
    assert await changed.jobs_end() == [JobState.DONE]
    after = await saved(changed, "web-01")
    assert MEMORY[0] in after
    assert "<on_crash>destroy" in after
    await eventually(lambda: dialog.model.rowCount() == 3)
    assert dialog.model.index(0, 1).data() == "vmgui"


async def test_what_changed_while_it_asked_is_not_overwritten(changed: Bench) -> None:
    changed.trigger("undo")
    question = await changed.dialog("confirm-dialog")
    await change(changed, "web-01", "<on_crash>destroy", "<on_crash>restart")
    press(question, "confirm-yes")
    assert await changed.jobs_end() == [JobState.FAILED]
    assert "<on_crash>restart" in await saved(changed, "web-01")


async def test_a_damaged_file_is_told_and_begun_anew_only_when_a_person_says_so(
    tmp_path: Path, qapp: QApplication
) -> None:
    language.install(qapp, "en")
    theme.install(qapp, "light")
    (tmp_path / "undo.sqlite").write_bytes(b"no database" * 1000)
    bench = Bench(tmp_path)
    bench.services.files.start()
    banner = await eventually(lambda: bench.window.findChild(QFrame, "files-banner"))
    assert banner is not None
    await eventually(lambda: "Changes of machines: the file is damaged" in texts(banner))
    assert (tmp_path / "undo.sqlite").read_bytes() == b"no database" * 1000
    await bench.connect()
    await bench.select("web-01")
    bench.trigger("undo")
    await eventually(lambda: "“undo.sqlite” cannot be read" in texts(bench.window))
    button = next(
        one for one in banner.findChildren(QAbstractButton) if one.text() == "Start with an empty list"
    )
    button.click()
    await eventually(lambda: bench.stores.undo.file.is_known)
    assert (tmp_path / "undo.broken.sqlite").read_bytes() == b"no database" * 1000
    assert await bench.services.undo.entries(bench.key("web-01")) == ()
    await bench.close()


async def test_one_window_for_a_machine_which_can_be_closed_and_opened_again(changed: Bench) -> None:
    first = await changes_of(changed)
    changed.trigger("changes")
    assert [one for one in changed.window.findChildren(ChangesDialog) if one.isVisible()] == [first]
    press(first, "changes-close")
    await eventually(lambda: not changed.window.findChildren(ChangesDialog))
    assert (await changes_of(changed)).isVisible()


async def test_the_list_has_the_keys_and_what_was_changed_the_room(changed: Bench) -> None:
    dialog = await changes_of(changed)
    await eventually(lambda: dialog.table.selected())
    await eventually(dialog.table.hasFocus)
    assert dialog.preview.height() > dialog.table.height()
    close = dialog.findChild(QPushButton, "changes-close")
    assert close is not None
    assert dialog.restore.x() > close.x() > dialog.width() // 2


async def test_without_its_host_nothing_is_restored_and_why_is_told_there(changed: Bench) -> None:
    dialog = await changes_of(changed)
    await eventually(dialog.restore.isEnabled)
    changed.services.hosts.disconnect("h1")
    await eventually(lambda: "Its host is not connected." in texts(dialog))
    assert not dialog.restore.isEnabled()
    dialog.table.opened.emit(dialog.model.rows[0])
    changed.services.hosts.connect("h1")
    await eventually(dialog.restore.isEnabled)
    assert "Its host is not connected." not in texts(dialog)
    # Proven by what is told of what is asked next: one at a time. libvirt's test driver begins anew.
    press(dialog, "changes-restore")
    await eventually(lambda: "web-01 is already as it was" in texts(dialog))
    assert not dialog.findChildren(QDialog, "confirm-dialog")


async def test_what_cannot_be_foreseen_is_told_in_the_dialog(changed: Bench) -> None:
    dialog = await changes_of(changed)
    await eventually(dialog.restore.isEnabled)
    key = changed.key("web-01")
    entry = dialog.model.rows[0]
    # A definition of another machine, as a damaged file may have it.
    wrong = replace(entry, before=entry.before.replace(key.uuid, "00000000-0000-4000-8000-000000000001"))
    dialog.restore_asked.emit(wrong)
    told = dialog.findChild(QWidget, "changes-message")
    assert told is not None
    await eventually(told.isVisible)
    assert "web-01" in texts(told)
    assert not changed.window.details.failures.isVisible()
    # It is over once something else is asked.
    press(dialog, "changes-restore")
    assert not told.isVisible()
    await eventually(lambda: any(one.isVisible() for one in dialog.findChildren(QDialog, "confirm-dialog")))


async def test_that_it_is_so_already_is_told_in_the_dialog(changed: Bench) -> None:
    await change(changed, "web-01", MEMORY[1], MEMORY[0])
    dialog = await changes_of(changed)
    await eventually(lambda: dialog.model.rowCount() == 2)
    dialog.table.selectRow(1)
    press(dialog, "changes-restore")
    await eventually(lambda: "already" in texts(dialog))
    assert dialog.restore.isEnabled()
