"""A table's view: its keys and menus, which columns are shown and where, what is selected and on screen."""

from __future__ import annotations

from typing import Generic

from PySide6.QtCore import QByteArray, QEvent, QModelIndex, QPoint, QSettings, Qt, Signal
from PySide6.QtGui import (
    QAction,
    QActionGroup,
    QContextMenuEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QMenu, QTableView, QWidget

from vmgui.store import paths
from vmgui.ui.kit.column import Row
from vmgui.ui.kit.menu_letters import MenuLetters
from vmgui.ui.kit.table_model import ROW, Index, TableModel
from vmgui.ui.look.table_look import dress_table, menu_place
from vmgui.words.say import Say

_VERSION = "1"


class Table(QTableView, Generic[Row]):
    """`opened` carries a row (Enter, double click)."""

    opened = Signal(object)
    menu_asked = Signal(QPoint)
    shown_rows_changed = Signal()

    def __init__(
        self,
        model: TableModel[Row],
        name: str,
        title: Say,
        *,
        memory: str = "",
        hidden: tuple[str, ...] = (),
        is_single: bool = False,
        is_dense: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        """`name` begins the object names; `title` is what a screen reader calls the table.

        `memory`: under what the columns that the person chooses are kept; they can be chosen where it is given.
        `hidden`: columns not shown at first; `is_single`: one row is selected at a time.
        """
        super().__init__(parent)
        self._rows, self._name, self._title, self._memory, self._hidden = model, name, title, memory, hidden
        self.setObjectName(f"{name}-table")
        self.setModel(model)
        modes = QAbstractItemView.SelectionMode
        self.setSelectionMode(modes.SingleSelection if is_single else modes.ExtendedSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        # Tab leaves the table; arrows walk in it.
        self.setTabKeyNavigation(False)
        dress_table(self, dense=is_dense)
        header = self.horizontalHeader()
        header.setObjectName(f"{name}-header")
        header.setSectionsMovable(True)
        header.setStretchLastSection(all(column.width_px for column in model.columns))
        is_sorted = any(column.sort for column in model.columns)
        header.setSectionsClickable(is_sorted)
        self.reset_layout()
        if memory:
            header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
            header.customContextMenuRequested.connect(self._on_header_menu)
            self._restore_layout()
        self.setSortingEnabled(is_sorted)
        model.headerDataChanged.connect(self._fit_headings)
        self.doubleClicked.connect(self._open)
        self.verticalScrollBar().valueChanged.connect(self.shown_rows_changed)
        self.setAccessibleName(str(title))

    def selected(self) -> list[Row]:
        """The selected rows, from top to bottom."""
        rows = self._rows.rows
        return [rows[place] for place in self._selected_places()]

    def visible_rows(self) -> tuple[int, int]:
        """First and last row on screen; (0, -1): none."""
        first = self.rowAt(1)
        if first < 0:
            return 0, -1
        last = self.rowAt(self.viewport().height() - 1)
        return first, last if last >= 0 else self._rows.rowCount() - 1

    def fit(self, room_px: int, without: str = "") -> None:
        """Leave out the columns for which there is no room, and `without`: it says the same in every row."""
        for number, column in enumerate(self._rows.columns):
            self.setColumnHidden(number, room_px < column.from_px or column.id == without)

    def fill_columns_menu(self, menu: QMenu) -> None:
        """A check per column; the first one always stays."""
        for number, column in enumerate(self._rows.columns):
            if number:
                title, is_shown = str(column.title), not self.isColumnHidden(number)
                self._add(menu, title, f"column-{column.id}", number, is_shown)
        menu.addSeparator()
        # What a click on a heading does, for the keyboard.
        sorting = menu.addMenu(self.tr("Sort by"))
        sorting.setObjectName(f"{self._name}-sort")
        MenuLetters(sorting)
        header, group = self.horizontalHeader(), QActionGroup(sorting)
        for number, column in enumerate(self._rows.columns):
            is_chosen = number == header.sortIndicatorSection()
            entry = self._add(sorting, str(column.title), f"sort-{column.id}", number, is_chosen)
            entry.setActionGroup(group)
        sorting.addSeparator()
        is_last_first = header.sortIndicatorOrder() == Qt.SortOrder.DescendingOrder
        self._add(sorting, self.tr("Last first"), "sort-backwards", -1, is_last_first)
        usual = menu.addAction(self.tr("Usual columns"))
        usual.setObjectName(f"{self._name}-columns-usual")
        usual.triggered.connect(self.reset_layout)

    def reset_layout(self) -> None:
        """Columns, widths, order and sorting as at the first start."""
        header = self.horizontalHeader()
        for number, column in enumerate(self._rows.columns):
            header.moveSection(header.visualIndex(number), number)
            self.setColumnHidden(number, not column.is_shown or column.id in self._hidden)
            if column.width_px:
                header.resizeSection(number, column.width_px)
            else:
                header.setSectionResizeMode(number, QHeaderView.ResizeMode.Stretch)
        self._fit_headings()
        header.setSortIndicator(0, Qt.SortOrder.AscendingOrder)

    def save_layout(self) -> None:
        """Keep it for the next start, and for the next table with that memory."""
        file = _file()
        file.setValue(f"{self._memory}/header", self.horizontalHeader().saveState())
        file.setValue(f"{self._memory}/columns", self._signature())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self._copy()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self._open(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def moveCursor(
        self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        # Rows are walked, not cells: to the first and last of them.
        if action in (QAbstractItemView.CursorAction.MoveHome, QAbstractItemView.CursorAction.MoveEnd):
            modifiers |= Qt.KeyboardModifier.ControlModifier
        return super().moveCursor(action, modifiers)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.menu_asked.emit(menu_place(self, event))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.shown_rows_changed.emit()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.setAccessibleName(str(self._title))
            self._rows.retranslate()
        super().changeEvent(event)

    def _copy(self) -> None:
        """The selected rows as they are shown, tab separated."""
        header, rows = self.horizontalHeader(), self._rows
        columns = [n for n in map(header.logicalIndex, range(header.count())) if not self.isColumnHidden(n)]
        lines = ["\t".join(rows.index(place, n).data() for n in columns) for place in self._selected_places()]
        if lines:
            QGuiApplication.clipboard().setText("\n".join(lines))

    def _selected_places(self) -> list[int]:
        # A table that is closed has let go of its model.
        if (model := self.selectionModel()) is None:
            return []
        ranges = map(model.selection().at, range(model.selection().count()))
        return sorted({place for one in ranges for place in range(one.top(), one.bottom() + 1)})

    def _fit_headings(self) -> None:
        """No narrower than their words: languages differ in length."""
        header = self.horizontalHeader()
        for number in range(header.count()):
            if not header.isSectionHidden(number):
                header.resizeSection(number, max(header.sectionSize(number), header.sectionSizeHint(number)))

    def _restore_layout(self) -> None:
        file = _file()
        state = file.value(f"{self._memory}/header")
        # The state knows columns by number only: of other columns it would be nonsense.
        if isinstance(state, QByteArray) and file.value(f"{self._memory}/columns") == self._signature():
            self.horizontalHeader().restoreState(state)
            self.setColumnHidden(0, False)

    def _signature(self) -> str:
        return " ".join((_VERSION, *(column.id for column in self._rows.columns)))

    def _open(self, index: Index) -> None:
        if index.isValid():
            self.opened.emit(index.data(ROW))

    def _on_header_menu(self, place: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        MenuLetters(menu)
        self.fill_columns_menu(menu)
        menu.popup(self.horizontalHeader().mapToGlobal(place))

    def _add(self, menu: QMenu, text: str, name: str, number: int, is_checked: bool) -> QAction:
        action = menu.addAction(text)
        action.setObjectName(f"{self._name}-{name}")
        action.setCheckable(True)
        action.setChecked(is_checked)
        action.setData(number)
        action.triggered.connect(self._on_chosen)
        return action

    def _on_chosen(self, on: bool) -> None:
        action, header = self.sender(), self.horizontalHeader()
        if not isinstance(action, QAction):
            return
        number = int(action.data())
        if number < 0:
            order = Qt.SortOrder.DescendingOrder if on else Qt.SortOrder.AscendingOrder
            self.sortByColumn(header.sortIndicatorSection(), order)
        elif action.actionGroup() is not None:
            self.sortByColumn(number, header.sortIndicatorOrder())
        else:
            self.setColumnHidden(number, not on)
            self._fit_headings()


def _file() -> QSettings:
    return QSettings(str(paths.state_dir() / "window.ini"), QSettings.Format.IniFormat)
