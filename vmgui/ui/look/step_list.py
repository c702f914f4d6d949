"""The steps at the left: where the person is, what each step says now, what is wrong; a click jumps."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QListView, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from vmgui.ui.look.icons import IconRole
from vmgui.ui.look.plain import tip
from vmgui.ui.look.step_look import paint_step, step_size

AnyIndex = QModelIndex | QPersistentModelIndex


class StepState(Enum):
    """What the mark before a step says."""

    OPEN = "open"
    FINE = "fine"
    WARNING = "warning"
    ERROR = "error"


_MARKS = {
    StepState.OPEN: ("circle", IconRole.MUTED),
    StepState.FINE: ("circle-check", IconRole.SUCCESS),
    StepState.WARNING: ("triangle-alert", IconRole.WARNING),
    StepState.ERROR: ("octagon-x", IconRole.DANGER),
}


@dataclass(frozen=True, slots=True)
class StepLine:
    """`title` names the step, `value` says what is set there."""

    title: str
    value: str = ""
    state: StepState = StepState.OPEN


class StepModel(QAbstractListModel):
    """The steps; a fixed number of rows."""

    LineRole = Qt.ItemDataRole.UserRole

    def __init__(self, count: int, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lines = [StepLine("")] * count

    def set_steps(self, lines: list[StepLine]) -> None:
        """Show these; only rows that differ are repainted."""
        for row, line in enumerate(lines):
            if self._lines[row] != line:
                self._lines[row] = line
                index = self.index(row)
                self.dataChanged.emit(index, index)

    def rowCount(self, parent: AnyIndex | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._lines)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        line = self._lines[index.row()]
        if role == self.LineRole:
            return line
        if role == Qt.ItemDataRole.DisplayRole:
            return line.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return line.title
        if role == Qt.ItemDataRole.AccessibleDescriptionRole:
            return ", ".join(part for part in (line.value, self._spoken(line.state)) if part)
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip(line.value)
        return None

    def _spoken(self, state: StepState) -> str:
        return {
            StepState.ERROR: self.tr("something is wrong here"),
            StepState.WARNING: self.tr("has a warning"),
            StepState.FINE: self.tr("done"),
        }.get(state, "")


class _StepDelegate(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        return step_size(option.font)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        line: StepLine = index.data(StepModel.LineRole)
        paint_step(painter, option, line.title, line.value, _MARKS[line.state])


class StepList(QListView):
    """The list itself."""

    step_chosen = Signal(int)

    def __init__(self, name: str, count: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._model = StepModel(count, self)
        self.setModel(self._model)
        self.setItemDelegate(_StepDelegate(self))
        self.setUniformItemSizes(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.selectionModel().currentChanged.connect(self._on_current_changed)
        self._retranslate()

    def set_steps(self, lines: list[StepLine]) -> None:
        """What each line says now."""
        self._model.set_steps(lines)

    def set_current(self, row: int) -> None:
        """Mark a step as the one shown."""
        if self.currentIndex().row() != row:
            self.setCurrentIndex(self._model.index(row))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _on_current_changed(self, current: QModelIndex, _previous: QModelIndex) -> None:
        if current.isValid():
            self.step_chosen.emit(current.row())

    def _retranslate(self) -> None:
        self.setAccessibleName(self.tr("Steps"))
