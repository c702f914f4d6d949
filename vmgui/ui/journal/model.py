"""The log as a table: newest first, older pages are asked for when somebody scrolls to them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from operator import attrgetter

from PySide6.QtCore import QObject, Signal

from vmgui.model.journal import JournalEntry
from vmgui.ui.journal.look import entry_look
from vmgui.ui.kit.column import Column
from vmgui.ui.kit.table_model import ROW, Index, TableModel
from vmgui.words import journal as journal_words
from vmgui.words import quantities as fmt
from vmgui.words.journal_events import EventWords
from vmgui.words.say import say


class _Words:
    """Words for what hosts tell, in the language of the moment."""

    def __init__(self) -> None:
        self.events = EventWords()

    def what(self, entry: JournalEntry) -> str:
        return journal_words.what_words(entry, self.events)


# fmt: off
def _columns(words: _Words) -> tuple[Column[JournalEntry], ...]:
    return (
        Column("time", say("JournalModel", "Time"), lambda entry: fmt.moment(entry.at_unix_s), width_px=130),
        Column("what", say("JournalModel", "What"), words.what, width_px=0, icon=entry_look),
        Column("result", say("JournalModel", "Result"),
               lambda entry: journal_words.outcome_words(entry.outcome), width_px=100),
        Column("name", say("JournalModel", "Name"), lambda entry: entry.subject, width_px=130, from_px=520),
        Column("host", say("JournalModel", "Host"), lambda entry: entry.host, from_px=640),
        Column("who", say("JournalModel", "Who"), lambda entry: entry.who, width_px=120, from_px=880),
        Column("took", say("JournalModel", "Took"), journal_words.took_words, width_px=80, from_px=760),
    )
# fmt: on


class JournalModel(TableModel[JournalEntry]):
    """Fed with entries; GUI thread only. `more_asked`: somebody has reached the end of what is loaded."""

    more_asked = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        self._words = _Words()
        super().__init__(
            _columns(self._words), attrgetter("id"), order=lambda entry: -entry.id, parent=parent
        )
        self.has_more = False
        """Whether there are older ones that are not loaded."""
        self._asked_before: int | None = None  # the oldest entry when more was asked for

    @property
    def events(self) -> EventWords:
        """Words of what hosts tell."""
        return self._words.events

    def canFetchMore(self, parent: Index) -> bool:
        return not parent.isValid() and self.has_more and self._oldest not in (None, self._asked_before)

    def fetchMore(self, parent: Index) -> None:
        if self.canFetchMore(parent):
            self._asked_before = self._oldest
            self.more_asked.emit()

    def show_page(self, entries: Sequence[JournalEntry], *, has_more: bool) -> None:
        """These and nothing else."""
        self.has_more, self._asked_before = has_more, None
        self.show(entries)

    def append_page(self, before_id: int, entries: Sequence[JournalEntry], *, has_more: bool) -> None:
        """Add entries older than `before_id`; dropped if that is not the oldest any more: they would leave a gap."""
        if self._oldest == before_id:
            self.has_more = has_more
            self.change(entries)

    def update(self, ids: Iterable[int], found: Sequence[JournalEntry]) -> None:
        """Entries of these ids changed; `found` are those among them that the filter lets through now."""
        oldest = (self._oldest or 0) if self.has_more else 0
        self.change(
            [entry for entry in found if entry.id >= oldest], set(ids) - {entry.id for entry in found}
        )

    def keep_newest(self, count: int) -> None:
        """Forget what is loaded beyond so many; it can be loaded again."""
        beyond = self.rows[count:]
        if beyond:
            self.has_more = True
            self.change(removed=[entry.id for entry in beyond])

    def retranslate(self) -> None:
        self._words.events = EventWords()
        super().retranslate()

    @property
    def _oldest(self) -> int | None:
        last = self.rowCount() - 1
        return self.index(last, 0).data(ROW).id if last >= 0 else None
