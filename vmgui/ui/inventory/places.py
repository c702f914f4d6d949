"""The shape of the inventory: how many groups there are and how many rows each, kept by Qt's own model.

The view asks a model for every row's index and flags each time rows come or go. Answered in Python that is 35 ms
for 10,000 rows, at every letter of a filter; Qt's model answers by itself in 1 ms. It holds no item for a machine,
only their number: what stands where is in our lists, and `data` is asked for the rows on screen alone.

While rows come or go the lists change between Qt's two signals: what is still there, or not yet, is what a
listener to the first one sees.
"""

from __future__ import annotations

from collections.abc import Generator, Sequence
from contextlib import contextmanager

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QStandardItem, QStandardItemModel

from vmgui.ui.inventory.groups import GroupRow
from vmgui.ui.inventory.rows import DomainRow

Index = QModelIndex | QPersistentModelIndex
_ORDER_ROLE = Qt.ItemDataRole.UserRole + 100


class Places(QStandardItemModel):
    """Groups and rows by place; who inherits decides which."""

    def __init__(self, parent: QObject | None) -> None:
        super().__init__(parent)
        self.setColumnCount(1)
        self._shown_groups: list[GroupRow] = []
        self._arriving_groups: Sequence[GroupRow] = ()
        self._arriving_rows: Sequence[DomainRow] = ()
        # Before any view: the lists are true when others hear of it.
        self.rowsInserted.connect(self._on_inserted)
        self.rowsRemoved.connect(self._on_removed)

    def row_at(self, index: Index) -> DomainRow | GroupRow | None:
        """What stands there; None: nothing does (any more)."""
        if not index.isValid():
            return None
        at, parent = index.row(), index.parent()
        if not parent.isValid():
            return self._shown_groups[at] if at < len(self._shown_groups) else None
        rows = self._shown_groups[parent.row()].shown
        return rows[at] if at < len(rows) else None

    def place_of(self, group: GroupRow) -> QModelIndex:
        """Where a group stands now; invalid: it is not shown."""
        return self.index(group.at, 0) if group.at >= 0 else QModelIndex()

    def _place_in(self, group: GroupRow, at: int) -> QModelIndex:
        return self.index(at, 0, self.place_of(group))

    def _insert_groups(self, first: int, groups: Sequence[GroupRow]) -> None:
        """With the rows they show."""
        items: list[QStandardItem] = []
        for group in groups:
            item = QStandardItem()
            item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
            item.setColumnCount(1)
            item.setRowCount(len(group.shown))
            items.append(item)
        self._arriving_groups = groups
        self.invisibleRootItem().insertRows(first, items)

    def _remove_groups(self, first: int, last: int) -> None:
        self.removeRows(first, last - first + 1)

    def _order_groups(self, groups: list[GroupRow]) -> None:
        """The same groups in another order; Qt's sorting takes along what is selected and open."""
        if groups == self._shown_groups:
            return
        for at, group in enumerate(groups):
            self.item(group.at, 0).setData(at, _ORDER_ROLE)
        self._shown_groups[:] = groups
        self._number_groups()
        self.setSortRole(_ORDER_ROLE)
        self.sort(0)

    def _insert_rows(self, group: GroupRow, first: int, rows: Sequence[DomainRow]) -> None:
        self._arriving_rows = rows
        self.insertRows(first, len(rows), self.place_of(group))

    def _remove_rows(self, group: GroupRow, first: int, last: int) -> None:
        self.removeRows(first, last - first + 1, self.place_of(group))

    @contextmanager
    def _rearranging(self) -> Generator[None]:
        """Rows change places within their groups; what is selected stays so."""
        self.layoutAboutToBeChanged.emit()
        before = self.persistentIndexList()
        rows = [self.row_at(index) for index in before]
        yield
        after = [
            self._place_in(row.group, self.position_of(row)) if isinstance(row, DomainRow) else index
            for index, row in zip(before, rows, strict=True)
        ]
        self.changePersistentIndexList(before, after)
        self.layoutChanged.emit()

    def position_of(self, row: DomainRow) -> int:
        """Where a row stands within its group; -1: it is filtered out."""
        raise NotImplementedError

    def _on_inserted(self, parent: QModelIndex, first: int, _last: int) -> None:
        if parent.isValid():
            self._shown_groups[parent.row()].shown[first:first] = self._arriving_rows
            self._arriving_rows = ()
        else:
            self._shown_groups[first:first] = self._arriving_groups
            self._arriving_groups = ()
            self._number_groups()

    def _on_removed(self, parent: QModelIndex, first: int, last: int) -> None:
        if parent.isValid():
            del self._shown_groups[parent.row()].shown[first : last + 1]
            return
        for group in self._shown_groups[first : last + 1]:
            group.at = -1
        del self._shown_groups[first : last + 1]
        self._number_groups()

    def _number_groups(self) -> None:
        for at, group in enumerate(self._shown_groups):
            group.at = at
