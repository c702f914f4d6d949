"""The Performance tab of a machine or a host: what it used, from the last minutes to the last month.

Read from the history off the GUI thread, again as often as a new point can have come; idle while nobody looks.
"""

from __future__ import annotations

import time

from PySide6.QtCore import QDir, QEvent, QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from vmgui.model.domain import DomainKey, DomainRates
from vmgui.model.host import HostUsage
from vmgui.model.performance_history import (
    HistoryKey,
    HistoryNotice,
    HistoryRange,
    HistorySeries,
    HistoryTrouble,
)
from vmgui.policy.plain_text import file_stem
from vmgui.services.services import Services
from vmgui.ui.bridge.choose_file import choose_file
from vmgui.ui.bridge.pane_scope import PaneScope
from vmgui.ui.bridge.service_bridge import BatchedSignal
from vmgui.ui.kit.page_tabs import Target
from vmgui.ui.look.empty_state import EmptyState
from vmgui.ui.look.message import Message
from vmgui.ui.look.scroll import Scroll
from vmgui.ui.look.theme import SPACE_L
from vmgui.ui.performance.graphs import HistoryGraphs
from vmgui.ui.performance.points import Points, points_of
from vmgui.ui.performance.range_bar import RangeBar
from vmgui.words.note import Level

_READ_EVERY_MS = {
    HistoryRange.TEN_MINUTES: 2000,
    HistoryRange.HOUR: 5000,
    HistoryRange.DAY: 60_000,
    HistoryRange.WEEK: 300_000,
    HistoryRange.MONTH: 600_000,
}


