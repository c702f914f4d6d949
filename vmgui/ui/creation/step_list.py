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
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPalette
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from vmgui.ui.kit.plain import tip
from vmgui.ui.look.icons import IconRole, paint_icon
from vmgui.ui.look.theme import scaled

AnyIndex = QModelIndex | QPersistentModelIndex

_ICON_PX = 18
_PAD_PX = 12


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
class Step:
    """One line: `title` names the page, `value` says what is set there."""

    title: str
    value: str = ""
    state: StepState = StepState.OPEN
    spoken_state: str = ""


class StepModel(QAbstractListModel):
    """The steps; a fixed number of rows."""

    StepRole = Qt.ItemDataRole.UserRole

    def __init__(self, count: int, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._steps = [Step("")] * count

    def set_steps(self, steps: list[Step]) -> None:
        """Show these; only rows that differ are repainted."""
        for row, step in enumerate(steps):
            if self._steps[row] != step:
                self._steps[row] = step
                index = self.index(row)
                self.dataChanged.emit(index, index)

    def rowCount(self, parent: AnyIndex | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._steps)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        step = self._steps[index.row()]
        if role == self.StepRole:
            return step
        if role == Qt.ItemDataRole.DisplayRole:
            return step.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return step.title
        if role == Qt.ItemDataRole.AccessibleDescriptionRole:
            return ", ".join(part for part in (step.value, step.spoken_state) if part)
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip(step.value)
        return None


class StepDelegate(QStyledItemDelegate):
    """Paints a mark, the title and, smaller beneath it, the value."""

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        # Built on `option.font`: the caption follows when the desktop's font changes.
        height = QFontMetrics(option.font).height() + QFontMetrics(_caption(option.font)).height()
        return QSize(160, height + 2 * _PAD_PX - 4)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        step: Step = index.data(StepModel.StepRole)
        widget = option.widget
        style = widget.style()
        style.drawPrimitive(QStyle.PrimitiveElement.PE_PanelItemViewItem, option, painter, widget)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        text_role = QPalette.ColorRole.HighlightedText if selected else QPalette.ColorRole.Text
        colour = option.palette.color(text_role)

        painter.save()
        inner = option.rect.adjusted(_PAD_PX, 0, -_PAD_PX, 0)
        mark = QRect(inner.left(), inner.center().y() - _ICON_PX // 2, _ICON_PX, _ICON_PX)
        paint_icon(painter, *_MARKS[step.state], mark)

        text = inner.adjusted(_ICON_PX + _PAD_PX, 0, 0, 0)
        title_font = QFont(option.font)
        title_font.setWeight(QFont.Weight.DemiBold if selected else QFont.Weight.Normal)
        caption_font = _caption(option.font)
        title_metrics, caption_metrics = QFontMetrics(title_font), QFontMetrics(caption_font)
        block = title_metrics.height() + (caption_metrics.height() if step.value else 0)
        top = text.center().y() - block // 2
        painter.setPen(colour)
        painter.setFont(title_font)
        painter.drawText(
            QRect(text.left(), top, text.width(), title_metrics.height()),
            int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter),
            title_metrics.elidedText(step.title, Qt.TextElideMode.ElideRight, text.width()),
        )
        if step.value:
            painter.setFont(caption_font)
            painter.setPen(option.palette.color(QPalette.ColorRole.PlaceholderText))
            painter.drawText(
                QRect(text.left(), top + title_metrics.height(), text.width(), caption_metrics.height()),
                int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter),
                caption_metrics.elidedText(step.value, Qt.TextElideMode.ElideRight, text.width()),
            )
        painter.restore()


class StepList(QListView):
    """The list itself."""

    step_chosen = Signal(int)

    def __init__(self, count: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("create-steps")
        self._model = StepModel(count, self)
        self.setModel(self._model)
        self.setItemDelegate(StepDelegate(self))
        self.setUniformItemSizes(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.selectionModel().currentChanged.connect(self._on_current_changed)
        self._retranslate()

    def set_steps(self, steps: list[Step]) -> None:
        """What each line says now."""
        self._model.set_steps(steps)

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


def _caption(font: QFont) -> QFont:
    return scaled(font, 0.85)
