"""The shape of the inventory: how many groups there are and how many rows each, kept by Qt's own model.

The view asks a model for every row's index and flags each time rows come or go. Answered in Python that is 35 ms
for 10,000 rows, at every letter of a filter; Qt's model answers by itself in 1 ms. It holds no item for a machine,
only their number: what stands where is in our lists, and `data` is asked for the rows on screen alone.

While rows come or go the lists change between Qt's two signals: what is still there, or not yet, is what a
listener to the first one sees.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Generator, Iterable, Sequence
from contextlib import contextmanager
from operator import attrgetter

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QStandardItem, QStandardItemModel

from vmgui.ui.inventory.groups import GroupRow
from vmgui.ui.inventory.ranges import MANY_RUNS, steps
from vmgui.ui.inventory.rows import DomainRow

ORDER = attrgetter("order")
Index = QModelIndex | QPersistentModelIndex
_ORDER_ROLE = Qt.ItemDataRole.UserRole + 100


class Places(QStandardItemModel):
    """Groups and rows by place. Which those are, and what is painted of each, is decided by the model made of it."""

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

    def position_of(self, row: DomainRow) -> int:
        """Where a row stands within its group; -1: it is filtered out."""
        shown = row.group.shown
        at = bisect_left(shown, row.order, key=ORDER)
        return at if at < len(shown) and shown[at] is row else -1

    def _show(self, group: GroupRow, wanted: list[DomainRow], at_most: int = MANY_RUNS) -> None:
        """Show just these rows of a group, in as few steps as possible, in two if they were more than `at_most`."""
        if group.at < 0:
            group.shown = wanted
            return
        if group.shown == wanted:
            return
        removed, added = steps(group.shown, wanted, at_most)
        for first, last in reversed(removed):
            self.removeRows(first, last - first + 1, self.place_of(group))
        for first, last in added:
            self._arriving_rows = wanted[first : last + 1]
            self.insertRows(first, last - first + 1, self.place_of(group))

    def _show_groups(self, wanted: list[GroupRow]) -> None:
        """Show just these groups, each with its rows."""
        if wanted == self._shown_groups:
            return
        removed, added = steps(self._shown_groups, wanted)
        for first, last in reversed(removed):
            self._remove_groups(first, last)
        for first, last in added:
            self._insert_groups(first, wanted[first : last + 1])

    def _emit_group(self, group: GroupRow) -> None:
        index = self.place_of(group)
        if index.isValid():
            self.dataChanged.emit(index, index)

    def _emit_changed(self, rows: Iterable[DomainRow]) -> None:
        """One wide range per group: 1.7 ms against 69 ms for 10,000 single ones."""
        by_group: dict[GroupRow, list[DomainRow]] = {}
        for row in rows:
            by_group.setdefault(row.group, []).append(row)
        for group, changed in by_group.items():
            if group.at < 0:
                continue
            first = bisect_left(group.shown, min(map(ORDER, changed)), key=ORDER)
            last = bisect_right(group.shown, max(map(ORDER, changed)), key=ORDER) - 1
            if first <= last:
                self.dataChanged.emit(self._place_in(group, first), self._place_in(group, last))

    def _place_in(self, group: GroupRow, at: int) -> QModelIndex:
        return self.index(at, 0, self.place_of(group))

    def _insert_groups(self, first: int, groups: Sequence[GroupRow]) -> None:
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
