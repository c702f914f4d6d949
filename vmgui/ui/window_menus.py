"""The menu bar, the tool bar and the context menus, filled from the declarations of commands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from PySide6.QtCore import QObject, QSize, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMainWindow, QMenu, QSizePolicy, QToolBar, QToolButton, QWidget

from vmgui.commands import console, creation, lifecycle, menus, palette
from vmgui.ui.kit.command_actions import CommandActions, Item
from vmgui.ui.machine_commands import MachineCommands


class WindowMenus(QObject):
    """Made once; titles follow the language."""

    def __init__(
        self,
        window: QMainWindow,
        actions: CommandActions,
        machines: MachineCommands,
        places: Mapping[str, Iterable[QAction]],
    ) -> None:
        super().__init__(window)
        self._window = window
        self._actions = actions
        for declared in menus.MENU_BAR:
            actions.fill(actions.add_menu(window.menuBar().addMenu(""), declared), declared.items, places)
        self._buttons: list[tuple[QToolButton, QAction]] = []
        self.tool_bar = self._make_tool_bar(machines.pause_or_resume)

    def context_menu(self, items: Iterable[Item]) -> QMenu:
        """A menu of these, which goes when it closes."""
        menu = QMenu(self._window)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._actions.fill(menu, items)
        return menu

    def retranslate(self) -> None:
        """Set all texts that are no command's."""
        self.tool_bar.setWindowTitle(self.tr("Tool bar"))
        self._search.setText(self.tr("Search"))
        self._name_buttons()

    def _name_buttons(self) -> None:
        """A button that becomes "Resume" or "Restore" is called so by a screen reader too."""
        for button, action in self._buttons:
            if button.accessibleName() != action.iconText():
                button.setAccessibleName(action.iconText())

    def _make_tool_bar(self, pause_or_resume: QAction) -> QToolBar:
        actions = self._actions
        bar = QToolBar(self._window)
        bar.setObjectName("tool-bar")
        bar.setMovable(False)
        # Wider than high: room between an icon and its text.
        bar.setIconSize(QSize(24, 18))
        self._add_button(bar, actions[creation.NEW_DOMAIN])
        bar.addSeparator()
        self._add_button(bar, actions[lifecycle.START])
        shut_down = self._add_button(bar, actions[lifecycle.SHUT_DOWN])
        off_menu = actions.add_menu(QMenu(shut_down), menus.OFF_MENU)
        actions.fill(off_menu, menus.OFF_MENU.items)
        shut_down.setMenu(off_menu)
        shut_down.setPopupMode(QToolButton.ToolButtonPopupMode.MenuButtonPopup)
        self._add_button(bar, pause_or_resume)
        bar.addSeparator()
        self._add_button(bar, actions[console.CONSOLE])
        spacer = QWidget(bar)
        spacer.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        bar.addWidget(spacer)
        self._search = self._add_button(bar, actions[palette.PALETTE])
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
