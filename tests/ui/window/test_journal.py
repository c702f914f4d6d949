"""The log in the window: tabs and a window of its own, live, filtered, told in full, exported."""

import asyncio
import csv
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QPlainTextEdit, QWidget

from tests.helpers.models import watch_model
from tests.helpers.signals import expect_signal
from tests.helpers.waiting import eventually
from tests.ui.window.conftest import Bench, press, texts
from vmgui.model.errors import NoSpace
from vmgui.model.event import EventKind, HostEvent
from vmgui.model.job import JobKind, JobTarget
from vmgui.model.journal import JournalEntry, JournalFilter
from vmgui.services.hosts import HostEvents
from vmgui.services.jobs import JobContext
from vmgui.ui.bridge.service_bridge import BatchedSignal
from vmgui.ui.journal import pane as pane_module
from vmgui.ui.journal.pane import JournalPane
from vmgui.words import language


def shown(pane: JournalPane) -> list[str]:
    model = pane.model
    return [str(model.index(row, pane.model.number("what")).data()) for row in range(model.rowCount())]


def tell(bench: Bench, *events: HostEvent, host_id: str = "h1") -> None:
    bench.services.hosts.events.emit(HostEvents(host_id, events))


def event(detail: str, name: str = "web-01", uuid: str = "") -> HostEvent:
    return HostEvent(EventKind.DOMAIN_LIFECYCLE, uuid or name, name, detail)


async def machine_log(bench: Bench, name: str) -> JournalPane:
    await bench.select(name)
    tabs = bench.window.details.domain_page.tabs
    tabs.show_tab("log")
    pane = tabs.findChild(JournalPane)
    assert pane is not None
    return pane


async def whole_log(bench: Bench) -> JournalPane:
    bench.trigger("log")
    pane = bench.window.log.pane
    await eventually(lambda: pane.model.rowCount() > 0)
    return pane


def read_csv(path: str) -> list[dict[str, str]]:
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, strict=True))


async def eventually_newest(bench: Bench, subject: str) -> None:
    """Wait until the newest entry that is written is about `subject`."""

    async def is_newest() -> bool:
        newest = await bench.services.journal.read(JournalFilter(), limit=1)
        return bool(newest) and newest[0].subject == subject

    await eventually(is_newest)


async def fail(bench: Bench) -> None:
    async def work(context: JobContext) -> None:
        context.log("looking for room")
        raise NoSpace("no room in /images")

    target = JobTarget("web-03", "h1")
    await bench.services.jobs.wait(bench.services.jobs.submit(JobKind.CREATE, (target,), work))


async def test_a_machine_s_tab_is_live_and_its_own(bench: Bench) -> None:
    await bench.connect()
    pane = await machine_log(bench, "web-01")
    watch_model(pane.model)
    await eventually(lambda: "Nothing has happened yet" in texts(pane))
    await bench.services.jobs.wait(bench.services.lifecycle.pause((bench.key("web-01"),)))
    await bench.services.jobs.wait(bench.services.lifecycle.pause((bench.key("db-01"),)))
    await eventually(lambda: sorted(shown(pane)) == ["Pause web-01", "Paused"])
    await eventually(
        lambda: (
            {pane.model.index(row, pane.model.number("result")).data() for row in range(2)}
            == {"Done", "Noted"}
        )
    )
    assert pane.table.isColumnHidden(pane.model.number("name"))
    await bench.select("web-02")
    await eventually(lambda: "Nothing has happened yet" in texts(pane))
    await bench.select("db-01")
    await eventually(lambda: sorted(shown(pane)) == ["Pause db-01", "Paused"])


