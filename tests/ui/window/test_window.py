"""The window as a whole: empty states, filter, jobs, language, theme, keyboard, what it remembers."""

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QMetaMethod, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QPushButton, QSpinBox, QTreeView, QWidget

from tests.helpers.signals import expect_signal
from tests.helpers.waiting import eventually
from tests.ui.window.conftest import Bench, press, texts
from vmgui.app.callers import connect_asked
from vmgui.app.program import show_console
from vmgui.model.domain import DomainKey, DomainState
from vmgui.model.errors import NoSpace
from vmgui.model.host import HostConfig, HostId, HostState
from vmgui.model.job import JobKind, JobState, JobTarget, Phase, Progress
from vmgui.services.jobs import JobContext
from vmgui.ui.look import theme
from vmgui.ui.main_window import Hooks


async def until_cancelled(context: JobContext) -> None:
    """A job that takes as long as it is let."""
    while True:
        context.check_cancelled()
        await asyncio.sleep(0.01)


async def test_every_command_does_something(bench: Bench) -> None:
    dead = [
        action.objectName()
        for action in bench.window.actions_.all
        if action.actionGroup() is None
        and not action.isSignalConnected(QMetaMethod.fromSignal(action.triggered))
    ]
    assert dead == []
    for choice in ("theme", "language", "grouping", "sort"):
        group = bench.window.actions_.group(choice)
        assert group.isSignalConnected(QMetaMethod.fromSignal(group.triggered)), choice


async def test_empty_window_says_what_to_do(bench: Bench) -> None:
    assert "Welcome to vmgui" in texts(bench.window)
    press(bench.window.details, "empty-button")
    dialog = await bench.dialog("connect-dialog")
    dialog.reject()


async def test_connect_dialog_connects_and_closes_by_itself(bench: Bench, tmp_path: Path) -> None:
    bench.window.show_connect_dialog()
    dialog = await bench.dialog("connect-dialog")
    way = dialog.findChild(QComboBox, "connect-way")
    uri = dialog.findChild(QLineEdit, "connect-uri")
    name = dialog.findChild(QLineEdit, "connect-name")
    assert way is not None
    assert uri is not None
    assert name is not None
    way.setCurrentIndex(way.count() - 1)
    uri.setText("test:///default")
    name.setText("laboratory")
    press(dialog, "connect-yes")
    await eventually(lambda: bench.window.details.host_page.target is not None)
    assert "laboratory" in texts(bench.window.details)
    assert [config.uri for config in bench.stores.hosts.hosts] == ["test:///default"]


async def test_connect_dialog_says_what_the_host_answered_and_leaves_no_trace(bench: Bench) -> None:
    bench.window.show_connect_dialog()
    dialog = await bench.dialog("connect-dialog")
    way = dialog.findChild(QComboBox, "connect-way")
    uri = dialog.findChild(QLineEdit, "connect-uri")
    button = dialog.findChild(QPushButton, "connect-yes")
    assert way is not None
    assert uri is not None
    assert button is not None
    way.setCurrentIndex(way.count() - 1)
    uri.setText("nonsense")
    assert not button.isEnabled()
    assert "does not understand" in texts(dialog)
    uri.setText("test:///no/such/file.xml")
    assert not button.isEnabled(), "it has no name yet"
    dialog.findChild(QLineEdit, "connect-name").setText("nowhere")
    press(dialog, "connect-yes")
    await eventually(lambda: dialog.findChild(QPushButton, "connect-keep").isVisible())
    dialog.reject()
    assert not bench.services.inventory.hosts
    assert bench.stores.hosts.hosts == ()


async def test_host_that_cannot_be_reached_offers_another_try(bench: Bench) -> None:
    bench.services.hosts.add(HostConfig("x", "old", "test:///no/such/file.xml"), save=False)
    await eventually(
        lambda: bench.services.inventory.hosts["x"].state in (HostState.UNREACHABLE, HostState.REFUSED)
    )
    bench.window.inventory.flush()
    bench.window.inventory.select_host("x")
    await eventually(
        lambda: "cannot be" in texts(bench.window.details) or "refused" in texts(bench.window.details)
    )
    seen: list[HostState] = []
    subscription = bench.services.inventory.changes.subscribe(
        lambda change: seen.extend(host.state for host in change.hosts_changed)
    )
    press(bench.window.details.host_page, "error-retry")
    await eventually(lambda: HostState.CONNECTING in seen)
    subscription.cancel()


