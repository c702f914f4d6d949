"""The Overview tab: what a machine is, what it does now and did in the last ten minutes, and its notes."""

from __future__ import annotations

import time
from typing import Any

from PySide6.QtCore import QEvent, QSize, Qt, QTimer
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QCheckBox, QFrame, QScrollArea, QVBoxLayout, QWidget

from vmgui.model.changeset import ChangeSet
from vmgui.model.definition import MachineView
from vmgui.model.domain import DomainConfig, DomainKey, GuestInfo
from vmgui.model.host import Host, HostId, HostState
from vmgui.model.job import JobId, JobKind, JobState
from vmgui.policy.health import Freshness, freshness
from vmgui.policy.lifecycle import refusal
from vmgui.services.inventory import merge
from vmgui.services.machine_watch import MachineWatch
from vmgui.services.notifier import Subscription
from vmgui.services.services import Services
from vmgui.services.uptime import UptimeWatch
from vmgui.ui.bridge.pane_scope import PaneScope
from vmgui.ui.bridge.service_bridge import BatchedSignal
from vmgui.ui.kit.draft import Drafts
from vmgui.ui.kit.page_tabs import Target
from vmgui.ui.look.domain_plots import domain_plots
from vmgui.ui.look.fact_list import FactList
from vmgui.ui.look.plain import tip
from vmgui.ui.look.theme import SPACE, SPACE_L
from vmgui.ui.overview import facts
from vmgui.ui.overview.notes import NotesCard
from vmgui.words.refusals import refusal_words

_TWO_COLUMNS_PX = 780
_AGE_EVERY_MS = 1000
_LATE_MS = 150
_SAVE_S = 3.0


class OverviewPane(QScrollArea):
    """Shows what the inventory and the machine's watch know."""

    def __init__(
        self, services: Services, uptimes: UptimeWatch, drafts: Drafts[Any], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("overview")
        self._services = services
        self._uptimes = uptimes
        self._key: DomainKey | None = None
        self._config: DomainConfig | None = None
        self._guest: GuestInfo | None = None
        self._machine: MachineWatch | None = None
        self._subscriptions: tuple[Subscription, ...] = ()
        self._scope = PaneScope("overview", self)
        self._often: Subscription | None = None  # its guest is asked while a person looks

        self._state = FactList(self)
        self._state.setObjectName("overview-state")
        self._hardware = FactList(self)
        self._hardware.setObjectName("overview-hardware")
        self._autostart = QCheckBox(self)
        self._autostart.setObjectName("overview-autostart")
        self._autostart.clicked.connect(self._on_autostart)
        self._state.add_below(self._autostart)
        self._notes = NotesCard(drafts, self)
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

        self._age_timer = QTimer(self)
        self._age_timer.setInterval(_AGE_EVERY_MS)
        self._age_timer.timeout.connect(self._on_age)
        self._late_timer = QTimer(self)
        self._late_timer.setSingleShot(True)
        self._late_timer.setInterval(_LATE_MS)
        self._late_timer.timeout.connect(self.refresh)
        self._samples = BatchedSignal(services.performance.sampled, self)
        self._samples.arrived.connect(self._on_sampled)
        self._changes = BatchedSignal(services.inventory.changes, self)
        self._changes.arrived.connect(self._on_changes)
        self._retranslate()

    def show_target(self, target: Target | None) -> None:
        """Show this machine; None: nobody looks."""
        key = target if isinstance(target, DomainKey) else None
        if key == self._key:
            return
        self._unsubscribe()
        self._key = key
        self._config = None
        self._guest = None
        self._notes.show_machine(key)
        self.verticalScrollBar().setValue(0)
        self._subscribe()
        self._watch()
        # One layout instead of two: what the machine's XML says is here in a moment, or the timer fires.
        if self._is_connected():
            self._late_timer.start()
        else:
            self.refresh()
        if self._machine is not None:
            self._on_machine(self._machine.view)

    def refresh(self) -> None:
        """Show again what is known."""
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

    async def save_notes(self) -> None:
        """Save what has been typed as if the field were left, and wait a moment until it and all before it are."""
        self._notes.leave()
        await self._scope.ended(timeout_s=_SAVE_S)

    async def shutdown(self) -> None:
        """End all that is under way."""
        self._samples.close()
        self._changes.close()
        self._unsubscribe()
        self._age_timer.stop()
        self._late_timer.stop()
        self._services.performance.unwatch(self)
        await self._scope.close()

    def sizeHint(self) -> QSize:
        return QSize(700, 500)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._watch()
        self._age_timer.start()
        self._show_graphs()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._age_timer.stop()
        self._watch()

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

    def _subscribe(self) -> None:
        if self._key is not None:
            self._machine = self._services.machine_watches.watch(self._key)
            self._subscriptions = (
                self._machine.changed.subscribe(self._on_machine),
                self._machine.follow_guest(),
            )

    def _unsubscribe(self) -> None:
        for subscription in (*self._subscriptions, *((self._often,) if self._often is not None else ())):
            subscription.cancel()
        self._machine, self._subscriptions, self._often = None, (), None

    def _watch(self) -> None:
        """What is asked again and again only while a person looks."""
        if self._key is not None and self.isVisible():
            self._services.performance.watch(self, (self._key,))
            if self._machine is not None and self._often is None:
                self._often = self._machine.follow_guest(often=True)
        else:
            self._services.performance.unwatch(self)
            if self._often is not None:
                self._often.cancel()
                self._often = None

    def _on_sampled(self, batch: tuple[frozenset[HostId], ...]) -> None:
        if self._key is None or not self.isVisible():
            return
        if any(self._key.host_id in sampled for sampled in batch):
            self.refresh()
            self._show_graphs()

    def _on_machine(self, view: MachineView) -> None:
        """There is news of what its XML says, or its guest."""
        config, guest = view.config, view.guest
        if config == self._config and guest == self._guest:
            return
        if config is not None and config != self._config:
            self._notes.load(config.description)
        self._config, self._guest = config, guest
        self.refresh()

    def _on_changes(self, batch: tuple[ChangeSet, ...]) -> None:
        if self._key is not None and merge(*batch).touches(self._key):
            self.refresh()

    def _host(self) -> Host | None:
        return self._services.inventory.hosts.get(self._key.host_id) if self._key is not None else None

    def _on_age(self) -> None:
        """Values become old though nothing happens."""
        host = self._host()
        if host is not None and (
            self._state.is_old or freshness(host, time.monotonic()) is not Freshness.FRESH
        ):
            self.refresh()

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

    def _is_connected(self) -> bool:
        host = self._host()
        return host is not None and host.state is HostState.CONNECTED

    # What is asked for.

    def _on_autostart(self, on: bool) -> None:
        if self._key is not None:
            self._services.lifecycle.set_autostart((self._key,), on)
            self.refresh()

    def _on_save_notes(self, text: str) -> None:
        if self._key is not None:
            job_id = self._services.lifecycle.set_notes(self._key, text)
            self._scope.try_run(self._wait_for_notes(self._key, text, job_id))

    async def _wait_for_notes(self, key: DomainKey, text: str, job_id: JobId) -> None:
        job = await self._services.jobs.wait(job_id)
        self._notes.end_saving(key, text, is_saved=job.state is JobState.DONE)
