"""The one line of the jobs' dock: how many are under way and the one that matters."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QProgressBar,
    QPushButton,
    QToolButton,
    QWidget,
)

from vmgui.model.job import Job, JobState
from vmgui.policy.remedies import Remedy, is_worth_another_try, remedy_of
from vmgui.ui.look.icons import icon, pixmap
from vmgui.ui.look.job_look import job_look, job_state_look
from vmgui.ui.look.plain import ElidedLabel, Label, tip
from vmgui.ui.look.theme import SPACE
from vmgui.words import jobs as job_words
from vmgui.words.remedies import button_words


class JobsLine(QWidget):
    """The one line: how many are under way and the one that matters."""

    expand_asked = Signal()
    cancel_asked = Signal(int)
    retry_asked = Signal(int)
    remedy_asked = Signal(object)  # Remedy

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("jobs-line")
        self._job: Job | None = None
        self._expanded = False
        self._mark = Label(self)
        self._text = ElidedLabel(self)
        self._text.setObjectName("jobs-summary")
        self._bar = QProgressBar(self)
        self._bar.setObjectName("jobs-progress")
        self._bar.setTextVisible(False)
        self._bar.setFixedWidth(120)
        self._bar.setRange(0, 100)
        self._cancel = QPushButton(self)
        self._cancel.setObjectName("jobs-line-cancel")
        self._cancel.setProperty("kind", "link")
        self._retry = QPushButton(self)
        self._retry.setObjectName("jobs-line-retry")
        self._retry.setProperty("kind", "link")
        self._remedy: Remedy | None = None
        self._help = QPushButton(self)
        self._help.setObjectName("jobs-line-remedy")
        self._help.setProperty("kind", "link")
        self._expand = QToolButton(self)
        self._expand.setObjectName("jobs-expand")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE)
        layout.addWidget(self._mark)
        layout.addWidget(self._text, 1)
        layout.addWidget(self._bar)
        layout.addWidget(self._cancel)
        layout.addWidget(self._help)
        layout.addWidget(self._retry)
        layout.addWidget(self._expand)
        self._cancel.clicked.connect(self._on_cancel)
        self._retry.clicked.connect(self._on_retry)
        self._help.clicked.connect(self._on_help)
        self._expand.clicked.connect(self._on_expand)
        self.retranslate()
        self.show_jobs((), None)

    def show_jobs(self, unfinished: tuple[Job, ...], ended: Job | None) -> None:
        """What is under way; `ended` has just done so and is told when nothing is."""
        self._job = job = unfinished[0] if unfinished else ended
        if job is None:
            self._mark.setPixmap(
                pixmap("list-checks", job_state_look(JobState.QUEUED)[1], 16, self.devicePixelRatioF())
            )
            text = self.tr("No jobs under way")
        else:
            name, role = job_look(job)
            self._mark.setPixmap(pixmap(name, role, 16, self.devicePixelRatioF()))
            words = [job_words.title(job)]
            if len(unfinished) > 1:
                words.insert(0, self.tr("%n job(s) under way", "", len(unfinished)))
            words.append(job_words.state_words(job))
            progress = job_words.progress_words(job)
            if progress:
                words.append(progress)
            text = " · ".join(words)
        if text != self._text.text():
            self._text.setText(text)
            self._text.setAccessibleName(text)
        share = job_words.fraction(job) if job is not None and not job.state.is_final else None
        self._bar.setVisible(share is not None)
        if share is not None:
            self._bar.setValue(round(share * 100))
        can_cancel = job is not None and job.can_cancel and job.state in (JobState.QUEUED, JobState.RUNNING)
        self._cancel.setVisible(can_cancel)
        failed = job if job is not None and job.state is JobState.FAILED else None
        self._retry.setVisible(failed is not None and is_worth_another_try(failed))
        self._remedy = remedy_of(failed) if failed is not None else None
        self._name_help()

    @property
    def expand_button(self) -> QToolButton:
        """Where the keyboard arrives when the list is closed."""
        return self._expand

    def set_expanded(self, expanded: bool) -> None:
        """Whether the list is open."""
        self._expanded = expanded
        self._expand.setIcon(icon("chevron-down" if expanded else "chevron-up"))
        text = self.tr("Close the list of jobs") if expanded else self.tr("Open the list of jobs")
        self._expand.setToolTip(tip(text))
        self._expand.setAccessibleName(text)

    def retranslate(self) -> None:
        """Set all texts."""
        self._cancel.setText(self.tr("Cancel"))
        self._cancel.setAccessibleName(self.tr("Cancel this job"))
        self._retry.setText(self.tr("Try again"))
        self._retry.setAccessibleName(self.tr("Try this job again"))
        self._name_help()
        self._bar.setAccessibleName(self.tr("Progress"))
        self.set_expanded(self._expanded)

    def _name_help(self) -> None:
        self._help.setVisible(self._remedy is not None)
        if self._remedy is not None:
            self._help.setText(button_words(self._remedy))
            self._help.setAccessibleName(self._help.text())

    def _on_cancel(self) -> None:
        if self._job is not None:
            self.cancel_asked.emit(self._job.id)

    def _on_retry(self) -> None:
        if self._job is not None:
            self.retry_asked.emit(self._job.id)

    def _on_help(self) -> None:
        if self._remedy is not None:
            self.remedy_asked.emit(self._remedy)

    def _on_expand(self) -> None:
        self.expand_asked.emit()
