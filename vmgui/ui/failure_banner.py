"""Over what is selected: what went wrong with it, and what can be done about it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from vmgui.model.domain import DomainKey
from vmgui.model.host import HostId
from vmgui.model.job import Job, JobState, JobTarget
from vmgui.policy.remedies import Remedy, RemedyKind, is_worth_another_try, remedy_of
from vmgui.services.services import Services
from vmgui.ui.look.error_banner import ErrorBanner
from vmgui.ui.look.theme import SPACE, SPACE_L
from vmgui.words import jobs as job_words
from vmgui.words.errors import ErrorText
from vmgui.words.remedies import button_words

Place = DomainKey | HostId


class FailureBanner(QWidget):
    """A failed job is told where its machine or host is shown, until the next try."""

    def __init__(
        self, services: Services, help_with: Callable[[Remedy], object], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._services = services
        self._help_with = help_with
        self._places: tuple[Place, ...] = ()
        self._failed: dict[Place, Job] = {}
        self._elsewhere: Job | ErrorText | None = None  # told wherever the person is
        self._shown_job: Job | None = None
        self._remedy: Remedy | None = None
        self.is_told_elsewhere: Callable[[Job], bool] = lambda _job: False
        self._banner = ErrorBanner(self)
        self._banner.setObjectName("details-banner")
        self._banner.retry_asked.connect(self._on_retry)
        self._banner.dismissed.connect(self._on_dismissed)
        self._banner.other_asked.connect(self._on_remedy)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACE_L, SPACE, SPACE_L, 0)
        layout.addWidget(self._banner)
        self.hide()

    def show_places(self, places: tuple[Place, ...]) -> None:
        """These machines and hosts are selected."""
        self._places = places
        self._show()

    def show_jobs(self, jobs: tuple[Job, ...]) -> None:
        """News of jobs."""
        for job in jobs:
            places = [_place(target) for target in job.targets]
            if job.state is JobState.FAILED and self.is_told_elsewhere(job):
                continue
            if job.state is JobState.FAILED:
                for target in job.targets_failed or job.targets:
                    self._failed[_place(target)] = job
                if not any(place in self._places for place in places):
                    # Nobody looks at its place: tell at once, where the person is.
                    self._elsewhere = job
            else:
                for place in places:
                    if place in self._failed and self._failed[place].id != job.id:
                        del self._failed[place]
        self._drop_outdated()
        self._show()

    def show_error(self, error: ErrorText) -> None:
        """Something failed that is no job."""
        self._elsewhere = error
        self._show()

    def forget_places(self, places: tuple[Place, ...]) -> None:
        """They are gone."""
        if self._failed.keys() & set(places):
            self._failed = {place: job for place, job in self._failed.items() if place not in places}
            self._drop_outdated()
            self._show()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._show()
        super().changeEvent(event)

    def _host_name(self, job: Job) -> str:
        ids = {target.host_id for target in job.targets}
        host = self._services.inventory.hosts.get(ids.pop()) if len(ids) == 1 else None
        return host.name if host is not None else ""

    def _show(self) -> None:
        job = next((self._failed[place] for place in self._places if place in self._failed), None)
        if job is None and isinstance(self._elsewhere, Job):
            job = self._elsewhere
        self._shown_job = job
        self._remedy = remedy = remedy_of(job) if job is not None else None
        error = job_words.error_of(job, self._host_name(job)) if job is not None else None
        if error is None and isinstance(self._elsewhere, ErrorText):
            error = self._elsewhere
        if error is None:
            self._banner.clear()
        else:
            self._banner.show_error(
                error,
                can_retry=job is not None and is_worth_another_try(job),
                other_text=button_words(remedy) if remedy is not None else "",
                other_is_harmless=remedy is not None and remedy.kind is RemedyKind.START_MEANS,
            )
        self.setVisible(error is not None)

    def _on_retry(self) -> None:
        job = self._shown_job
        if job is not None:
            self._forget(job)
            self._services.jobs.retry(job.id)
        self._show()

    def _on_remedy(self) -> None:
        if self._remedy is not None:
            self._help_with(self._remedy)

    def _on_dismissed(self) -> None:
        if self._shown_job is not None:
            self._forget(self._shown_job)
        else:
            self._elsewhere = None
        self._show()

    def _forget(self, job: Job) -> None:
        self._failed = {place: failed for place, failed in self._failed.items() if failed.id != job.id}
        self._drop_outdated()

    def _drop_outdated(self) -> None:
        """What is told elsewhere is the failure of a place, too: it goes with the last of its places."""
        ids = {job.id for job in self._failed.values()}
        if isinstance(self._elsewhere, Job) and self._elsewhere.id not in ids:
            self._elsewhere = None


def _place(target: JobTarget) -> Place:
    return target.key if target.key is not None else target.host_id
