"""The table itself: columns that make sense where it stands and have room; Ctrl+C copies whole rows."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QItemSelectionModel
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTreeView, QWidget

from vmgui.ui.journal.model import Column, JournalModel

_WIDTHS = {
    Column.TIME: 130,
    Column.RESULT: 100,
    Column.NAME: 130,
    Column.HOST: 110,
    Column.WHO: 120,
    Column.TOOK: 80,
}
_HIDDEN_BELOW_PX = {Column.TOOK: 760, Column.WHO: 880, Column.HOST: 640, Column.NAME: 520}


class JournalTable(QTreeView):
    """Newest first, one row each."""

    def __init__(self, model: JournalModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("journal-table")
        self.setRootIsDecorated(False)
        self.setUniformRowHeights(True)
        self.setAllColumnsShowFocus(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setModel(model)
        header = self.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(Column.WHAT, QHeaderView.ResizeMode.Stretch)
        for column, width in _WIDTHS.items():
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Interactive)
            self.setColumnWidth(column, width)
        self._retranslate()

    def arrange(self, width_px: int, same: Column | None) -> None:
        """Leave out `same`, which says the same in every row, and what there is no room for."""
        for column in Column:
            narrow = width_px < _HIDDEN_BELOW_PX.get(column, 0)
            self.setColumnHidden(column, narrow or column is same)

    def go_to_newest(self) -> None:
        """The keyboard begins at the top; nothing is selected."""
        model = self.model()
        if model.rowCount():
            flag = QItemSelectionModel.SelectionFlag.NoUpdate
            self.selectionModel().setCurrentIndex(model.index(0, 0), flag)
            self.scrollToTop()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self._copy_rows()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        self.setAccessibleName(self.tr("Log of tasks and events"))

    def _copy_rows(self) -> None:
        model = self.model()
        rows = sorted({index.row() for index in self.selectionModel().selectedRows()})
        columns = [column for column in Column if not self.isColumnHidden(column)]
        lines = ["\t".join(str(model.index(row, column).data() or "") for column in columns) for row in rows]
        if lines:
            QGuiApplication.clipboard().setText("\n".join(lines))
