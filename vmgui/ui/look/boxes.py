"""Layouts in one expression: widgets and layouts side by side, or one below the other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QLayout, QVBoxLayout, QWidget

from vmgui.ui.look.theme import SPACE

Box = TypeVar("Box", bound=QBoxLayout)
Margins = tuple[int, int, int, int]
_ALL_ITS_ROOM = Qt.AlignmentFlag(0)


@dataclass(frozen=True, slots=True)
class Cell:
    """An item that takes a share of the room that is left, or stands at an edge of its own room."""

    item: QWidget | QLayout
    stretch: int = 0
    align: Qt.AlignmentFlag = _ALL_ITS_ROOM


Item = QWidget | QLayout | Cell | int
"""A number is empty room that takes this share of what is left."""


def fill(box: Box, *items: Item, space: int = SPACE, around: Margins = (0, 0, 0, 0)) -> Box:
    """Put the items into the layout; `space` between them and `around` them in pixels."""
    box.setContentsMargins(*around)
    box.setSpacing(space)
    for item in items:
        if isinstance(item, int):
            box.addStretch(item)
            continue
        cell = item if isinstance(item, Cell) else Cell(item)
        if isinstance(cell.item, QWidget):
            box.addWidget(cell.item, cell.stretch, cell.align)
        else:
            box.addLayout(cell.item, cell.stretch)
    return box


def across(*items: Item, space: int = SPACE, around: Margins = (0, 0, 0, 0)) -> QHBoxLayout:
    """The items side by side."""
    return fill(QHBoxLayout(), *items, space=space, around=around)


def down(*items: Item, space: int = SPACE, around: Margins = (0, 0, 0, 0)) -> QVBoxLayout:
    """The items one below the other."""
    return fill(QVBoxLayout(), *items, space=space, around=around)


class Line(QFrame):
    """A thin line between parts of a window: beneath each other, or side by side (`upright`)."""

    def __init__(self, parent: QWidget | None = None, *, upright: bool = False) -> None:
        super().__init__(parent)
        self.setProperty("line", True)
        (self.setFixedWidth if upright else self.setFixedHeight)(1)
