"""Keeps what all running machines and hosts use, for weeks, and tells it again.

Takes what `performance` samples; of a host with many machines that is all of them every half minute or more, in the
one bulk call that `performance` makes anyhow. Samples have times of the monotonic clock, the history has wall clock:
this is the one place where one becomes the other.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from pathlib import Path

from vmgui.model.changeset import ChangeSet
from vmgui.model.domain import DomainKey, DomainRates
from vmgui.model.host import HostUsage
from vmgui.model.performance_history import (
    HistoryKey,
    HistoryNotice,
    HistoryRange,
    HistorySeries,
    HostReading,
)
from vmgui.policy.performance_history import step_for
from vmgui.policy.performance_history_csv import csv_text
from vmgui.services.background import in_thread
from vmgui.services.inventory import Inventory
from vmgui.services.notifier import Notifier
from vmgui.services.performance import PerformanceService
from vmgui.store.performance_history import HistoryStore
from vmgui.store.settings import SettingsStore
from vmgui.store.whole_file import write_whole

ALL_EVERY_S = 30.0
"""How often all machines of a host with many are sampled."""


class HistoryService:
    """Records until `close`; loop thread only. Without a store only the last ten minutes are known."""

    def __init__(
        self,
        inventory: Inventory,
        performance: PerformanceService,
        store: HistoryStore | None,
        settings: SettingsStore | None = None,
    ) -> None:
        self.notices: Notifier[HistoryNotice | None] = Notifier()
        self._performance = performance
        self._store = store
        self._settings = settings
        self._range = HistoryRange(settings.settings.performance_range) if settings else HistoryRange.HOUR
        self._loop: asyncio.AbstractEventLoop | None = None
        self._subscriptions = [inventory.changes.subscribe(self._on_change)]
        if store is not None:
            store.on_notice = self._on_notice
            performance.sample_all_every(ALL_EVERY_S)
            self._subscriptions.append(performance.readings.subscribe(self._on_reading))

    async def close(self) -> None:
        """Stop recording; the store is its owner's to close."""
        for subscription in self._subscriptions:
            subscription.cancel()
        if self._store is not None:
            self._store.on_notice = None

    @property
    def notice(self) -> HistoryNotice | None:
        """What a person should know of the history file, if anything."""
        return self._store.notice if self._store is not None else None

    @property
    def chosen_range(self) -> HistoryRange:
        """The time range all graphs show."""
        return self._range

    def choose_range(self, chosen: HistoryRange) -> None:
        """Show this range from now on, in later runs too."""
        self._range = chosen
        if self._settings is not None:
            self._settings.change(performance_range=chosen.value)

    async def read(self, key: HistoryKey, shown: HistoryRange) -> HistorySeries | None:
        """A range up to now, in some hundred steps; None: it cannot be told now."""
        if self._store is None:
            return None
        loop = self._loop = asyncio.get_running_loop()
        future: asyncio.Future[HistorySeries | None] = loop.create_future()

        def settle(found: HistorySeries | None) -> None:
            if not future.done():
                future.set_result(found)

        def done(found: HistorySeries | None) -> None:
            # On the store's thread. The program may have ended meanwhile.
            if not loop.is_closed():
                loop.call_soon_threadsafe(settle, found)

        to_s = time.time()
        if not self._store.read(key, to_s - shown.span_s, to_s, step_for(shown), done):
            return None
        return await future

    def live(self, key: HistoryKey) -> tuple[Sequence[DomainRates] | Sequence[HostUsage], float]:
        """The single samples of the last ten minutes, oldest first, and what makes unix seconds of their times.

        Empty for a machine that nobody looks at on a host with many.
        """
        offset_s = time.time() - time.monotonic()
        if key.uuid:
            return self._performance.history(DomainKey(key.host_id, key.uuid)), offset_s
        return self._performance.host_history(key.host_id), offset_s

    async def save_csv(self, series: HistorySeries, path: str) -> None:
        """Write a table for a spreadsheet; raises OSError."""
        await in_thread(_write_csv, series, path)

    def _on_reading(self, reading: HostReading) -> None:
        assert self._store is not None
        self._loop = asyncio.get_running_loop()
        self._store.record(reading, time.time() - time.monotonic())

    def _on_change(self, change: ChangeSet) -> None:
        if self._store is not None:
            for host_id in change.hosts_removed:
                self._store.forget_host(host_id)

    def _on_notice(self, notice: HistoryNotice | None) -> None:
        """Called on the store's thread."""
        loop = self._loop
        if loop is not None and not loop.is_closed():
            loop.call_soon_threadsafe(self.notices.emit, notice)


def _write_csv(series: HistorySeries, path: str) -> None:
    write_whole(Path(path), csv_text(series).encode(), new_mode=None)
