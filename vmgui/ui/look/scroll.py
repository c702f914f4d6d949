"""A place that scrolls what has no room in it, without a frame of its own."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

_BEGINNING_PX = 280


class Scroll(QScrollArea):
    """As wide as its place at least; `sideways`: what is wider is scrolled, too."""

    def __init__(self, inside: QWidget, parent: QWidget | None = None, *, sideways: bool = False) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        if not sideways:
            self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidget(inside)
        self._follows = False
        self.verticalScrollBar().rangeChanged.connect(self._on_range)

    @Slot()
    def follow_keyboard(self) -> None:
        """What has the keyboard has just folded or unfolded something: once that has its room, it is scrolled so that
        the beginning of it is seen. At the lower end nothing would seem to have happened."""
        self._follows = True

    @Slot(int, int)
    def _on_range(self, _least: int, _most: int) -> None:
        inside, focused = self.widget(), self.window().focusWidget()
        if not self._follows or inside is None or focused is None:
            return
        if inside.isAncestorOf(focused):
            self._follows = False
            below_px = min(_BEGINNING_PX, self.viewport().height() // 2)
            self.ensureVisible(0, focused.mapTo(inside, focused.rect().bottomLeft()).y(), 0, below_px)


def is_for_the_place(field: QWidget, event: QWheelEvent) -> bool:
    """Whether the wheel scrolls what the field stands in: it changes only a field that has the keyboard."""
    if field.hasFocus():
        return False
    event.ignore()
    return True