async def test_filter_keeps_selection_and_details(bench: Bench) -> None:
    await bench.connect()
    await bench.select("web-01")
    inventory = bench.window.inventory
    QTest.keyClicks(inventory.filter, "db")
    assert inventory.model.shown_domains == 1
    assert bench.window.details.domain_page.target == bench.key("web-01")
    inventory.filter.setText("zzz")
    assert "Nothing matches “zzz”" in texts(inventory)
    QTest.keyClick(inventory.filter, Qt.Key.Key_Escape)
    assert inventory.model.shown_domains == 3
    assert inventory.selected.domains == (bench.key("web-01"),)


async def test_selection_and_expansion_survive_news(bench: Bench) -> None:
    await bench.connect()
    await bench.connect(("other",), "h2")
    await bench.select("web-02")
    tree, model = bench.window.inventory.tree, bench.window.inventory.model
    tree.collapse(model.index_of_host("h2"))
    bench.services.lifecycle.force_off((bench.key("web-01"),))
    await bench.state("web-01", DomainState.OFF)
    read_s = bench.services.inventory.hosts["h1"].updated_s
    bench.services.hosts.refresh("h1")
    await eventually(lambda: bench.services.inventory.hosts["h1"].updated_s > read_s)
    await bench.heard()
    assert bench.window.inventory.selected.domains == (bench.key("web-02"),)
    assert not tree.isExpanded(model.index_of_host("h2"))
    assert tree.isExpanded(model.index_of_host("h1"))


async def test_status_line_counts(bench: Bench) -> None:
    await bench.connect()
    bench.window._status.refresh()  # pyright: ignore[reportPrivateUsage]
    text = texts(bench.window.statusBar())
    assert "1 of 1 host" in text
    assert "3 running of 3" in text
    assert "updated" in text


async def test_jobs_show_progress_cancel_failure_and_log(bench: Bench) -> None:
    await bench.connect()
    jobs, pane = bench.services.jobs, bench.window.jobs
    going = asyncio.Event()

    async def upload(context: JobContext) -> None:
        context.report(Progress(Phase.UPLOADING, 61, 100, 1.2e9, 12.0))
        going.set()
        await until_cancelled(context)

    async def fail(context: JobContext) -> None:
        context.log("looking for room")
        raise NoSpace("cannot allocate memory", subject="web-01")

    upload_id = jobs.submit(JobKind.UPLOAD, (JobTarget("debian.qcow2", "h1"),), upload, can_cancel=True)
    await going.wait()
    await eventually(lambda: "61 %" in texts(pane.line))
    assert "Uploading debian.qcow2" in texts(pane.line)
    assert not pane.isVisible()
    press(pane.line, "jobs-line-cancel")
    job = await jobs.wait(upload_id)
    assert job.state is JobState.CANCELLED

    key = bench.key("web-01")
    jobs.submit(JobKind.START, (JobTarget("web-01", "h1", key),), fail)
    await eventually(lambda: "Failed" in texts(pane.line))
    press(pane.line, "jobs-expand")
    assert pane.isVisible()
    pane.table.setCurrentIndex(pane.model.index(0, 0))
    log = pane.findChild(QWidget, "jobs-log").toPlainText()
    assert "web-01 could not be started" in log
    assert "cannot allocate memory" in log
    assert "looking for room" in log
    press(pane, "jobs-retry")
    await eventually(lambda: pane.model.rowCount() == 3)
    await bench.jobs_end()
    press(pane, "jobs-clear")
    await eventually(lambda: pane.model.rowCount() == 0)


async def test_language_changes_without_restart(bench: Bench) -> None:
    await bench.connect()
    await bench.select("web-01")
    if not (Path(__file__).parents[3] / "resources/i18n/vmgui_es.qm").exists():
        pytest.skip("translations are not compiled here")
    bench.trigger("language-es")
    assert bench.settings.settings.language == "es"
    await eventually(lambda: bench.action("start").text() == "Iniciar")
    assert bench.window.menuBar().actions()[0].text().replace("&", "") == "Archivo"
    assert "En marcha" in texts(bench.window.details)
    bench.trigger("language-en")
    await eventually(lambda: bench.action("start").text() == "Start")


async def test_theme_changes_at_once(bench: Bench, qapp: QApplication) -> None:
    bench.trigger("theme-dark")
    assert qapp.palette().window().color().name() == theme.DARK.window
    assert bench.settings.settings.theme == "dark"
    bench.trigger("theme-light")
    assert qapp.palette().window().color().name() == theme.LIGHT.window


async def test_palette_finds_machines_and_actions(bench: Bench) -> None:
    await bench.connect()
    bench.trigger("palette")
    dialog = await bench.dialog("palette")
    field = dialog.findChild(QLineEdit, "palette-field")
    assert field is not None
    QTest.keyClicks(field, "db")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert bench.window.inventory.selected.domains == (bench.key("db-01"),)
    bench.trigger("palette")
    dialog = await bench.dialog("palette")
    field = dialog.findChild(QLineEdit, "palette-field")
    assert field is not None
    QTest.keyClicks(field, "pause")
    QTest.keyClick(field, Qt.Key.Key_Return)
    await bench.state("db-01", DomainState.PAUSED)


