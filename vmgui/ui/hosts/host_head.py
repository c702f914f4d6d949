"""The head of a host's page: how the connection stands, what can be done with the host, and what went wrong."""

from __future__ import annotations

import time

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from vmgui.model.changeset import ChangeSet
from vmgui.model.host import Host, HostId, HostState
from vmgui.policy.plain_text import visible
from vmgui.services.services import Services
from vmgui.ui.bridge.service_bridge import BatchedSignal
from vmgui.ui.kit.page_tabs import Target
from vmgui.ui.look.error_banner import ErrorBanner
from vmgui.ui.look.health_look import health_look, health_tone
from vmgui.ui.look.icons import pixmap
from vmgui.ui.look.plain import ElidedLabel, Label
from vmgui.ui.look.theme import SPACE, SPACE_L, TextRole, make_primary, set_muted, set_role, set_tone
from vmgui.words import quantities as fmt
from vmgui.words.diagnosis import explain_connection, may_go_on_alone
from vmgui.words.health import health_words

_ICON_PX = 28


class HostHead(QWidget):
    """The signals carry the host's id."""

    edit_asked = Signal(str)
    remove_asked = Signal(str)
    new_domain_asked = Signal(str)
    alone_asked = Signal()  # the person's own hypervisor in the place of the system's

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._host_id: HostId | None = None
        self._mark = Label(self)
        self._name = ElidedLabel(self)
        self._name.setObjectName("host-name")
        set_role(self._name, TextRole.PAGE)
        self._line = ElidedLabel(self)
        self._line.setObjectName("host-line")
        set_muted(self._line)
        self._state = Label(self)
        self._state.setObjectName("host-state")
        set_role(self._state, TextRole.STRONG)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self._name)
        words.addWidget(self._line)
        head = QHBoxLayout()
        head.setContentsMargins(SPACE_L, 12, SPACE_L, 0)
        head.setSpacing(12)
        head.addWidget(self._mark)
        head.addLayout(words, 1)
        head.addWidget(self._state, 0, Qt.AlignmentFlag.AlignVCenter)

        self._new = self._button("host-new-domain")
        make_primary(self._new)
        self._connect = self._button("host-connect")
        self._edit = self._button("host-edit")
        self._remove = self._button("host-remove")
        self._new.clicked.connect(self._on_new)
        self._connect.clicked.connect(self._on_connect)
        self._edit.clicked.connect(self._on_edit)
        self._remove.clicked.connect(self._on_remove)
        bar = QHBoxLayout()
        bar.setContentsMargins(SPACE_L, SPACE, SPACE_L, SPACE)
        bar.setSpacing(SPACE)
        for button in (self._new, self._connect, self._edit, self._remove):
            bar.addWidget(button)
        bar.addStretch(1)

        self._banner = ErrorBanner(self)
        self._banner.retry_asked.connect(self._on_retry)
        self._banner.other_asked.connect(self.alone_asked)
        banner_room = QVBoxLayout()
        banner_room.setContentsMargins(SPACE_L, 0, SPACE_L, 0)
        banner_room.addWidget(self._banner)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        for part in (head, bar, banner_room):
            layout.addLayout(part)

        self._second_timer = QTimer(self)
        self._second_timer.setInterval(1000)
        self._second_timer.timeout.connect(self.refresh)
        self._changes = BatchedSignal(services.inventory.changes, self)
        self._changes.arrived.connect(self._on_changes)
        self._retranslate()

    def show_target(self, target: Target | None) -> None:
        """Show this host; None: none."""
        self._host_id = target if isinstance(target, str) else None
        self._banner.clear()
        self.refresh()

    def refresh(self) -> None:
        """Show what is known now."""
        host = self._host()
        if host is None:
            return
        now_s = time.monotonic()
        icon_name, role = health_look(host, now_s)
        self._mark.setPixmap(pixmap(icon_name, role, _ICON_PX, self.devicePixelRatioF()))
        self._name.setText(visible(host.name))
        self._line.setText(self._line_of(host))
        self._state.setText(health_words(host, now_s))
        set_tone(self._state, health_tone(host, now_s))
        connected = host.state is HostState.CONNECTED
        self._connect.setText(
            self.tr("Connect") if host.state is HostState.DISCONNECTED else self.tr("Disconnect")
        )
        self._connect.setAccessibleName(self._connect.text())
        read_only = host.config.read_only
        self._new.setEnabled(connected and not read_only)
        self._new.setToolTip("" if connected else self.tr("Connect to the host first."))
        self._show_error(host)

    async def shutdown(self) -> None:
        """Hear nothing more."""
        self._second_timer.stop()
        self._changes.close()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._second_timer.start()
        self.refresh()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._second_timer.stop()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
            self.refresh()
        elif event.type() == QEvent.Type.PaletteChange:
            self.refresh()
        super().changeEvent(event)

    def _on_changes(self, _batch: tuple[ChangeSet, ...]) -> None:
        # Its machines are counted, too.
        self.refresh()

    def _button(self, name: str) -> QPushButton:
        button = QPushButton(self)
        button.setObjectName(name)
        return button

    def _retranslate(self) -> None:
        for button, text in (
            (self._new, self.tr("New virtual machine")),
            (self._edit, self.tr("Change…")),
            (self._remove, self.tr("Remove from the list…")),
        ):
            button.setText(text)
            button.setAccessibleName(text.rstrip("…"))

    def _host(self) -> Host | None:
        return self._services.inventory.hosts.get(self._host_id) if self._host_id is not None else None

    def _line_of(self, host: Host) -> str:
        domains = self._services.inventory.domains_of(host.id)
        running = sum(1 for domain in domains if domain.state.is_active)
        count = self.tr("%n virtual machine(s)", "", len(domains))
        return " · ".join(
            (count, self.tr("{count} running").format(count=fmt.count(running)), host.config.uri)
        )

    def _show_error(self, host: Host) -> None:
        if host.error is None or host.state in (HostState.CONNECTED, HostState.DISCONNECTED):
            self._banner.clear()
            return
        if host.state is HostState.CONNECTING:
            return
        alone = self.tr("Go on with my own machines") if may_go_on_alone(host.error, host.config) else ""
        self._banner.show_error(
            explain_connection(host.error, host.shown_config),
            can_retry=True,
            retry_text=self.tr("Retry now"),
            other_text=alone,
            other_is_harmless=True,
        )

    # What is asked for.

    def _on_new(self) -> None:
        if self._host_id is not None:
            self.new_domain_asked.emit(self._host_id)

    def _on_connect(self) -> None:
        host = self._host()
        if host is None:
            return
        if host.state is HostState.DISCONNECTED:
            self._services.hosts.connect(host.id)
        else:
            self._services.hosts.disconnect(host.id)

    def _on_retry(self) -> None:
        if self._host_id is not None:
            self._services.hosts.retry_now(self._host_id)

    def _on_edit(self) -> None:
        if self._host_id is not None:
            self.edit_asked.emit(self._host_id)

    def _on_remove(self) -> None:
        if self._host_id is not None:
            self.remove_asked.emit(self._host_id)
