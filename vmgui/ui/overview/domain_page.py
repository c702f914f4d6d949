"""Everything about one machine: a header and its tabs."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from vmgui.model.domain import Domain, DomainKey
from vmgui.policy.health import freshness
from vmgui.policy.plain_text import visible
from vmgui.policy.tags import shown_name
from vmgui.services.services import Services
from vmgui.services.uptime import UptimeWatch
from vmgui.ui.bridge.pane_scope import PaneScope
from vmgui.ui.kit.empty_state import EmptyState
from vmgui.ui.kit.page_tabs import PageTab, PageTabs
from vmgui.ui.kit.plain import ElidedLabel, Label, tip
from vmgui.ui.look.icons import IconRole, pixmap
from vmgui.ui.look.state_look import domain_look
from vmgui.ui.look.theme import SPACE, SPACE_L, TextRole, set_muted, set_role, set_tone
from vmgui.ui.overview import facts
from vmgui.ui.overview.pane import OverviewPane
from vmgui.words.states import protected_word, protection_words, state_words
from vmgui.words.uptime import uptime_words

ConsoleFactory = Callable[[DomainKey, QWidget], QWidget]

_ICON_PX = 28
_LOCK_PX = 16
_TONES = {
    IconRole.RUNNING: "success",
    IconRole.PAUSED: "warning",
    IconRole.CRASHED: "danger",
    IconRole.SAVED: "accent",
}


class DomainPage(QWidget):
    """The console of a machine is made when its tab is first looked at, and ends when another is shown."""

    def __init__(
        self,
        services: Services,
        uptimes: UptimeWatch,
        console_factory: ConsoleFactory | None,
        tabs: tuple[PageTab, ...] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("domain-page")
        self._services = services
        self._uptimes = uptimes
        self._console_factory = console_factory
        self._key: DomainKey | None = None
        self._console: QWidget | None = None
        self._scope = PaneScope("domain page", self)

        self._mark = Label(self)
        self._name = ElidedLabel(self)
        self._name.setObjectName("domain-name")
        set_role(self._name, TextRole.PAGE)
        self._lock = Label(self)
        self._lock.setObjectName("domain-lock")
        self._state = Label(self)
        self._state.setObjectName("domain-state")
        set_role(self._state, TextRole.STRONG)
        self._line = ElidedLabel(self)
        self._line.setObjectName("domain-line")
        self._line.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        set_muted(self._line)

        self.overview = OverviewPane(services, uptimes, self)
        self.overview.guest_changed.connect(self.refresh)
        self._console_tab = QWidget(self)
        self._console_layout = QVBoxLayout(self._console_tab)
        self._console_layout.setContentsMargins(0, 0, 0, 0)
        self._no_console = EmptyState("monitor", self._console_tab)
        self._console_layout.addWidget(self._no_console)
        self._no_console.setVisible(console_factory is None)
        self.tabs = PageTabs(tabs, self)
        self.tabs.setObjectName("domain-tabs")
        self.tabs.addTab(self.overview, "")
        self.tabs.addTab(self._console_tab, "")
        self.tabs.add_given()
        self.tabs.currentChanged.connect(self._on_tab)

        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self._name)
        words.addWidget(self._line)
        head = QHBoxLayout()
        head.setContentsMargins(SPACE_L, 12, SPACE_L, SPACE)
        head.setSpacing(12)
        head.addWidget(self._mark)
        head.addLayout(words, 1)
        head.addWidget(self._lock, 0, Qt.AlignmentFlag.AlignVCenter)
        head.addWidget(self._state, 0, Qt.AlignmentFlag.AlignVCenter)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(head)
        layout.addWidget(self.tabs, 1)
        self._second_timer = QTimer(self)
        self._second_timer.setInterval(5000)
        self._second_timer.timeout.connect(self._show_line)
        self._second_timer.start()
        self._retranslate()

    @property
    def key(self) -> DomainKey | None:
        """The machine shown."""
        return self._key

    def set_domain(self, key: DomainKey | None) -> None:
        """Show this machine; None: none, everything of the last one ends."""
        if key == self._key:
            return
        self._drop_console()
        self._key = key
        self.overview.set_domain(key)
        self.tabs.set_target(key)
        self.refresh()
        if key is not None and self.tabs.currentWidget() is self._console_tab:
            self._make_console()

    def domain_changed(self) -> None:
        """The inventory has news of it."""
        self.refresh()
        self.overview.domain_changed()

    def refresh(self) -> None:
        """Show what is known now."""
        domain = self._services.inventory.domains.get(self._key) if self._key is not None else None
        if domain is None:
            return
        icon_name, role = domain_look(domain.state)
        host = self._services.inventory.hosts.get(domain.key.host_id)
        if host is not None and freshness(host, time.monotonic()).is_old:
            role = IconRole.OFF
        self._mark.setPixmap(pixmap(icon_name, role, _ICON_PX, self.devicePixelRatioF()))
        self._lock.setPixmap(pixmap("lock", IconRole.MUTED, _LOCK_PX, self.devicePixelRatioF()))
        self._show_name(domain)
        self._state.setText(state_words(domain.state))
        set_muted(self._state, role is IconRole.OFF)
        set_tone(self._state, _TONES.get(role, ""))
        self._show_line()

    def show_console(self) -> None:
        """Switch to the console."""
        self.tabs.setCurrentWidget(self._console_tab)
        if self._console is not None:
            self._console.setFocus()

    def show_overview(self) -> None:
        """Switch to the overview."""
        self.tabs.setCurrentWidget(self.overview)

    async def shutdown(self) -> None:
        """End the console and all that is under way."""
        self._second_timer.stop()
        self.tabs.close_pane()
        console, self._console = self._console, None
        if console is not None:
            await _end_console(console)
        # Consoles of machines shown before may still be ending.
        await self._scope.close(timeout_s=2.0)
        await self.overview.shutdown()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
            self.refresh()
        elif event.type() == QEvent.Type.PaletteChange:
            self.refresh()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        self.tabs.setTabText(0, self.tr("Overview"))
        self.tabs.setTabText(1, self.tr("Console"))
        self.tabs.setAccessibleName(self.tr("Details of the virtual machine"))
        self._lock.setAccessibleName(protected_word())
        self._lock.setToolTip(tip(protection_words()))
        self._no_console.set_texts(
            self.tr("No console"), self.tr("This program was built without its console.")
        )

    def _show_name(self, domain: Domain) -> None:
        config = self.overview.config
        known = self._services.tags.get(domain.key)
        name = visible(shown_name(domain.name, known.title if config is None else config.title))
        self._name.setText(name)
        self._lock.setVisible((known if config is None else config).is_protected)

    def _show_line(self) -> None:
        domain = self._services.inventory.domains.get(self._key) if self._key is not None else None
        if domain is None:
            return
        host = self._services.inventory.hosts.get(domain.key.host_id)
        uptime = self._uptimes.of(domain.key)
        parts = [
            visible(host.name) if host is not None else "",
            uptime_words(uptime),
            visible(facts.os_words(self.overview.config, self.overview.guest)),
            facts.first_address(self.overview.guest),
        ]
        text = " · ".join(part for part in parts if part)
        self._show_name(domain)
        self._line.setText(text)

    # The console.

    def _on_tab(self, _index: int) -> None:
        if self.tabs.currentWidget() is self._console_tab and self._key is not None:
            self._make_console()

    def _make_console(self) -> None:
        if self._console is not None or self._console_factory is None or self._key is None:
            return
        self._console = self._console_factory(self._key, self._console_tab)
        self._console_layout.addWidget(self._console)
        self._console.show()

    def _drop_console(self) -> None:
        console, self._console = self._console, None
        if console is not None:
            console.hide()
            self._console_layout.removeWidget(console)
            self._scope.try_run(_end_console(console))


async def _end_console(console: QWidget) -> None:
    shutdown = getattr(console, "shutdown", None)
    try:
        if shutdown is not None:
            await shutdown()
    finally:
        console.deleteLater()
