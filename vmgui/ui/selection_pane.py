"""The right side: the page that fits what is selected, under a banner for what went wrong with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QTimer, Signal, Slot
from PySide6.QtWidgets import QStackedWidget, QTabBar, QVBoxLayout, QWidget

from vmgui.model.changeset import ChangeSet
from vmgui.model.domain import DomainKey
from vmgui.model.host import HostId, HostState
from vmgui.model.job import Job, JobState
from vmgui.policy.remedies import Remedy, RemedyKind, is_worth_another_try, remedy_of
from vmgui.services.inventory import merge
from vmgui.services.services import Services
from vmgui.services.uptime import UptimeWatch
from vmgui.ui import selection_tabs as selection_tabs
from vmgui.ui.bridge.service_bridge import BatchedSignal
from vmgui.ui.hosts.host_page import HostPage
from vmgui.ui.inventory.pane import Selection
from vmgui.ui.kit.command_actions import CommandActions
from vmgui.ui.kit.empty_state import EmptyState
from vmgui.ui.kit.error_banner import ErrorBanner
from vmgui.ui.look.theme import SPACE, SPACE_L
from vmgui.ui.machine_commands import MachineCommands
from vmgui.ui.machines.link import MachinesLink
from vmgui.ui.overview.bulk_page import BulkPage
from vmgui.ui.overview.domain_page import ConsoleFactory, DomainPage
from vmgui.ui.stored_files.banner import FilesBanner
from vmgui.words import jobs as job_words
from vmgui.words.errors import ErrorText
from vmgui.words.remedies import button_words

if TYPE_CHECKING:
    from vmgui.ui.fleet.page import FleetPage


class SelectionPane(QWidget):
    """Told what is selected; tells what the empty page's button asks for."""

    connect_asked = Signal()
    new_domain_asked = Signal()
    host_chosen = Signal(str)  # HostId, clicked among all hosts
    domain_chosen = Signal(object)  # DomainKey, likewise

    def __init__(
        self,
        services: Services,
        actions: CommandActions,
        machine_commands: MachineCommands,
        console_factory: ConsoleFactory | None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("details")
        self._services = services
        self._selection = Selection()
        self._uptimes = UptimeWatch(services.inventory)
        self._failed: dict[DomainKey | HostId, Job] = {}
        self._global: ErrorText | None = None
        self._global_job: Job | None = None  # what `_global` is about
        self._shown_job: Job | None = None
        self._remedy: Remedy | None = None
        self._machine_commands = machine_commands

        self.domain_page = DomainPage(
            services, self._uptimes, console_factory, selection_tabs.domain_tabs(services), self
        )
        self.machines = MachinesLink(actions.of_lists, self)
        tabs = selection_tabs.host_tabs(services, self._uptimes, self.machines)
        self.host_page = HostPage(services, tabs, self)
        self._fleet: FleetPage | None = None
        self.bulk_page = BulkPage(services.inventory, machine_commands.all, self)
        self._empty = EmptyState("monitor", self)
        self._empty.activated.connect(self._on_empty_button)
        self._stack = QStackedWidget(self)
        for page in (self._empty, self.domain_page, self.host_page, self.bulk_page):
            self._stack.addWidget(page)
        self._banner = ErrorBanner(self)
        self._banner.setObjectName("details-banner")
        self._banner.retry_asked.connect(self._on_retry)
        self._banner.dismissed.connect(self._on_dismissed)
        self._banner.other_asked.connect(self._on_remedy)
        self._room = QWidget(self)
        room = QVBoxLayout(self._room)
        room.setContentsMargins(SPACE_L, SPACE, SPACE_L, 0)
        room.addWidget(self._banner)
        self._room.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        self._files_banner = FilesBanner(services.files, self)
        self._files_banner.changed.connect(self._show_all)
        layout.addWidget(self._files_banner)
        layout.addWidget(self._room)
        layout.addWidget(self._stack, 1)
        self._make_fleet = QTimer(self, singleShot=True)
        self._make_fleet.timeout.connect(self._show_all)
        self._changes = BatchedSignal(services.inventory.changes, self)
        self._changes.arrived.connect(self._on_changes)
        self.show_selection(Selection())

    @property
    def fleet_page(self) -> FleetPage:
        """All hosts; made when it is first needed: the window need not wait for it."""
        if self._fleet is None:
            from vmgui.ui.fleet.page import FleetPage

            tabs = selection_tabs.fleet_tabs(self._services, self._uptimes, self.machines)
            self._fleet = FleetPage(self._services, tabs, self)
            self._fleet.host_chosen.connect(self.host_chosen)
            self._fleet.domain_chosen.connect(self.domain_chosen)
            self._stack.addWidget(self._fleet)
        return self._fleet

    def tab_bar(self) -> QTabBar | None:
        """Of the page that is shown, where it has tabs."""
        page = self._stack.currentWidget()
        pages = (self.domain_page, self.host_page, self._fleet)
        return next((one.tabs.tabBar() for one in pages if one is not None and one is page), None)

    def show_selection(self, selection: Selection) -> None:
        """Show the page for it."""
        self._selection = selection
        if len(selection.domains) == 1:
            self.domain_page.set_domain(selection.domains[0])
            self._stack.setCurrentWidget(self.domain_page)
        elif selection.domains:
            self.bulk_page.set_domains(selection.domains)
            self._stack.setCurrentWidget(self.bulk_page)
        elif selection.hosts:
            self.host_page.set_host(selection.hosts[-1])
            self._stack.setCurrentWidget(self.host_page)
        else:
            self._show_none()
        if self._stack.currentWidget() is not self.domain_page:
            self.domain_page.set_domain(None)
        if self._stack.currentWidget() is not self.host_page:
            self.host_page.set_host(None)
        self._tell_fleet()
        self._show_banner()

    def show_jobs(self, jobs: tuple[Job, ...]) -> None:
        """News of jobs: a failed one is told where its machine or host is shown, until the next try."""
        for job in jobs:
            places: list[DomainKey | HostId] = [
                target.key if target.key is not None else target.host_id for target in job.targets
            ]
            if job.state is JobState.FAILED:
                failed = job.targets_failed or job.targets
                for target in failed:
                    self._failed[target.key if target.key is not None else target.host_id] = job
                if not any(place in self._places() for place in places):
                    # Nobody looks at its place: tell at once, where the person is.
                    self._global = job_words.error_of(job, self._host_name(job))
                    self._global_job = job
            else:
                for place in places:
                    if place in self._failed and self._failed[place].id != job.id:
                        del self._failed[place]
        self._show_banner()

    def show_error(self, error: ErrorText) -> None:
        """Something failed that is no job."""
        self._global = error
        self._global_job = None
        self._show_banner()

    def close_pane(self) -> None:
        """Hear nothing more."""
        self._changes.close()
        self._files_banner.close_pane()
        self._uptimes.close()
        self.host_page.close_pane()
        if self._fleet is not None:
            self._fleet.close_pane()

    async def shutdown(self) -> None:
        """End all that is under way."""
        self.close_pane()
        await self.domain_page.shutdown()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._show_empty()
            self._show_banner()
        super().changeEvent(event)

    def _tell_fleet(self) -> None:
        if self._fleet is not None:
            self._fleet.set_shown(self._stack.currentWidget() is self._fleet)

    def _show_none(self) -> None:
        """Nothing is selected: all hosts, or what to do where there is nothing to see of them."""
        inventory = self._services.inventory
        if inventory.domains or len(inventory.hosts) > 1:
            self._stack.setCurrentWidget(self.fleet_page)
        else:
            self._show_empty()
            self._stack.setCurrentWidget(self._empty)

    def _show_empty(self) -> None:
        inventory = self._services.inventory
        connected = any(host.state is HostState.CONNECTED for host in inventory.hosts.values())
        if not inventory.hosts and not self._services.files.is_known("hosts"):
            # Not the first start: they are only not known now.
            self._empty.set_texts(
                self.tr("Your hosts are not known now"),
                self.tr("The file with the list of hosts cannot be used. Nothing of it is lost."),
                self.tr("Connect to a host"),
                icon_name="unplug",
            )
        elif not inventory.hosts:
            self._empty.set_texts(
                self.tr("Welcome to vmgui"),
                self.tr("Connect to a computer that runs virtual machines. It can be this one."),
                self.tr("Connect to a host"),
                icon_name="server",
            )
        elif not inventory.domains and connected:
            self._empty.set_texts(
                self.tr("No virtual machines yet"),
                self.tr("All you need is an installer CD image or a disk image."),
                self.tr("Create your first virtual machine"),
                icon_name="monitor",
            )
        elif not connected:
            self._empty.set_texts(
                self.tr("No host is connected"),
                self.tr("Select a host at the left to see what is the matter."),
                icon_name="unplug",
            )

    def _on_empty_button(self) -> None:
        if self._services.inventory.hosts:
            self.new_domain_asked.emit()
        else:
            self.connect_asked.emit()

    def _on_changes(self, batch: tuple[ChangeSet, ...]) -> None:
        change = merge(*batch)
        for key in change.removed:
            self._failed.pop(key, None)
        page = self._stack.currentWidget()
        if page is self.domain_page:
            key = self.domain_page.key
            if any(domain.key == key for domain in (*change.changed, *change.added)):
                self.domain_page.domain_changed()
            elif key is not None and any(host.id == key.host_id for host in change.hosts_changed):
                self.domain_page.refresh()
                self.domain_page.overview.host_changed()
        elif page is self.host_page:
            self.host_page.refresh()
        elif page is self.bulk_page:
            self.bulk_page.refresh()
        elif self._fleet is None and self._services.inventory.hosts:
            # Made while the first host is being opened: its machines are work enough. In a turn of its own: the same
            # news make others select the host and end the dialog.
            self._make_fleet.start()
        else:
            self._show_all()

    @Slot()
    def _show_all(self) -> None:
        if self._services.inventory.hosts:
            _ = self.fleet_page
        if self._stack.currentWidget() in (self._empty, self._fleet):
            self._show_none()
            self._tell_fleet()

    # The banner.

    def _places(self) -> tuple[DomainKey | HostId, ...]:
        return (*self._selection.domains, *self._selection.hosts)

    def _host_name(self, job: Job) -> str:
        ids = {target.host_id for target in job.targets}
        host = self._services.inventory.hosts.get(ids.pop()) if len(ids) == 1 else None
        return host.name if host is not None else ""

    def _show_banner(self) -> None:
        job = next((self._failed[place] for place in self._places() if place in self._failed), None)
        if job is None and self._global is not None:
            job = self._global_job
        self._shown_job = job
        self._remedy = remedy = remedy_of(job) if job is not None else None
        error = job_words.error_of(job, self._host_name(job)) if job is not None else None
        error = error or self._global
        if error is None:
            self._banner.clear()
        else:
            self._banner.show_error(
                error,
                can_retry=job is not None and is_worth_another_try(job),
                other_text=button_words(remedy) if remedy is not None else "",
                other_is_harmless=remedy is not None and remedy.kind is RemedyKind.START_MEANS,
            )
        self._room.setVisible(error is not None)

    def _on_retry(self) -> None:
        job = self._shown_job
        if job is not None:
            self._forget(job)
            self._services.jobs.retry(job.id)
        self._show_banner()

    def _on_remedy(self) -> None:
        if self._remedy is not None:
            self._machine_commands.help_with(self._remedy)

    def _on_dismissed(self) -> None:
        if self._shown_job is not None:
            self._forget(self._shown_job)
        else:
            self._global = self._global_job = None
        self._show_banner()

    def _forget(self, job: Job) -> None:
        self._failed = {place: failed for place, failed in self._failed.items() if failed.id != job.id}
        error = job_words.error_of(job, self._host_name(job))
        if error == self._global:
            self._global = self._global_job = None
