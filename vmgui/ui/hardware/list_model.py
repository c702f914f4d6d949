"""The list of hardware as a model: rows, and titles of groups that cannot be chosen."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from vmgui.ui.hardware.items import MARKS, Item, groups
from vmgui.ui.look.icons import IconRole, icon
from vmgui.ui.look.plain import tip

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


class Role(IntEnum):
    """`ROW`: an Item, or the title of a group."""

    ROW = Qt.ItemDataRole.UserRole + 1


class HardwareListModel(QAbstractListModel):
    """Where rows come and go only those do: what is chosen stays so."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[str | Item] = []

    def show_items(self, items: Sequence[Item]) -> None:
        """Have these rows."""
        wanted = [*groups(items)]
        self._remove_others({_id(row) for row in wanted})
        if [_id(row) for row in wanted if _id(row) in {_id(row) for row in self._rows}] != [
            _id(row) for row in self._rows
        ]:
            self.beginResetModel()
            self._rows = wanted
            self.endResetModel()
            return
        for number, row in enumerate(wanted):
            if number >= len(self._rows) or _id(self._rows[number]) != _id(row):
                self.beginInsertRows(QModelIndex(), number, number)
                self._rows.insert(number, row)
                self.endInsertRows()
            elif self._rows[number] != row:
                self._rows[number] = row
                at = self.index(number)
                self.dataChanged.emit(at, at)

    def _remove_others(self, wanted: set[str]) -> None:
        for number in reversed(range(len(self._rows))):
            if _id(self._rows[number]) not in wanted:
                self.beginRemoveRows(QModelIndex(), number, number)
                del self._rows[number]
                self.endRemoveRows()

    @property
    def items(self) -> list[Item]:
        """All but the groups' titles."""
        return [row for row in self._rows if isinstance(row, Item)]

    def place_of(self, id_: str) -> int:
        """The row's number; -1: there is none."""
        return next((n for n, row in enumerate(self._rows) if isinstance(row, Item) and row.id == id_), -1)

    def item(self, number: int) -> Item | None:
        """What stands there; None: nothing that could be chosen."""
        row = self._rows[number] if 0 <= number < len(self._rows) else None
        return row if isinstance(row, Item) else None

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid() or self.item(index.row()) is None:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        match role:
            case Role.ROW:
                return row
            case Qt.ItemDataRole.DisplayRole:
                return row.words if isinstance(row, Item) else row
            case Qt.ItemDataRole.DecorationRole if isinstance(row, Item):
                return icon(row.icon, IconRole.MUTED)
            case Qt.ItemDataRole.AccessibleTextRole:
                return row.all_words if isinstance(row, Item) else row
            case Qt.ItemDataRole.ToolTipRole if isinstance(row, Item):
                mark = str(MARKS[row.mark]) if row.mark is not None else ""
                return tip("\n".join(filter(None, (row.spoken or row.words, row.state, mark))))
            case _:
                return None


def _id(row: str | Item) -> str:
    return row.id if isinstance(row, Item) else f"group:{row}"
