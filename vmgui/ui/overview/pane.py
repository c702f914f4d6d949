"""The Overview tab: what a machine is, what it does now and did in the last ten minutes, and its notes."""

from __future__ import annotations

import logging
import time

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QCheckBox, QFrame, QScrollArea, QVBoxLayout, QWidget

from vmgui.model.domain import DomainConfig, DomainKey, GuestInfo
from vmgui.model.errors import VmguiError
from vmgui.model.event import EventKind
from vmgui.model.host import Host, HostId, HostState
from vmgui.model.job import JobKind
from vmgui.policy.health import Freshness, freshness
from vmgui.policy.lifecycle import refusal
from vmgui.services.hosts import HostEvents
from vmgui.services.services import Services
from vmgui.services.uptime import UptimeWatch
from vmgui.ui.bridge.pane_scope import PaneScope
from vmgui.ui.bridge.service_bridge import BatchedSignal
from vmgui.ui.kit.fact_list import FactList
from vmgui.ui.kit.plain import tip
from vmgui.ui.look.domain_plots import domain_plots
from vmgui.ui.look.theme import SPACE, SPACE_L
from vmgui.ui.overview import facts
from vmgui.ui.overview.notes import NotesCard
from vmgui.words.refusals import refusal_words

log = logging.getLogger(__name__)

_TWO_COLUMNS_PX = 780
_GUEST_EVERY_MS = 10_000
_AGE_EVERY_MS = 1000
_LATE_MS = 150
_CONFIG_EVENTS = frozenset({
    EventKind.DOMAIN_DEFINED,
    EventKind.DOMAIN_METADATA,
    EventKind.DOMAIN_DEVICE_ADDED,
    EventKind.DOMAIN_DEVICE_REMOVED,
    EventKind.DOMAIN_DISK_CHANGE,
    EventKind.DOMAIN_TRAY,
    EventKind.DOMAIN_MEMORY,
    EventKind.LOST,
})  # fmt: skip
_GUEST_EVENTS = frozenset({EventKind.DOMAIN_AGENT, EventKind.DOMAIN_REBOOT, EventKind.LOST})


