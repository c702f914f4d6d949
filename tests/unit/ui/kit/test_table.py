"""The table's view: what is selected survives, is opened and is copied; columns that have no room."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from tests.unit.ui.kit.test_table_model import Thing, model_of
from vmgui.ui.kit.column import Column
from vmgui.ui.kit.table import Table
from vmgui.ui.kit.table_model import TableModel
from vmgui.words.say import say

pytestmark = pytest.mark.usefixtures("qapp")
THINGS = (Thing("b", 2, "x\ty"), Thing("a", 1), Thing("c", 3))


@pytest.fixture
def table() -> Iterator[Table[Thing]]:
    made = Table(model_of(*THINGS), "things", say("Test", "Things"))
    yield made
    made.setModel(None)
    made.deleteLater()


def select(table: Table[Thing], *rows: int) -> None:
    table.clearSelection()
    for row in rows:
        model = table.selectionModel()
        model.select(table.model().index(row, 0), model.SelectionFlag.Select | model.SelectionFlag.Rows)


def test_the_selection_survives_news_and_sorting(table: Table[Thing]) -> None:
    model = table.model()
    assert isinstance(model, TableModel)
    select(table, 0, 2)
    assert [thing.name for thing in table.selected()] == ["a", "c"], "sorted by name from the start"
    table.sortByColumn(1, Qt.SortOrder.DescendingOrder)
    model.change((Thing("c", 0), Thing("d", 9)), removed=["b"])
    assert [(thing.name, thing.size) for thing in table.selected()] == [("a", 1), ("c", 0)]
    model.show(())
    assert table.selected() == []


def test_copies_what_is_selected_as_it_is_shown(table: Table[Thing]) -> None:
    table.setColumnHidden(table.model().columnCount() - 1, True)
    table.horizontalHeader().moveSection(1, 0)
    select(table, 1, 2)
    QTest.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "2\tb\tx\\ty\n3\tc\t"


def test_enter_opens_the_current_row(table: Table[Thing]) -> None:
    opened: list[Thing] = []
    table.opened.connect(opened.append)
    table.setCurrentIndex(table.model().index(1, 0))
    QTest.keyClick(table, Qt.Key.Key_Return)
    assert opened == [THINGS[0]]


def test_home_and_end_go_to_the_first_and_last_row(table: Table[Thing]) -> None:
    table.setCurrentIndex(table.model().index(1, 0))
    QTest.keyClick(table, Qt.Key.Key_End)
    assert [thing.name for thing in table.selected()] == ["c"]
    QTest.keyClick(table, Qt.Key.Key_Home)
    assert [thing.name for thing in table.selected()] == ["a"]


def test_columns_without_room_are_left_out() -> None:
    columns: tuple[Column[Thing], ...] = (
        Column("name", say("Test", "Name"), lambda thing: thing.name, width_px=0),
        Column("note", say("Test", "Note"), lambda thing: thing.note, from_px=500),
    )
    table = Table(TableModel(columns, lambda thing: thing.name), "things", say("Test", "Things"))
    table.fit(499)
    assert [table.isColumnHidden(number) for number in range(2)] == [False, True]
    table.fit(500)
    assert [table.isColumnHidden(number) for number in range(2)] == [False, False]
    table.fit(500, without="name")
    assert [table.isColumnHidden(number) for number in range(2)] == [True, False]
    assert table.accessibleName() == "Things"
    table.setModel(None)
    assert table.selected() == []
    table.deleteLater()
