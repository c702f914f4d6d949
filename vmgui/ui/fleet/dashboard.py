"""All hosts at a glance: their cards, who uses most, what fills up, what needs somebody.

Made anew at most once a second, and only while it is looked at.
"""

from __future__ import annotations

import math
import time
from collections.abc import Iterator

from PySide6.QtCore import QEvent, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QHideEvent, QKeySequence, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QMenu,
    QVBoxLayout,
    QWidget,
)

from vmgui.model.domain import DomainKey
from vmgui.model.fleet import FleetReport
from vmgui.model.host import HostId, HostState
from vmgui.services.services import Services
from vmgui.ui.fleet.card_view import CardView
from vmgui.ui.fleet.cards import make_card
from vmgui.ui.fleet.line_list import LineList
from vmgui.ui.fleet.rows import cpu_lines, memory_lines, pool_lines, problem_lines
from vmgui.ui.kit.menu_letters import MenuLetters
from vmgui.ui.kit.page_tabs import Target
from vmgui.ui.look.scroll import Scroll
from vmgui.ui.look.theme import SPACE, SPACE_L, watcher
from vmgui.words import quantities as fmt

EVERY_MS = 2000
OLD_S = 15.0
"""Older measurements are said to be so: most are made every 2 s."""
_TWO_COLUMNS_PX = 760
_SIDE_PX = 340
RETRIED = (HostState.UNREACHABLE, HostState.REFUSED)