class OverviewPane(QScrollArea):
    """`guest_changed` comes when what the header shows of the guest is new."""

    guest_changed = Signal()

    def __init__(self, services: Services, uptimes: UptimeWatch, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("overview")
        self._services = services
        self._uptimes = uptimes
        self._key: DomainKey | None = None
        self._config: DomainConfig | None = None
        self._config_is_kept = False
        self._guest: GuestInfo | None = None
        self._scope = PaneScope("overview", self)
        self._reading_config = False
        self._reading_guest = False

        self._state = FactList(self)
        self._state.setObjectName("overview-state")
        self._hardware = FactList(self)
        self._hardware.setObjectName("overview-hardware")
        self._autostart = QCheckBox(self)
        self._autostart.setObjectName("overview-autostart")
        self._autostart.clicked.connect(self._on_autostart)
        self._state.add_below(self._autostart)
        self._notes = NotesCard(self)
        self._notes.save_asked.connect(self._on_save_notes)
        self._graphs = QWidget(self)
        self._plots = domain_plots("graph", self._graphs)
        graphs = QVBoxLayout(self._graphs)
        graphs.setContentsMargins(0, 0, 0, 0)
        graphs.setSpacing(SPACE)
        for plot in self._plots:
            graphs.addWidget(plot)
        graphs.addStretch(1)

        left = QWidget(self)
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE)
        for card in (self._state, self._hardware, self._notes):
            column.addWidget(card)
        column.addStretch(1)
        inside = QWidget()
        inside.setProperty("pane", True)
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight, inside)
        self._columns.setContentsMargins(SPACE_L, SPACE_L, SPACE_L, SPACE_L)
        self._columns.setSpacing(SPACE)
        self._columns.addWidget(left, 1, Qt.AlignmentFlag.AlignTop)
        self._columns.addWidget(self._graphs, 1, Qt.AlignmentFlag.AlignTop)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidget(inside)

        self._guest_timer = QTimer(self)
        self._guest_timer.setInterval(_GUEST_EVERY_MS)
        self._guest_timer.timeout.connect(self._read_guest)
        self._age_timer = QTimer(self)
        self._age_timer.setInterval(_AGE_EVERY_MS)
        self._age_timer.timeout.connect(self._on_age)
        self._late_timer = QTimer(self)
        self._late_timer.setSingleShot(True)
        self._late_timer.setInterval(_LATE_MS)
        self._late_timer.timeout.connect(self.refresh)
        self._samples = BatchedSignal(services.performance.sampled, self)
        self._samples.arrived.connect(self._on_sampled)
        self._events = BatchedSignal(services.hosts.events, self)
        self._events.arrived.connect(self._on_events)
        self._retranslate()

    @property
    def config(self) -> DomainConfig | None:
        """What was read last of the shown machine."""
        return self._config

    @property
    def guest(self) -> GuestInfo | None:
        """What the guest told last."""
        return self._guest

    def set_domain(self, key: DomainKey | None) -> None:
        """Show this machine."""
        if key == self._key:
            return
        self._notes.save()
        self._key = key
        self._config = None
        self._config_is_kept = False
        self._guest = None
        self._notes.reset()
        self.verticalScrollBar().setValue(0)
        self._watch()
        # One layout instead of two: what the machine's XML says is here in a moment, or the timer fires.
        if self._is_connected():
            self._late_timer.start()
        else:
            self.refresh()
        self._read_config()
        self._read_guest()

    def refresh(self) -> None:
        """Show again what the inventory says; reads the rest anew."""
        self._late_timer.stop()
        domain = self._services.inventory.domains.get(self._key) if self._key is not None else None
        if domain is None:
            return
        host = self._services.inventory.hosts.get(domain.key.host_id)
        rates = self._services.performance.latest(domain.key)
        uptime = self._uptimes.of(domain.key)
        self._state.set_facts(facts.state_facts(domain, host, self._config, self._guest, uptime))
        self._hardware.set_facts(facts.hardware_facts(domain, self._config, rates))
        self._show_age()
        self._autostart.setChecked(domain.autostart)
        for kind in (JobKind.SET_AUTOSTART, JobKind.SET_NOTES):
            reason = refusal(domain, kind, host) if host is not None else None
            why = refusal_words(reason) if reason is not None else ""
            if kind is JobKind.SET_AUTOSTART:
                self._autostart.setEnabled(reason is None)
                self._autostart.setToolTip(tip(why))
            else:
                self._notes.set_allowed(reason is None and host is not None and self._config is not None, why)

    def domain_changed(self) -> None:
        """The inventory has news of it."""
        self.refresh()
        self._read_config()
        self._read_guest()

    def host_changed(self) -> None:
        """Its host has news: what could not be read before may be readable now."""
        self.refresh()
        if self._config is None or (self._config_is_kept and self._is_connected()):
            self._read_config()

    def save_notes(self) -> None:
        """Save what has been typed."""
        self._notes.save()

    async def shutdown(self) -> None:
        """End all that is under way."""
        self._samples.close()
        self._events.close()
        self._guest_timer.stop()
        self._age_timer.stop()
        self._late_timer.stop()
        self._services.performance.unwatch(self)
        await self._scope.close()

    def sizeHint(self) -> QSize:
        return QSize(700, 500)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._watch()
        self._guest_timer.start()
        self._age_timer.start()
        self._show_graphs()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._guest_timer.stop()
        self._age_timer.stop()
        self._services.performance.unwatch(self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        two = self.viewport().width() >= _TWO_COLUMNS_PX
        wanted = QBoxLayout.Direction.LeftToRight if two else QBoxLayout.Direction.TopToBottom
        if self._columns.direction() != wanted:
            self._columns.setDirection(wanted)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
            self.refresh()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        self.setAccessibleName(self.tr("Overview"))
        self._state.set_heading(self.tr("State and guest"))
        self._hardware.set_heading(self.tr("Hardware"))
        self._autostart.setText(self.tr("Start with the host"))
        self._autostart.setAccessibleName(self.tr("Start with the host"))

    def _watch(self) -> None:
        if self._key is not None and self.isVisible():
            self._services.performance.watch(self, (self._key,))
        else:
            self._services.performance.unwatch(self)

    def _on_sampled(self, batch: tuple[frozenset[HostId], ...]) -> None:
        if self._key is None or not self.isVisible():
            return
        if any(self._key.host_id in sampled for sampled in batch):
            self.refresh()
            self._show_graphs()

    def _on_events(self, batch: tuple[HostEvents, ...]) -> None:
        """What the list does not show may have changed: devices, notes, what the guest tells."""
        key = self._key
        if key is None:
            return
        kinds = {
            event.kind
            for told in batch
            if told.host_id == key.host_id
            for event in told.events
            if event.uuid == key.uuid or event.kind is EventKind.LOST
        }
        if kinds & _CONFIG_EVENTS:
            self._read_config()
        if kinds & _GUEST_EVENTS:
            self._read_guest()

    def _host(self) -> Host | None:
        return self._services.inventory.hosts.get(self._key.host_id) if self._key is not None else None

    def _on_age(self) -> None:
        """Values become old though nothing happens."""
        host = self._host()
        if host is not None and (
            self._state.is_old or freshness(host, time.monotonic()) is not Freshness.FRESH
        ):
            self.refresh()
            self.guest_changed.emit()

    def _show_age(self) -> None:
        host = self._host()
        is_old = host is not None and freshness(host, time.monotonic()).is_old
        for card in (self._state, self._hardware):
            card.set_old(is_old)

    def _show_graphs(self) -> None:
        if self._key is None:
            return
        domain = self._services.inventory.domains.get(self._key)
        memory_kib = max(domain.memory_kib, 1) if domain is not None else 1
        history = self._services.performance.history(self._key)
        for plot, top in zip(self._plots, (None, memory_kib, None, None), strict=True):
            plot.show_samples(history, top)

    # Reading.

    def _is_connected(self) -> bool:
        host = self._host()
        return host is not None and host.state is HostState.CONNECTED

    def _read_config(self) -> None:
        if self._key is not None and not self._reading_config:
            self._reading_config = self._scope.try_run(self._load_config(self._key))

    def _read_guest(self) -> None:
        domain = self._services.inventory.domains.get(self._key) if self._key is not None else None
        if domain is None or not domain.state.is_active:
            if self._guest is not None:
                self._guest = None
                self.guest_changed.emit()
            return
        if self._is_connected() and not self._reading_guest:
            self._reading_guest = self._scope.try_run(self._load_guest(domain.key))

    async def _load_config(self, key: DomainKey) -> None:
        is_kept = not self._is_connected()
        try:
            if is_kept:
                config = await self._services.overview.last_config(key)
            else:
                config = await self._services.overview.config(key)
        except VmguiError as error:
            # Gone, or its host is: the inventory tells either soon enough.
            log.debug("%s: not read: %s", key.uuid, error)
            return
        finally:
            self._reading_config = False
        if key != self._key:
            self._read_config()
            return
        if config is None or (is_kept and self._config is not None):
            return
        self._config = config
        self._config_is_kept = is_kept
        self._notes.load(config.description)
        self.refresh()
        self.guest_changed.emit()

    async def _load_guest(self, key: DomainKey) -> None:
        try:
            guest = await self._services.overview.guest_info(key)
        except VmguiError as error:
            log.debug("%s: the guest tells nothing: %s", key.uuid, error)
            return
        finally:
            self._reading_guest = False
        if key != self._key:
            self._read_guest()
            return
        if guest != self._guest:
            self._guest = guest
            self.refresh()
            self.guest_changed.emit()

    # What is asked for.

    def _on_autostart(self, on: bool) -> None:
        if self._key is not None:
            self._services.lifecycle.set_autostart((self._key,), on)
            self.refresh()

    def _on_save_notes(self, text: str) -> None:
        if self._key is not None:
            self._services.lifecycle.set_notes(self._key, text)
