"""The log of everything, in a window of its own beside the main one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from vmgui.commands.command import Command
from vmgui.commands.journal import LOG
from vmgui.services.inventory import Inventory
from vmgui.services.journal import JournalService
from vmgui.ui.kit.page_tabs import ALL_HOSTS
from vmgui.ui.look.screen_fit import resize_within_screen

if TYPE_CHECKING:
    # Loaded when somebody looks at the log, not at the program's start.
    from vmgui.ui.journal.pane import JournalPane


class JournalWindow(QWidget):
    """Empty until it is first asked for; closing hides it, and hidden it costs nothing."""

    def __init__(self, journal: JournalService, inventory: Inventory, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setObjectName("journal-window")
        self._journal = journal
        self._inventory = inventory
        self._pane: JournalPane | None = None
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self.setMinimumSize(420, 300)
        self._retranslate()
        resize_within_screen(self, 1060, 640)

    @property
    def pane(self) -> JournalPane:
        """The log; made when it is first asked for."""
        if self._pane is None:
            from vmgui.ui.journal.pane import JournalPane

            self._pane = JournalPane(self._journal, self._inventory, self)
            self._layout.addWidget(self._pane)
        return self._pane

    @property
    def slots(self) -> Mapping[Command, Callable[..., object]]:
        """What does what its commands ask for."""
        return {LOG: self.show_log}

    def show_log(self) -> None:
        """Come to the front, ready to be searched."""
        pane = self.pane
        self.show()
        pane.show_target(ALL_HOSTS)
        self.raise_()
        self.activateWindow()
        pane.table.setFocus()

    async def shutdown(self) -> None:
        """The program ends."""
        if self._pane is not None:
            await self._pane.shutdown()
        self.close()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        elif event.key() == Qt.Key.Key_F and event.modifiers() == Qt.KeyboardModifier.ControlModifier:
            self.pane.filter.text.setFocus()
        else:
            super().keyPressEvent(event)

    def _retranslate(self) -> None:
        self.setWindowTitle(self.tr("Log of tasks and events"))
