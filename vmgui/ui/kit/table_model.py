"""Rows of any type as a Qt table or list, by columns that are data.

Sorted with Python lists (a proxy model takes 1.8 s for 10,000 rows). Changes become removes, inserts and one new
order, never a reset: the selection stays with its rows. Texts are made when they are first looked at, and kept.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterable, Sequence
from operator import attrgetter, itemgetter
from typing import Any, Generic

from PySide6.QtCore import (
    QAbstractItemModel,
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)
from PySide6.QtGui import QColor

from vmgui.policy.plain_text import visible
from vmgui.ui.kit.column import Column, Row
from vmgui.ui.look.icons import icon
from vmgui.ui.look.plain import tip
from vmgui.ui.look.theme import tokens
from vmgui.words.say import Say

Index = QModelIndex | QPersistentModelIndex
ROW = Qt.ItemDataRole.UserRole
"""The row itself, as it was given."""
MANY_RUNS = 64
"""More separate places than this: bring all rows into a new order at once."""

_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
# Only this overload tells that whole rows move: the selection then keeps one index per row instead of one per cell.
_SIGNATURE = "QList<QPersistentModelIndex>,QAbstractItemModel::LayoutChangeHint"
_VERTICAL = QAbstractItemModel.LayoutChangeHint.VerticalSortHint


class _Entry(Generic[Row]):
    __slots__ = ("key", "order", "place", "row", "texts")

    def __init__(self, key: Hashable, row: Row, order: Any) -> None:
        self.key = key
        self.row = row
        self.order = order
        self.texts: list[str] | None = None
        self.place = -1


class TableModel(QAbstractTableModel, Generic[Row]):
    """GUI thread only. Rows are values: one that is equal to what is shown changes nothing."""

    def __init__(
        self,
        columns: Sequence[Column[Row]],
        key: Callable[[Row], Hashable],
        *,
        order: Callable[[Row], Any] | None = None,
        tip: Callable[[Row], str] | None = None,
        aloud: Callable[[Row], str] | None = None,
        is_quiet: Callable[[Row], bool] | None = None,
        parent: QObject | None = None,
    ) -> None:
        """`key` tells rows apart; `order`: how they stand where no column orders them (None: as they are given).

        `tip`: what a row's tool tip says instead of the cell's text, if anything; `aloud`: what a screen reader says
        of a row (else all its texts); `is_quiet`: painted in a soft colour.
        """
        super().__init__(parent)
        self.columns = tuple(columns)
        self._key, self._order = key, order
        self._tip, self._aloud, self._is_quiet = tip, aloud, is_quiet
        self._align = [_RIGHT if column.is_number else _LEFT for column in columns]
        self._entries: dict[Hashable, _Entry[Row]] = {}
        self._ordered: list[_Entry[Row]] = []  # all of them as `order` says
        self._shown: list[_Entry[Row]] = []  # the same as the chosen column says
        self._is_numbered = True  # every shown entry knows its place
        self._sort: Callable[[Row], Any] | None = None  # of the chosen column
        self._is_live = False
        self._descending = False

    @property
    def rows(self) -> list[Row]:
        """All, as they are shown."""
        return [entry.row for entry in self._shown]

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._shown)

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        entry, number = self._shown[index.row()], index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return (entry.texts or self._made(entry))[number]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._align[number]
        if role == Qt.ItemDataRole.DecorationRole:
            look = make(entry.row) if (make := self.columns[number].icon) is not None else None
            return icon(*look) if look is not None else None
        if role == Qt.ItemDataRole.ForegroundRole:
            is_quiet = self._is_quiet is not None and self._is_quiet(entry.row)
            return QColor(tokens().muted) if is_quiet else None
        if role == ROW:
            return entry.row
        if role == Qt.ItemDataRole.ToolTipRole:
            text = self._tip(entry.row) if self._tip is not None else ""
            return tip(text or self._made(entry)[number])
        if role == Qt.ItemDataRole.AccessibleTextRole and number == 0:
            return self._aloud(entry.row) if self._aloud else ", ".join(filter(None, self._made(entry)))
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return str(self.columns[section].title)
        return self._align[section] if role == Qt.ItemDataRole.TextAlignmentRole else None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        if 0 <= column < len(self.columns):
            self._sort, self._is_live = self.columns[column].sort, self.columns[column].is_live
            self._descending = order == Qt.SortOrder.DescendingOrder
            self._reach(self._sorted())

    def number(self, column_id: str) -> int:
        """Which column that is."""
        return [column.id for column in self.columns].index(column_id)

    def row_of(self, key: Hashable) -> int:
        """Where a row stands; -1: nowhere."""
        entry = self._entries.get(key)
        return -1 if entry is None else self._place(entry)

    # Changes.

    def show(self, rows: Iterable[Row]) -> None:
        """Exactly these; those that are as they were keep their texts, and all that stay their selection."""
        wanted = {self._key(row): row for row in rows}
        # Sets and dicts know the hashes of what they have: with 10,000 machines 3 ms less.
        self._change(wanted, set(self._entries).difference(wanted), given=self._order is None)

    def change(self, rows: Iterable[Row] = (), removed: Iterable[Hashable] = ()) -> None:
        """These are new or stand in place of those with their keys; no more those with the keys in `removed`."""
        self._change({self._key(row): row for row in rows}, removed, given=False)

    def refresh(self, keys: Iterable[Hashable] | None = None) -> None:
        """Make the texts of these (None: all) anew: something that columns look up has changed."""
        if keys is None:
            entries = self._shown.copy()
        else:
            entries = [entry for key in keys if (entry := self._entries.get(key)) is not None]
        for entry in entries:
            entry.texts = None
        if entries and self._sort is not None and self._sort is not self._order:
            self._reach(self._sorted())
        self._emit_changed(entries)

    def refresh_live(self, first: int, last: int) -> None:
        """Make the live texts of these rows anew; what is as it was is not painted again."""
        live = [(number, column.text) for number, column in enumerate(self.columns) if column.is_live]
        for place in range(max(0, first), min(last, len(self._shown) - 1) + 1):
            entry = self._shown[place]
            texts = entry.texts or self._made(entry)
            for number, make in live:
                text = visible(make(entry.row))
                if text != texts[number]:
                    texts[number] = text
                    index = self.index(place, number)
                    self.dataChanged.emit(index, index, [Qt.ItemDataRole.DisplayRole])

    def resort_live(self) -> None:
        """Bring the rows into their order of now, if they are sorted by something that changes by itself."""
        if self._is_live:
            self._reach(self._sorted())

    def retranslate(self) -> None:
        """Words have changed."""
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self.columns) - 1)
        for entry in self._shown:
            entry.texts = None
        self._emit_changed(self._shown)

    def _made(self, entry: _Entry[Row]) -> list[str]:
        if entry.texts is None:
            entry.texts = [visible(column.text(entry.row)) for column in self.columns]
        return entry.texts

    def _change(self, rows: dict[Hashable, Row], removed: Iterable[Hashable], *, given: bool) -> None:
        entries, order = self._entries, self._order
        sort = None if self._is_live else self._sort
        gone = {entry for key in removed if (entry := entries.pop(key, None)) is not None}
        new: list[_Entry[Row]] = []
        touched: list[_Entry[Row]] = []
        is_reordered = is_moved = False
        for key, row in rows.items():
            entry = entries.get(key)
            if entry is None:
                entries[key] = entry = _Entry(key, row, None if order is None else order(row))
                new.append(entry)
            elif entry.row != row:
                is_moved = is_moved or (sort is not None and sort(entry.row) != sort(row))
                if order is not None and (now := order(row)) != entry.order:
                    entry.order = now
                    is_reordered = True
                entry.row = row
                entry.texts = None
                touched.append(entry)
        if gone:
            self._ordered = [entry for entry in self._ordered if entry not in gone]
        self._ordered += new
        if given:
            self._ordered = [entries[key] for key in rows]
        elif order is not None and (new or is_reordered):
            self._ordered.sort(key=attrgetter("order"))
        if given or gone or new or is_reordered or is_moved:
            self._reach(self._sorted())
        self._emit_changed(touched)

    def _sorted(self) -> list[_Entry[Row]]:
        sort = self._sort
        if sort is None:
            return self._ordered.copy()
        if sort is self._order:
            return self._ordered[::-1] if self._descending else self._ordered.copy()
        keyed = [(sort(entry.row), entry) for entry in self._ordered]
        known = [pair for pair in keyed if pair[0] is not None]
        known.sort(key=itemgetter(0), reverse=self._descending)
        return [entry for _, entry in known] + [entry for key, entry in keyed if key is None]

    # From the rows that are shown to those that shall be.

    def _reach(self, wanted: list[_Entry[Row]]) -> None:
        keep, had = set(wanted), set(self._shown)
        gone = _runs(self._shown, keep)
        if len(gone) > MANY_RUNS:
            kept = [entry for entry in self._shown if entry in keep]
            self._reorder(kept + [entry for entry in self._shown if entry not in keep])
            gone = [(len(kept), len(self._shown) - 1)]
        for first, last in reversed(gone):
            self.beginRemoveRows(QModelIndex(), first, last)
            del self._shown[first : last + 1]
            self._is_numbered = False
            self.endRemoveRows()
        common = [entry for entry in wanted if entry in had]
        if common != self._shown:
            self._reorder(common)
        new = _runs(wanted, had)
        if len(new) > MANY_RUNS:
            self._insert(len(self._shown), [entry for entry in wanted if entry not in had])
            self._reorder(wanted)
            return
        for first, last in new:
            self._insert(first, wanted[first : last + 1])

    def _insert(self, at: int, entries: list[_Entry[Row]]) -> None:
        self.beginInsertRows(QModelIndex(), at, at + len(entries) - 1)
        self._shown[at:at] = entries
        self._is_numbered = False
        self.endInsertRows()

    def _reorder(self, entries: list[_Entry[Row]]) -> None:
        self.layoutAboutToBeChanged[_SIGNATURE].emit([], _VERTICAL)  # pyright: ignore[reportIndexIssue]
        before, self._shown = self._shown, entries
        self._is_numbered = False
        old = self.persistentIndexList()
        if old:
            new = [self.index(self._place(before[index.row()]), index.column()) for index in old]
            self.changePersistentIndexList(old, new)
        self.layoutChanged[_SIGNATURE].emit([], _VERTICAL)  # pyright: ignore[reportIndexIssue]

    def _place(self, entry: _Entry[Row]) -> int:
        if not self._is_numbered:
            self._is_numbered = True
            for place, one in enumerate(self._shown):
                one.place = place
        return entry.place

    def _emit_changed(self, entries: Sequence[_Entry[Row]]) -> None:
        """One wide range: a view paints only what is on screen of it."""
        if entries:
            places = [self._place(entry) for entry in entries]
            self.dataChanged.emit(self.index(min(places), 0), self.index(max(places), len(self.columns) - 1))


def list_model(
    text: Callable[[Row], str], key: Callable[[Row], Hashable], aloud: Callable[[Row], str], parent: QObject
) -> TableModel[Row]:
    """The model of a list whose rows have one text each: its tool tip says what a screen reader says."""
    return TableModel((Column("text", Say("", ""), text),), key, tip=aloud, aloud=aloud, parent=parent)


def _runs(entries: Sequence[Any], without: Collection[Any]) -> list[tuple[int, int]]:
    """First and last place of each unbroken run of what is not in `without`."""
    runs: list[tuple[int, int]] = []
    for place, entry in enumerate(entries):
        if entry not in without:
            is_next = runs and runs[-1][1] == place - 1
            runs.append((runs.pop()[0] if is_next else place, place))
    return runs