async def test_f6_goes_round_the_panes(bench: Bench) -> None:
    await bench.connect()
    await bench.select("web-01")
    bench.window.activateWindow()
    bench.window.inventory.tree.setFocus()
    panes = []
    for _ in range(3):
        bench.trigger("next-pane")
        focus = QApplication.focusWidget() or bench.window.focusWidget()
        panes.append(focus)
    assert panes[0] is bench.window.details.domain_page.tabs.tabBar()
    assert bench.window.docks.jobs.isAncestorOf(panes[1])
    assert panes[2] is bench.window.inventory.tree


async def test_every_action_has_a_text_and_every_command_a_shortcut(bench: Bench) -> None:
    for action in bench.window.findChildren(QAction):
        if not action.objectName().startswith("action-"):
            continue
        assert action.text(), action.objectName()
        choice = action.objectName().startswith(("action-theme-", "action-language-", "action-pause-or"))
        assert choice or not action.shortcut().isEmpty(), action.objectName()


async def test_no_two_actions_share_a_shortcut(bench: Bench) -> None:
    keys = [
        action.shortcut().toString()
        for action in bench.window.findChildren(QAction)
        if action.objectName().startswith("action-") and not action.shortcut().isEmpty()
    ]
    assert len(keys) == len(set(keys)), sorted(keys)


async def test_every_control_has_a_name_for_the_outside(bench: Bench) -> None:
    await bench.connect()
    await bench.select("web-01")
    nameless = [
        f"{type(widget).__name__} {widget.objectName()!r} in {widget.parent()!r}"
        for kind in (QPushButton, QLineEdit, QTreeView)
        for widget in bench.window.findChildren(kind)
        if widget.isVisible()
        and not widget.accessibleName()
        and widget.focusPolicy() != Qt.FocusPolicy.NoFocus
    ]
    assert nameless == []
    for box in (*bench.window.findChildren(QComboBox), *bench.window.findChildren(QSpinBox)):
        assert box.accessibleName() or not box.isVisible()


async def test_close_asks_the_program_and_closes_only_when_allowed(bench: Bench) -> None:
    async with expect_signal(bench.window.close_requested):
        bench.window.close()
    assert bench.window.isVisible()


async def test_layout_is_remembered(tmp_path: Path, qapp: QApplication) -> None:
    theme.install(qapp, "light")
    first = Bench(tmp_path)
    first.window.resize(760, 600)
    first.trigger("expand-jobs")
    await first.close()
    second = Bench(tmp_path)
    try:
        assert second.window.size() == first.window.size()
        assert second.window.jobs.isVisible()
    finally:
        await second.close()


async def test_consoles_are_made_when_looked_at_and_ended_when_left(
    tmp_path: Path, qapp: QApplication
) -> None:
    theme.install(qapp, "light")
    made: list[DomainKey] = []
    ended: list[DomainKey] = []

    class Console(QWidget):
        def __init__(self, key: DomainKey, parent: QWidget) -> None:
            super().__init__(parent)
            made.append(key)
            self._key = key

        async def shutdown(self) -> None:
            await asyncio.sleep(0)
            ended.append(self._key)

    wizards: list[HostId | None] = []

    def wizard(host_id: HostId | None, parent: QWidget) -> QWidget:
        wizards.append(host_id)
        return QWidget(parent)

    bench = Bench(tmp_path, Hooks(Console, wizard))
    try:
        await bench.connect()
        await bench.select("web-01")
        assert made == []
        bench.window.show_domain(bench.key("web-01"), tab="console")
        assert made == [bench.key("web-01")]
        focus = bench.window.focusWidget()
        assert isinstance(focus, Console), "who opens a console types in it"
        bench.window.show_domain(bench.key("web-02"), tab="console")
        await eventually(lambda: ended == [bench.key("web-01")])
        bench.trigger("new-domain")
        assert wizards == ["h1"]
    finally:
        await bench.close()
    assert ended == made


async def test_machine_not_known_yet_is_shown_when_it_comes(bench: Bench) -> None:
    key = DomainKey("h1", "6695eb01-f6a4-8304-79aa-97f2502e0002")
    bench.window.show_domain(key)
    await bench.connect()
    await eventually(lambda: bench.window.details.domain_page.target == key)


async def test_question_before_quitting_names_the_jobs(bench: Bench) -> None:
    await bench.connect()

    bench.services.jobs.submit(JobKind.UPLOAD, (JobTarget("x.iso", "h1"),), until_cancelled, can_cancel=True)
    answer = asyncio.ensure_future(bench.window.confirm_quit_with_jobs(bench.services.jobs.unfinished))
    dialog = await bench.dialog("confirm-dialog")
    assert "Uploading x.iso" in texts(dialog)
    press(dialog, "confirm-cancel")
    assert await answer is False


