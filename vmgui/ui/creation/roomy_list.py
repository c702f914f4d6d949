"""Lists a person reads and clicks: rows with some air, a thin line around them."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize
from PySide6.QtWidgets import QFrame, QStyledItemDelegate, QStyleOptionViewItem, QVBoxLayout, QWidget

from vmgui.ui.look.theme import SPACE_S

AIR_PX = 8


class RoomyDelegate(QStyledItemDelegate):
    """Like the style's own rows, only higher."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return super().sizeHint(option, index) + QSize(0, AIR_PX)


def carded(view: QWidget) -> QFrame:
    """A list or table within a thin rounded line."""
    card = QFrame()
    card.setProperty("card", True)
    layout = QVBoxLayout(card)
    layout.setContentsMargins(SPACE_S, SPACE_S, SPACE_S, SPACE_S)
    layout.addWidget(view)
    return card
