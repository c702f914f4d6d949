"""A card with a heading and a few lines: an icon, a name, where it is, how much; a click goes there."""

from __future__ import annotations

from collections.abc import Sequence
from operator import attrgetter
from typing import Any

from PySide6.QtCore import QEvent, QModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from vmgui.ui.fleet.rows import Line
from vmgui.ui.kit.table_model import ROW, Index, TableModel, list_model
from vmgui.ui.look.icons import paint_icon
from vmgui.ui.look.plain import Label
from vmgui.ui.look.sparkline import paint_bar
from vmgui.ui.look.style_sheet import CAPTION
from vmgui.ui.look.theme import SPACE, TextRole, scaled, set_muted, set_role, tabular, tokens

_ICON_PX = 16
_BAR_PX = 44
_PAD_PX = 6


class LineDelegate(QStyledItemDelegate):
    """Paints a Line."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(160, row_height(option.font))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        line: Any = index.data(ROW)
        if not isinstance(line, Line):
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours = tokens()
        focused = bool(option.state & QStyle.StateFlag.State_HasFocus)
        if line.goal is not None and (focused or option.state & QStyle.StateFlag.State_MouseOver):
            painter.setPen(QColor(colours.accent) if focused else Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colours.hover))
            painter.drawRoundedRect(QRectF(option.rect).adjusted(0.5, 0.5, -0.5, -0.5), 5, 5)
        inner: QRect = option.rect.adjusted(_PAD_PX, 0, -_PAD_PX, 0)
        small = tabular(scaled(option.font, CAPTION))
        left, right = inner.left(), inner.right()
        if line.icon_name:
            place = QRect(left, inner.center().y() - _ICON_PX // 2 + 1, _ICON_PX, _ICON_PX)
            paint_icon(painter, line.icon_name, line.icon_role, place)
            left += _ICON_PX + SPACE
        right -= self._paint_value(
            painter, QRect(left, inner.top(), right - left, inner.height()), line, small
        )
        name_px = QFontMetrics(option.font).horizontalAdvance(line.name)
        room = right - left
        where_px = QFontMetrics(small).horizontalAdvance(line.where) + SPACE if line.where else 0
        name_room = room if name_px + where_px <= room else max(room // 2, room - where_px)
        self._text(
            painter,
            QRect(left, inner.top(), min(name_room, room), inner.height()),
            line.name,
            option.font,
            colours.text if line.goal is not None else colours.muted,
        )
        left += min(name_px, name_room) + SPACE
        if right - left > 24:
            place = QRect(left, inner.top(), right - left, inner.height())
            self._text(painter, place, line.where, small, colours.muted)
        painter.restore()

    def _paint_value(self, painter: QPainter, room: QRect, line: Line, font: QFont) -> int:
        """Paint the value at the right end; returns how much of the width it took."""
        colours = tokens()
        taken = 0
        if line.share is not None and room.width() > 200:
            bar = QRectF(room.right() - _BAR_PX, room.center().y() - 1.5, _BAR_PX, 5)
            paint_bar(painter, bar, line.share, getattr(colours, line.ink), colours.border)
            taken = _BAR_PX + SPACE
        if line.value:
            width = min(QFontMetrics(font).horizontalAdvance(line.value) + 2, room.width() * 3 // 5)
            place = QRect(room.right() - taken - width, room.top(), width, room.height())
            self._text(painter, place, line.value, font, getattr(colours, line.value_ink), right=True)
            taken += width + SPACE
        return taken

    @staticmethod
    def _text(
        painter: QPainter, place: QRect, text: str, font: QFont, ink: str, *, right: bool = False
    ) -> None:
        painter.setFont(font)
        painter.setPen(QColor(ink))
        side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
        shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, place.width())
        painter.drawText(place, int(side | Qt.AlignmentFlag.AlignVCenter), shown)


class _LineView(QListView):
    """As high as its lines."""

    chosen = Signal(object)

    def __init__(self, model: TableModel[Line], parent: QWidget) -> None:
        super().__init__(parent)
        self.setModel(model)
        self.setItemDelegate(LineDelegate(self))
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setProperty("ground", "raised")
        self.clicked.connect(self._on_clicked)

    def fit(self) -> None:
        """Fit the height to the number of lines and the font."""
        # A window that is closed has let go of its models, and may still be dressed anew.
        if (model := self.model()) is not None:
            self.setFixedHeight(model.rowCount() * row_height(self.font()) + 2)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._on_clicked(self.currentIndex())
            return
        super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self.fit()

    def _on_clicked(self, index: QModelIndex) -> None:
        line = index.data(ROW)
        if line is not None and line.goal is not None:
            self.chosen.emit(line.goal)


class LineList(QFrame):
    """`chosen` carries a DomainKey or a HostId."""

    chosen = Signal(object)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("card", True)
        self.setObjectName(f"fleet-{name}")
        self._heading = Label(self)
        set_role(self._heading, TextRole.STRONG)
        self._note = Label(self)
        self._note.setObjectName(f"fleet-{name}-note")
        self._note.setWordWrap(True)
        set_role(self._note, TextRole.CAPTION)
        set_muted(self._note)
        self.model: TableModel[Line] = list_model(
            attrgetter("name"), attrgetter("id"), attrgetter("sentence"), self
        )
        self.view = _LineView(self.model, self)
        self.view.setObjectName(f"fleet-{name}-list")
        self.view.chosen.connect(self.chosen)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 10, 8, 8)
        layout.setSpacing(4)
        for widget in (self._heading, self._note):
            widget.setContentsMargins(_PAD_PX, 0, _PAD_PX, 0)
        layout.addWidget(self._heading)
        layout.addWidget(self.view)
        layout.addWidget(self._note)

    def set_heading(self, text: str) -> None:
        """Translated."""
        self._heading.setText(text)
        self.setAccessibleName(text)
        self.view.setAccessibleName(text)

    def set_lines(self, lines: Sequence[Line], note: str) -> None:
        """Show these, and `note` under them where it is not empty."""
        before = self.model.rowCount()
        self.model.show(lines)
        if self.model.rowCount() != before or not self.view.height():
            self.view.fit()
        self.view.setVisible(bool(lines))
        if note != self._note.text():
            self._note.setText(note)
        self._note.setVisible(bool(note))


def row_height(font: QFont) -> int:
    """The height of one line."""
    return QFontMetrics(font).height() + 8
