"""The jobs at the bottom: one line when quiet, a table with details when opened; never steals the focus."""

from __future__ import annotations

from operator import attrgetter

from PySide6.QtCore import QEvent, QItemSelection, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QPlainTextEdit,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from vmgui.model.job import Job, JobId, JobState
from vmgui.policy.plain_text import STORY_CHARS, visible_lines
from vmgui.policy.remedies import Remedy, is_worth_another_try, remedy_of
from vmgui.services.inventory import Inventory
from vmgui.services.jobs import JobService
from vmgui.ui.bridge.service_bridge import BatchedSignal
from vmgui.ui.jobs.columns import COLUMNS, PROGRESS
from vmgui.ui.jobs.line import JobsLine
from vmgui.ui.jobs.progress_delegate import ProgressDelegate
from vmgui.ui.kit.table import Table
from vmgui.ui.kit.table_model import TableModel
from vmgui.ui.look.plain import Label, tip
from vmgui.ui.look.theme import SPACE, SPACE_S, set_muted
from vmgui.words import jobs as job_words
from vmgui.words import quantities as fmt
from vmgui.words.remedies import button_words
from vmgui.words.say import say

RECENT_S = 8.0
"""How long the line tells of a job that has just ended."""


class JobsPane(QWidget):
    """The table and the details; `line` belongs into the dock's title. `changed` carries a tuple of Jobs."""

    changed = Signal(object)
    remedy_asked = Signal(object)  # Remedy

    def __init__(self, jobs: JobService, inventory: Inventory, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("jobs")
        self._jobs = jobs
        self._inventory = inventory
        self._ended: Job | None = None
        self.line = JobsLine(self)
        self.line.cancel_asked.connect(self._on_cancel_id)
        self.line.retry_asked.connect(self._on_retry_id)
        self.line.remedy_asked.connect(self.remedy_asked)

        self.model = TableModel(COLUMNS, attrgetter("id"), order=lambda job: -job.id, parent=self)
        title = say("JobsPane", "Jobs")
        self.table: Table[Job] = Table(self.model, "jobs", title, is_single=True, parent=self)
        self.table.setItemDelegateForColumn(self.model.number(PROGRESS), ProgressDelegate(self.table))
        self.table.selectionModel().selectionChanged.connect(self._on_selection)
        self._empty = Label(self)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setWordWrap(True)
        set_muted(self._empty)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self.table)

        self._log = QPlainTextEdit(self)
        self._log.setObjectName("jobs-log")
        self._log.setReadOnly(True)
        self._cancel = self._button("jobs-cancel")
        self._retry = self._button("jobs-retry")
        self._remedy: Remedy | None = None
        self._help = self._button("jobs-remedy")
        self._clear = self._button("jobs-clear")
        self._cancel.clicked.connect(self._on_cancel)
        self._retry.clicked.connect(self._on_retry)
        self._help.clicked.connect(self._on_help)
        self._clear.clicked.connect(self._on_clear)
        buttons = QHBoxLayout()
        buttons.setSpacing(SPACE_S)
        for button in (self._cancel, self._retry, self._clear):
            buttons.addWidget(button)
        buttons.addStretch(1)
        right = QWidget(self)
        column = QVBoxLayout(right)
        column.setContentsMargins(SPACE, SPACE_S, SPACE, SPACE)
        column.setSpacing(SPACE_S)
        column.addLayout(buttons)
        # Long words: in one row with the others they would leave the table no room.
        column.addWidget(self._help, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self._log, 1)
        splitter = QSplitter(self)
        splitter.addWidget(self._stack)
        splitter.addWidget(right)
        splitter.setStretchFactor(0, 3)
        splitter.setStretchFactor(1, 2)
        splitter.setChildrenCollapsible(False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(splitter)
        self.setMinimumHeight(120)

        self._quiet_timer = QTimer(self)
        self._quiet_timer.setSingleShot(True)
        self._quiet_timer.setInterval(int(RECENT_S * 1000))
        self._quiet_timer.timeout.connect(self._on_quiet)
        self._changes = BatchedSignal(jobs.changed, self)
        self._changes.arrived.connect(self._on_changes)
        self._removals = BatchedSignal(jobs.removed, self)
        self._removals.arrived.connect(self._on_removals)
        self.model.show(jobs.jobs.values())
        self._retranslate()
        self._show_all()

    def close_pane(self) -> None:
        """Hear nothing more."""
        self._changes.close()
        self._removals.close()
        self._quiet_timer.stop()
        self.table.setModel(None)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.table.fit(self.width())

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
            self.line.retranslate()
            self._show_all()
        elif event.type() == QEvent.Type.PaletteChange:
            self._show_line()
        super().changeEvent(event)

    def _button(self, name: str) -> QPushButton:
        button = QPushButton(self)
        button.setObjectName(name)
        return button

    def _retranslate(self) -> None:
        self._log.setAccessibleName(self.tr("Log of the selected job"))
        self._log.setPlaceholderText(self.tr("Select a job to see what happened."))
        self._empty.setText(self.tr("Nothing has been done yet. What you start appears here."))
        for button, text, name in (
            (self._cancel, self.tr("Cancel"), self.tr("Cancel the selected job")),
            (self._retry, self.tr("Try again"), self.tr("Try the selected job again")),
            (self._clear, self.tr("Clear finished"), self.tr("Clear finished jobs")),
        ):
            button.setText(text)
            button.setAccessibleName(name)
            button.setToolTip(tip(name))
        self._name_help()

    def _name_help(self) -> None:
        self._help.setVisible(self._remedy is not None)
        if self._remedy is not None:
            self._help.setText(button_words(self._remedy))
            self._help.setAccessibleName(self._help.text())
            self._help.setToolTip(tip(self._help.text()))

    # What changed.

    def _on_changes(self, batch: tuple[Job, ...]) -> None:
        latest = {job.id: job for job in batch}
        # Known to the service still: a removal may be on its way.
        jobs = tuple(job for job in latest.values() if job.id in self._jobs.jobs)
        self.model.change(jobs)
        for job in jobs:
            if job.state.is_final:
                self._ended = job
                if job.state is JobState.FAILED:
                    self._quiet_timer.stop()
                else:
                    self._quiet_timer.start()
        self._show_all()
        self.changed.emit(jobs)

    def _on_removals(self, batch: tuple[JobId, ...]) -> None:
        self.model.change(removed=batch)
        if self._ended is not None and self._ended.id in batch:
            self._ended = None
        self._show_all()

    def _on_quiet(self) -> None:
        self._ended = None
        self._show_line()

    def _on_selection(self, _selected: QItemSelection, _deselected: QItemSelection) -> None:
        self._show_details()

    def _selected(self) -> Job | None:
        return next(iter(self.table.selected()), None)

    def _show_all(self) -> None:
        self._stack.setCurrentWidget(self.table if self.model.rowCount() else self._empty)
        self._show_line()
        self._show_details()

    def _show_line(self) -> None:
        self.line.show_jobs(self._jobs.unfinished, self._ended)

    def _show_details(self) -> None:
        job = self._selected()
        can_cancel = job is not None and job.can_cancel and job.state in (JobState.QUEUED, JobState.RUNNING)
        self._cancel.setEnabled(can_cancel)
        ended = job if job is not None and job.state in (JobState.FAILED, JobState.CANCELLED) else None
        self._retry.setEnabled(ended is not None and is_worth_another_try(ended))
        self._remedy = remedy_of(ended) if ended is not None else None
        self._name_help()
        self._clear.setEnabled(any(known.state.is_final for known in self._jobs.jobs.values()))
        text = visible_lines(self._log_of(job), STORY_CHARS) if job is not None else ""
        if text != self._log.toPlainText():
            at_end = self._log.verticalScrollBar().value() == self._log.verticalScrollBar().maximum()
            self._log.setPlainText(text)
            if at_end and job is not None and not job.state.is_final:
                self._log.verticalScrollBar().setValue(self._log.verticalScrollBar().maximum())

    def _log_of(self, job: Job) -> str:
        lines: list[str] = []
        ids = {target.host_id for target in job.targets}
        host = self._inventory.hosts.get(ids.pop()) if len(ids) == 1 else None
        error = job_words.error_of(job, host.name if host is not None else "")
        if error is not None:
            lines += [error.as_text(), ""]
        for line in job.log:
            lines.append(f"{fmt.moment(line.at_unix_s)}  {job_words.line_words(line)}")
        if not lines:
            lines.append(f"{job_words.title(job)}: {job_words.state_words(job)}")
        return "\n".join(lines)

    # What is asked for.

    def _on_cancel(self) -> None:
        job = self._selected()
        if job is not None:
            self._jobs.cancel(job.id)

    def _on_retry(self) -> None:
        job = self._selected()
        if job is not None:
            self._jobs.retry(job.id)

    def _on_help(self) -> None:
        if self._remedy is not None:
            self.remedy_asked.emit(self._remedy)

    def _on_clear(self) -> None:
        self._jobs.remove_finished()

    def _on_cancel_id(self, job_id: JobId) -> None:
        self._jobs.cancel(job_id)

    def _on_retry_id(self, job_id: JobId) -> None:
        self._ended = None
        self._jobs.retry(job_id)
