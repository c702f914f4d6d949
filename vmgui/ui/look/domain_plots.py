"""The four graphs of a machine, wherever they stand: CPU, memory, disk, network."""

from __future__ import annotations

from operator import attrgetter

from PySide6.QtWidgets import QWidget

from vmgui.ui.look.graph import Plot, Series
from vmgui.words import quantities as fmt
from vmgui.words.say import say

Plots = tuple[Plot, Plot, Plot, Plot]


def memory_text(kib: float) -> str:
    """A memory size in the unit of its scale."""
    return fmt.size_kib(int(kib))


# fmt: off
def domain_plots(prefix: str, parent: QWidget, *, tall: bool = False) -> Plots:
    """`prefix` begins their object names."""
    cpu = (Series("graph_cpu", attrgetter("cpu_percent")),)
    memory = (Series("graph_memory", attrgetter("memory_used_kib")),)
    disk = (Series("graph_disk", attrgetter("disk_read_bytes_per_s"), say("Performance", "read")),
            Series("graph_disk_2", attrgetter("disk_write_bytes_per_s"), say("Performance", "write")))
    network = (Series("graph_network", attrgetter("net_rx_bytes_per_s"), say("Performance", "received")),
               Series("graph_network_2", attrgetter("net_tx_bytes_per_s"), say("Performance", "sent")))
    return (
        Plot(f"{prefix}-cpu", say("Performance", "Processor"), cpu, fmt.percent,
             top=100.0, tall=tall, parent=parent),
        Plot(f"{prefix}-memory", say("Performance", "Memory"), memory, memory_text,
             least_top=1024.0, tall=tall, parent=parent),
        Plot(f"{prefix}-disk", say("Performance", "Disk"), disk, fmt.rate,
             least_top=1000.0, tall=tall, parent=parent),
        Plot(f"{prefix}-network", say("Performance", "Network"), network, fmt.rate,
             least_top=1000.0, tall=tall, parent=parent),
    )
# fmt: on