async def test_no_task_ends_by_a_fault_without_a_word(bench: Bench, caplog: pytest.LogCaptureFixture) -> None:
    async def fail() -> None:
        raise KeyError("a fault of ours")

    await bench.connect()
    bench.window.inventory.scope.run(fail())
    banner = bench.window.findChild(QWidget, "details-banner")
    assert banner is not None
    await eventually(banner.isVisible)
    assert "Something went wrong inside vmgui." in texts(banner)


async def test_a_console_that_nobody_has_is_told_and_opens_once_it_is_there(bench: Bench) -> None:
    await bench.connect()
    waiting = asyncio.ensure_future(show_console("db-9\n", bench.services, bench.window))
    await eventually(lambda: "db-9\\n" in bench.window.statusBar().currentMessage())
    waiting.cancel()
    waiting = asyncio.ensure_future(show_console("db-9", bench.services, bench.window))
    await eventually(lambda: "“db-9”" in bench.window.statusBar().currentMessage())
    await bench.connect(("db-9",), "h2")
    await waiting
    await eventually(lambda: bench.window.details.domain_page.target == bench.key("db-9"))


async def test_a_console_is_not_told_to_be_nowhere_while_a_host_may_still_tell_of_it(bench: Bench) -> None:
    bench.services.hosts.add(HostConfig("h9", "h9", "test:///none"), save=False)
    host = bench.services.inventory.hosts["h9"]
    bench.services.inventory.set_host(replace(host, state=HostState.CONNECTING))
    waiting = asyncio.ensure_future(show_console("db-9", bench.services, bench.window))
    await asyncio.sleep(0)
    assert bench.window.statusBar().currentMessage() == ""
    bench.services.inventory.set_host(replace(host, state=HostState.UNREACHABLE))
    await eventually(lambda: "“db-9”" in bench.window.statusBar().currentMessage())
    waiting.cancel()


async def test_an_address_that_starts_a_program_is_asked_about_each_time(bench: Bench) -> None:
    """A link or a desktop file may hand it over; the person sees what it would do, and nothing is started."""
    uri = "qemu:///embed?root=/nowhere/x"
    for _ in range(2):
        connect_asked(bench.services, bench.window, [uri, "test:///default"])
        dialog = await bench.dialog("connect-dialog")
        assert "Starts a program" in texts(dialog)
        (host,) = (host for host in bench.services.inventory.hosts.values() if host.config.uri == uri)
        assert host.state is HostState.DISCONNECTED
        dialog.reject()
        await eventually(lambda dialog=dialog: not dialog.isVisible())
    # The other one was connected to as ever.
    await eventually(
        lambda: any(host.state is HostState.CONNECTED for host in bench.services.inventory.hosts.values())
    )


async def test_a_host_of_this_run_that_was_tried_in_vain_and_left_is_not_kept(bench: Bench) -> None:
    uri = "qemu+ssh://nobody@localhost/system?command=/bin/false"
    connect_asked(bench.services, bench.window, [uri])
    dialog = await bench.dialog("connect-dialog")
    press(dialog, "connect-yes")
    keep = dialog.findChild(QPushButton, "connect-keep")
    assert keep is not None
    await eventually(keep.isVisible)
    dialog.reject()
    await eventually(lambda: not bench.stores.hosts.hosts)
    # It is there as it was before, as long as the program runs.
    (host,) = bench.services.inventory.hosts.values()
    assert (host.config.uri, host.state) == (uri, HostState.DISCONNECTED)
    # What is asked of the person again is kept when they say so.
    connect_asked(bench.services, bench.window, [uri])
    dialog = await bench.dialog("connect-dialog")
    press(dialog, "connect-yes")
    keep = dialog.findChild(QPushButton, "connect-keep")
    assert keep is not None
    await eventually(keep.isVisible)
    keep.click()
    await eventually(lambda: [kept.uri for kept in bench.stores.hosts.hosts] == [uri])


async def test_pages_are_ready_before_they_are_first_looked_at(bench: Bench) -> None:
    """Made in turns of their own while the host is being read; nothing is shown in them, or asked for them, yet."""
    details = bench.window.details
    assert details.domain_page.tabs.content("overview") is None
    await bench.connect()
    for page in (details.domain_page, details.host_page):
        await eventually(lambda page=page: page.tabs.content("overview") is not None)
        assert page.target is None
        assert page.tabs.content("console") is None
        assert not page.tabs.content("overview").isVisible()
    await bench.select("db-01")
    await eventually(lambda: details.domain_page.tabs.content("overview").isVisible())
