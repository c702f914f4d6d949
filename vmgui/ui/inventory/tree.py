"""The tree's view: keys, menus, and which machines are on screen."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QTreeView, QWidget

from vmgui.model.domain import DomainKey
from vmgui.ui.inventory.rows import Role
from vmgui.ui.look.table_look import menu_place


class InventoryTree(QTreeView):
    """The tree; tells what keys and menus ask for."""

    menu_asked = Signal(QPoint)
    open_asked = Signal()
    shown_rows_changed = Signal()
    key_pressed = Signal()  # before a shortcut is looked for

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("inventory-tree")
        self.setHeaderHidden(True)
        self.setUniformRowHeights(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setIndentation(14)
        self.setExpandsOnDoubleClick(False)
        self.setMouseTracking(True)
        self.doubleClicked.connect(self._on_double_clicked)
        self.verticalScrollBar().valueChanged.connect(self._on_moved)
        self.expanded.connect(self._on_moved)
        self.collapsed.connect(self._on_moved)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride:
            self.key_pressed.emit()
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self._open(self.currentIndex())
            return
        super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.menu_asked.emit(menu_place(self, event))

    def resizeEvent(self, event: object) -> None:
        super().resizeEvent(event)  # type: ignore[arg-type]
        self.shown_rows_changed.emit()

    def visible_keys(self) -> list[DomainKey]:
        """The machines whose rows are on screen now."""
        keys: list[DomainKey] = []
        index = self.indexAt(QPoint(10, 1))
        bottom = self.viewport().height()
        while index.isValid() and self.visualRect(index).top() < bottom:
            key = index.data(Role.KEY)
            if isinstance(key, DomainKey):
                keys.append(key)
            index = self.indexBelow(index)
        return keys

    def _on_double_clicked(self, index: QModelIndex) -> None:
        self._open(index)

    def _open(self, index: QModelIndex) -> None:
        if not index.isValid():
            return
        if index.parent().isValid():
            self.open_asked.emit()
        else:
            self.setExpanded(index, not self.isExpanded(index))

    def _on_moved(self, _value: object) -> None:
        self.shown_rows_changed.emit()
