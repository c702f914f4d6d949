"""The window's own actions (not those of machines) and the menus and tool bar made of all."""

from __future__ import annotations

from PySide6.QtCore import QObject, QSize, Qt
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu, QSizePolicy, QToolBar, QToolButton, QWidget

from vmgui.model.job import JobKind
from vmgui.ui.hosts.commands import HostCommands
from vmgui.ui.kit.plain import tip
from vmgui.ui.lifecycle.actions import LifecycleActions
from vmgui.ui.look.icons import IconRole, icon

THEMES = ("system", "light", "dark")
LANGUAGES = ("system", "en", "es")


class WindowActions(QObject):
    """Made once; texts are set by `retranslate`."""

    def __init__(self, window: QMainWindow) -> None:
        super().__init__(window)
        self.new_domain = self._make("new-domain", "plus", "Ctrl+N", IconRole.ACCENT)
        self.connect_host = self._make("connect-host", "server", "Ctrl+Shift+N")
        self.quit = self._make("quit", "log-out", "Ctrl+Q")
        # Also from the wizard, which is a window of its own.
        self.quit.setShortcutContext(Qt.ShortcutContext.ApplicationShortcut)
        self.console = self._make("console", "monitor", "Ctrl+Shift+C")
        self.overview = self._make("overview", "file-text", "Ctrl+Shift+O")
        self.fleet = self._make("fleet", "server", "Ctrl+Shift+H")
        self.focus_filter = self._make("filter", "search", "Ctrl+F")
        self.palette = self._make("palette", "command", "Ctrl+K")
        self.next_pane = self._make("next-pane", "", "F6")
        self.previous_pane = self._make("previous-pane", "", "Shift+F6")
        self.expand_jobs = self._make("expand-jobs", "list-checks", "Ctrl+J")
        self.log = self._make("log", "history", "Ctrl+L")
        self.alerts = self._make("alerts", "bell", "Ctrl+Shift+L")
        self.alert_settings = self._make("alert-settings", "settings", "Ctrl+Alt+L")
        self.shortcuts = self._make("shortcuts", "keyboard", "F1")
        self.about = self._make("about", "info", "Ctrl+F1")
        self.host_connect = self._make("host-connect", "plug", "Ctrl+Alt+C")
        self.host_disconnect = self._make("host-disconnect", "unplug", "Ctrl+Alt+D")
        self.host_retry = self._make("host-retry", "rotate-cw", "Ctrl+Alt+Y")
        self.host_edit = self._make("host-edit", "settings", "Ctrl+Alt+E")
        self.host_up = self._make("host-up", "chevron-up", "Ctrl+Alt+Up")
        self.host_down = self._make("host-down", "chevron-down", "Ctrl+Alt+Down")
        self.import_hosts = self._make("import-hosts", "", "Ctrl+Alt+O")
        self.export_hosts = self._make("export-hosts", "", "Ctrl+Alt+S")
        self.host_remove = self._make("host-remove", "x", "Ctrl+Alt+Del")
        self.expand_jobs.setCheckable(True)
        self.theme_group, self.themes = self._choices("theme", THEMES)
        self.language_group, self.languages = self._choices("language", LANGUAGES)

    @property
    def all(self) -> tuple[QAction, ...]:
        """All actions, for the palette."""
        return tuple(action for action in self.children() if isinstance(action, QAction))

    def drive_hosts(self, hosts: HostCommands) -> None:
        """Have the actions of hosts do what they say."""
        for action, slot in (
            (self.connect_host, hosts.connect_new),
            (self.host_connect, hosts.connect_selected),
            (self.host_retry, hosts.retry_selected),
            (self.host_disconnect, hosts.disconnect_selected),
            (self.host_edit, hosts.edit_selected),
            (self.host_remove, hosts.remove_selected),
            (self.host_up, hosts.move_up_selected),
            (self.host_down, hosts.move_down_selected),
            (self.import_hosts, hosts.import_list),
            (self.export_hosts, hosts.export_list),
        ):
            action.triggered.connect(slot)

    def retranslate(self) -> None:
        """Set all texts."""
        for action, text in (
            (self.new_domain, self.tr("New virtual machine…")),
            (self.connect_host, self.tr("Connect to a host…")),
            (self.quit, self.tr("Quit")),
            (self.console, self.tr("Open console")),
            (self.overview, self.tr("Show overview")),
            (self.fleet, self.tr("Show all hosts")),
            (self.focus_filter, self.tr("Filter the inventory")),
            (self.palette, self.tr("Search…")),
            (self.next_pane, self.tr("Next pane")),
            (self.previous_pane, self.tr("Previous pane")),
            (self.expand_jobs, self.tr("List of jobs")),
            (self.log, self.tr("Log of tasks and events")),
            (self.alerts, self.tr("Active alerts")),
            (self.alert_settings, self.tr("Alerts…")),
            (self.shortcuts, self.tr("Keyboard shortcuts")),
            (self.about, self.tr("About vmgui")),
            (self.host_connect, self.tr("Connect")),
            (self.host_disconnect, self.tr("Disconnect")),
            (self.host_retry, self.tr("Retry now")),
            (self.host_edit, self.tr("Change the host…")),
            (self.host_up, self.tr("Move the host up")),
            (self.host_down, self.tr("Move the host down")),
            (self.import_hosts, self.tr("Import hosts…")),
            (self.export_hosts, self.tr("Export the list of hosts…")),
            (self.host_remove, self.tr("Remove the host from the list…")),
            (self.themes["system"], self.tr("Theme: like the desktop")),
            (self.themes["light"], self.tr("Theme: light")),
            (self.themes["dark"], self.tr("Theme: dark")),
            (self.languages["system"], self.tr("Language: like the desktop")),
            # Each language in its own words, so that a person finds theirs.
            (self.languages["en"], "English"),
            (self.languages["es"], "Español"),
        ):
            action.setText(text)
            keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
            plain = text.rstrip("…")
            action.setToolTip(tip(f"{plain} ({keys})" if keys else plain))
        self.new_domain.setIconText(self.tr("New VM"))
        self.console.setIconText(self.tr("Console"))

    def _make(self, name: str, icon_name: str, shortcut: str, role: IconRole = IconRole.TEXT) -> QAction:
        action = QAction(self)
        action.setObjectName(f"action-{name}")
        if icon_name:
            action.setIcon(icon(icon_name, role))
        if shortcut:
            action.setShortcut(QKeySequence(shortcut))
        window = self.parent()
        if isinstance(window, QMainWindow):
            window.addAction(action)
        return action

    def _choices(self, name: str, values: tuple[str, ...]) -> tuple[QActionGroup, dict[str, QAction]]:
        group = QActionGroup(self)
        actions: dict[str, QAction] = {}
        for value in values:
            action = self._make(f"{name}-{value}", "", "")
            action.setCheckable(True)
            action.setData(value)
            group.addAction(action)
            actions[value] = action
        return group, actions


