"""The log as a table: newest first, older pages are asked for when somebody scrolls to them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from vmgui.model.journal import JournalEntry
from vmgui.policy.plain_text import visible
from vmgui.ui.journal.look import entry_look
from vmgui.ui.kit.plain import tip
from vmgui.ui.look.icons import icon
from vmgui.words import journal as journal_words
from vmgui.words import quantities as fmt
from vmgui.words.journal_events import EventWords

Index = QModelIndex | QPersistentModelIndex


class Column(IntEnum):
    """What is told of an entry."""

    TIME = 0
    WHAT = 1
    RESULT = 2
    NAME = 3
    HOST = 4
    WHO = 5
    TOOK = 6


class JournalModel(QAbstractTableModel):
    """Fed with entries; GUI thread only. `more_asked`: somebody has reached the end of what is loaded."""

    more_asked = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.events = EventWords()
        self._entries: list[JournalEntry] = []
        self._texts: list[tuple[str, ...]] = []
        self._has_more = False
        self._asked_before: int | None = None  # the oldest entry when more was asked for

    @property
    def entries(self) -> Sequence[JournalEntry]:
        """What is loaded, newest first."""
        return self._entries

    @property
    def has_more(self) -> bool:
        """Whether there are older ones that are not loaded."""
        return self._has_more

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._entries)

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(Column)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row, column = index.row(), index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return self._texts[row][column]
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip(self._texts[row][column])
        if role == Qt.ItemDataRole.DecorationRole and column == Column.WHAT:
            name, tint = entry_look(self._entries[row])
            return icon(name, tint)
        if role == Qt.ItemDataRole.AccessibleTextRole and column == Column.TIME:
            return ", ".join(text for text in self._texts[row] if text)
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation != Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        return (
            self.tr("Time"),
            self.tr("What"),
            self.tr("Result"),
            self.tr("Name"),
            self.tr("Host"),
            self.tr("Who"),
            self.tr("Took"),
        )[section]

    def canFetchMore(self, parent: Index) -> bool:
        return not parent.isValid() and self._has_more and self._oldest not in (None, self._asked_before)

    def fetchMore(self, parent: Index) -> None:
        if self.canFetchMore(parent):
            self._asked_before = self._oldest
            self.more_asked.emit()

    def entry_at(self, row: int) -> JournalEntry | None:
        """The entry in that row."""
        return self._entries[row] if 0 <= row < len(self._entries) else None

    def show_page(self, entries: Sequence[JournalEntry], *, has_more: bool) -> None:
        """These and nothing else."""
        self.beginResetModel()
        self._entries = list(entries)
        self._texts = [self._row(entry) for entry in entries]
        self._has_more = has_more
        self._asked_before = None
        self.endResetModel()

    def append_page(self, before_id: int, entries: Sequence[JournalEntry], *, has_more: bool) -> None:
        """Those older than `before_id`; dropped if that is not the oldest any more, for it would leave a hole."""
        if self._oldest != before_id:
            return
        self._has_more = has_more
        if entries:
            first = len(self._entries)
            self.beginInsertRows(QModelIndex(), first, first + len(entries) - 1)
            self._entries += entries
            self._texts += [self._row(entry) for entry in entries]
            self.endInsertRows()

    def prepend(self, entries: Sequence[JournalEntry]) -> None:
        """Newer ones, newest first."""
        if entries:
            self.beginInsertRows(QModelIndex(), 0, len(entries) - 1)
            self._entries[0:0] = entries
            self._texts[0:0] = [self._row(entry) for entry in entries]
            self.endInsertRows()

    def update(self, ids: Iterable[int], found: Sequence[JournalEntry]) -> None:
        """Entries of these ids changed; `found` are those among them that the filter lets through now."""
        matching = {entry.id: entry for entry in found}
        for entry_id in sorted(set(ids), reverse=True):
            # Newest first: ids fall.
            row = bisect_left(self._entries, -entry_id, key=_falling)
            is_here = row < len(self._entries) and self._entries[row].id == entry_id
            entry = matching.get(entry_id)
            if is_here and entry is not None:
                self._entries[row] = entry
                self._texts[row] = self._row(entry)
                self.dataChanged.emit(self.index(row, 0), self.index(row, len(Column) - 1))
            elif is_here:
                self.beginRemoveRows(QModelIndex(), row, row)
                del self._entries[row]
                del self._texts[row]
                self.endRemoveRows()
            elif entry is not None and (row < len(self._entries) or not self._has_more):
                self.beginInsertRows(QModelIndex(), row, row)
                self._entries.insert(row, entry)
                self._texts.insert(row, self._row(entry))
                self.endInsertRows()

    def keep_newest(self, count: int) -> None:
        """Forget what is loaded beyond so many; it can be loaded again."""
        if len(self._entries) > count:
            self.beginRemoveRows(QModelIndex(), count, len(self._entries) - 1)
            del self._entries[count:]
            del self._texts[count:]
            self._has_more = True
            self.endRemoveRows()

    def retranslate(self) -> None:
        """Words have changed."""
        self.events = EventWords()
        self._texts = [self._row(entry) for entry in self._entries]
        if self._entries:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._entries) - 1, len(Column) - 1))
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(Column) - 1)

    @property
    def _oldest(self) -> int | None:
        return self._entries[-1].id if self._entries else None

    def _row(self, entry: JournalEntry) -> tuple[str, ...]:
        return (
            fmt.moment(entry.at_unix_s),
            visible(journal_words.what_words(entry, self.events)),
            journal_words.outcome_words(entry.outcome),
            visible(entry.subject),
            visible(entry.host),
            visible(entry.who),
            journal_words.took_words(entry),
        )


def _falling(entry: JournalEntry) -> int:
    return -entry.id
