"""The Overview of a host: how it is reached, what it is made of, what it has promised, what it did lately."""

from __future__ import annotations

import time
from operator import attrgetter

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from vmgui.model.changeset import ChangeSet
from vmgui.model.host import Host, HostId, HostState, HostUsage
from vmgui.services.services import Services
from vmgui.ui.bridge.service_bridge import BatchedSignal
from vmgui.ui.hosts.commitment_card import CommitmentCard
from vmgui.ui.hosts.host_facts import hardware_facts, numa_facts, software_facts
from vmgui.ui.kit.page_tabs import Target
from vmgui.ui.look.domain_plots import memory_text
from vmgui.ui.look.fact_list import FactList
from vmgui.ui.look.graph import Plot, Series
from vmgui.ui.look.theme import SPACE, SPACE_L
from vmgui.words import quantities as fmt
from vmgui.words.say import say

_TWO_COLUMNS_PX = 780


def _memory_used(usage: HostUsage) -> float:
    return usage.memory_total_kib - usage.memory_free_kib


class HostOverview(QScrollArea):
    """Shown anew once a second while it is looked at: values become old though nothing happens."""

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("host-overview")
        self._services = services
        self._host_id: HostId | None = None
        self._hardware = FactList(self)
        self._hardware.setObjectName("host-hardware")
        self._software = FactList(self)
        self._software.setObjectName("host-software")
        self._numa = FactList(self)
        self._numa.setObjectName("host-numa")
        self._probe = QPushButton(self)
        self._probe.setObjectName("host-probe")
        self._probe.clicked.connect(self._on_probe)
        probe_row = QWidget(self)
        probe_line = QHBoxLayout(probe_row)
        probe_line.setContentsMargins(0, 0, 0, 0)
        probe_line.addWidget(self._probe)
        probe_line.addStretch(1)
        self._software.add_below(probe_row)
        self._commitments = CommitmentCard(self)
        cpu = (Series("graph_cpu", attrgetter("cpu_percent")),)
        title = say("HostOverview", "Processor")
        self._cpu = Plot("host-graph-cpu", title, cpu, fmt.percent, top=100.0, parent=self)
        self._memory = Plot(
            "host-graph-memory",
            say("HostOverview", "Memory in use"),
            (Series("graph_memory", _memory_used),),
            memory_text,
            least_top=1024.0,
            parent=self,
        )

        left, right = QWidget(self), QWidget(self)
        for column, cards in (
            (left, (self._software, self._hardware, self._numa)),
            (right, (self._commitments, self._cpu, self._memory)),
        ):
            layout = QVBoxLayout(column)
            layout.setContentsMargins(0, 0, 0, 0)
            layout.setSpacing(SPACE)
            for card in cards:
                layout.addWidget(card)
            layout.addStretch(1)
        inside = QWidget()
        inside.setProperty("pane", True)
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight, inside)
        self._columns.setContentsMargins(SPACE_L, SPACE, SPACE_L, SPACE_L)
        self._columns.setSpacing(SPACE)
        self._columns.addWidget(left, 1, Qt.AlignmentFlag.AlignTop)
        self._columns.addWidget(right, 1, Qt.AlignmentFlag.AlignTop)
        self._columns.addStretch(0)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidget(inside)
        self._samples = BatchedSignal(services.performance.sampled, self)
        self._samples.arrived.connect(self._on_sampled)
        self._changes = BatchedSignal(services.inventory.changes, self)
        self._changes.arrived.connect(self._on_changes)
        self._second_timer = QTimer(self)
        self._second_timer.setInterval(1000)
        self._second_timer.timeout.connect(self.refresh)
        self._retranslate()

    def show_target(self, target: Target | None) -> None:
        """Show this host from now on; None: nobody looks."""
        host_id = target if isinstance(target, str) else None
        if host_id == self._host_id:
            return
        self._host_id = host_id
        self.verticalScrollBar().setValue(0)
        self._look()
        self.refresh()
        self._show_graphs()

    def refresh(self) -> None:
        """Show what is known now."""
        host = self._host()
        if host is None:
            return
        fleet = self._services.fleet
        self._probe.setEnabled(host.state is HostState.CONNECTED and not host.config.read_only)
        self._probe.setVisible(host.info is not None and host.info.driver.upper() == "QEMU")
        self._software.set_facts(software_facts(host))
        self._hardware.set_facts(hardware_facts(host))
        cells = numa_facts(host)
        self._numa.setVisible(len(cells) > 0)
        self._numa.set_facts(cells)
        self._commitments.show_commitments(
            host, fleet.commitments(host.id), fleet.pools(host.id), time.monotonic()
        )

    async def shutdown(self) -> None:
        """Hear nothing more."""
        self._second_timer.stop()
        self._changes.close()
        self._samples.close()
        self._services.fleet.look_away(self)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._second_timer.start()
        self._look()
        self.refresh()
        self._show_graphs()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._second_timer.stop()
        self._services.fleet.look_away(self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        two = self.width() >= _TWO_COLUMNS_PX
        wanted = QBoxLayout.Direction.LeftToRight if two else QBoxLayout.Direction.TopToBottom
        if self._columns.direction() != wanted:
            self._columns.setDirection(wanted)
            # One above the other they are as high as they need to be.
            for column in (0, 1):
                self._columns.setStretch(column, 1 if two else 0)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
            self.refresh()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        self._probe.setText(self.tr("Test hardware acceleration"))
        self._probe.setAccessibleName(self._probe.text())
        self._hardware.set_heading(self.tr("Hardware"))
        self._software.set_heading(self.tr("Connection and software"))
        self._numa.set_heading(self.tr("NUMA nodes"))

    def _host(self) -> Host | None:
        return self._services.inventory.hosts.get(self._host_id) if self._host_id is not None else None

    def _look(self) -> None:
        if self._host_id is not None and self.isVisible():
            self._services.fleet.look(self, (self._host_id,), with_volumes=True)
        else:
            self._services.fleet.look_away(self)

    def _on_changes(self, _batch: tuple[ChangeSet, ...]) -> None:
        # Its machines have promises, too.
        if self.isVisible():
            self.refresh()

    def _on_sampled(self, batch: tuple[frozenset[HostId], ...]) -> None:
        if self.isVisible() and any(self._host_id in sampled for sampled in batch):
            self._show_graphs()

    def _show_graphs(self) -> None:
        if self._host_id is None:
            return
        history = self._services.performance.host_history(self._host_id)
        self._cpu.show_samples(history)
        self._memory.show_samples(history, max(1, history[-1].memory_total_kib) if history else None)

    def _on_probe(self) -> None:
        if self._host_id is not None:
            self._services.hosts.probe_kvm(self._host_id)
