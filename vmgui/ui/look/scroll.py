"""A place that scrolls what has no room in it, without a frame of its own."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget


class Scroll(QScrollArea):
    """As wide as its place at least; `sideways`: what is wider is scrolled, too."""

    def __init__(self, inside: QWidget, parent: QWidget | None = None, *, sideways: bool = False) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        if not sideways:
            self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidget(inside)


def is_for_the_place(field: QWidget, event: QWheelEvent) -> bool:
    """Whether the wheel scrolls what the field stands in: it changes only a field that has the keyboard."""
    if field.hasFocus():
        return False
    event.ignore()
    return True
