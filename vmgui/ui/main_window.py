"""The main window: inventory at the left, details at the right, jobs at the bottom.

Features do not know each other; the window connects them. It never closes by itself: `close_requested` asks the
program to end, which calls `shutdown` and then `allow_close`.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtCore import QEvent, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QMainWindow, QMenu, QWidget

from vmgui.commands import creation, fleet, inventory, jobs, palette, window
from vmgui.commands.command import Situation
from vmgui.commands.menus import ALL, EMPTY_CONTEXT_MENU, HOST_CONTEXT_MENU, MACHINE_MENU
from vmgui.model.domain import DomainKey
from vmgui.model.host import HostConfig, HostId, HostState
from vmgui.model.job import Job
from vmgui.services.closing import close_each
from vmgui.services.scope import failures
from vmgui.services.services import Services
from vmgui.store.settings import SettingsStore
from vmgui.store.views import ViewStore
from vmgui.ui.about_dialogs import AboutDialog, ShortcutsDialog
from vmgui.ui.alerts.bell import AlertBell
from vmgui.ui.appearance import Appearance
from vmgui.ui.bridge.pane_scope import PaneScope
from vmgui.ui.hosts.commands import HostCommands
from vmgui.ui.inventory.pane import InventoryPane, Selection
from vmgui.ui.jobs.pane import JobsPane
from vmgui.ui.journal.window import JournalWindow
from vmgui.ui.kit.command_actions import CommandActions
from vmgui.ui.kit.confirm import confirm
from vmgui.ui.kit.draft import Drafts
from vmgui.ui.look import theme
from vmgui.ui.machine_commands import MachineCommands
from vmgui.ui.machine_dialogs import MachineDialogs
from vmgui.ui.machine_views import MachineViews
from vmgui.ui.palette.dialog import PaletteDialog
from vmgui.ui.selection_pane import SelectionPane
from vmgui.ui.status_line import StatusLine
from vmgui.ui.window_docks import WindowDocks
from vmgui.ui.window_menus import WindowMenus
from vmgui.ui.window_panes import PaneCycle
from vmgui.ui.xml.windows import XmlWindows
from vmgui.words import jobs as job_words
from vmgui.words import lifecycle as lifecycle_words
from vmgui.words.errors import explain

MESSAGE_MS = 6000
_DEFAULT_SIZE = (1280, 800)


@dataclass(frozen=True, slots=True)
class Hooks:
    """What the program plugs in; None: not there, and its actions say so."""

    console_factory: Callable[[DomainKey, QWidget], QWidget] | None = None
    create_wizard_factory: Callable[[HostId | None, QWidget], QWidget] | None = None
    views: ViewStore | None = None  # None: views last as long as the window


class MainWindow(QMainWindow):
    """One per program."""

    close_requested = Signal()

    def __init__(
        self,
        services: Services,
        settings: SettingsStore,
        hooks: Hooks | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("main-window")
        self._services = services
        self._hooks = hooks or Hooks()
        self._may_close = False
        self._wizard: QWidget | None = None
        self.scope = PaneScope("window", self)
        self._failures = failures.subscribe(self._on_task_failed)
        self.destroyed.connect(self._failures.cancel)
        room = self.screen().availableSize()
        # Room for the frame that the desktop puts around it.
        self.resize(min(_DEFAULT_SIZE[0], room.width()), min(_DEFAULT_SIZE[1], room.height() - 40))
        self.setMinimumSize(720, 480)
        self.setDockNestingEnabled(True)

        self.actions_ = CommandActions(ALL, self)
        self.machine_commands = MachineCommands(services, self.actions_, self)
        self.host_commands = HostCommands(services, self.actions_, self)
        self.inventory = InventoryPane(
            services.inventory,
            services.performance,
            services.jobs,
            services.definitions,
            self.actions_,
            self._hooks.views,
            self,
        )
        self.drafts: Drafts[Any] = Drafts()
        self.details = SelectionPane(
            services, self.drafts, self.actions_, self.machine_commands, self._hooks.console_factory, self
        )
        self.jobs = JobsPane(services.jobs, services.inventory, self)
        self._dialogs = MachineDialogs(services, self.machine_commands, self)
        tabs = self.details.domain_page.tabs
        self._views = MachineViews(lambda: self._acting, self.inventory, tabs, self._dialogs.undo, self)
        self.xml = XmlWindows(services, self.drafts, lambda: self._acting, self)
        self.docks = WindowDocks(self.inventory, self.jobs, self)
        self._panes = PaneCycle(self.inventory, self.details, self.jobs, self.docks, self)
        self.setCentralWidget(self.details)
        docks = (
            self.inventory.view_actions.menu.menuAction(),
            self.docks.inventory.toggleViewAction(),
            self.docks.jobs.toggleViewAction(),
        )
        self._menus = WindowMenus(self, self.actions_, self.machine_commands, {"docks": docks})
        self._status = StatusLine(services.inventory, self)
        self.statusBar().addWidget(self._status, 1)
        self.bell = AlertBell(services.alerts, self)
        self.statusBar().addPermanentWidget(self.bell)
        self.log = JournalWindow(services.journal, services.inventory, self)
        self.statusBar().setSizeGripEnabled(False)

        self._connect_signals()
        self._retranslate()
        self.docks.restore()
        self._appearance = Appearance(settings, self.actions_, services.files, self)
        self._on_selection(self.inventory.selected)
        self.inventory.tree.setFocus()

    # For the program.

    def show_domain(self, key: DomainKey, tab: str = "overview") -> None:
        """Select a machine and show its `overview` or `console` (a tab's id); also one the list does not know yet."""
        self.inventory.flush()
        self.inventory.select(key)
        self.details.domain_page.tabs.show_tab(tab, focus=True)

    def open_new_domain(self, host_id: HostId | None) -> None:
        """Open the wizard, for that host where one is named."""
        factory = self._hooks.create_wizard_factory
        if factory is None:
            self.show_message(self.tr("This program was built without its wizard."))
            return
        # Asked each time: the wizard keeps its draft and shows itself again.
        wizard = factory(host_id, self)
        if wizard is not self._wizard:
            self._wizard = wizard
            wizard.destroyed.connect(self._on_wizard_destroyed)

    def show_message(self, text: str) -> None:
        """Say something in the status bar for a while; empty takes it back."""
        if text:
            self.statusBar().showMessage(text, MESSAGE_MS)
        else:
            self.statusBar().clearMessage()

    def show_connect_dialog(self, edit: HostConfig | None = None) -> None:
        """Let the person connect to a host, or change how it is reached."""
        self.host_commands.show_dialog(edit)

    def confirm_quit_with_jobs(self, jobs: Sequence[Job]) -> Awaitable[bool]:
        """Ask whether to quit though these are under way."""
        return confirm(self, lifecycle_words.quit_with_jobs(tuple(job_words.title(job) for job in jobs)))

    async def confirm_quit_with_drafts(self) -> bool:
        """Ask whether to quit though something was changed and cannot be saved now; yes where nothing was."""
        await self.details.save_drafts()
        names = tuple(dict.fromkeys((*self.details.unsaved, *self.xml.unsaved)))
        return not names or await confirm(self, lifecycle_words.quit_with_drafts(names))

    async def shutdown(self) -> None:
        """End the panes: their tasks, consoles and subscriptions; the window stays on the screen."""
        self._failures.cancel()
        owners = (self, self.machine_commands, self.host_commands, self.inventory)
        await close_each(
            ("the window's places", self.docks.save),
            ("the status bar", self._status.stop),
            ("the appearance", self._appearance.close),
            ("the log", self.log.shutdown),
            ("the XML", self.xml.shutdown),
            ("the bell", self.bell.shutdown),
            ("the inventory", self.inventory.close_pane),
            ("the jobs", self.jobs.close_pane),
            ("the machines' dialogs", self._dialogs.shutdown),
            *((type(owner).__name__, partial(owner.scope.close, timeout_s=1.0)) for owner in owners),
            ("the wizard", self._end_wizard),
            ("the dialog of hosts", self.host_commands.close_dialog),
            ("the details", self.details.shutdown),
        )

    def _on_task_failed(self, error: Exception) -> None:
        """Something that was under way is not any more, and nobody else says so."""
        self.details.failures.show_error(explain(error))

    async def _end_wizard(self) -> None:
        if self._wizard is None:
            return
        end_wizard = getattr(self._wizard, "shut_down", None)
        if end_wizard is not None:
            await end_wizard()
        self._wizard.close()

    def allow_close(self) -> None:
        """The next close really closes."""
        self._may_close = True

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._may_close:
            event.accept()
            return
        event.ignore()
        self.close_requested.emit()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        elif event.type() == QEvent.Type.ApplicationFontChange:
            theme.watcher().font_changed()
        super().changeEvent(event)

    def createPopupMenu(self) -> QMenu | None:  # type: ignore[override]
        """No menu of docks on a right click into the tool bar: View has them."""
        return None

    # Building.

    def _connect_signals(self) -> None:
        hosts = self.host_commands
        self.actions_.bind(
            {
                creation.NEW_DOMAIN: self._on_new_domain,
                window.QUIT: self.close,
                fleet.FLEET: self._on_fleet,
                inventory.FILTER: self._on_focus_filter,
                palette.PALETTE: self._on_palette,
                jobs.EXPAND_JOBS: self.docks.expand_jobs,
                window.SHORTCUTS: self._on_shortcuts,
                window.ABOUT: self._on_about,
                **hosts.slots,
                **self._panes.slots,
                **self.log.slots,
                **self._views.slots,
                **self.xml.slots,
                **self.bell.slots,
            }
        )
        self.docks.jobs_expanded.connect(self.actions_[jobs.EXPAND_JOBS].setChecked)
        for pane in (self.bell, self.details):
            pane.domain_chosen.connect(self._on_palette_domain)
            pane.host_chosen.connect(self.inventory.select_host)
        for said in (hosts, self._dialogs):
            said.message.connect(self.show_message)
            said.failed.connect(self.details.failures.show_error)
        self.inventory.selection_changed.connect(self._on_selection)
        self.inventory.menu_asked.connect(self._on_menu)
        self.inventory.states_changed.connect(self._on_states_changed)
        self.details.connect_asked.connect(hosts.connect_new)
        self.details.new_domain_asked.connect(self._on_new_domain)
        self.details.machine_head.xml_asked.connect(self.xml.show)
        self.details.host_head.edit_asked.connect(hosts.edit)
        self.details.host_head.alone_asked.connect(hosts.go_on_alone)
        self.details.host_head.remove_asked.connect(hosts.remove)
        self.details.machines.selection_changed.connect(self._on_table_selection)
        self.details.machines.open_asked.connect(self._on_palette_domain)
        self.details.machines.filtered = self.inventory.model.shown_keys
        self.inventory.model.shown_changed.connect(self.details.machines.filter_changed)
        self.details.machines.menu_asked.connect(self._on_menu)
        hosts.connected.connect(self._on_host_connected)
        self.details.host_head.new_domain_asked.connect(self.open_new_domain)
        self.details.failures.is_told_elsewhere = self.xml.tells
        self.jobs.changed.connect(self.details.failures.show_jobs)
        self.jobs.remedy_asked.connect(self.machine_commands.help_with)
        self.machine_commands.message.connect(self.show_message)

    def _retranslate(self) -> None:
        self.setWindowTitle("vmgui")
        self.docks.retranslate()
        self.machine_commands.refresh()
        self._menus.retranslate()

    # Selection.

    def _on_selection(self, selection: Selection) -> None:
        self.machine_commands.set_selection(selection.domains)
        self.details.show_selection(selection)
        self._enable()

    @property
    def _acting(self) -> tuple[DomainKey, ...]:
        """The machines that actions are for: of the table that is shown, else of the inventory."""
        return self.details.machines.selected or self.inventory.selected.domains

    def _on_table_selection(self, _keys: tuple[DomainKey, ...]) -> None:
        self.machine_commands.set_selection(self._acting)
        self._enable()

    def _on_states_changed(self) -> None:
        self.machine_commands.refresh()
        self._enable()
        self._status.refresh()

    def _enable(self) -> None:
        host_id = self._selected_host()
        self.host_commands.set_selected(host_id)
        known = self._services.inventory.hosts
        order = [config.id for config in self._services.hosts.configs]
        self.actions_.judge(
            Situation(
                machines=len(self._acting),
                host=known.get(host_id) if host_id else None,
                place=order.index(host_id) if host_id in order else -1,
                hosts=len(order),
                is_connected=any(host.state is HostState.CONNECTED for host in known.values()),
            )
        )

    def _selected_host(self) -> HostId | None:
        selection = self.inventory.selected
        return selection.hosts[-1] if selection.hosts else None

    # What is asked for.

    def _on_new_domain(self) -> None:
        selection = self.inventory.selected
        host_id = selection.domains[0].host_id if selection.domains else self._selected_host()
        self.open_new_domain(host_id)

    def _on_wizard_destroyed(self) -> None:
        self._wizard = None

    def _on_host_connected(self, host_id: HostId) -> None:
        # The dialog goes first: its end and the host's page in one turn would hold up the window.
        QTimer.singleShot(0, self, lambda: self._select_host(host_id))

    def _select_host(self, host_id: HostId) -> None:
        self.inventory.flush()
        self.inventory.select_host(host_id)

    def _on_fleet(self) -> None:
        self.inventory.tree.clearSelection()
        # Also where a filter hides what was selected.
        self._on_selection(Selection())

    def _on_focus_filter(self) -> None:
        self.docks.inventory.show()
        self.inventory.focus_filter()

    def _on_palette(self) -> None:
        dialog = PaletteDialog(self.actions_.all, self._services.inventory, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.domain_chosen.connect(self._on_palette_domain)
        dialog.host_chosen.connect(self.inventory.select_host)
        dialog.open()

    def _on_palette_domain(self, key: DomainKey) -> None:
        self.inventory.select(key)
        self.inventory.tree.setFocus()

    def _on_shortcuts(self) -> None:
        ShortcutsDialog(self.actions_.all, self).open()

    def _on_about(self) -> None:
        AboutDialog(self).open()

    def _on_menu(self, place: QPoint) -> None:
        if self._acting:
            items = MACHINE_MENU
        else:
            items = HOST_CONTEXT_MENU if self.inventory.selected.hosts else EMPTY_CONTEXT_MENU
        self._menus.context_menu(items).popup(place)
