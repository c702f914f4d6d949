"""The table's view: its keys and menus, which columns are shown and where, which rows are on screen."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QPoint, QSettings, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup, QContextMenuEvent, QFontMetrics, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QMenu, QTableView, QWidget

from vmgui.model.domain import DomainKey
from vmgui.store import paths
from vmgui.ui.look.theme import tabular
from vmgui.ui.machines.model import Index, MachinesModel

_ROW_PAD_PX = 10
_VERSION = "1"


class MachinesView(QTableView):
    """`name` tells one table's remembered layout from another's; `hidden`: columns not shown at first."""

    open_asked = Signal(object)  # DomainKey
    menu_asked = Signal(QPoint)
    shown_rows_changed = Signal()

    def __init__(
        self, model: MachinesModel, name: str, hidden: tuple[str, ...] = (), parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("machines-table")
        self._machines = model
        self._name = name
        self._hidden = hidden
        self.setModel(model)
        self.setFont(tabular(self.font()))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setWordWrap(False)
        # Tab leaves the table; arrows walk in it.
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        rows = self.verticalHeader()
        rows.setVisible(False)
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header = self.horizontalHeader()
        header.setObjectName("machines-header")
        header.setSectionsMovable(True)
        header.setHighlightSections(False)
        header.setStretchLastSection(True)
        header.setMinimumSectionSize(40)
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.customContextMenuRequested.connect(self._on_header_menu)
        self._fit_rows()
        self.reset_layout()
        self._restore_layout()
        self.setSortingEnabled(True)
        model.headerDataChanged.connect(self._fit_headings)
        self.doubleClicked.connect(self._on_double_clicked)
        self.verticalScrollBar().valueChanged.connect(self._on_scrolled)

    def selected_keys(self) -> tuple[DomainKey, ...]:
        """The selected machines, from top to bottom."""
        selection = self.selectionModel().selection()
        ranges = sorted(
            (found.top(), found.bottom()) for found in map(selection.at, range(selection.count()))
        )
        keys = [key for top, bottom in ranges for key in self._machines.keys(top, bottom)]
        return tuple(dict.fromkeys(keys)) if len(ranges) > 1 else tuple(keys)

    def visible_rows(self) -> tuple[int, int]:
        """First and last row on screen; (0, -1): none."""
        first = self.rowAt(1)
        if first < 0:
            return 0, -1
        last = self.rowAt(self.viewport().height() - 1)
        return first, last if last >= 0 else self._machines.rowCount() - 1

    def fill_columns_menu(self, menu: QMenu) -> None:
        """A check per column; the first one always stays."""
        for number, column in enumerate(self._machines.columns):
            if number == 0:
                continue
            action = menu.addAction(column.title())
            action.setObjectName(f"machines-column-{column.id}")
            action.setCheckable(True)
            action.setChecked(not self.isColumnHidden(number))
            action.setData(number)
            action.triggered.connect(self._on_column)
        menu.addSeparator()
        self._fill_sort_menu(menu.addMenu(self.tr("Sort by")))
        usual = menu.addAction(self.tr("Usual columns"))
        usual.setObjectName("machines-columns-usual")
        usual.triggered.connect(self._on_usual)

    def reset_layout(self) -> None:
        """Columns, widths, order and sorting as at the first start."""
        header = self.horizontalHeader()
        for number, column in enumerate(self._machines.columns):
            header.moveSection(header.visualIndex(number), number)
            self.setColumnHidden(number, not column.is_shown or column.id in self._hidden)
            header.resizeSection(number, column.width_px)
        self._fit_headings()
        header.setSortIndicator(0, Qt.SortOrder.AscendingOrder)

    def save_layout(self) -> None:
        """For the next start, and for the next table of that name."""
        file = _file()
        file.setValue(f"machines-{self._name}/header", self.horizontalHeader().saveState())
        file.setValue(f"machines-{self._name}/columns", self._signature())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self._open(self.currentIndex())
            return
        super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        place = event.globalPos()
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            rect = self.visualRect(self.currentIndex())
            place = self.viewport().mapToGlobal(rect.center() if rect.isValid() else QPoint(20, 20))
        self.menu_asked.emit(place)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.shown_rows_changed.emit()

    def _fit_headings(self) -> None:
        """No narrower than their words: languages differ in length."""
        header = self.horizontalHeader()
        for number in range(header.count()):
            if not header.isSectionHidden(number):
                header.resizeSection(number, max(header.sectionSize(number), header.sectionSizeHint(number)))

    def _fit_rows(self) -> None:
        self.verticalHeader().setDefaultSectionSize(QFontMetrics(self.font()).height() + _ROW_PAD_PX)

    def _restore_layout(self) -> None:
        file = _file()
        state = file.value(f"machines-{self._name}/header")
        # The state knows columns by number only: of other columns it would be nonsense.
        if (
            isinstance(state, QByteArray)
            and file.value(f"machines-{self._name}/columns") == self._signature()
        ):
            self.horizontalHeader().restoreState(state)
            self.setColumnHidden(0, False)

    def _signature(self) -> str:
        return " ".join((_VERSION, *(column.id for column in self._machines.columns)))

    def _open(self, index: Index) -> None:
        if index.isValid():
            self.open_asked.emit(self._machines.key_at(index.row()))

    def _on_double_clicked(self, index: Index) -> None:
        self._open(index)

    def _on_scrolled(self, _value: int) -> None:
        self.shown_rows_changed.emit()

    def _on_header_menu(self, place: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.fill_columns_menu(menu)
        menu.popup(self.horizontalHeader().mapToGlobal(place))

    def _on_column(self, shown: bool) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            self.setColumnHidden(int(action.data()), not shown)
            self._fit_headings()

    def _fill_sort_menu(self, menu: QMenu) -> None:
        """What a click on a heading does, for the keyboard."""
        menu.setObjectName("machines-sort")
        header = self.horizontalHeader()
        group = QActionGroup(menu)
        for number, column in enumerate(self._machines.columns):
            action = menu.addAction(column.title())
            action.setObjectName(f"machines-sort-{column.id}")
            action.setCheckable(True)
            action.setChecked(number == header.sortIndicatorSection())
            action.setData(number)
            action.triggered.connect(self._on_sort)
            group.addAction(action)
        menu.addSeparator()
        backwards = menu.addAction(self.tr("Last first"))
        backwards.setObjectName("machines-sort-backwards")
        backwards.setCheckable(True)
        backwards.setChecked(header.sortIndicatorOrder() == Qt.SortOrder.DescendingOrder)
        backwards.triggered.connect(self._on_backwards)

    def _on_sort(self, _checked: bool) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            self.sortByColumn(int(action.data()), self.horizontalHeader().sortIndicatorOrder())

    def _on_backwards(self, backwards: bool) -> None:
        order = Qt.SortOrder.DescendingOrder if backwards else Qt.SortOrder.AscendingOrder
        self.sortByColumn(self.horizontalHeader().sortIndicatorSection(), order)

    def _on_usual(self) -> None:
        self.reset_layout()


def _file() -> QSettings:
    return QSettings(str(paths.state_dir() / "window.ini"), QSettings.Format.IniFormat)
