"""Machines as a Qt table. Sorted with Python lists (a proxy model takes 1.8 s for 10,000 rows); changes become
removes, inserts and one new order, never a reset: the selection stays with its machines.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from operator import itemgetter
from typing import Any

from PySide6.QtCore import (
    QAbstractItemModel,
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)
from PySide6.QtGui import QBrush, QColor

from vmgui.model.changeset import ChangeSet
from vmgui.model.domain import Domain, DomainKey
from vmgui.model.host import Host, HostId
from vmgui.policy.plain_text import visible
from vmgui.ui.kit.plain import tip
from vmgui.ui.look.icons import icon
from vmgui.ui.look.theme import tokens
from vmgui.ui.machines.rows import Column, MachineRow, Role, name_order
from vmgui.words.states import reason_words, state_words

Index = QModelIndex | QPersistentModelIndex
MANY_RUNS = 64
"""More separate places than this: bring all rows into a new order at once."""

_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
# Only this overload tells that whole rows move: the selection then keeps one index per row instead of one per cell.
_SIGNATURE = "QList<QPersistentModelIndex>,QAbstractItemModel::LayoutChangeHint"
_VERTICAL = QAbstractItemModel.LayoutChangeHint.VerticalSortHint


class MachinesModel(QAbstractTableModel):
    """GUI thread only; columns never change."""

    def __init__(self, columns: Sequence[Column], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._columns = tuple(columns)
        self._titles = [column.title() for column in self._columns]
        self._align = [_RIGHT if column.is_number else _LEFT for column in self._columns]
        self._live = [number for number, column in enumerate(self._columns) if column.is_live]
        self._empty: list[str | None] = [None] * len(self._columns)
        self._by_key: dict[DomainKey, MachineRow] = {}
        self._by_name: list[MachineRow] = []
        self._shown: list[MachineRow] = []
        self._places: dict[DomainKey, int] | None = None
        self._sort_column = 0
        self._descending = False
        self._muted = QBrush(QColor(tokens().muted))

    @property
    def columns(self) -> tuple[Column, ...]:
        """All of them, hidden or not."""
        return self._columns

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._shown)

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row, column = self._shown[index.row()], index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            text = row.texts[column]
            if text is None:
                text = row.texts[column] = visible(self._columns[column].text(row))
            return text
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._align[column]
        if role == Qt.ItemDataRole.DecorationRole:
            make = self._columns[column].look
            look = make(row) if make is not None else None
            return icon(*look) if look is not None else None
        if role == Qt.ItemDataRole.ForegroundRole:
            return self._muted if row.is_quiet else None
        if role == Role.KEY:
            return row.key
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip(reason_words(row.domain) or self.data(index))
        if role == Qt.ItemDataRole.AccessibleTextRole and column == 0:
            return ", ".join(
                (visible(row.domain.name), state_words(row.domain.state), visible(row.host.name))
            )
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self._columns):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._titles[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._align[section]
        return None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        if not 0 <= column < len(self._columns):
            return
        self._sort_column = column
        self._descending = order == Qt.SortOrder.DescendingOrder
        self._reach(self._sorted())

    def key_at(self, row: int) -> DomainKey:
        """Whose row it is."""
        return self._shown[row].key

    def keys(self, first: int, last: int) -> list[DomainKey]:
        """The machines of these rows, both ends included; what is past the end is left out."""
        return [row.key for row in self._shown[max(0, first) : last + 1]]

    def row_of(self, key: DomainKey) -> int:
        """Where a machine stands; -1: nowhere."""
        if self._places is None:
            self._places = {row.key: place for place, row in enumerate(self._shown)}
        return self._places.get(key, -1)

    # Changes.

    def sync(self, domains: Iterable[Domain], hosts: Mapping[HostId, Host]) -> None:
        """Show exactly these machines; those that are as they were keep their rows."""
        wanted = {domain.key: domain for domain in domains}
        known = self._by_key
        self._update(
            [domain for key, domain in wanted.items() if key not in known],
            [key for key in known if key not in wanted],
            [
                domain
                for key, domain in wanted.items()
                if (row := known.get(key)) is not None and row.domain is not domain
            ],
            hosts.values(),
            hosts,
        )

    def apply(self, change: ChangeSet, hosts: Mapping[HostId, Host]) -> None:
        """Show what changed; the caller leaves out what is not to be shown here."""
        self._update(change.added, change.removed, change.changed, change.hosts_changed, hosts)

    def refresh(self, keys: Iterable[DomainKey]) -> None:
        """Make the texts of these machines anew: something a column looks up has changed."""
        rows = [row for key in keys if (row := self._by_key.get(key)) is not None]
        for row in rows:
            row.texts = self._empty.copy()
        if rows and self._sort_column != 0:
            self._reach(self._sorted())
        self._emit_changed(rows)

    def refresh_all(self) -> None:
        """The same for all machines."""
        self.refresh(tuple(self._by_key))

    def refresh_live(self, first: int, last: int) -> None:
        """Make the live texts of these rows anew; what is as it was is not painted again."""
        for place in range(max(0, first), min(last, len(self._shown) - 1) + 1):
            row = self._shown[place]
            for number in self._live:
                text = self._columns[number].text(row)
                if text != row.texts[number]:
                    row.texts[number] = text
                    index = self.index(place, number)
                    self.dataChanged.emit(index, index, [Qt.ItemDataRole.DisplayRole])

    def resort_live(self) -> None:
        """Bring the rows into their order of now, if they are sorted by something that changes by itself."""
        if self._columns[self._sort_column].is_live:
            self._reach(self._sorted())

    def retranslate(self) -> None:
        """Words have changed."""
        self._titles = [column.title() for column in self._columns]
        for row in self._shown:
            row.texts = self._empty.copy()
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self._columns) - 1)
        self._emit_all()

    def retheme(self) -> None:
        """Colours have changed."""
        self._muted = QBrush(QColor(tokens().muted))
        self._emit_all()

    def _update(
        self,
        added: Iterable[Domain],
        removed: Iterable[DomainKey],
        changed: Iterable[Domain],
        hosts_changed: Iterable[Host],
        hosts: Mapping[HostId, Host],
    ) -> None:
        gone = {row for key in removed if (row := self._by_key.pop(key, None)) is not None}
        new: list[MachineRow] = []
        touched: list[MachineRow] = []
        moved = renamed = False
        sort = self._columns[self._sort_column].sort
        is_live = self._columns[self._sort_column].is_live
        for domain in (*added, *changed):
            row = self._by_key.get(domain.key)
            if row is None:
                host = hosts.get(domain.key.host_id)
                if host is not None:
                    row = MachineRow(domain, host, name_order(domain), self._empty.copy())
                    self._by_key[domain.key] = row
                    new.append(row)
                continue
            before = None if is_live else sort(row)
            if row.domain.name != domain.name:
                row.name_order = name_order(domain)
                renamed = True
            row.domain = domain
            row.texts = self._empty.copy()
            moved = moved or (not is_live and before != sort(row))
            touched.append(row)
        of_hosts = self._take_hosts(hosts_changed)
        moved = moved or bool(of_hosts)
        touched += of_hosts
        if gone:
            self._by_name = [row for row in self._by_name if row not in gone]
        if new or renamed:
            self._by_name += new
            self._by_name.sort(key=_name_order)
        if gone or new or moved or renamed:
            self._reach(self._sorted())
        self._emit_changed(touched)

    def _take_hosts(self, hosts: Iterable[Host]) -> list[MachineRow]:
        """Usage changes every 2 s and is not shown here: only a new name or state concerns the rows."""
        new: dict[HostId, Host] = {}
        seen = {host.id: host for host in hosts}
        if not seen:
            return []
        touched: list[MachineRow] = []
        for row in self._by_key.values():
            host = seen.get(row.domain.key.host_id)
            if host is None or host is row.host:
                continue
            if host.id not in new and host.state is row.host.state and host.name == row.host.name:
                seen.pop(host.id)
                if not seen:
                    break
                continue
            new[host.id] = host
            row.host = host
            row.texts = self._empty.copy()
            touched.append(row)
        return touched

    def _sorted(self) -> list[MachineRow]:
        column = self._columns[self._sort_column]
        if self._sort_column == 0:
            return self._by_name[::-1] if self._descending else self._by_name.copy()
        keyed = [(column.sort(row), row) for row in self._by_name]
        known = [pair for pair in keyed if pair[0] is not None]
        known.sort(key=itemgetter(0), reverse=self._descending)
        return [row for _, row in known] + [row for key, row in keyed if key is None]

    # From the rows that are shown to those that shall be.

    def _reach(self, wanted: list[MachineRow]) -> None:
        keep, had = set(wanted), set(self._shown)
        gone = _runs(self._shown, lambda row: row not in keep)
        if len(gone) > MANY_RUNS:
            kept = [row for row in self._shown if row in keep]
            self._reorder(kept + [row for row in self._shown if row not in keep])
            gone = [(len(kept), len(self._shown) - 1)]
        for first, last in reversed(gone):
            self.beginRemoveRows(QModelIndex(), first, last)
            del self._shown[first : last + 1]
            self._places = None
            self.endRemoveRows()
        common = [row for row in wanted if row in had]
        if common != self._shown:
            self._reorder(common)
        new = _runs(wanted, lambda row: row not in had)
        if len(new) > MANY_RUNS:
            rows = [row for row in wanted if row not in had]
            self._insert(len(self._shown), rows)
            self._reorder(wanted)
            return
        for first, last in new:
            self._insert(first, wanted[first : last + 1])

    def _insert(self, at: int, rows: list[MachineRow]) -> None:
        self.beginInsertRows(QModelIndex(), at, at + len(rows) - 1)
        self._shown[at:at] = rows
        self._places = None
        self.endInsertRows()

    def _reorder(self, rows: list[MachineRow]) -> None:
        self.layoutAboutToBeChanged[_SIGNATURE].emit([], _VERTICAL)  # pyright: ignore[reportIndexIssue]
        before = self._shown
        self._shown = rows
        self._places = None
        old = self.persistentIndexList()
        if old:
            new = [self.index(self.row_of(before[index.row()].key), index.column()) for index in old]
            self.changePersistentIndexList(old, new)
        self.layoutChanged[_SIGNATURE].emit([], _VERTICAL)  # pyright: ignore[reportIndexIssue]

    def _emit_changed(self, rows: Sequence[MachineRow]) -> None:
        """One wide range: a view paints only what is on screen of it."""
        places = [place for row in rows if (place := self.row_of(row.key)) >= 0]
        if places:
            self.dataChanged.emit(self.index(min(places), 0), self.index(max(places), len(self._columns) - 1))

    def _emit_all(self) -> None:
        if self._shown:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._shown) - 1, len(self._columns) - 1))


def _name_order(row: MachineRow) -> Any:
    return row.name_order


def _runs(rows: Sequence[MachineRow], chosen: Callable[[MachineRow], bool]) -> list[tuple[int, int]]:
    """First and last place of each unbroken run of chosen rows."""
    runs: list[tuple[int, int]] = []
    start = -1
    for place, row in enumerate(rows):
        if chosen(row):
            if start < 0:
                start = place
        elif start >= 0:
            runs.append((start, place - 1))
            start = -1
    if start >= 0:
        runs.append((start, len(rows) - 1))
    return runs
