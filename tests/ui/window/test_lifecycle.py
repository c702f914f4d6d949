"""Starting, stopping and changing machines as a person does, on real services."""

from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QLineEdit, QPlainTextEdit, QPushButton

from tests.helpers.waiting import eventually
from tests.ui.window.conftest import Bench, press, texts
from vmgui.hypervisor.definitions import read_live_and_saved
from vmgui.model.domain import DomainState
from vmgui.model.job import JobState


async def test_pause_and_resume_without_a_question(bench: Bench) -> None:
    await bench.connect()
    await bench.select("web-01")
    bench.trigger("pause")
    await bench.state("web-01", DomainState.PAUSED)
    await eventually(lambda: bench.action("pause-or-resume").text() == "Resume")
    bench.trigger("pause-or-resume")
    await bench.state("web-01", DomainState.RUNNING)


async def test_force_off_asks_in_words_and_the_safe_answer_is_the_default(bench: Bench) -> None:
    await bench.connect()
    await bench.select("web-01")
    bench.trigger("force-off")
    dialog = await bench.dialog("confirm-dialog")
    assert "Force off web-01?" in texts(dialog)
    assert "pulling the plug" in texts(dialog)
    cancel = dialog.findChild(QPushButton, "confirm-cancel")
    assert cancel is not None
    assert cancel.isDefault()
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    await eventually(lambda: not dialog.isVisible())
    assert bench.domain("web-01").state is DomainState.RUNNING

    bench.trigger("force-off")
    dialog = await bench.dialog("confirm-dialog")
    confirm = dialog.findChild(QPushButton, "confirm-yes")
    assert confirm is not None
    # Whoever goes to it with Tab means it.
    QTest.keyClick(confirm, Qt.Key.Key_Return)
    await bench.state("web-01", DomainState.OFF)


async def test_actions_say_why_they_are_not_possible(bench: Bench) -> None:
    assert "Select a virtual machine" in bench.action("start").toolTip()
    await bench.connect()
    await bench.select("web-01")
    assert not bench.action("start").isEnabled()
    assert "It is running already." in bench.action("start").toolTip()
    assert bench.action("shut-down").isEnabled()


async def test_several_machines_at_once_are_one_job_asked_once(bench: Bench) -> None:
    await bench.connect()
    await bench.select("web-01")
    inventory = bench.window.inventory
    inventory.tree.selectionModel().select(
        inventory.model.index_of(bench.key("web-02")), QItemSelectionModel.SelectionFlag.Select
    )
    assert "2 virtual machine" in texts(bench.window.details)
    bench.trigger("force-off")
    dialog = await bench.dialog("confirm-dialog")
    assert "Force off web-01 and web-02?" in texts(dialog)
    press(dialog, "confirm-yes")
    await bench.state("web-01", DomainState.OFF)
    await bench.state("web-02", DomainState.OFF)
    assert len(bench.services.jobs.jobs) == 1
    assert bench.domain("db-01").state is DomainState.RUNNING
    assert set(inventory.selected.domains) == {bench.key("web-01"), bench.key("web-02")}


async def test_rename_checks_while_typing(bench: Bench) -> None:
    await bench.connect()
    await bench.select("web-01")
    assert "shut down first" in bench.action("rename").toolTip()
    bench.services.lifecycle.force_off((bench.key("web-01"),))
    await bench.state("web-01", DomainState.OFF)
    await eventually(lambda: bench.action("rename").isEnabled())
    bench.trigger("rename")
    dialog = await bench.dialog("rename-dialog")
    field = dialog.findChild(QLineEdit, "rename-name")
    button = dialog.findChild(QPushButton, "rename-yes")
    assert field is not None
    assert button is not None
    field.setText("web/1")
    assert "“/”" in texts(dialog)
    assert not button.isEnabled()
    field.setText("web-02")
    assert "taken" in texts(dialog)
    field.setText("shop & co")
    assert button.isEnabled()
    press(dialog, "rename-yes")
    await eventually(
        lambda: any(one.name == "shop & co" for one in bench.services.inventory.domains.values())
    )
    bench.window.inventory.flush()
    assert bench.window.inventory.selected.domains == (bench.key("shop & co"),)


async def test_notes_are_saved_on_leaving_the_field(bench: Bench) -> None:
    await bench.connect()
    await bench.select("web-01")
    notes = bench.window.findChild(QPlainTextEdit, "notes")
    assert notes is not None
    await eventually(lambda: notes.toPlainText() == "Front end of the shop.")
    await eventually(lambda: not notes.isReadOnly())
    notes.setFocus()
    notes.setPlainText("Ask Ana first.")
    bench.window.activateWindow()
    bench.window.findChild(QPushButton, "notes-save").click()
    await bench.jobs_end()
    assert await _description(bench, "web-01") == "Ask Ana first."


async def test_typed_notes_outlive_news_of_the_machine(bench: Bench) -> None:
    await bench.connect()
    await bench.select("web-01")
    notes = bench.window.findChild(QPlainTextEdit, "notes")
    assert notes is not None
    await eventually(lambda: notes.toPlainText() == "Front end of the shop.")
    notes.setPlainText("half a sen")
    bench.services.lifecycle.pause((bench.key("web-01"),))
    await bench.state("web-01", DomainState.PAUSED)
    await bench.heard()
    # What the window asked of the host has been answered before what is asked now.
    assert await _description(bench, "web-01") == "Front end of the shop."
    assert notes.toPlainText() == "half a sen"


async def test_autostart_follows_the_host_not_the_click(bench: Bench) -> None:
    await bench.connect()
    await bench.select("web-01")
    box = bench.window.findChild(QCheckBox, "overview-autostart")
    assert box is not None
    await eventually(box.isEnabled)
    box.click()
    await eventually(lambda: bench.domain("web-01").autostart)
    await eventually(box.isChecked)
    await eventually(lambda: bench.action("set-autostart").isChecked())


async def test_failed_job_is_told_where_its_machine_is_shown(bench: Bench) -> None:
    await bench.connect()
    await bench.select("web-01")
    # Behind our back it is off: the host refuses, the window says so.
    job_id = bench.services.lifecycle.resume((bench.key("web-01"),))
    job = await bench.services.jobs.wait(job_id)
    assert job.state is JobState.FAILED
    await eventually(lambda: "could not be resumed" in texts(bench.window.details))
    await bench.select("web-02")
    assert "could not be resumed" not in texts(bench.window.details)
    await bench.select("web-01")
    assert "could not be resumed" in texts(bench.window.details)
    press(bench.window.details, "error-close")
    assert "could not be resumed" not in texts(bench.window.details)


async def test_enter_on_a_machine_opens_its_console(bench: Bench) -> None:
    await bench.connect()
    await bench.select("web-01")
    tree = bench.window.inventory.tree
    QTest.keyClick(tree, Qt.Key.Key_Return)
    assert bench.window.details.domain_page.tabs.currentIndex() == 1


async def _description(bench: Bench, name: str) -> str:
    """What the host has now."""
    key = bench.key(name)
    live, saved = await bench.services.hosts.connection(key.host_id).run(read_live_and_saved, key.uuid, True)
    definition = live or saved
    assert definition is not None
    return definition.config.description
