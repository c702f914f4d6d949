"""Lists a person reads and clicks: rows with some air, a thin line around them."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize, Qt
from PySide6.QtWidgets import (
    QFrame,
    QStackedLayout,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from vmgui.ui.look.plain import Label
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


class CardOrWords(QStackedLayout):
    """A list or table in its card; while there is nothing in it, in its place a sentence that says why."""

    def __init__(self, view: QWidget) -> None:
        super().__init__()
        self._words = Label()
        self._words.setWordWrap(True)
        self._words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.addWidget(carded(view))
        self.addWidget(self._words)

    def show_card(self) -> None:
        """There is something in it."""
        self.setCurrentIndex(0)

    def show_words(self, text: str) -> None:
        """There is nothing, and why."""
        self._words.setText(text)
        self.setCurrentWidget(self._words)
