"""The status bar: hosts, machines, and how old the numbers are."""

from __future__ import annotations

import time

from PySide6.QtCore import QEvent, QTimer
from PySide6.QtWidgets import QSizePolicy, QWidget

from vmgui.model.host import HostState
from vmgui.policy.health import Freshness, freshness
from vmgui.services.inventory import Inventory
from vmgui.ui.look.plain import Label
from vmgui.ui.look.theme import TextRole, set_muted, set_role
from vmgui.words import quantities as fmt


class StatusLine(Label):
    """ "2 of 3 hosts · 5 running of 12 · updated 1 s ago"; brought up to date every second."""

    def __init__(self, inventory: Inventory, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("status-line")
        self.setContentsMargins(8, 2, 8, 2)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        set_role(self, TextRole.CAPTION)
        set_muted(self)
        self._inventory = inventory
        self._timer = QTimer(self)
        self._timer.setInterval(1000)
        self._timer.timeout.connect(self.refresh)
        self._timer.start()
        self.refresh()

    def refresh(self) -> None:
        """Count anew."""
        hosts = self._inventory.hosts.values()
        connected = [host for host in hosts if host.state is HostState.CONNECTED]
        running = self._inventory.active_count
        parts = [
            self.tr("{connected} of %n host(s)", "", len(hosts)).format(connected=fmt.count(len(connected))),
            self.tr("{running} running of {all}").format(
                running=fmt.count(running), all=fmt.count(len(self._inventory.domains))
            ),
        ]
        now_s = time.monotonic()
        seen = [(host, freshness(host, now_s)) for host in hosts]
        silent = sum(
            age is Freshness.STALE or host.state in (HostState.UNREACHABLE, HostState.REFUSED)
            for host, age in seen
        )
        if silent:
            parts.append(self.tr("%n host(s) without an answer", "", silent))
        slow = sum(age is Freshness.SLOW for _, age in seen)
        if slow:
            parts.append(self.tr("%n slow host(s)", "", slow))
        answering = [host for host, age in seen if host.state is HostState.CONNECTED and not age.is_old]
        if answering:
            oldest_s = max(now_s - host.updated_s for host in answering)
            parts.append(self.tr("updated {age}").format(age=fmt.age(oldest_s)))
        text = " · ".join(parts)
        if text != self.text():
            self.setText(text)

    def stop(self) -> None:
        """Count no more."""
        self._timer.stop()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.refresh()
        super().changeEvent(event)
