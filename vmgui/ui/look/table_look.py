"""How every table looks: rows without a grid, figures of equal width, scrolled by the pixel; where its menu opens."""

from __future__ import annotations

from PySide6.QtCore import QPoint
from PySide6.QtGui import QContextMenuEvent, QFontMetrics
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from vmgui.ui.look.theme import tabular


def dress_table(view: QTableView, *, dense: bool) -> None:
    """`dense`: many rows on a screen."""
    view.setFont(tabular(view.font()))
    view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    view.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    view.setShowGrid(False)
    view.setWordWrap(False)
    view.setCornerButtonEnabled(False)
    rows, line_px = view.verticalHeader(), QFontMetrics(view.font()).height()
    rows.setVisible(False)
    rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
    rows.setDefaultSectionSize(line_px + 10 if dense else round(line_px * 1.9))
    header = view.horizontalHeader()
    header.setHighlightSections(False)
    header.setMinimumSectionSize(40)


def menu_place(view: QAbstractItemView, event: QContextMenuEvent) -> QPoint:
    """Where on the screen a menu opens: under the pointer, or on the current row where a key asked for it."""
    if event.reason() != QContextMenuEvent.Reason.Keyboard:
        return event.globalPos()
    rect = view.visualRect(view.currentIndex())
    return view.viewport().mapToGlobal(rect.center() if rect.isValid() else QPoint(20, 20))
