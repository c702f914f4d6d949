"""How a step of a wizard is painted in the list of steps: a mark, its title and, smaller beneath it, its value."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPalette
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem

from vmgui.ui.look.icons import IconRole, paint_icon
from vmgui.ui.look.theme import scaled

_ICON_PX = 18
_PAD_PX = 12
_WIDTH_PX = 160


def step_size(font: QFont) -> QSize:
    """What a step needs in this font: it follows when the desktop's font changes."""
    height = QFontMetrics(font).height() + QFontMetrics(_caption(font)).height()
    return QSize(_WIDTH_PX, height + 2 * _PAD_PX - 4)


def paint_step(
    painter: QPainter, option: QStyleOptionViewItem, title: str, value: str, mark: tuple[str, IconRole]
) -> None:
    """Paint a row of the list; `mark` is an icon's name and colour."""
    widget = option.widget
    widget.style().drawPrimitive(QStyle.PrimitiveElement.PE_PanelItemViewItem, option, painter, widget)
    selected = bool(option.state & QStyle.StateFlag.State_Selected)
    painter.save()
    inner = option.rect.adjusted(_PAD_PX, 0, -_PAD_PX, 0)
    place = QRect(inner.left(), inner.center().y() - _ICON_PX // 2, _ICON_PX, _ICON_PX)
    paint_icon(painter, *mark, place)

    room = inner.adjusted(_ICON_PX + _PAD_PX, 0, 0, 0)
    title_font = QFont(option.font)
    title_font.setWeight(QFont.Weight.DemiBold if selected else QFont.Weight.Normal)
    ink = QPalette.ColorRole.HighlightedText if selected else QPalette.ColorRole.Text
    lines = [(title, title_font, ink)]
    if value:
        lines.append((value, _caption(option.font), QPalette.ColorRole.PlaceholderText))
    heights = [QFontMetrics(font).height() for _, font, _ in lines]
    top = room.center().y() - sum(heights) // 2
    for (text, font, role), height in zip(lines, heights, strict=True):
        painter.setPen(option.palette.color(role))
        painter.setFont(font)
        painter.drawText(
            QRect(room.left(), top, room.width(), height),
            int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter),
            QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, room.width()),
        )
        top += height
    painter.restore()


def _caption(font: QFont) -> QFont:
    return scaled(font, 0.85)
