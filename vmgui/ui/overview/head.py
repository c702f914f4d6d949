"""The head of a machine's page: name, state, and in one line where it runs, since when, and with what."""

from __future__ import annotations

import time
from typing import Any

from PySide6.QtCore import QEvent, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from vmgui.model.changeset import ChangeSet
from vmgui.model.definition import MachineView
from vmgui.model.domain import Domain, DomainKey
from vmgui.policy.health import freshness
from vmgui.policy.plain_text import visible
from vmgui.policy.tags import shown_name
from vmgui.services.inventory import merge
from vmgui.services.notifier import Subscription
from vmgui.services.services import Services
from vmgui.services.uptime import UptimeWatch
from vmgui.ui.bridge.service_bridge import BatchedSignal
from vmgui.ui.kit.draft import DraftPlace, Drafts
from vmgui.ui.kit.page_tabs import Target
from vmgui.ui.look.button import Button
from vmgui.ui.look.icons import IconRole, icon, pixmap
from vmgui.ui.look.plain import ElidedLabel, Label, tip
from vmgui.ui.look.state_look import domain_look
from vmgui.ui.look.theme import SPACE, SPACE_L, TextRole, set_muted, set_role, set_tone
from vmgui.ui.overview import facts
from vmgui.words.say import say
from vmgui.words.states import protected_word, protection_words, state_words
from vmgui.words.uptime import uptime_words

_ICON_PX = 28
_LOCK_PX = 16
_AGAIN_MS = 5000
_TONES = {
    IconRole.RUNNING: "success",
    IconRole.PAUSED: "warning",
    IconRole.CRASHED: "danger",
    IconRole.SAVED: "accent",
}


class MachineHead(QWidget):
    """Shows what the inventory and the machine's watch know, and that its XML has changes that wait to be applied."""

    xml_asked = Signal(object)  # DomainKey

    def __init__(
        self, services: Services, uptimes: UptimeWatch, drafts: Drafts[Any], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._services = services
        self._uptimes = uptimes
        self._key: DomainKey | None = None
        self._view = MachineView()
        self._subscriptions: tuple[Subscription, ...] = ()

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
        self._drafts = drafts
        self._xml_draft = Button(
            "domain-xml-draft",
            say("Xml", "XML not applied"),
            self,
            hint=say("Xml", "Its XML has changes that are not applied. Show them."),
            kind="link",
        )
        self._xml_draft.setIcon(icon("code"))
        self._xml_draft.clicked.connect(self._on_xml)
        self._xml_draft.hide()
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self._name)
        words.addWidget(self._line)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(SPACE_L, 12, SPACE_L, SPACE)
        layout.setSpacing(12)
        layout.addWidget(self._mark)
        layout.addLayout(words, 1)
        layout.addWidget(self._xml_draft, 0, Qt.AlignmentFlag.AlignVCenter)
        layout.addWidget(self._lock, 0, Qt.AlignmentFlag.AlignVCenter)
        layout.addWidget(self._state, 0, Qt.AlignmentFlag.AlignVCenter)

        self._timer = QTimer(self)
        self._timer.setInterval(_AGAIN_MS)
        self._timer.timeout.connect(self.refresh)
        self._timer.start()
        self._changes = BatchedSignal(services.inventory.changes, self)
        self._changes.arrived.connect(self._on_changes)
        self._of_drafts = drafts.changes.subscribe(self._on_draft)
        self._retranslate()

    def show_target(self, target: Target | None) -> None:
        """Show this machine; None: none."""
        key = target if isinstance(target, DomainKey) else None
        if key != self._key:
            self._unsubscribe()
            self._key = key
        if key is not None and not self._subscriptions:
            watch = self._services.machine_watches.watch(key)
            self._subscriptions = (watch.changed.subscribe(self._on_view), watch.follow_guest())
            self._view = watch.view
        self.refresh()

    async def shutdown(self) -> None:
        """Hear nothing more."""
        self._timer.stop()
        self._changes.close()
        self._of_drafts.cancel()
        self._unsubscribe()

    def refresh(self) -> None:
        """Show what is known now."""
        domain = self._domain()
        if domain is None:
            return
        self._xml_draft.setVisible(self._drafts.get("xml", self._key) is not None)
        icon_name, role = domain_look(domain.state)
        host = self._services.inventory.hosts.get(domain.key.host_id)
        if host is not None and freshness(host, time.monotonic()).is_old:
            role = IconRole.OFF
        self._mark.setPixmap(pixmap(icon_name, role, _ICON_PX, self.devicePixelRatioF()))
        self._lock.setPixmap(pixmap("lock", IconRole.MUTED, _LOCK_PX, self.devicePixelRatioF()))
        self._state.setText(state_words(domain.state))
        set_muted(self._state, role is IconRole.OFF)
        set_tone(self._state, _TONES.get(role, ""))
        self._show_line()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
            self.refresh()
        elif event.type() == QEvent.Type.PaletteChange:
            self.refresh()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        self._lock.setAccessibleName(protected_word())
        self._lock.setToolTip(tip(protection_words()))

    def _domain(self) -> Domain | None:
        return self._services.inventory.domains.get(self._key) if self._key is not None else None

    def _unsubscribe(self) -> None:
        for subscription in self._subscriptions:
            subscription.cancel()
        self._subscriptions, self._view = (), MachineView()

    def _show_line(self) -> None:
        domain = self._domain()
        if domain is None:
            return
        config, guest = self._view.config, self._view.guest
        known = self._services.definitions.get(domain.key) if config is None else config
        self._name.setText(visible(shown_name(domain.name, known.title)))
        self._lock.setVisible(known.is_protected)
        host = self._services.inventory.hosts.get(domain.key.host_id)
        uptime = self._uptimes.of(domain.key)
        parts = [
            visible(host.name) if host is not None else "",
            uptime_words(uptime),
            visible(facts.os_words(config, guest)),
            facts.first_address(guest),
        ]
        self._line.setText(" · ".join(part for part in parts if part))

    def _on_changes(self, batch: tuple[ChangeSet, ...]) -> None:
        if self._key is not None and merge(*batch).touches(self._key):
            self.refresh()

    def _on_draft(self, place: DraftPlace) -> None:
        if place.place == "xml" and place.key == self._key:
            self.refresh()

    @Slot()
    def _on_xml(self) -> None:
        if self._key is not None:
            self.xml_asked.emit(self._key)

    def _on_view(self, view: MachineView) -> None:
        self._view = view
        self.refresh()
