"""The right side: the page that fits what is selected, under a banner for what went wrong with it."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any

from PySide6.QtCore import QEvent, QTimer, Signal, Slot
from PySide6.QtWidgets import QStackedWidget, QTabBar, QVBoxLayout, QWidget

from vmgui.model.changeset import ChangeSet
from vmgui.model.domain import Domain, DomainKey
from vmgui.model.host import Host, HostState
from vmgui.services.closing import close_each
from vmgui.services.inventory import merge
from vmgui.services.services import Services
from vmgui.services.uptime import UptimeWatch
from vmgui.ui.bridge.service_bridge import BatchedSignal
from vmgui.ui.failure_banner import FailureBanner
from vmgui.ui.hosts.host_head import HostHead
from vmgui.ui.inventory.pane import Selection
from vmgui.ui.kit.command_actions import CommandActions
from vmgui.ui.kit.draft import Drafts, owner_of
from vmgui.ui.kit.object_page import ObjectPage
from vmgui.ui.kit.page_tabs import ALL_HOSTS, PageTabs, Target, follow_in_tab_order
from vmgui.ui.look.empty_state import EmptyState
from vmgui.ui.machine_commands import MachineCommands
from vmgui.ui.machines.link import MachinesLink
from vmgui.ui.overview.bulk_page import BulkPage
from vmgui.ui.overview.head import MachineHead
from vmgui.ui.selection_tabs import FLEET_TABS, HOST_TABS, MACHINE_TABS, Means, load_overviews
from vmgui.ui.stored_files.banner import FilesBanner
from vmgui.words.say import say


class SelectionPane(QWidget):
    """Told what is selected; tells what the empty page's button asks for."""

    connect_asked = Signal()
    new_domain_asked = Signal()
    host_chosen = Signal(str)  # HostId, clicked among all hosts
    domain_chosen = Signal(object)  # DomainKey, likewise

    def __init__(
        self,
        services: Services,
        drafts: Drafts[Any],
        actions: CommandActions,
        machine_commands: MachineCommands,
        console_factory: Callable[[DomainKey, QWidget], QWidget] | None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("details")
        self._services = services
        self._drafts = drafts
        self._uptimes = UptimeWatch(services.inventory)
        self.machines = MachinesLink(actions.of_lists, self)
        self.host_head = HostHead(services, self)
        self._means = Means(
            services,
            self._uptimes,
            drafts,
            self.machines,
            console_factory,
            self.host_chosen,
            self.domain_chosen,
            machine_commands.carry_out,
        )
        self.machine_head = MachineHead(services, self._uptimes, drafts, self)
        self.domain_page = ObjectPage(
            "domain",
            say("Tabs", "Details of the virtual machine"),
            self.machine_head,
            PageTabs(MACHINE_TABS, self._means, drafts),
            self,
        )
        self.host_page = ObjectPage(
            "host",
            say("Tabs", "Details of the host"),
            self.host_head,
            PageTabs(HOST_TABS, self._means, drafts),
            self,
        )
        self._fleet: ObjectPage | None = None
        self._bulk = BulkPage(services.inventory, machine_commands.all, self)
        self._empty = EmptyState("monitor", self)
        self._empty.activated.connect(self._on_empty_button)
        self._stack = QStackedWidget(self)
        for page in (self._empty, self.domain_page, self.host_page, self._bulk):
            self._stack.addWidget(page)
        self._files_banner = FilesBanner(services.files, self)
        self._files_banner.changed.connect(self._show_all)
        self.failures = FailureBanner(services, machine_commands.help_with, self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._files_banner)
        layout.addWidget(self.failures)
        layout.addWidget(self._stack, 1)
        # Made while the first host is being opened: its machines are work enough. Each in a turn of its own: the news
        # that begin it make others select the host and end the dialog, and one page is 20 to 40 ms.
        self._ahead = iter(
            (self._show_all, load_overviews, self.domain_page.tabs.make_front, self.host_page.tabs.make_front)
        )
        self._make_ahead = QTimer(self, singleShot=True)
        self._make_ahead.timeout.connect(self._on_make_ahead)
        self._changes = BatchedSignal(services.inventory.changes, self)
        self._changes.arrived.connect(self._on_changes)
        self.show_selection(Selection())

    @property
    def fleet_page(self) -> ObjectPage:
        """All hosts; made when it is first needed: the window need not wait for it."""
        if self._fleet is None:
            from vmgui.ui.fleet.head import FleetHead

            self._fleet = ObjectPage(
                "fleet",
                say("Tabs", "Details of all hosts"),
                FleetHead(self._services, self),
                PageTabs(FLEET_TABS, self._means, self._drafts),
                self,
            )
            self._stack.addWidget(self._fleet)
            follow_in_tab_order(self._fleet, self._bulk)
        return self._fleet

    @property
    def unsaved(self) -> tuple[str, ...]:
        """The names of the machines and hosts that have a draft in a tab."""
        known = (self._known(key) for key in dict.fromkeys(owner_of(key) for _, key in self._drafted()))
        return tuple(one.name for one in known if one is not None)

    async def save_drafts(self) -> None:
        """Save what saves itself when its field is left."""
        overview = self.domain_page.tabs.content("overview")
        if overview is not None:
            await overview.save_notes()

    def tab_bar(self) -> QTabBar | None:
        """Of the page that is shown, where it has tabs."""
        page = self._stack.currentWidget()
        return page.tabs.tabBar() if isinstance(page, ObjectPage) else None

    def show_selection(self, selection: Selection) -> None:
        """Show the page for it."""
        if len(selection.domains) == 1:
            self._show_object(self.domain_page, selection.domains[0])
        elif selection.domains:
            self._bulk.set_domains(selection.domains)
            self._show_page(self._bulk)
        elif selection.hosts:
            self._show_object(self.host_page, selection.hosts[-1])
        else:
            self._show_none()
        self.failures.show_places((*selection.domains, *selection.hosts))

    async def shutdown(self) -> None:
        """End all that is under way."""
        # Nobody would end a page that is made from now on.
        self._make_ahead.stop()
        self._changes.close()
        self._files_banner.close_pane()
        self._uptimes.close()
        pages = (self.domain_page, self.host_page, self._fleet)
        await close_each(*((page.objectName(), page.shutdown) for page in pages if page is not None))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._show_empty()
        super().changeEvent(event)

    def _drafted(self) -> tuple[tuple[str, Hashable], ...]:
        tabs = dict.fromkeys(tab.id for tab in (*MACHINE_TABS, *HOST_TABS))
        return tuple((tab_id, key) for tab_id in tabs for key in self._drafts.keys(tab_id))

    def _known(self, key: Hashable) -> Domain | Host | None:
        inventory = self._services.inventory
        key = owner_of(key)
        return inventory.domains.get(key) if isinstance(key, DomainKey) else inventory.hosts.get(str(key))

    def _show_object(self, page: ObjectPage, target: Target) -> None:
        page.show_target(target)
        self._show_page(page)

    def _show_page(self, page: QWidget) -> None:
        self._stack.setCurrentWidget(page)
        for other in (self.domain_page, self.host_page, self._fleet):
            if other is not None and other is not page:
                other.show_target(None)

    def _show_none(self) -> None:
        """Nothing is selected: all hosts, or what to do where there is nothing to see of them."""
        inventory = self._services.inventory
        if inventory.domains or len(inventory.hosts) > 1:
            self._show_object(self.fleet_page, ALL_HOSTS)
        else:
            self._show_empty()
            self._show_page(self._empty)

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
        changes = merge(*batch)
        self.failures.forget_places((*changes.removed, *changes.hosts_removed))
        for tab_id, key in self._drafted():
            if self._known(key) is None:
                self._drafts.forget(tab_id, key)
        page = self._stack.currentWidget()
        if page is self._bulk:
            self._bulk.refresh()
        elif page in (self._empty, self._fleet):
            if self._fleet is None and self._services.inventory.hosts:
                self._make_ahead.start()
            else:
                self._show_all()

    @Slot()
    def _on_make_ahead(self) -> None:
        make = next(self._ahead, None)
        if make is not None:
            make()
            self._make_ahead.start()

    @Slot()
    def _show_all(self) -> None:
        if self._services.inventory.hosts:
            _ = self.fleet_page
        if self._stack.currentWidget() in (self._empty, self._fleet):
            self._show_none()