class Menus(QObject):
    """The menu bar and the tool bar."""

    def __init__(
        self,
        window: QMainWindow,
        actions: WindowActions,
        lifecycle: LifecycleActions,
        dock_actions: tuple[QAction, ...],
    ) -> None:
        super().__init__(window)
        self._window = window
        self._actions = actions
        self._lifecycle = lifecycle
        bar = window.menuBar()
        self.file = bar.addMenu("")
        self.domain = bar.addMenu("")
        self.view = bar.addMenu("")
        self.help = bar.addMenu("")
        self.file.addActions([actions.new_domain, actions.connect_host])
        self.file.addActions([actions.import_hosts, actions.export_hosts])
        self.file.addSeparator()
        self.host = self.file.addMenu("")
        self.fill_host_menu(self.host)
        self.file.addSeparator()
        self.file.addAction(actions.quit)
        self.fill_domain_menu(self.domain)
        self.view.addActions([actions.palette, actions.focus_filter, actions.fleet])
        self.view.addSeparator()
        self.view.addActions(list(dock_actions))
        self.view.addActions([actions.expand_jobs, actions.log])
        self.view.addActions([actions.next_pane, actions.previous_pane])
        self.view.addSeparator()
        self.view.addActions([actions.alerts, actions.alert_settings])
        self.view.addSeparator()
        self.theme = self.view.addMenu("")
        self.theme.addActions(list(actions.themes.values()))
        self.language = self.view.addMenu("")
        self.language.addActions(list(actions.languages.values()))
        self.help.addActions([actions.shortcuts, actions.about])
        for menu in (self.file, self.domain, self.view, self.help, self.host):
            menu.setToolTipsVisible(True)
        self.tool_bar = self._make_tool_bar()

    def fill_domain_menu(self, menu: QMenu) -> None:
        """All that can be done with machines."""
        act = self._lifecycle.action
        menu.setToolTipsVisible(True)
        menu.addActions([self._actions.console, self._actions.overview])
        menu.addSeparator()
        menu.addActions([act(kind) for kind in (JobKind.START, JobKind.SHUT_DOWN, JobKind.REBOOT)])
        menu.addActions([act(kind) for kind in (JobKind.PAUSE, JobKind.RESUME)])
        menu.addSeparator()
        menu.addActions([act(kind) for kind in (JobKind.SAVE, JobKind.DISCARD_SAVED)])
        menu.addSeparator()
        menu.addActions([act(kind) for kind in (JobKind.RESET, JobKind.FORCE_OFF)])
        menu.addSeparator()
        menu.addActions([act(kind) for kind in (JobKind.SET_AUTOSTART, JobKind.SET_TAGS, JobKind.RENAME)])
        menu.addAction(act(JobKind.DELETE))

    def fill_host_menu(self, menu: QMenu) -> None:
        """All that can be done with hosts."""
        actions = self._actions
        menu.addActions([actions.host_connect, actions.host_retry, actions.host_disconnect])
        menu.addAction(actions.host_edit)
        menu.addActions([actions.host_up, actions.host_down, actions.host_remove])

    def retranslate(self) -> None:
        """Set all texts."""
        for menu, text in (
            (self.file, self.tr("&File")),
            (self.domain, self.tr("Virtual &machine")),
            (self.view, self.tr("&View")),
            (self.help, self.tr("&Help")),
            (self.host, self.tr("Host")),
            (self.theme, self.tr("Theme")),
            (self.language, self.tr("Language")),
        ):
            menu.setTitle(text)
        self._shut_down_menu.setTitle(self.tr("Shut down, reboot, reset, force off, save"))
        self.tool_bar.setWindowTitle(self.tr("Tool bar"))
        self._search.setText(self.tr("Search"))
        self._name_buttons()

    def _name_buttons(self) -> None:
        """A button that becomes "Resume" or "Restore" is called so by a screen reader too."""
        for button, action in self._buttons:
            if button.accessibleName() != action.iconText():
                button.setAccessibleName(action.iconText())

    def _make_tool_bar(self) -> QToolBar:
        act = self._lifecycle.action
        bar = QToolBar(self._window)
        bar.setObjectName("tool-bar")
        bar.setMovable(False)
        # Wider than high: room between an icon and its text.
        bar.setIconSize(QSize(24, 18))
        self._buttons: list[tuple[QToolButton, QAction]] = []
        self._add_button(bar, self._actions.new_domain)
        bar.addSeparator()
        self._add_button(bar, act(JobKind.START))
        shut_down = self._add_button(bar, act(JobKind.SHUT_DOWN))
        self._shut_down_menu = QMenu(shut_down)
        self._shut_down_menu.setToolTipsVisible(True)
        self._shut_down_menu.addActions(
            [act(kind) for kind in (JobKind.SHUT_DOWN, JobKind.REBOOT, JobKind.SAVE)]
        )
        self._shut_down_menu.addSeparator()
        self._shut_down_menu.addActions([act(kind) for kind in (JobKind.RESET, JobKind.FORCE_OFF)])
        shut_down.setMenu(self._shut_down_menu)
        shut_down.setPopupMode(QToolButton.ToolButtonPopupMode.MenuButtonPopup)
        self._add_button(bar, self._lifecycle.pause_or_resume)
        bar.addSeparator()
        self._add_button(bar, self._actions.console)
        spacer = QWidget(bar)
        spacer.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        bar.addWidget(spacer)
        self._search = self._add_button(bar, self._actions.palette)
        self._window.addToolBar(bar)
        return bar

    def _add_button(self, bar: QToolBar, action: QAction) -> QToolButton:
        bar.addAction(action)
        button = bar.widgetForAction(action)
        assert isinstance(button, QToolButton)
        button.setObjectName(f"tool-{action.objectName().removeprefix('action-')}")
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._buttons.append((button, action))
        action.changed.connect(self._name_buttons)
        return button