class FleetDashboard(QWidget):
    """Tells which host or machine was clicked."""

    host_chosen = Signal(str)  # HostId
    domain_chosen = Signal(object)  # DomainKey

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("fleet-dashboard")
        self._services = services
        self.cards = CardView(self)
        self.cards.chosen.connect(self.host_chosen)
        self.cards.retry_asked.connect(self._on_retry)
        self.cards.menu_asked.connect(self._on_card_menu)
        self.problems = LineList("problems", self)
        self.pools = LineList("pools", self)
        self.by_cpu = LineList("cpu", self)
        self.by_memory = LineList("memory", self)
        side = QWidget()
        side.setProperty("pane", True)
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, SPACE_L, SPACE_L)
        column.setSpacing(SPACE)
        for part in (self.problems, self.by_cpu, self.by_memory, self.pools):
            part.chosen.connect(self._on_chosen)
            column.addWidget(part)
        column.addStretch(1)
        self._side = Scroll(side, self)
        self._side.setObjectName("fleet-side")
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._columns.setContentsMargins(SPACE_L, SPACE, 0, 0)
        self._columns.setSpacing(SPACE)
        self._columns.addWidget(self.cards, 1)
        self._columns.addWidget(self._side)
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY_MS)
        self._timer.timeout.connect(self.refresh)
        watcher().changed.connect(self._on_theme)
        self._retranslate()

    def show_target(self, _target: Target | None) -> None:
        """It is always about all hosts, and Qt tells it whether somebody looks."""

    def refresh(self) -> None:
        """Show what is known now; does nothing for nobody."""
        if self.isVisible():
            self._show_cards()
            self._show_lists(self._services.fleet.report())

    async def shutdown(self) -> None:
        """Hear nothing more."""
        self._timer.stop()
        self._services.fleet.look_away(self)
        watcher().changed.disconnect(self._on_theme)
        for view in (self.cards, *(part.view for part in self._lists())):
            view.setModel(None)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._timer.start()
        self._services.fleet.look(self)
        self.refresh()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._timer.stop()
        self._services.fleet.look_away(self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
            self.refresh()
        super().changeEvent(event)

    def _lists(self) -> tuple[LineList, ...]:
        return (self.problems, self.by_cpu, self.by_memory, self.pools)

    def _retranslate(self) -> None:
        self.cards.setAccessibleName(self.tr("Hosts"))
        self.problems.set_heading(self.tr("Needs attention"))
        self.by_cpu.set_heading(self.tr("Most processor"))
        self.by_memory.set_heading(self.tr("Most memory"))

    def _show_cards(self) -> None:
        fleet, now_s = self._services.fleet, time.monotonic()
        before = self.cards.model_.rowCount()
        self.cards.set_cards(
            tuple(
                make_card(
                    host,
                    fleet.tally(host.id),
                    fleet.latency_s(host.id) if host.state is HostState.CONNECTED else None,
                    now_s,
                )
                for host in self._services.inventory.hosts.values()
            )
        )
        if self.cards.model_.rowCount() != before:
            self._arrange()

    def _show_lists(self, report: FleetReport) -> None:
        hosts = dict(self._services.inventory.hosts)
        problems = problem_lines(report, hosts, time.monotonic())
        self.problems.set_lines(problems, "" if problems else self.tr("Nothing: all is well."))
        cpu, memory = cpu_lines(report, hosts), memory_lines(report, hosts)
        note = " ".join(self._measured(report))
        self.by_cpu.set_lines(cpu, note if cpu else self.tr("No virtual machine is busy."))
        self.by_memory.set_lines(memory, note if memory else self.tr("Nothing is measured yet."))
        pools = pool_lines(report, hosts, time.monotonic())
        self._show_pools_heading(report)
        if pools:
            note = ""
        elif report.pools_known:
            note = self.tr("All storage pools have room.")
        else:
            note = self.tr("No storage pool was read yet.")
        self.pools.set_lines(pools, note)

    def _show_pools_heading(self, report: FleetReport) -> None:
        is_silent = bool(report.silent_pools)
        self.pools.set_heading(self.tr("Storage in trouble") if is_silent else self.tr("Storage running out"))

    def _measured(self, report: FleetReport) -> Iterator[str]:
        """How far what is said of all machines can be trusted; nothing if it can."""
        if report.measured < report.running:
            yield self.tr("{measured} of {running} running machines are measured.").format(
                measured=fmt.count(report.measured), running=fmt.count(report.running)
            )
        age_s = time.monotonic() - report.oldest_s if report.oldest_s else 0.0
        if age_s >= OLD_S:
            # Of hosts with many running machines: in steps, so that it does not change all the time.
            steps = math.ceil(age_s / OLD_S) * OLD_S
            yield self.tr("Measured within the last {duration}.").format(duration=fmt.duration(steps))

    def _arrange(self) -> None:
        """Lists beside the cards where there is room, else below; few cards take no more than they need."""
        wide = self.width() >= _TWO_COLUMNS_PX
        wanted = QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom
        if self._columns.direction() != wanted:
            self._columns.setDirection(wanted)
        if wide:
            self._side.setMinimumWidth(_SIDE_PX)
            self._side.setMaximumWidth(max(_SIDE_PX, self.width() // 3))
            self.cards.setMinimumHeight(0)
            self.cards.setMaximumHeight(16777215)
        else:
            self._side.setMinimumWidth(0)
            self._side.setMaximumWidth(16777215)
            needed = self.cards.height_for(self.width() - 2 * SPACE_L)
            card = CardView.card_height(self.font())
            height = min(needed, max(card + card // 4, self.height() * 9 // 20))
            self.cards.setFixedHeight(max(80, height))

    def _on_theme(self) -> None:
        for view in (self.cards, *(part.view for part in self._lists())):
            view.viewport().update()

    # What is asked for.

    def _on_chosen(self, goal: object) -> None:
        if isinstance(goal, DomainKey):
            self.domain_chosen.emit(goal)
        elif isinstance(goal, str):
            self.host_chosen.emit(goal)

    def _on_retry(self, host_id: HostId) -> None:
        self._services.hosts.retry_now(host_id)
        self.refresh()

    def _on_card_menu(self, host_id: HostId, place: QPoint) -> None:
        host = self._services.inventory.hosts.get(host_id)
        if host is None:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        MenuLetters(menu)
        show = menu.addAction(self.tr("Show host"))
        show.setData(host_id)
        show.triggered.connect(self._on_menu_show)
        way = menu.addAction(self._way_words(host.state))
        if host.state in RETRIED:
            # The key works on the card itself; here it is only told.
            way.setShortcut(QKeySequence(Qt.Key.Key_F5))
            way.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        way.setData(host_id)
        way.triggered.connect(self._on_menu_way)
        menu.popup(place)

    def _way_words(self, state: HostState) -> str:
        if state is HostState.CONNECTED:
            return self.tr("Disconnect")
        return self.tr("Try again") if state in RETRIED else self.tr("Connect")

    def _on_menu_show(self) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            self.host_chosen.emit(str(action.data()))

    def _on_menu_way(self) -> None:
        action = self.sender()
        host_id = str(action.data()) if isinstance(action, QAction) else ""
        host = self._services.inventory.hosts.get(host_id)
        if host is None:
            return
        if host.state is HostState.CONNECTED:
            self._services.hosts.disconnect(host_id)
        else:
            self._services.hosts.connect(host_id)
        self.refresh()
