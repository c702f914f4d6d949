"""The log of a machine, of a host or of everything: live while somebody looks, at rest else."""

from __future__ import annotations

import datetime
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QDir, QEvent, QItemSelectionModel, QSize
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QPushButton, QStackedWidget, QVBoxLayout, QWidget

from vmgui.model.domain import DomainKey
from vmgui.model.journal import JournalEntry, JournalFilter, JournalWritten
from vmgui.services.inventory import Inventory
from vmgui.services.journal import PAGE, JournalService
from vmgui.ui.bridge.choose_file import choose_file
from vmgui.ui.bridge.pane_scope import PaneScope
from vmgui.ui.bridge.service_bridge import BatchedSignal
from vmgui.ui.journal.entry_dialog import EntryDialog
from vmgui.ui.journal.filter_bar import FilterBar
from vmgui.ui.journal.model import JournalModel
from vmgui.ui.kit.page_tabs import ALL_HOSTS, Target
from vmgui.ui.kit.table import Table
from vmgui.ui.look.empty_state import EmptyState
from vmgui.ui.look.icons import icon
from vmgui.ui.look.message import Message
from vmgui.ui.look.theme import SPACE, SPACE_L
from vmgui.words import journal as journal_words
from vmgui.words import quantities as fmt
from vmgui.words.note import Level
from vmgui.words.say import say

FOLLOW_LIMIT = 500
"""More news than this at once: the first page is read anew instead."""
KEPT_ROWS = 2_000
"""So many rows stay loaded while news come in and nobody has scrolled down."""


