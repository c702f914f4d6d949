"""The main window: inventory at the left, details at the right, jobs at the bottom.

Features do not know each other; the window connects them. It never closes by itself: `close_requested` asks the
program to end, which calls `shutdown` and then `allow_close`.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QEvent, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QCloseEvent
from PySide6.QtWidgets import QMainWindow, QMenu, QWidget

from vmgui.model.domain import DomainKey
from vmgui.model.host import HostConfig, HostId, HostState
from vmgui.model.job import Job, JobKind
from vmgui.services.closing import close_each
from vmgui.services.scope import failures
from vmgui.services.services import Services
from vmgui.store.settings import SettingsStore
from vmgui.store.views import ViewStore
from vmgui.ui.about_dialogs import AboutDialog, ShortcutsDialog
from vmgui.ui.alerts.bell import AlertBell
from vmgui.ui.appearance import Appearance
from vmgui.ui.bridge.pane_scope import PaneScope
from vmgui.ui.deletion.flow import DeletionFlow
from vmgui.ui.hosts.commands import HostCommands
from vmgui.ui.inventory.pane import InventoryPane, Selection
from vmgui.ui.jobs.pane import JobsPane
from vmgui.ui.journal.window import JournalWindow
from vmgui.ui.kit.confirm import confirm
from vmgui.ui.lifecycle.actions import LifecycleActions
from vmgui.ui.look import theme
from vmgui.ui.palette.dialog import PaletteDialog
from vmgui.ui.selection_pane import SelectionPane
from vmgui.ui.status_line import StatusLine
from vmgui.ui.tags.flow import TagsFlow
from vmgui.ui.window_actions import Menus, WindowActions
from vmgui.ui.window_docks import WindowDocks
from vmgui.ui.window_panes import PaneCycle
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

        self.actions_ = WindowActions(self)
        self.lifecycle = LifecycleActions(services.lifecycle, services.inventory, services.tags, self)
        self.host_commands = HostCommands(services, self)
        self.inventory = InventoryPane(
            services.inventory, services.performance, services.jobs, services.tags, self._hooks.views, self
        )
        self.details = SelectionPane(services, self.lifecycle, self._hooks.console_factory, self)
        self.jobs = JobsPane(services.jobs, services.inventory, self)
        self._deletion = DeletionFlow(services.deletion, services.inventory, self)
        self._tags = TagsFlow(services.tags, services.inventory, self)
        self.docks = WindowDocks(self.inventory, self.jobs, self)
        self._panes = PaneCycle(self.inventory, self.details, self.jobs, self.docks, self)
        self.setCentralWidget(self.details)
        self._menus = Menus(
            self,
            self.actions_,
            self.lifecycle,
            (
                self.inventory.view_actions.menu.menuAction(),
                self.docks.inventory.toggleViewAction(),
                self.docks.jobs.toggleViewAction(),
            ),
        )
        self._menus.domain.addSeparator()
        self._menus.domain.addAction(self.inventory.select_all)
        self._status = StatusLine(services.inventory, self)
        self.statusBar().addWidget(self._status, 1)
        self.bell = AlertBell(services.alerts, self)
        self.statusBar().addPermanentWidget(self.bell)
        self.log = JournalWindow(services.journal, services.inventory, self)
        self.statusBar().setSizeGripEnabled(False)
        # These keys mean something else in other panes: there they are left alone.
        for kind in (JobKind.DELETE, JobKind.RENAME, JobKind.START):
            action = self.lifecycle.action(kind)
            self.removeAction(action)
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            self.inventory.addAction(action)

        self._connect_signals()
        self._retranslate()
        self.docks.restore()
        self._appearance = Appearance(settings, self.actions_, services.files, self)
        self._on_selection(self.inventory.selected)
        self.inventory.tree.setFocus()

    # For the program.

    def show_domain(self, key: DomainKey, tab: str = "overview") -> None:
        """Select a machine and show its `overview` or `console`; also one the list does not know yet."""
        self.inventory.flush()
        self.inventory.select(key)
        if tab == "console":
            self.details.domain_page.show_console()
        else:
            self.details.domain_page.show_overview()

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

    async def shutdown(self) -> None:
        """End the panes: their tasks, consoles and subscriptions; the window stays on the screen."""
        self._failures.cancel()
        owners = (self, self.lifecycle, self.host_commands, self._deletion, self._tags, self.inventory)
        await close_each(
            ("the window's places", self.docks.save),
            ("the status bar", self._status.stop),
            ("the appearance", self._appearance.close),
            ("the log", self.log.close_pane),
            ("the bell", self.bell.shutdown),
            ("the inventory", self.inventory.close_pane),
            ("the jobs", self.jobs.close_pane),
            *((type(owner).__name__, partial(owner.scope.close, timeout_s=1.0)) for owner in owners),
            ("the wizard", self._end_wizard),
            ("the dialog of hosts", self.host_commands.close_dialog),
            ("the details", self.details.shutdown),
        )

    def _on_task_failed(self, error: Exception) -> None:
        """Something that was under way is not any more, and nobody else says so."""
        self.details.show_error(explain(error))

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
        actions, hosts = self.actions_, self.host_commands
        actions.new_domain.triggered.connect(self._on_new_domain)
        actions.quit.triggered.connect(self.close)
        actions.console.triggered.connect(self._on_console)
        actions.overview.triggered.connect(self._on_overview)
        actions.fleet.triggered.connect(self._on_fleet)
        actions.focus_filter.triggered.connect(self._on_focus_filter)
        actions.palette.triggered.connect(self._on_palette)
        actions.next_pane.triggered.connect(self._panes.next)
        actions.previous_pane.triggered.connect(self._panes.previous)
        actions.expand_jobs.triggered.connect(self.docks.expand_jobs)
        self.docks.jobs_expanded.connect(actions.expand_jobs.setChecked)
        actions.log.triggered.connect(self.log.show_log)
        actions.alerts.triggered.connect(self.bell.show_list)
        actions.alert_settings.triggered.connect(self.bell.show_settings)
        self.bell.domain_chosen.connect(self._on_palette_domain)
        self.bell.host_chosen.connect(self.inventory.select_host)
        actions.shortcuts.triggered.connect(self._on_shortcuts)
        actions.about.triggered.connect(self._on_about)
        actions.drive_hosts(hosts)
        hosts.message.connect(self.show_message)
        hosts.failed.connect(self.details.show_error)
        self.inventory.selection_changed.connect(self._on_selection)
        self.inventory.open_asked.connect(self._on_console)
        self.inventory.menu_asked.connect(self._on_menu)
        self.inventory.states_changed.connect(self._on_states_changed)
        self.details.connect_asked.connect(hosts.connect_new)
        self.details.new_domain_asked.connect(self._on_new_domain)
        self.details.host_page.edit_asked.connect(hosts.edit)
        self.details.host_page.alone_asked.connect(hosts.go_on_alone)
        self.details.host_page.remove_asked.connect(hosts.remove)
        self.details.machines.selection_changed.connect(self._on_table_selection)
        self.details.machines.open_asked.connect(self._on_palette_domain)
        self.details.machines.filtered = self.inventory.model.shown_keys
        self.inventory.model.shown_changed.connect(self.details.machines.filter_changed)
        self.details.machines.menu_asked.connect(self._on_menu)
        self.details.host_chosen.connect(self.inventory.select_host)
        self.details.domain_chosen.connect(self._on_palette_domain)
        hosts.connected.connect(self._on_host_connected)
        self.details.host_page.new_domain_asked.connect(self.open_new_domain)
        self.jobs.changed.connect(self.details.show_jobs)
        self.jobs.remedy_asked.connect(self.lifecycle.help_with)
        self.lifecycle.delete_asked.connect(self._deletion.ask)
        self.lifecycle.tags_asked.connect(self._tags.ask)
        self.lifecycle.message.connect(self.show_message)
        self._deletion.looking.connect(self.show_message)
        self._deletion.failed.connect(self.details.show_error)

    def _retranslate(self) -> None:
        self.setWindowTitle("vmgui")
        self.docks.retranslate()
        self.actions_.retranslate()
        self.lifecycle.retranslate()
        self.lifecycle.refresh()
        self._menus.retranslate()

    # Selection.

    def _on_selection(self, selection: Selection) -> None:
        self.lifecycle.set_selection(selection.domains)
        self.details.show_selection(selection)
        self._enable()

    @property
    def _acting(self) -> tuple[DomainKey, ...]:
        """The machines that actions are for: of the table that is shown, else of the inventory."""
        return self.details.machines.selected or self.inventory.selected.domains

    def _on_table_selection(self, _keys: tuple[DomainKey, ...]) -> None:
        self.lifecycle.set_selection(self._acting)
        self._enable()

    def _on_states_changed(self) -> None:
        self.lifecycle.refresh()
        self._enable()
        self._status.refresh()

    def _enable(self) -> None:
        actions = self.actions_
        one = len(self._acting) == 1
        for action in (actions.console, actions.overview):
            action.setEnabled(one)
        host_id = self._selected_host()
        self.host_commands.set_selected(host_id)
        host = self._services.inventory.hosts.get(host_id) if host_id else None
        actions.host_connect.setEnabled(host is not None and host.state is HostState.DISCONNECTED)
        failed = (HostState.UNREACHABLE, HostState.REFUSED)
        actions.host_retry.setEnabled(host is not None and host.state in failed)
        actions.host_disconnect.setEnabled(host is not None and host.state is not HostState.DISCONNECTED)
        actions.host_edit.setEnabled(host is not None)
        actions.host_remove.setEnabled(host is not None)
        actions.host_up.setEnabled(self.host_commands.can_move(-1))
        actions.host_down.setEnabled(self.host_commands.can_move(1))
        actions.export_hosts.setEnabled(bool(self._services.hosts.configs))
        known = self._services.inventory.hosts.values()
        actions.new_domain.setEnabled(any(other.state is HostState.CONNECTED for other in known))

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

    def _on_console(self) -> None:
        if len(self._acting) == 1:
            self.inventory.select(self._acting[0])
            self.details.domain_page.show_console()

    def _on_overview(self) -> None:
        if len(self._acting) == 1:
            self.inventory.select(self._acting[0])
        self.details.domain_page.show_overview()

    def _on_fleet(self) -> None:
        self.inventory.tree.clearSelection()
        # Also where a filter hides what was selected.
        self._on_selection(Selection())

    def _on_focus_filter(self) -> None:
        self.docks.inventory.show()
        self.inventory.focus_filter()

    def _on_palette(self) -> None:
        dialog = PaletteDialog(self._all_actions(), self._services.inventory, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.domain_chosen.connect(self._on_palette_domain)
        dialog.host_chosen.connect(self.inventory.select_host)
        dialog.open()

    def _on_palette_domain(self, key: DomainKey) -> None:
        self.inventory.select(key)
        self.inventory.tree.setFocus()

    def _on_shortcuts(self) -> None:
        ShortcutsDialog(tuple(self._all_actions()), self).open()

    def _all_actions(self) -> list[QAction]:
        return [*self.actions_.all, *self.lifecycle.all, *self.inventory.actions_]

    def _on_about(self) -> None:
        AboutDialog(self).open()

    def _on_menu(self, place: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if self._acting:
            self._menus.fill_domain_menu(menu)
            menu.addSeparator()
            menu.addAction(self.inventory.select_all)
        else:
            menu.addAction(self.actions_.new_domain)
            menu.addSeparator()
            if self.inventory.selected.hosts:
                self._menus.fill_host_menu(menu)
                menu.addSeparator()
                menu.addAction(self.inventory.select_of_hosts)
            else:
                menu.addAction(self.actions_.connect_host)
        menu.popup(place)
