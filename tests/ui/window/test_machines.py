"""The table of virtual machines, on a host's page and for all hosts, and what its selection means to the window."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QItemSelectionModel, QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu, QToolButton

from tests.helpers.waiting import eventually
from tests.ui.window.conftest import Bench, texts
from vmgui.model.domain import DomainKey, DomainState
from vmgui.model.tags import TagsChange
from vmgui.ui.kit.table import Table
from vmgui.ui.machines import tab as tab_module
from vmgui.ui.machines.tab import MachinesTab
from vmgui.words.say import say


async def table(bench: Bench) -> MachinesTab:
    return await eventually(
        lambda: next((tab for tab in bench.window.findChildren(MachinesTab) if tab.isVisible()), None)
    )


async def show_host_table(bench: Bench, host_id: str = "h1") -> MachinesTab:
    bench.window.inventory.flush()
    bench.window.inventory.select_host(host_id)
    bench.window.details.host_page.tabs.show_tab("machines")
    return await table(bench)


async def show_all_table(bench: Bench) -> MachinesTab:
    bench.trigger("fleet")
    bench.window.details.fleet_page.tabs.show_tab("machines")
    return await table(bench)


def names(tab: MachinesTab) -> list[str]:
    return [tab.model.index(row, 0).data() for row in range(tab.model.rowCount())]


def select(tab: MachinesTab, *keys: DomainKey) -> None:
    model = tab.view.selectionModel()
    model.clearSelection()
    for key in keys:
        index = tab.model.index(tab.model.row_of(key), 0)
        model.select(index, QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows)
        model.setCurrentIndex(index, QItemSelectionModel.SelectionFlag.NoUpdate)
    tab.flush()


async def test_a_host_s_machines_and_everybody_s(bench: Bench) -> None:
    await bench.connect()
    await bench.connect(("other",), "h2")
    tab = await show_host_table(bench)
    assert names(tab) == ["db-01", "web-01", "web-02"]
    assert "3 virtual machine" in texts(tab)
    assert tab.view.isColumnHidden(2), "on its own page the host's name says nothing"
    tab = await show_all_table(bench)
    assert names(tab) == ["db-01", "other", "web-01", "web-02"]
    assert not tab.view.isColumnHidden(2)
    bench.services.inventory.remove_host("h2")
    await eventually(lambda: names(tab) == ["db-01", "web-01", "web-02"])


async def test_selection_is_what_actions_are_for(bench: Bench) -> None:
    await bench.connect()
    tab = await show_host_table(bench)
    assert not bench.action("pause").isEnabled()
    keys = (bench.key("web-01"), bench.key("web-02"))
    select(tab, *keys)
    assert "2 selected" in texts(tab)
    bench.trigger("pause")
    await bench.state("web-01", DomainState.PAUSED)
    await bench.state("web-02", DomainState.PAUSED)
    assert bench.domain("db-01").state is DomainState.RUNNING
    # What happened to them does not take them out of the hand.
    await eventually(lambda: bench.action("resume").isEnabled())
    assert bench.window.details.machines.selected == keys
    bench.window.details.host_page.tabs.setCurrentIndex(0)
    assert bench.window.details.machines.selected == ()
    assert not bench.action("resume").isEnabled()
    bench.window.details.host_page.tabs.show_tab("machines")
    assert bench.window.details.machines.selected == keys
    bench.trigger("resume")
    await bench.state("web-02", DomainState.RUNNING)


async def test_selection_survives_what_comes_and_goes(bench: Bench) -> None:
    await bench.connect()
    tab = await show_all_table(bench)
    kept = bench.key("web-01")
    select(tab, kept)
    new = replace(bench.domain("db-01"), key=DomainKey("h1", "new"), name="aaa")
    bench.services.inventory.update_domains("h1", {"new": new, bench.key("db-01").uuid: None})
    await eventually(lambda: names(tab) == ["aaa", "web-01", "web-02"])
    tab.view.sortByColumn(0, Qt.SortOrder.DescendingOrder)
    assert names(tab) == ["web-02", "web-01", "aaa"]
    tab.flush()
    assert bench.window.details.machines.selected == (kept,)
    bench.services.inventory.update_domains("h1", {kept.uuid: None})
    await eventually(lambda: bench.window.details.machines.selected == ())


async def test_enter_opens_the_machine(bench: Bench) -> None:
    await bench.connect()
    tab = await show_host_table(bench)
    select(tab, bench.key("db-01"))
    tab.view.setFocus()
    for name in ("delete", "rename", "start"):
        assert bench.action(name) in tab.view.actions(), "its key works here too"
    QTest.keyClick(tab.view, Qt.Key.Key_Return)
    assert bench.window.inventory.selected.domains == (bench.key("db-01"),)
    assert bench.window.details.domain_page.isVisible()


async def test_console_and_menu_of_a_row(bench: Bench) -> None:
    await bench.connect()
    tab = await show_host_table(bench)
    assert not bench.action("console").isEnabled()
    select(tab, bench.key("db-01"))
    tab.view.menu_asked.emit(QPoint(10, 10))
    menu = next(menu for menu in bench.window.findChildren(QMenu) if menu.isVisible())
    assert bench.action("start") in menu.actions()
    menu.close()
    bench.trigger("console")
    assert bench.window.inventory.selected.domains == (bench.key("db-01"),)


async def test_columns_and_sorting_are_remembered(bench: Bench) -> None:
    await bench.connect()
    tab = await show_host_table(bench)
    tab.findChild(QToolButton, "machines-columns").menu().aboutToShow.emit()
    action = tab.findChild(QAction, "machines-column-vcpus")
    assert action.isChecked()
    action.trigger()
    vcpus = next(number for number, column in enumerate(tab.model.columns) if column.id == "vcpus")
    assert tab.view.isColumnHidden(vcpus)
    tab.findChild(QAction, "machines-sort-memory").trigger()
    tab.findChild(QAction, "machines-sort-backwards").trigger()
    memory = next(number for number, column in enumerate(tab.model.columns) if column.id == "memory")
    header = tab.view.horizontalHeader()
    assert header.sortIndicatorSection() == memory
    assert header.sortIndicatorOrder() == Qt.SortOrder.DescendingOrder
    tab.view.sortByColumn(1, Qt.SortOrder.DescendingOrder)
    tab.view.horizontalHeader().moveSection(1, 3)
    tab.view.setColumnWidth(0, 222)
    tab.view.save_layout()
    again = Table(tab.model, "machines", say("Test", "Again"), memory="machines-host")
    assert again.isColumnHidden(vcpus)
    assert again.columnWidth(0) == 222
    header = again.horizontalHeader()
    assert header.visualIndex(1) == 3
    assert (header.sortIndicatorSection(), header.sortIndicatorOrder()) == (1, Qt.SortOrder.DescendingOrder)
    again.reset_layout()
    assert not again.isColumnHidden(vcpus)
    assert header.visualIndex(1) == 1
    again.setModel(None)
    again.deleteLater()


async def test_headings_in_another_language_have_room(bench: Bench) -> None:
    await bench.connect()
    tab = await show_host_table(bench)
    header = tab.view.horizontalHeader()
    for number in range(header.count()):
        header.resizeSection(number, 40)
    tab.model.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, header.count() - 1)
    shown = [number for number in range(header.count()) if not header.isSectionHidden(number)]
    assert all(header.sectionSize(number) >= header.sectionSizeHint(number) for number in shown)


async def test_hidden_table_does_nothing(bench: Bench) -> None:
    await bench.connect()
    tab = await show_all_table(bench)
    watched = bench.services.performance._watched  # pyright: ignore[reportPrivateUsage]
    await eventually(lambda: tab in watched)
    await bench.select("web-01")
    assert tab not in watched
    bench.services.lifecycle.force_off((bench.key("web-01"),))
    await bench.state("web-01", DomainState.OFF)
    state = next(number for number, column in enumerate(tab.model.columns) if column.id == "state")
    row = tab.model.row_of(bench.key("web-01"))
    assert tab.model.index(row, state).data() == "Running"
    tab = await show_all_table(bench)
    row = tab.model.row_of(bench.key("web-01"))
    assert tab.model.index(row, state).data() == "Off"


async def test_many_machines_come_in_slices(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tab_module, "SLICE", 3)
    await bench.connect(tuple(f"vm-{number}" for number in range(10)))
    tab = await show_all_table(bench)
    # Some go while others are still to come.
    gone = bench.key("vm-9")
    bench.services.inventory.update_domains("h1", {gone.uuid: None})
    await eventually(lambda: names(tab) == [f"vm-{number}" for number in range(9)])
    tab.flush()
    assert tab.model.rowCount() == 9


async def test_what_a_machine_s_xml_says_stands_in_columns(bench: Bench) -> None:
    await bench.connect()
    tab = await show_all_table(bench)
    columns = {column.id: number for number, column in enumerate(tab.model.columns)}
    key = bench.key("web-01")

    def cell(name: str) -> str:
        return tab.model.index(tab.model.row_of(key), columns[name]).data()

    await eventually(lambda: cell("note") == "Front end of the shop.")
    bench.services.tags.change_tags({key: TagsChange(add=("prod", "shop"), folder="web")})
    await eventually(lambda: cell("tags") == "prod, shop")
    assert cell("folder") == "web"
    assert tab.view.isColumnHidden(columns["folder"])
    tab.view.sortByColumn(columns["tags"], Qt.SortOrder.AscendingOrder)
    assert names(tab)[0] == "web-01"


async def test_the_filter_holds_for_the_table_too(bench: Bench) -> None:
    await bench.connect()
    await bench.connect(("web-09", "mail"), "h2")
    tab = await show_all_table(bench)
    field = bench.window.inventory.filter
    field.setText("state:running web")
    await eventually(lambda: names(tab) == ["web-01", "web-02", "web-09"])
    assert "3 of 5 virtual machine" in texts(tab)
    select(tab, bench.key("web-01"), bench.key("web-09"))
    # What matches no longer goes, from the selection too; what matches now comes.
    bench.services.lifecycle.force_off((bench.key("web-01"),))
    await eventually(lambda: names(tab) == ["web-02", "web-09"])
    tab.flush()
    assert [row.key for row in tab.view.selected()] == [bench.key("web-09")]
    bench.services.lifecycle.start((bench.key("web-01"),))
    await eventually(lambda: names(tab) == ["web-01", "web-02", "web-09"])
    # A filter set while nobody looked holds when the table is seen again.
    await show_host_table(bench, "h2")
    bench.window.details.host_page.tabs.show_tab("overview")
    field.setText("mail")
    tab = await show_host_table(bench, "h2")
    await eventually(lambda: names(tab) == ["mail"])
    field.setText("db")
    await eventually(lambda: names(tab) == [])
    assert "Nothing here matches the filter." in texts(tab)
    field.clear()
    await eventually(lambda: names(tab) == ["mail", "web-09"])