class JournalPane(QWidget):
    """Of one machine, of one host, or of ALL_HOSTS: a TabContent."""

    def __init__(self, journal: JournalService, inventory: Inventory, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("journal")
        self._journal = journal
        self._inventory = inventory
        self._target: Target | None = None
        self._is_all = False
        self._shown: JournalFilter | None = None
        self._seen = 0
        self._is_reading = False
        self._dirty: set[int] = set()
        self._has_news = False
        self._generation = 0
        self._tells_problem = False
        self.scope = PaneScope("journal", self)
        self.filter = FilterBar(self)
        self.filter.changed.connect(self._reload)
        self._export = QPushButton(self)
        self._export.setObjectName("journal-export")
        self._export.setIcon(icon("download"))
        self._export.setIconSize(QSize(22, 16))
        self._export.setAutoDefault(False)
        self._export.clicked.connect(self._on_export)
        self.filter.add_button(self._export)
        self._message = Message(self)
        self._message.setObjectName("journal-message")

        self.model = JournalModel(self)
        self.model.more_asked.connect(self._on_more)
        title = say("Journal", "Log of tasks and events")
        self.table: Table[JournalEntry] = Table(self.model, "journal", title, parent=self)
        self.table.opened.connect(self._on_opened)
        self._empty = EmptyState("history", self)
        self._empty.activated.connect(self.filter.clear)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self.table)
        self._stack.addWidget(self._empty)
        top = QVBoxLayout()
        top.setContentsMargins(SPACE_L, SPACE, SPACE_L, SPACE)
        top.setSpacing(SPACE)
        top.addWidget(self.filter)
        top.addWidget(self._message)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(top)
        layout.addWidget(self._stack, 1)
        self._written = BatchedSignal(journal.written, self)
        self._written.arrived.connect(self._on_written)
        self._retranslate()

    def show_target(self, target: Target | None, /) -> None:
        """Show the log of this machine or host, or of everything; None: nobody looks."""
        self._target, self._is_all = target, target == ALL_HOSTS
        if self._is_all:
            self.filter.show_hosts(self._inventory.hosts)
        self._arrange()
        self._forget()
        self._reload()

    async def shutdown(self) -> None:
        """Hear nothing more."""
        self._written.close()
        await self.scope.close(timeout_s=1.0)
        self.table.setModel(None)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._shown is None:
            self._reload()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        # Read anew when somebody looks again.
        self._shown = None

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        self._export.setText(self.tr("Export…"))
        self._export.setAccessibleName(self.tr("Export as CSV"))
        self._export.setToolTip(self.tr("Save what is shown here as a CSV file"))
        self._show_empty()

    def _arrange(self) -> None:
        """What says the same in every row, or has no room, is left out."""
        same = ""
        if self._target is not None and not self._is_all:
            same = "name" if isinstance(self._target, DomainKey) else "host"
        self.table.fit(self.width(), without=same)
        self.filter.host.setVisible(self._is_all)

    # Reading.

    @property
    def _is_watched(self) -> bool:
        return (self._is_all or self._target is not None) and self.isVisible()

    def _wanted(self) -> JournalFilter:
        chosen = self.filter.current(self.model.events)
        if self._is_all or self._target is None:
            return chosen
        if isinstance(self._target, DomainKey):
            return replace(chosen, uuid=self._target.uuid)
        return replace(chosen, host_id=self._target)

    def _forget(self) -> None:
        self._shown = None
        self._generation += 1
        self.model.show_page((), has_more=False)
        self._stack.setCurrentWidget(self.table)
        self._message.clear()

    def _reload(self) -> None:
        self._generation += 1
        if not self._is_watched:
            self._shown = None
            return
        self._shown = self._wanted()
        self._has_news = False
        self._dirty.clear()
        self.scope.try_run(self._read_first(self._shown, self._generation))

    async def _read_first(self, wanted: JournalFilter, generation: int) -> None:
        try:
            entries = await self._journal.read(wanted)
        except OSError as error:
            self._show_problem(str(error))
            return
        if generation != self._generation:
            return
        self._seen = entries[0].id if entries else 0
        self.model.show_page(entries, has_more=len(entries) == PAGE)
        if entries:
            # The keyboard begins at the top; nothing is selected.
            flag = QItemSelectionModel.SelectionFlag.NoUpdate
            self.table.selectionModel().setCurrentIndex(self.model.index(0, 0), flag)
            self.table.scrollToTop()
        self._stack.setCurrentWidget(self.table if entries else self._empty)
        self._show_empty()
        self._show_problem(self._journal.problem)
        self._follow()

    def _on_more(self) -> None:
        if self._shown is not None and self.model.rowCount():
            self.scope.try_run(self._read_more(self._shown, self._generation))

    async def _read_more(self, wanted: JournalFilter, generation: int) -> None:
        before_id = self.model.rows[-1].id
        try:
            entries = await self._journal.read(wanted, before_id=before_id)
        except OSError as error:
            self._show_problem(str(error))
            return
        if generation == self._generation:
            self.model.append_page(before_id, entries, has_more=len(entries) == PAGE)

    def _on_written(self, batch: tuple[JournalWritten, ...]) -> None:
        if not self._is_watched or self._shown is None:
            return
        self._show_problem(batch[-1].problem)
        self._has_news = self._has_news or any(written.newest_id for written in batch)
        for written in batch:
            self._dirty.update(written.changed)
        self._follow()

    def _follow(self) -> None:
        """Read what is new; one such reading at a time."""
        if self._is_reading or self._shown is None or not (self._has_news or self._dirty):
            return
        self._is_reading = self.scope.try_run(self._read_news(self._shown, self._generation))

    async def _read_news(self, wanted: JournalFilter, generation: int) -> None:
        changed, self._dirty = tuple(self._dirty), set()
        self._has_news = False
        try:
            new = await self._journal.read(wanted, after_id=self._seen, limit=FOLLOW_LIMIT)
            found = ()
            if changed and len(changed) <= FOLLOW_LIMIT:
                found = await self._journal.read(wanted, ids=changed, limit=FOLLOW_LIMIT)
        except OSError as error:
            self._show_problem(str(error))
            return
        finally:
            self._is_reading = False
        if generation != self._generation:
            return
        if len(new) == FOLLOW_LIMIT or len(changed) > FOLLOW_LIMIT:
            self._reload()
            return
        self._take_news(new, changed, found)
        self._follow()

    def _take_news(
        self,
        new: tuple[JournalEntry, ...],
        changed: tuple[int, ...],
        found: tuple[JournalEntry, ...],
    ) -> None:
        # The first page may have come after the question: it has some of them.
        new = tuple(entry for entry in new if entry.id > self._seen)
        bar = self.table.verticalScrollBar()
        at = bar.value()
        before = self.model.rowCount()
        self.model.change(new)
        self._seen = max(self._seen, new[0].id if new else 0)
        self.model.update(changed, found)
        if at > 0:
            # Who reads further down keeps their place.
            bar.setValue(at + (self.model.rowCount() - before) * self.table.rowHeight(0))
        else:
            self.model.keep_newest(KEPT_ROWS)
        self._stack.setCurrentWidget(self.table if self.model.rowCount() else self._empty)
        self._show_empty()

    def _show_empty(self) -> None:
        if self.filter.is_empty:
            self._empty.set_texts(
                self.tr("Nothing has happened yet"),
                self.tr("What you do and what hosts tell is kept here."),
            )
        else:
            self._empty.set_texts(
                self.tr("Nothing matches"),
                self.tr("No entry of the log is let through by the filter."),
                self.tr("Clear the filter"),
            )

    def _show_problem(self, problem: str) -> None:
        if problem:
            self._message.tell(
                self.tr("The log cannot be kept on this computer: {problem}").format(problem=problem),
                Level.ERROR,
            )
        elif self._tells_problem:
            self._message.clear()
        self._tells_problem = bool(problem)

    # What is asked for.

    def _on_opened(self, entry: JournalEntry) -> None:
        self.scope.try_run(self._show_entry(entry.id))

    async def _show_entry(self, entry_id: int) -> None:
        try:
            entry = await self._journal.read_one(entry_id)
        except OSError as error:
            self._show_problem(str(error))
            return
        if entry is not None:
            EntryDialog(entry, self.model.events, self).show()

    def _on_export(self) -> None:
        self.scope.try_run(self._export_shown(self._wanted()))

    async def _export_shown(self, wanted: JournalFilter) -> None:
        name = f"vmgui-{datetime.date.today().isoformat()}.csv"
        path = await choose_file(
            self,
            self.tr("Export the log"),
            self.tr("CSV files (*.csv)"),
            QDir.home().filePath(name),
            save=True,
            suffix="csv",
        )
        if not path:
            return
        self._export.setEnabled(False)
        self._message.tell(self.tr("Exporting…"))
        try:
            count = await self._journal.export(
                wanted, Path(path), journal_words.csv_header(), journal_words.CsvWords(self.model.events)
            )
        except OSError as error:
            self._message.tell(
                self.tr("{path} could not be written: {problem}").format(path=path, problem=error.strerror),
                Level.ERROR,
            )
        else:
            self._message.tell(
                self.tr("{count} entries written to {path}").format(count=fmt.count(count), path=path),
                Level.GOOD,
            )
        finally:
            self._export.setEnabled(True)
