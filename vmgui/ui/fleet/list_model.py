"""A short list that is made anew every second: only lines that differ are told of, and a selected one stays so."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from vmgui.ui.fleet.cards import Card, Role
from vmgui.ui.fleet.rows import Line
from vmgui.ui.kit.plain import tip

Index = QModelIndex | QPersistentModelIndex
Item = Card | Line


class ListModel(QAbstractListModel):
    """Items with an id that tells them apart; GUI thread only."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._items: list[Item] = []

    @property
    def items(self) -> tuple[Item, ...]:
        """What is shown."""
        return tuple(self._items)

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._items)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        item = self._items[index.row()]
        if role == Role.ROW:
            return item
        if role == Role.GOAL:
            return item.goal
        if role == Qt.ItemDataRole.DisplayRole:
            return item.name
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return item.sentence
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip(item.sentence)
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid() or self._items[index.row()].goal is None:
            return Qt.ItemFlag.ItemIsEnabled if index.isValid() else Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren

    def set_items(self, items: Sequence[Item]) -> None:
        """Show these. What stays keeps its index, and so its selection; only what differs is painted again."""
        wanted = {item.id for item in items}
        for row in range(len(self._items) - 1, -1, -1):
            if self._items[row].id not in wanted:
                self.beginRemoveRows(QModelIndex(), row, row)
                del self._items[row]
                self.endRemoveRows()
        kept = {item.id for item in self._items}
        new = [item for item in items if item.id not in kept]
        if new:
            first = len(self._items)
            self.beginInsertRows(QModelIndex(), first, first + len(new) - 1)
            self._items += new
            self.endInsertRows()
        if [item.id for item in items] != [item.id for item in self._items]:
            self._reorder(items)
        changed = [row for row, item in enumerate(items) if item != self._items[row]]
        self._items = list(items)
        for row in changed:
            index = self.index(row, 0)
            self.dataChanged.emit(index, index)

    def _reorder(self, items: Sequence[Item]) -> None:
        self.layoutAboutToBeChanged.emit()
        old = self.persistentIndexList()
        ids = [self._items[index.row()].id for index in old]
        by_id = {item.id: item for item in self._items}
        self._items = [by_id[item.id] for item in items]
        places = {item.id: row for row, item in enumerate(items)}
        self.changePersistentIndexList(old, [self.index(places[one], 0) for one in ids])
        self.layoutChanged.emit()
