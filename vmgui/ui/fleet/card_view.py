"""The hosts as cards: one painted view, however many there are; cards share the width evenly."""

from __future__ import annotations

from operator import attrgetter
from typing import Any

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QFont,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from vmgui.ui.fleet.cards import Card, Meter
from vmgui.ui.kit.table_model import ROW, Index, TableModel, list_model
from vmgui.ui.look.icons import paint_icon
from vmgui.ui.look.sparkline import paint_bar
from vmgui.ui.look.style_sheet import CAPTION
from vmgui.ui.look.theme import SPACE, scaled, tabular, tokens

_NARROWEST_PX = 216
_WIDEST_PX = 340
_PAD_PX = 12
_GAP_PX = 8
_ICON_PX = 18


class CardDelegate(QStyledItemDelegate):
    """Paints a Card."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.size = QSize(_NARROWEST_PX, 120)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return self.size

    @staticmethod
    def height_for(font: QFont) -> int:
        """The height of a card with its gap, in this font."""
        line = QFontMetrics(font).height()
        small = QFontMetrics(scaled(font, CAPTION)).height()
        return _GAP_PX + 2 * _PAD_PX + line + 3 * small + 18 + 2 * (small + 4)

    @staticmethod
    def button_rect(card: Card, rect: QRect, font: QFont) -> QRect:
        """Where the button is on a card."""
        small = QFontMetrics(scaled(font, CAPTION))
        width = small.horizontalAdvance(card.button) + 20
        height = small.height() + 8
        inner = _inner(rect)
        return QRect(inner.right() - width + 1, inner.bottom() - height + 1, width, height)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        card: Any = index.data(ROW)
        if not isinstance(card, Card):
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter, option)
        colours = tokens()
        small = tabular(scaled(option.font, CAPTION))
        inner = _inner(option.rect)
        line, small_px = QFontMetrics(option.font).height(), QFontMetrics(small).height()
        top = inner.top()
        paint_icon(
            painter,
            card.icon_name,
            card.icon_role,
            QRect(inner.left(), top + (line - _ICON_PX) // 2, _ICON_PX, _ICON_PX),
        )
        heavy = QFont(option.font)
        heavy.setWeight(QFont.Weight.DemiBold)
        left = inner.left() + _ICON_PX + SPACE
        _text(painter, QRect(left, top, inner.right() - left, line), card.name, heavy, colours.text)
        top += line + 4
        half = QRect(inner.left(), top, inner.width(), small_px)
        used = _text(painter, half, card.state, small, getattr(colours, card.state_ink))
        rest = QRect(half.left() + used + SPACE, top, half.width() - used - SPACE, small_px)
        _text(painter, rest, card.health, small, colours.muted, right=True)
        top += small_px + 4
        row = QRect(inner.left(), top, inner.width(), small_px)
        used = _text(painter, row, card.machines, small, colours.muted)
        if card.troubled:
            rest = QRect(row.left() + used + SPACE, top, row.width() - used - SPACE, small_px)
            _text(painter, rest, card.troubled, small, colours.danger, right=True)
        top += small_px + 10
        if card.button:
            place = self.button_rect(card, option.rect, option.font)
            self._paint_button(painter, place, card.button, small)
        else:
            for meter in card.meters:
                self._paint_meter(painter, QRect(inner.left(), top, inner.width(), small_px), meter, small)
                top += small_px + 4 + SPACE
        painter.restore()

    def _paint_ground(self, painter: QPainter, option: QStyleOptionViewItem) -> None:
        colours = tokens()
        ground = QRectF(option.rect.adjusted(0, 0, -_GAP_PX, -_GAP_PX)).adjusted(0.5, 0.5, -0.5, -0.5)
        hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
        focused = bool(option.state & QStyle.StateFlag.State_HasFocus)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.setPen(QPen(QColor(colours.accent if focused else colours.border), 2 if focused else 1))
        painter.setBrush(
            QColor(colours.selection if selected else colours.hover if hovered else colours.raised)
        )
        painter.drawRoundedRect(ground, 8, 8)

    def _paint_meter(self, painter: QPainter, row: QRect, meter: Meter, font: QFont) -> None:
        colours = tokens()
        used = _text(painter, row, meter.label, font, colours.muted)
        _text(painter, row.adjusted(used + SPACE, 0, 0, 0), meter.text, font, colours.text, right=True)
        bar = QRectF(row.left(), row.bottom() + 2, row.width(), 5)
        paint_bar(painter, bar, meter.share or 0.0, getattr(colours, meter.ink), colours.border)

    def _paint_button(self, painter: QPainter, rect: QRect, text: str, font: QFont) -> None:
        colours = tokens()
        painter.setPen(QPen(QColor(colours.field_border), 1))
        painter.setBrush(QColor(colours.button))
        painter.drawRoundedRect(QRectF(rect).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        painter.setFont(font)
        painter.setPen(QColor(colours.text))
        painter.drawText(rect, int(Qt.AlignmentFlag.AlignCenter), text)


class CardView(QListView):
    """Tells which host was clicked, and which is to be tried again (its button, or F5)."""

    chosen = Signal(str)  # HostId
    retry_asked = Signal(str)  # HostId
    menu_asked = Signal(str, QPoint)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("fleet-cards")
        self.model_: TableModel[Card] = list_model(
            attrgetter("name"), attrgetter("id"), attrgetter("sentence"), self
        )
        self._pressed = QPersistentModelIndex()
        self.setModel(self.model_)
        self.cards = CardDelegate(self)
        self.setItemDelegate(self.cards)
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setMovement(QListView.Movement.Static)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setUniformItemSizes(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setProperty("ground", "window")

    def set_cards(self, cards: tuple[Card, ...]) -> None:
        """Show these."""
        self.model_.show(cards)

    @staticmethod
    def card_height(font: QFont) -> int:
        """The height of one card with its gap."""
        return CardDelegate.height_for(font)

    def height_for(self, width: int) -> int:
        """What all cards need in this width."""
        columns = self._columns(width)
        rows = -(-self.model_.rowCount() // columns)
        return rows * CardDelegate.height_for(self.font()) + 2

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._fit()
        super().resizeEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._fit()
        super().changeEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        card = self._card(self.currentIndex())
        if card is not None and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.chosen.emit(card.id)
        elif card is not None and event.key() == Qt.Key.Key_F5:
            if card.button:
                self.retry_asked.emit(card.id)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        self._pressed = QPersistentModelIndex(self.indexAt(event.position().toPoint()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        place = event.position().toPoint()
        index = self.indexAt(place)
        card = self._card(index)
        if card is None or event.button() != Qt.MouseButton.LeftButton or index != self._pressed:
            return
        if card.button and self.cards.button_rect(card, self.visualRect(index), self.font()).contains(place):
            self.retry_asked.emit(card.id)
        else:
            self.chosen.emit(card.id)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        over = self.indexAt(event.position().toPoint()).isValid()
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        keyboard = event.reason() == QContextMenuEvent.Reason.Keyboard
        index = self.currentIndex() if keyboard else self.indexAt(event.pos())
        card = self._card(index)
        if card is not None:
            place = (
                self.viewport().mapToGlobal(self.visualRect(index).center())
                if keyboard
                else event.globalPos()
            )
            self.menu_asked.emit(card.id, place)

    def _card(self, index: QModelIndex) -> Card | None:
        card = index.data(ROW) if index.isValid() else None
        return card if isinstance(card, Card) else None

    def _columns(self, width: int) -> int:
        return max(1, width // _NARROWEST_PX)

    def _fit(self) -> None:
        """As many columns as fit, and cards as wide as that leaves, but no wider than they are good to read."""
        # A list in icon mode keeps room for a scroll bar, shown or not, before it wraps.
        bar_px = self.style().pixelMetric(QStyle.PixelMetric.PM_ScrollBarExtent, None, self)
        width = self.maximumViewportSize().width() - bar_px - 4
        columns = self._columns(width)
        size = QSize(min(width // columns, _WIDEST_PX), CardDelegate.height_for(self.font()))
        if size != self.gridSize():
            self.cards.size = size
            self.setGridSize(size)


def _inner(rect: QRect) -> QRect:
    return rect.adjusted(_PAD_PX, _PAD_PX - 2, -_PAD_PX - _GAP_PX, -_PAD_PX - _GAP_PX)


def _text(painter: QPainter, rect: QRect, text: str, font: QFont, ink: str, *, right: bool = False) -> int:
    """Draw one line, cut where it must be; how wide it is."""
    if not text or rect.width() <= 0:
        return 0
    painter.setFont(font)
    painter.setPen(QColor(ink))
    performance = QFontMetrics(font)
    shown = performance.elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
    side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
    painter.drawText(rect, int(side | Qt.AlignmentFlag.AlignVCenter), shown)
    return min(rect.width(), performance.horizontalAdvance(shown))
