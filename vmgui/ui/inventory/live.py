"""The live part of the inventory: processor and memory of the rows on screen, and what is being done with machines."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget

from vmgui.model.domain import DomainKey
from vmgui.model.host import HostId, HostState
from vmgui.model.job import Job
from vmgui.services.inventory import Inventory
from vmgui.services.jobs import JobService
from vmgui.services.performance import PerformanceService
from vmgui.ui.bridge.service_bridge import BatchedSignal
from vmgui.ui.inventory.delegate import SPARK_SLOTS
from vmgui.ui.inventory.model import InventoryModel
from vmgui.ui.inventory.rows import Usage
from vmgui.ui.inventory.tree import InventoryTree
from vmgui.words import jobs as job_words

_WATCH_DELAY_MS = 200


class LiveValues(QObject):
    """Watches only what is on screen; a hidden pane costs nothing."""

    def __init__(
        self,
        pane: QWidget,
        tree: InventoryTree,
        model: InventoryModel,
        inventory: Inventory,
        performance: PerformanceService,
        jobs: JobService,
    ) -> None:
        super().__init__(pane)
        self._pane = pane
        self._tree = tree
        self._model = model
        self._inventory = inventory
        self._performance = performance
        self._jobs = jobs
        self._watch_timer = QTimer(self)
        self._watch_timer.setSingleShot(True)
        self._watch_timer.setInterval(_WATCH_DELAY_MS)
        self._watch_timer.timeout.connect(self._watch_visible)
        self._second_timer = QTimer(self)
        self._second_timer.setInterval(1000)
        self._second_timer.timeout.connect(model.refresh_ages)
        self._second_timer.start()
        self._samples = BatchedSignal(performance.sampled, self)
        self._samples.arrived.connect(self._on_sampled)
        self._job_changes = BatchedSignal(jobs.changed, self)
        self._job_changes.arrived.connect(self._on_jobs)
        tree.shown_rows_changed.connect(self.watch_soon)

    def close(self) -> None:
        """Hear and watch nothing more."""
        self._second_timer.stop()
        self._watch_timer.stop()
        self._samples.close()
        self._job_changes.close()
        self._performance.unwatch(self._pane)

    def watch_soon(self) -> None:
        """Other rows are on screen."""
        if not self._watch_timer.isActive():
            self._watch_timer.start()

    def _watch_visible(self) -> None:
        keys = self._tree.visible_keys() if self._pane.isVisible() else []
        self._performance.watch(self._pane, keys)
        self._show_usage(keys)

    def _on_sampled(self, batch: tuple[frozenset[HostId], ...]) -> None:
        if not self._pane.isVisible():
            return
        sampled = frozenset().union(*batch)
        self._show_usage(key for key in self._tree.visible_keys() if key.host_id in sampled)

    def _show_usage(self, keys: Iterable[DomainKey]) -> None:
        usage: dict[DomainKey, Usage] = {}
        for key in keys:
            domain = self._inventory.domains.get(key)
            host = self._inventory.hosts.get(key.host_id)
            if domain is None or host is None or host.state is not HostState.CONNECTED:
                continue
            if not domain.state.is_active:
                continue
            history = self._performance.history(key)[-SPARK_SLOTS:]
            share = None
            if history and history[-1].memory_used_kib is not None and domain.memory_kib:
                share = min(1.0, history[-1].memory_used_kib / domain.memory_kib)
            percents = tuple(rates.cpu_percent for rates in history if rates.cpu_percent is not None)
            usage[key] = Usage(percents, share)
        self._model.set_usage(usage)

    def _on_jobs(self, _batch: tuple[Job, ...]) -> None:
        badges: dict[DomainKey, str] = {}
        for job in self._jobs.unfinished:
            words = job_words.title(job)
            for target in job.targets:
                if target.key is not None:
                    badges[target.key] = words
        self._model.set_badges(badges)
