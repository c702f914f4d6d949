"""F6: from the inventory to the details, to the jobs and round again."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget

from vmgui.commands.command import Command
from vmgui.commands.window import NEXT_PANE, PREVIOUS_PANE
from vmgui.ui.inventory.pane import InventoryPane
from vmgui.ui.jobs.pane import JobsPane
from vmgui.ui.selection_pane import SelectionPane
from vmgui.ui.window_docks import WindowDocks


class PaneCycle(QObject):
    """Moves the focus among the panes on the screen."""

    def __init__(
        self,
        inventory: InventoryPane,
        details: SelectionPane,
        jobs: JobsPane,
        docks: WindowDocks,
        window: QMainWindow,
    ) -> None:
        super().__init__(window)
        self._inventory = inventory
        self._details = details
        self._jobs = jobs
        self._docks = docks

    @property
    def slots(self) -> Mapping[Command, Callable[..., object]]:
        """What does what its commands ask for."""
        return {NEXT_PANE: self.next, PREVIOUS_PANE: self.previous}

    def next(self) -> None:
        """Move to the next pane."""
        self._cycle(1)

    def previous(self) -> None:
        """Move to the pane before."""
        self._cycle(-1)

    def _panes(self) -> list[QWidget]:
        panes: list[QWidget] = [self._inventory.tree, self._details.tab_bar() or self._details]
        if self._docks.jobs.isVisible():
            line = self._jobs.line.expand_button
            panes.append(self._jobs.table if self._jobs.table.isVisible() else line)
        return [pane for pane in panes if pane.isVisible()]

    def _cycle(self, step: int) -> None:
        panes = self._panes()
        focus = QApplication.focusWidget()
        roots = [self._inventory, self._details, self._docks.jobs]
        at = next((n for n, root in enumerate(roots) if focus is not None and root.isAncestorOf(focus)), -1)
        places = [
            next(n for n, root in enumerate(roots) if root is pane or root.isAncestorOf(pane))
            for pane in panes
        ]
        here = places.index(at) if at in places else (-1 if step > 0 else 0)
        target = panes[(here + step) % len(panes)]
        if target.focusPolicy() == Qt.FocusPolicy.NoFocus:
            child = next(
                (
                    w
                    for w in target.findChildren(QWidget)
                    if w.isVisible() and w.focusPolicy() & Qt.FocusPolicy.TabFocus
                ),
                None,
            )
            target = child or target
        target.setFocus(Qt.FocusReason.TabFocusReason)
