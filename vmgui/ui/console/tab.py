"""The tab "Console" of machines: one console at a time, made when it is first looked at, ended with its machine."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from vmgui.model.domain import DomainKey
from vmgui.ui.bridge.pane_scope import PaneScope
from vmgui.ui.kit.page_tabs import Target
from vmgui.ui.look.empty_state import EmptyState

ConsoleFactory = Callable[[DomainKey, QWidget], QWidget]


class ConsoleTab(QWidget):
    """`factory` None: this program has no console, and says so."""

    def __init__(self, factory: ConsoleFactory | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._factory = factory
        self._key: DomainKey | None = None
        self._console: QWidget | None = None
        self._scope = PaneScope("consoles", self)
        self._none = EmptyState("monitor", self)
        self._none.setVisible(factory is None)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.addWidget(self._none)
        self._retranslate()

    def show_target(self, target: Target | None) -> None:
        """The console of this machine from now on; the last one's ends."""
        key = target if isinstance(target, DomainKey) else None
        if key != self._key:
            self._key = key
            self._drop()
            if self.isVisible():
                self._make()

    async def shutdown(self) -> None:
        """End the console, and those of machines shown before that are still ending."""
        console, self._console = self._console, None
        if console is not None:
            await _end(console)
        await self._scope.close(timeout_s=2.0)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._make()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        self._none.set_texts(self.tr("No console"), self.tr("This program was built without its console."))

    def _make(self) -> None:
        if self._console is None and self._factory is not None and self._key is not None:
            self._console = self._factory(self._key, self)
            self._layout.addWidget(self._console)
            self.setFocusProxy(self._console)
            self._console.show()

    def _drop(self) -> None:
        console, self._console = self._console, None
        if console is not None:
            console.hide()
            self.setFocusProxy(None)  # type: ignore[arg-type]
            self._layout.removeWidget(console)
            self._scope.try_run(_end(console))


async def _end(console: QWidget) -> None:
    shutdown = getattr(console, "shutdown", None)
    try:
        if shutdown is not None:
            await shutdown()
    finally:
        console.deleteLater()
