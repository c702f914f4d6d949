"""The commands that show something of the one machine that is acted on: one of its tabs, its changes."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject

from vmgui.commands import console, overview, resources, undo
from vmgui.commands.command import Command
from vmgui.commands.hardware import tab as hardware
from vmgui.model.domain import DomainKey
from vmgui.ui.inventory.pane import InventoryPane
from vmgui.ui.kit.page_tabs import PageTabs
from vmgui.ui.undo.flow import UndoFlow


class MachineViews(QObject):
    """`acting`: the machines that commands act on, the selected ones."""

    def __init__(
        self,
        acting: Callable[[], tuple[DomainKey, ...]],
        inventory: InventoryPane,
        tabs: PageTabs[object],
        changes: UndoFlow,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._acting = acting
        self._inventory = inventory
        self._tabs = tabs
        self._changes = changes
        inventory.open_asked.connect(self._on_console)

    @property
    def slots(self) -> dict[Command, Callable[[], None]]:
        """Each command's."""
        return {
            console.CONSOLE: self._on_console,
            overview.OVERVIEW: self._on_overview,
            resources.RESOURCES: self._on_resources,
            hardware.HARDWARE: self._on_hardware,
            hardware.ADD_DEVICE: self._on_add_device,
            undo.CHANGES: self._on_changes,
        }

    def _on_console(self) -> None:
        if len(self._acting()) == 1:
            self._show("console", focus=True)

    def _on_overview(self) -> None:
        self._show("overview")

    def _on_resources(self) -> None:
        self._show("resources")

    def _on_hardware(self) -> None:
        self._show("hardware", focus=True)

    def _on_add_device(self) -> None:
        self._show("hardware", focus=True)
        self._tabs.content("hardware").open_menu()

    def _on_changes(self) -> None:
        self._changes.show(self._acting())

    def _show(self, tab_id: str, *, focus: bool = False) -> None:
        keys = self._acting()
        if len(keys) == 1:
            self._inventory.select(keys[0])
        self._tabs.show_tab(tab_id, focus=focus)
