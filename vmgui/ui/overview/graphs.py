"""The four live graphs of a machine, and the two of a host."""

from __future__ import annotations

import time
from collections.abc import Sequence

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from vmgui.model.domain import DomainRates
from vmgui.ui.kit.graph import Graph, Series
from vmgui.ui.look.theme import SPACE
from vmgui.words import quantities as fmt


def _memory_text(kib: float) -> str:
    return fmt.size_kib(int(kib))


class DomainGraphs(QWidget):
    """CPU, memory, disk, network."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.cpu = Graph((Series("", "graph_cpu"),), fmt.percent, fixed_maximum=100.0, parent=self)
        self.memory = Graph((Series("", "graph_memory"),), _memory_text, smallest_maximum=1024.0, parent=self)
        two_disk = (Series("", "graph_disk"), Series("", "graph_disk_2", filled=False))
        self.disk = Graph(two_disk, fmt.rate, smallest_maximum=1000.0, parent=self)
        two_network = (Series("", "graph_network"), Series("", "graph_network_2", filled=False))
        self.network = Graph(two_network, fmt.rate, smallest_maximum=1000.0, parent=self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE)
        for name, graph in (
            ("graph-cpu", self.cpu),
            ("graph-memory", self.memory),
            ("graph-disk", self.disk),
            ("graph-network", self.network),
        ):
            graph.setObjectName(name)
            layout.addWidget(graph)
        layout.addStretch(1)
        self._retranslate()

    def show_history(self, history: Sequence[DomainRates], memory_kib: int) -> None:
        """All of it, oldest first."""
        now_s = time.monotonic()
        times = [rates.at_s for rates in history]
        self.cpu.set_values(times, [[rates.cpu_percent for rates in history]], now_s)
        self.memory.set_values(
            times,
            [[rates.memory_used_kib for rates in history]],
            now_s,
            fixed_maximum=float(max(memory_kib, 1)),
        )
        self.disk.set_values(
            times,
            [
                [rates.disk_read_bytes_per_s for rates in history],
                [rates.disk_write_bytes_per_s for rates in history],
            ],
            now_s,
        )
        self.network.set_values(
            times,
            [
                [rates.net_rx_bytes_per_s for rates in history],
                [rates.net_tx_bytes_per_s for rates in history],
            ],
            now_s,
        )

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        self.cpu.set_title(self.tr("Processor"), ("",))
        self.memory.set_title(self.tr("Memory"), ("",))
        self.disk.set_title(self.tr("Disk"), (self.tr("read"), self.tr("write")))
        self.network.set_title(self.tr("Network"), (self.tr("received"), self.tr("sent")))
