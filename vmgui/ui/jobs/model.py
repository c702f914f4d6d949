"""The jobs as a table: newest first, one row each, changed rows only repainted."""

from __future__ import annotations

from collections.abc import Iterable
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from vmgui.model.job import Job, JobId
from vmgui.policy.plain_text import visible
from vmgui.ui.kit.plain import tip
from vmgui.ui.look.icons import icon
from vmgui.ui.look.job_look import job_look
from vmgui.words import jobs as job_words
from vmgui.words import quantities as fmt

Index = QModelIndex | QPersistentModelIndex


class Column(IntEnum):
    """What is told of a job."""

    TITLE = 0
    STATE = 1
    PROGRESS = 2
    STARTED = 3
    TOOK = 4


JOB_ROLE = Qt.ItemDataRole.UserRole


class JobsModel(QAbstractTableModel):
    """Fed with Jobs; GUI thread only."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs: list[Job] = []
        self._texts: list[tuple[str, ...]] = []
        self._row: dict[JobId, int] = {}

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._jobs)

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(Column)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row, column = index.row(), index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return self._texts[row][column]
        if role == JOB_ROLE:
            return self._jobs[row]
        if role == Qt.ItemDataRole.DecorationRole and column == Column.TITLE:
            name, tint = job_look(self._jobs[row])
            return icon(name, tint)
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip(self._texts[row][column])
        if role == Qt.ItemDataRole.AccessibleTextRole and column == Column.TITLE:
            return ", ".join(text for text in self._texts[row] if text)
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation != Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        return (
            self.tr("Job"),
            self.tr("State"),
            self.tr("Progress"),
            self.tr("Started"),
            self.tr("Took"),
        )[section]

    def job_at(self, row: int) -> Job | None:
        """The job in that row."""
        return self._jobs[row] if 0 <= row < len(self._jobs) else None

    def row_of(self, job_id: JobId) -> int:
        """Where a job stands; -1: nowhere."""
        return self._row.get(job_id, -1)

    def show_jobs(self, jobs: Iterable[Job]) -> None:
        """New and changed jobs, oldest first."""
        first, last = len(self._jobs), -1
        new: list[Job] = []
        for job in jobs:
            row = self._row.get(job.id)
            if row is None:
                new.append(job)
                continue
            self._jobs[row] = job
            self._texts[row] = _texts(job)
            first, last = min(first, row), max(last, row)
        if last >= 0:
            self.dataChanged.emit(self.index(first, 0), self.index(last, len(Column) - 1))
        if new:
            new.reverse()
            self.beginInsertRows(QModelIndex(), 0, len(new) - 1)
            self._jobs[0:0] = new
            self._texts[0:0] = [_texts(job) for job in new]
            self._number()
            self.endInsertRows()

    def remove(self, ids: Iterable[JobId]) -> None:
        """Forgotten jobs."""
        for row in sorted((self._row[job_id] for job_id in set(ids) if job_id in self._row), reverse=True):
            self.beginRemoveRows(QModelIndex(), row, row)
            del self._jobs[row]
            del self._texts[row]
            self._number()
            self.endRemoveRows()

    def retranslate(self) -> None:
        """Words have changed."""
        self._texts = [_texts(job) for job in self._jobs]
        if self._jobs:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._jobs) - 1, len(Column) - 1))
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(Column) - 1)

    def _number(self) -> None:
        self._row = {job.id: row for row, job in enumerate(self._jobs)}


def _texts(job: Job) -> tuple[str, ...]:
    took = fmt.duration(job.finished_unix_s - job.created_unix_s) if job.state.is_final else ""
    return (
        visible(job_words.title(job)),
        job_words.state_words(job),
        job_words.progress_words(job),
        fmt.moment(job.created_unix_s),
        took,
    )
