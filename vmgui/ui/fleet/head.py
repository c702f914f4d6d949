"""The head of the page of all hosts: how many are connected, how many machines run, another try for the rest."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from vmgui.model.host import HostState
from vmgui.services.services import Services
from vmgui.ui.fleet.dashboard import EVERY_MS, RETRIED
from vmgui.ui.kit.page_tabs import Target
from vmgui.ui.look.plain import Label
from vmgui.ui.look.theme import SPACE, SPACE_L, TextRole, set_muted, set_role
from vmgui.words import quantities as fmt


class FleetHead(QWidget):
    """Made anew now and then while it is looked at, as the dashboard is."""

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._title = Label(self)
        self._title.setObjectName("fleet-title")
        set_role(self._title, TextRole.PAGE)
        self._line = Label(self)
        self._line.setObjectName("fleet-line")
        set_muted(self._line)
        self._retry = QPushButton(self)
        self._retry.setObjectName("fleet-retry")
        self._retry.clicked.connect(self._on_retry)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self._title)
        words.addWidget(self._line)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(SPACE_L, 12, SPACE_L, SPACE)
        layout.addLayout(words, 1)
        layout.addWidget(self._retry, 0, Qt.AlignmentFlag.AlignVCenter)
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY_MS)
        self._timer.timeout.connect(self.refresh)
        self._retranslate()

    def show_target(self, _target: Target | None) -> None:
        """It is always about all hosts, and Qt tells it whether somebody looks."""

    def refresh(self) -> None:
        """Show what is known now."""
        hosts = self._services.inventory.hosts
        connected = [host.id for host in hosts.values() if host.state is HostState.CONNECTED]
        tally = self._services.fleet.tally
        parts = (
            self.tr("{connected} of %n host(s) connected", "", len(hosts)).format(
                connected=fmt.count(len(connected))
            ),
            self.tr("{running} running of {all}").format(
                running=fmt.count(sum(tally(host_id).running for host_id in connected)),
                all=fmt.count(sum(tally(host_id).machines for host_id in hosts)),
            ),
        )
        self._line.setText(" · ".join(parts))
        self._retry.setVisible(any(host.state in RETRIED for host in hosts.values()))

    async def shutdown(self) -> None:
        """Hear nothing more."""
        self._timer.stop()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._timer.start()
        self.refresh()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._timer.stop()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
            self.refresh()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        self._title.setText(self.tr("All hosts"))
        self._retry.setText(self.tr("Retry unreachable hosts"))
        self._retry.setAccessibleName(self._retry.text())

    def _on_retry(self) -> None:
        for host_id, host in tuple(self._services.inventory.hosts.items()):
            if host.state in RETRIED:
                self._services.hosts.retry_now(host_id)
        self.refresh()