class PerformancePane(QWidget):
    """A tab's content (page_tabs.PageContent)."""

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("performance")
        self._services = services
        self._key: HistoryKey | None = None
        self._range = services.history.chosen_range
        self._series: HistorySeries | None = None
        self._scope = PaneScope("performance", self)
        self._reading = False

        self._bar = RangeBar(self)
        self._bar.chosen.connect(self._on_range)
        self._bar.save_asked.connect(self._on_save)
        self._notice = Message(self)
        self._notice.setObjectName("history-notice")
        self._saved = Message(self)
        self._saved.setObjectName("history-saved")
        words = QVBoxLayout()
        words.setContentsMargins(SPACE_L, 0, SPACE_L, 0)
        words.addWidget(self._notice)
        words.addWidget(self._saved)
        self.graphs = HistoryGraphs()
        self._area = Scroll(self.graphs, self, sideways=True)
        self._empty = EmptyState("clock", self)
        self._waiting = QWidget(self)
        self._stack = QStackedWidget(self)
        for page in (self._waiting, self._area, self._empty):
            self._stack.addWidget(page)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._bar)
        layout.addLayout(words)
        layout.addWidget(self._stack, 1)

        self._timer = QTimer(self)
        self._timer.timeout.connect(self._read)
        self._notices = BatchedSignal(services.history.notices, self)
        self._notices.arrived.connect(self._on_notices)
        self._retranslate()

    def show_target(self, target: Target | None) -> None:
        """Show this machine or host; None: nobody looks."""
        key = None
        if isinstance(target, DomainKey):
            key = HistoryKey(target.host_id, target.uuid)
        elif isinstance(target, str):
            key = HistoryKey(target)
        if key != self._key:
            self._key = key
            self._series = None
            self._saved.clear()
            self.graphs.clear_cursor()
            self._stack.setCurrentWidget(self._waiting)
        self._follow()

    async def shutdown(self) -> None:
        """Hear nothing more."""
        self._timer.stop()
        self._notices.close()
        self._services.performance.unwatch(self)
        await self._scope.close(timeout_s=1.0)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._follow()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._follow()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
            self._read()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        self.setAccessibleName(self.tr("Performance"))
        self._show_notice(self._services.history.notice)

    # Reading.

    def _follow(self) -> None:
        """Begin or end to cost something."""
        key = self._key
        if key is None or not self.isVisible():
            self._timer.stop()
            self._services.performance.unwatch(self)
            return
        # Another tab may have chosen another range meanwhile.
        self._range = self._services.history.chosen_range
        self._bar.set_range(self._range)
        if key.uuid:
            self._services.performance.watch(self, (DomainKey(key.host_id, key.uuid),))
        else:
            self._services.performance.unwatch(self)
        self._timer.start(_READ_EVERY_MS[self._range])
        self._read()

    def _read(self) -> None:
        if self._key is not None and self.isVisible() and not self._reading:
            self._reading = self._scope.try_run(self._load(self._key, self._range))

    async def _load(self, key: HistoryKey, shown: HistoryRange) -> None:
        try:
            series = await self._services.history.read(key, shown)
            is_current = (key, shown) == (self._key, self._range)
            points = self._points(key, shown, series) if is_current else None
            was_ever = False
            if points is not None and not len(points) and shown is not HistoryRange.MONTH:
                month = await self._services.history.read(key, HistoryRange.MONTH)
                was_ever = month is not None and len(month.starts_s) > 0
        finally:
            self._reading = False
        if (key, shown) != (self._key, self._range):
            self._read()
        elif points is not None:
            self._series = series
            self._show(key, points, was_ever)

    def _points(self, key: HistoryKey, shown: HistoryRange, series: HistorySeries | None) -> Points:
        samples: list[DomainRates] = []
        clock_offset_s = 0.0
        if shown is HistoryRange.TEN_MINUTES and key.uuid:
            live, clock_offset_s = self._services.history.live(key)
            samples = [one for one in live if not isinstance(one, HostUsage)]
        return points_of(series, samples, clock_offset_s, time.time())

    def _show(self, key: HistoryKey, points: Points, was_ever: bool) -> None:
        self._bar.save.setEnabled(self._series is not None and len(self._series.starts_s) > 0)
        if len(points):
            self.graphs.show_points(points, self._range, self._memory_kib(key))
            self._stack.setCurrentWidget(self._area)
            return
        if was_ever:
            self._empty.set_texts(
                self.tr("Nothing was recorded in this time"),
                self.tr(
                    "vmgui records what runs while it runs itself. Choose a longer time to look further back."
                ),
            )
        else:
            self._empty.set_texts(self.tr("No history yet"), self.tr("vmgui records while it runs."))
        self._stack.setCurrentWidget(self._empty)

    def _memory_kib(self, key: HistoryKey) -> float | None:
        inventory = self._services.inventory
        if key.uuid:
            domain = inventory.domains.get(DomainKey(key.host_id, key.uuid))
            return float(domain.memory_kib) if domain is not None else None
        host = inventory.hosts.get(key.host_id)
        if host is None:
            return None
        total_kib = host.usage.memory_total_kib if host.usage is not None else 0
        return float(total_kib or (host.info.memory_kib if host.info is not None else 0)) or None

    # What a person does.

    def _on_range(self, chosen: HistoryRange) -> None:
        self._services.history.choose_range(chosen)
        self.graphs.clear_cursor()
        self._saved.clear()
        self._follow()

    def _on_save(self) -> None:
        if self._series is not None and self._key is not None:
            self._scope.try_run(self._save(self._series, self._file_name(self._key)))

    def _file_name(self, key: HistoryKey) -> str:
        inventory = self._services.inventory
        domain = inventory.domains.get(DomainKey(key.host_id, key.uuid)) if key.uuid else None
        host = inventory.hosts.get(key.host_id)
        name = domain.name if domain is not None else host.name if host is not None else "history"
        plain = "".join(c if c.isalnum() or c in "-_." else "_" for c in name)
        return f"{file_stem(plain)}-{self._range.value}.csv"

    async def _save(self, series: HistorySeries, name: str) -> None:
        proposed = QDir.home().filePath(name)
        path = await choose_file(
            self, self.tr("Save as CSV"), self.tr("Tables (*.csv)"), proposed, save=True, suffix="csv"
        )
        if not path:
            return
        try:
            await self._services.history.save_csv(series, path)
        except OSError as error:
            self._saved.tell(
                self.tr("{path} cannot be written: {reason}").format(
                    path=path, reason=error.strerror or error
                ),
                Level.ERROR,
            )
        else:
            self._saved.tell(self.tr("Saved as {path}").format(path=path), Level.GOOD)

    # What is the matter with the file.

    def _on_notices(self, batch: tuple[HistoryNotice | None, ...]) -> None:
        self._show_notice(batch[-1])

    def _show_notice(self, notice: HistoryNotice | None) -> None:
        if notice is None:
            self._notice.clear()
            return
        words = {
            HistoryTrouble.BROKEN: self.tr(
                "The history file could not be read. It is kept as {path}; a new history has begun."
            ),
            HistoryTrouble.NEWER: self.tr(
                "The history in {path} is of a newer vmgui. It is left as it is; only the last ten minutes are shown."
            ),
            HistoryTrouble.UNAVAILABLE: self.tr(
                "The history cannot be kept in {path} now: {reason}. vmgui tries again every minute."
            ),
            HistoryTrouble.IN_USE: self.tr(
                "Another vmgui is running and records the history; this window shows what it writes."
            ),
        }
        text = words[notice.trouble].format(path=notice.path, reason=notice.detail)
        if notice.trouble is HistoryTrouble.IN_USE:
            self._notice.tell(text)
        else:
            self._notice.tell(text, Level.WARNING)
