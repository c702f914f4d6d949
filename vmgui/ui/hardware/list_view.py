"""The list of hardware on the screen: a line for each row, arrows go from one to the next."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from vmgui.ui.hardware.items import Item, Mark
from vmgui.ui.hardware.list_model import Index, Role
from vmgui.ui.look.icons import IconRole, paint_icon
from vmgui.ui.look.style_sheet import CAPTION
from vmgui.ui.look.theme import SPACE, scaled, tokens

_ICON_PX = 16
_MARK_PX = 13
_DOT_PX = 7
_PAD_PX = 10
_MARKS = {Mark.PENDING: "history", Mark.ONLY_NOW: "log-out", Mark.ONLY_NEXT_START: "clock"}


class HardwareList(QListView):
    """`entered`: the keyboard is to go to what the row is about; `remove_asked`: it is to go."""

    entered = Signal()
    remove_asked = Signal()
    chosen = Signal(int)  # a row's number; -1: none

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("hardware-list")
        self.setProperty("ground", "window")
        self.setItemDelegate(_Delegate(self))
        self.setMouseTracking(True)
        self.setUniformItemSizes(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.activated.connect(self._on_activated)

    def currentChanged(self, current: QModelIndex, previous: QModelIndex) -> None:
        super().currentChanged(current, previous)
        self.chosen.emit(current.row())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.entered.emit()
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and not event.modifiers():
            self.remove_asked.emit()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self.scheduleDelayedItemsLayout()
        super().changeEvent(event)

    def _on_activated(self, _index: QModelIndex) -> None:
        self.entered.emit()


class _Delegate(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        line_px = QFontMetrics(option.font).height()
        is_group = not isinstance(index.data(Role.ROW), Item)
        return QSize(120, line_px + (16 if is_group and index.row() else 10))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = index.data(Role.ROW)
        painter.save()
        if isinstance(row, Item):
            self._paint_ground(painter, option)
            self._paint_item(painter, option, row)
        else:
            self._paint_group(painter, option, row)
        painter.restore()

    def _paint_ground(self, painter: QPainter, option: QStyleOptionViewItem) -> None:
        colours, ground = tokens(), option.rect.adjusted(4, 1, -4, -1)
        is_selected = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if is_selected or option.state & QStyle.StateFlag.State_MouseOver:
            is_active = bool(option.state & QStyle.StateFlag.State_Active)
            chosen = colours.selection if is_active else colours.selection_inactive
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(chosen if is_selected else colours.hover))
            painter.drawRoundedRect(ground, 5, 5)
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QColor(colours.accent))
            painter.drawRoundedRect(ground.adjusted(0, 0, -1, -1), 5, 5)

    def _paint_group(self, painter: QPainter, option: QStyleOptionViewItem, title: str) -> None:
        font = scaled(option.font, CAPTION)
        font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        painter.setPen(QColor(tokens().muted))
        place = option.rect.adjusted(_PAD_PX + 2, 0, -_PAD_PX, -4)
        shown = QFontMetrics(font).elidedText(title, Qt.TextElideMode.ElideRight, place.width())
        painter.drawText(place, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom, shown)

    def _paint_item(self, painter: QPainter, option: QStyleOptionViewItem, row: Item) -> None:
        colours, inner = tokens(), option.rect.adjusted(_PAD_PX, 0, -_PAD_PX - 2, 0)
        middle, left, right = inner.center().y() + 1, inner.left() + 2, inner.right()
        is_absent = row.mark is Mark.ONLY_NEXT_START
        role = IconRole.MUTED if is_absent else IconRole.TEXT
        paint_icon(painter, row.icon, role, QRect(left, middle - _ICON_PX // 2, _ICON_PX, _ICON_PX))
        left += _ICON_PX + SPACE
        if row.is_drafted:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colours.accent))
            painter.drawEllipse(QRect(right - _DOT_PX, middle - _DOT_PX // 2 - 1, _DOT_PX, _DOT_PX))
            right -= _DOT_PX + SPACE
        for name, tint in (
            (_MARKS.get(row.mark) if row.mark else "", IconRole.MUTED),
            ("loader-circle" if row.state else "", IconRole.BUSY),
        ):
            if name:
                paint_icon(
                    painter, name, tint, QRect(right - _MARK_PX, middle - _MARK_PX // 2, _MARK_PX, _MARK_PX)
                )
                right -= _MARK_PX + SPACE
        font = option.font
        painter.setFont(font)
        painter.setPen(QColor(colours.muted if is_absent else colours.text))
        title_px = self._paint_text(
            painter, font, QRect(left, inner.top(), right - left, inner.height()), row.title
        )
        left += title_px + SPACE
        small = scaled(font, CAPTION)
        painter.setFont(small)
        painter.setPen(QColor(colours.muted))
        room = QRect(left, inner.top() + 1, right - left, inner.height())
        if room.width() > 2 * _ICON_PX:
            self._paint_text(painter, small, room, row.state or row.detail)

    def _paint_text(self, painter: QPainter, font: QFont, place: QRect, text: str) -> int:
        """As much of it as there is room for; how wide that is."""
        metrics = QFontMetrics(font)
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, place.width())
        painter.drawText(place, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)
        return metrics.horizontalAdvance(shown)