async def test_a_hidden_log_reads_nothing(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    await bench.connect()
    pane = await machine_log(bench, "web-01")
    await eventually(lambda: "Nothing has happened yet" in texts(pane))
    reads: list[object] = []
    read = bench.services.journal.read

    async def counted(wanted: object, **how: object) -> object:
        reads.append(wanted)
        return await read(wanted, **how)  # type: ignore[arg-type]

    monkeypatch.setattr(bench.services.journal, "read", counted)
    bench.window.details.domain_page.tabs.show_tab("overview")
    later = BatchedSignal(bench.services.journal.written)
    async with expect_signal(later.arrived):
        tell(bench, event("suspended 0", uuid=bench.key("web-01").uuid))
    # Who subscribed later has heard of it, and what is asked now has been answered.
    await read(JournalFilter(), limit=1)
    later.close()
    assert reads == []
    bench.window.details.domain_page.tabs.show_tab("log")
    await eventually(lambda: shown(pane) == ["Paused"])


async def test_a_host_s_tab(bench: Bench) -> None:
    await bench.connect()
    await bench.connect(("other",), "h2")
    bench.window.inventory.flush()
    bench.window.inventory.select_host("h2")
    tabs = bench.window.details.host_page.tabs
    tabs.show_tab("log")
    tell(bench, event("started 0"), host_id="h1")
    tell(bench, event("stopped 5", "other"), host_id="h2")
    pane = tabs.findChild(JournalPane)
    assert pane is not None
    await eventually(lambda: shown(pane) == ["Stopped: the hypervisor failed", "Connected"])
    assert pane.table.isColumnHidden(pane.model.number("host"))


async def test_the_fleet_s_tab_has_everything(bench: Bench) -> None:
    await bench.connect()
    await bench.connect(("other",), "h2")
    bench.trigger("fleet")
    tabs = bench.window.details.fleet_page.tabs
    tabs.show_tab("log")
    pane = tabs.findChild(JournalPane)
    assert pane is not None
    await eventually(lambda: shown(pane) == ["Connected", "Connected"])
    assert pane.filter.host.isVisible()
    await bench.select("web-01")
    bench.trigger("fleet")
    await eventually(lambda: shown(pane) == ["Connected", "Connected"])


async def test_filters_of_the_window(bench: Bench) -> None:
    await bench.connect()
    await fail(bench)
    pane = await whole_log(bench)
    watch_model(pane.model)
    tell(bench, event("stopped 5", "db-01"), event("suspended 0", "web-02"))
    await eventually(lambda: len(shown(pane)) == 4)
    QTest.keyClicks(pane.filter.text, "HYPERVISOR fail")
    await eventually(lambda: shown(pane) == ["Stopped: the hypervisor failed"])
    # News that do not match do not show.
    tell(bench, event("started 0", "web-02"))
    pane.filter.text.setText("web-02")
    await eventually(lambda: shown(pane) == ["Started", "Paused"])
    pane.filter.text.setText("zzz")
    await eventually(lambda: "Nothing matches" in texts(pane))
    press(pane, "empty-button")
    await eventually(lambda: len(shown(pane)) == 5)
    kind = pane.findChild(QComboBox, "journal-kind")
    result = pane.findChild(QComboBox, "journal-result")
    when = pane.findChild(QComboBox, "journal-time")
    host = pane.findChild(QComboBox, "journal-host")
    assert kind is not None
    assert result is not None
    assert when is not None
    assert host is not None
    kind.setCurrentText("Jobs")
    await eventually(lambda: shown(pane) == ["Create web-03"])
    kind.setCurrentIndex(0)
    result.setCurrentText("Failed or a problem")
    await eventually(lambda: shown(pane) == ["Stopped: the hypervisor failed", "Create web-03"])
    result.setCurrentIndex(0)
    host.setCurrentText("host-h1")
    when.setCurrentText("Last hour")
    await eventually(lambda: len(shown(pane)) == 5)
    when.setCurrentIndex(when.count() - 1)
    pane.filter.until.setDateTime(pane.filter.until.dateTime().addSecs(-3600))
    await eventually(lambda: shown(pane) == [])


async def test_a_job_under_way_ends_in_its_row(bench: Bench) -> None:
    await bench.connect()
    go = asyncio.Event()

    async def work(_context: JobContext) -> None:
        await go.wait()

    bench.services.jobs.submit(JobKind.CREATE, (JobTarget("web-03", "h1"),), work)
    pane = await whole_log(bench)
    await eventually(lambda: pane.model.index(0, pane.model.number("result")).data() == "Under way")
    go.set()
    await eventually(lambda: pane.model.index(0, pane.model.number("result")).data() == "Done")
    assert pane.model.index(0, pane.model.number("took")).data()


async def test_enter_tells_all_and_it_can_be_copied(bench: Bench) -> None:
    await bench.connect()
    await fail(bench)
    pane = await whole_log(bench)
    await eventually(lambda: pane.model.index(0, pane.model.number("result")).data() == "Failed")
    pane.table.setFocus()
    QTest.keyClick(pane.table, Qt.Key.Key_Return)
    dialog = await eventually(
        lambda: next((w for w in pane.findChildren(QWidget, "journal-entry") if w.isVisible()), None)
    )
    text = dialog.findChild(QPlainTextEdit, "journal-entry-text").toPlainText()
    assert "no room in /images" in text
    assert "looking for room" in text
    press(dialog, "journal-entry-copy")
    assert QGuiApplication.clipboard().text() == text
    press(dialog, "journal-entry-close")
    pane.table.selectAll()
    QTest.keyClick(pane.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert len(QGuiApplication.clipboard().text().splitlines()) == pane.model.rowCount()


async def test_older_pages_come_when_scrolled_to(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pane_module, "KEPT_ROWS", 250)
    await bench.connect()
    tell(bench, *[event("started 0", f"vm-{n}") for n in range(700)])
    pane = await whole_log(bench)
    watch_model(pane.model)
    await eventually(lambda: pane.model.rows and pane.model.rows[0].subject == "vm-699")
    bar = pane.table.verticalScrollBar()

    def at_end() -> bool:
        bar.setValue(bar.maximum())
        return not pane.model.has_more

    await eventually(at_end)
    assert len(shown(pane)) == 701
    # News do not move what somebody reads.
    bar.setValue(300)
    top = pane.table.indexAt(pane.table.viewport().rect().topLeft()).row()
    subject = pane.model.rows[top].subject
    tell(bench, event("suspended 0", "new"))
    await eventually(lambda: pane.model.rows[0].subject == "new")
    top = pane.table.indexAt(pane.table.viewport().rect().topLeft()).row()
    assert pane.model.rows[top].subject == subject
    # At the top the list stays short.
    bar.setValue(0)
    tell(bench, event("suspended 0", "newer"))
    await eventually(lambda: pane.model.rowCount() == 250)


async def test_news_that_cut_the_list_short_while_a_page_is_read_leave_no_hole(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pane_module, "KEPT_ROWS", 150)
    await bench.connect()
    tell(bench, *[event("started 0", f"vm-{n}") for n in range(700)])
    journal = bench.services.journal
    await eventually_newest(bench, "vm-699")
    read, asked, go = journal.read, asyncio.Event(), asyncio.Event()

    async def read_late(wanted: JournalFilter, **how: Any) -> tuple[JournalEntry, ...]:
        if how.get("before_id") is not None:
            asked.set()
            await go.wait()
        return await read(wanted, **how)

    monkeypatch.setattr(journal, "read", read_late)
    pane = await whole_log(bench)
    watch_model(pane.model)
    pane.model.fetchMore(QModelIndex())
    await asked.wait()
    pane.table.verticalScrollBar().setValue(0)
    tell(bench, event("suspended 0", "new"))
    await eventually(lambda: pane.model.rowCount() == 150)
    go.set()
    bar = pane.table.verticalScrollBar()

    def at_end() -> bool:
        bar.setValue(bar.maximum())
        return not pane.model.has_more

    await eventually(at_end)
    ids = [entry.id for entry in pane.model.rows]
    assert ids == list(range(702, 0, -1))


async def test_a_storm_while_it_is_looked_at(bench: Bench) -> None:
    await bench.connect()
    pane = await whole_log(bench)
    watch_model(pane.model)
    for batch in range(20):
        tell(bench, *[event("started 0", f"vm-{batch}-{n}") for n in range(1000)])
        await asyncio.sleep(0)
    await eventually(lambda: pane.model.rows[0].subject == "vm-19-999")
    subjects = [entry.subject for entry in pane.model.rows]
    ids = [entry.id for entry in pane.model.rows]
    assert ids == list(range(ids[0], ids[0] - len(ids), -1))
    assert subjects[:3] == ["vm-19-999", "vm-19-998", "vm-19-997"]


async def test_export(bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "log.csv"

    async def choose(*_args: object, **_how: object) -> str:
        return str(path)

    monkeypatch.setattr(pane_module, "choose_file", choose)
    await bench.connect()
    await fail(bench)
    pane = await whole_log(bench)
    tell(bench, event("stopped 5", "=cmd()"))
    await eventually(lambda: len(shown(pane)) == 3)
    pane.filter.text.setText("hypervisor failed")
    await eventually(lambda: len(shown(pane)) == 1)
    press(pane, "journal-export")
    await eventually(lambda: "1 entries written" in texts(pane))
    rows = read_csv(path)
    assert [(row["What"], row["Result"], row["Name"]) for row in rows] == [
        ("Stopped: the hypervisor failed", "Problem", "'=cmd()")
    ]
    path = tmp_path / "nowhere" / "log.csv"
    press(pane, "journal-export")
    await eventually(lambda: "could not be written" in texts(pane))


async def test_the_language_follows(bench: Bench, qapp: QApplication) -> None:
    await bench.connect()
    pane = await whole_log(bench)
    header = pane.model.headerData(pane.model.number("time"), Qt.Orientation.Horizontal)
    assert header == "Time"
    language.install(qapp, "es")
    await eventually(lambda: pane.filter.kind.count() > 3)
    pane.filter.kind.setCurrentIndex(1)
    language.install(qapp, "en")
    await eventually(lambda: pane.filter.kind.currentText() == "Jobs")


@pytest.mark.filterwarnings("default")
async def test_a_log_that_cannot_be_kept_says_so(bench: Bench) -> None:
    await bench.connect()
    pane = await whole_log(bench)
    store = bench.services.journal._store
    assert store is not None
    store._tell_problem("disk full")
    await eventually(lambda: "cannot be kept on this computer: disk full" in texts(pane))
    tell(bench, event("started 0"))
    await eventually(lambda: "cannot be kept" not in texts(pane))


async def test_escape_closes_the_window_and_it_opens_again(bench: Bench) -> None:
    await bench.connect()
    pane = await whole_log(bench)
    QTest.keyClick(pane.table, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(bench.window.log, Qt.Key.Key_Escape)
    assert not bench.window.log.isVisible()
    tell(bench, event("started 0", "later"))
    assert (await whole_log(bench)) is pane
    await eventually(lambda: pane.model.rows[0].subject == "later")
