"""The tab "Virtual machines": a line that counts, the table, and its columns' button. Idle while nobody looks.

It shows what the inventory's filter lets through.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from PySide6.QtCore import QEvent, QItemSelection, Qt, QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QStackedWidget, QToolButton, QVBoxLayout, QWidget

from vmgui.model.changeset import ChangeSet
from vmgui.model.domain import Domain, DomainKey
from vmgui.model.host import HostId
from vmgui.services.inventory import merge
from vmgui.services.notifier import Notifier
from vmgui.services.services import Services
from vmgui.ui.bridge.service_bridge import BatchedSignal
from vmgui.ui.kit.column import Column
from vmgui.ui.kit.menu_letters import MenuLetters
from vmgui.ui.kit.page_tabs import ALL_HOSTS, Target
from vmgui.ui.kit.table import Table
from vmgui.ui.look.icons import IconRole, icon
from vmgui.ui.look.plain import Label
from vmgui.ui.look.theme import SPACE, SPACE_L, set_muted
from vmgui.ui.machines.link import MachinesLink
from vmgui.ui.machines.model import MachinesModel
from vmgui.ui.machines.rows import MachineRow
from vmgui.words.machines import HOST
from vmgui.words.say import say

_WATCH_DELAY_MS = 200
_RESORT_MS = 4000
_SELECTION_DELAY_MS = 40
_FILTER_DELAY_MS = 30
NEWS_BATCH_MS = 500
SLICE = 2000
"""Machines taken into the table at once: about 15 ms."""


class MachinesTab(QWidget):
    """A TabContent for a host or, with ALL_HOSTS, for all of them.

    `news` tells of machines about which a column knows something new that is not in the inventory.
    """

    def __init__(
        self,
        services: Services,
        columns: Sequence[Column[MachineRow]],
        link: MachinesLink,
        *,
        of_all: bool,
        news: Notifier[frozenset[DomainKey]] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("machines")
        self._inventory = services.inventory
        self._performance = services.performance
        self._link = link
        self._target: HostId | None = None
        self._is_late = True
        self._matching: frozenset[DomainKey] | None = None  # the filter's; None: there is none
        self._forget_texts = False

        self._line = Label(self)
        self._line.setObjectName("machines-line")
        set_muted(self._line)
        self._button = QToolButton(self)
        self._button.setObjectName("machines-columns")
        self._button.setIcon(icon("settings", IconRole.MUTED))
        self._button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._menu = QMenu(self._button)
        self._menu.aboutToShow.connect(self._on_menu_shown)
        MenuLetters(self._menu)
        self._button.setMenu(self._menu)
        bar = QHBoxLayout()
        bar.setContentsMargins(SPACE_L, SPACE, SPACE, SPACE)
        bar.addWidget(self._line, 1)
        bar.addWidget(self._button)

        self.model = MachinesModel(columns, self)
        self.view: Table[MachineRow] = Table(
            self.model,
            "machines",
            say("MachinesTab", "Virtual machines"),
            memory="machines-all" if of_all else "machines-host",
            hidden=() if of_all else (HOST.id,),
            is_dense=True,
            parent=self,
        )
        self.view.addActions(link.actions)
        self.view.opened.connect(self._on_opened)
        self.view.menu_asked.connect(link.menu_asked)
        self.view.shown_rows_changed.connect(self._watch_soon)
        self.view.selectionModel().selectionChanged.connect(self._on_selection)
        self._none = Label(self)
        self._none.setObjectName("machines-none")
        self._none.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self._none.setMargin(32)
        set_muted(self._none)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self.view)
        self._stack.addWidget(self._none)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(bar)
        layout.addWidget(self._stack, 1)

        self._watch_timer = self._timer(_WATCH_DELAY_MS, self._watch_visible)
        self._selection_timer = self._timer(_SELECTION_DELAY_MS, self._tell_selection)
        self._resort_timer = self._timer(_RESORT_MS, self._on_resort)
        self._slice_timer = self._timer(0, self._on_slice)
        self._filter_timer = self._timer(_FILTER_DELAY_MS, self._on_filter)
        link.filter_changed.connect(self._filter_soon)
        self._waiting: list[Domain] = []
        self._changes = BatchedSignal(services.inventory.changes, self)
        self._changes.arrived.connect(self._on_changes)
        self._samples = BatchedSignal(services.performance.sampled, self)
        self._samples.arrived.connect(self._on_sampled)
        self._news = BatchedSignal(news, self, NEWS_BATCH_MS) if news is not None else None
        if self._news is not None:
            self._news.arrived.connect(self._on_news)
        self._retranslate()

    def show_target(self, target: Target | None) -> None:
        """Show this host's machines, or everybody's; None: nobody looks."""
        host_id = target if isinstance(target, str) else None
        if host_id is None:
            self._performance.unwatch(self)
            self._selection_timer.stop()
            self._resort_timer.stop()
            self._slice_timer.stop()
            self._filter_timer.stop()
            if self._target is not None:
                self._link.select(())
            self._target = None
            return
        self._target = host_id
        self._sync()
        self._tell_selection()

    async def shutdown(self) -> None:
        """Hear nothing more; the columns are remembered."""
        self.view.save_layout()
        for timer in self.findChildren(QTimer, options=Qt.FindChildOption.FindDirectChildrenOnly):
            timer.stop()
        self._link.filter_changed.disconnect(self._filter_soon)
        for signal in (self._changes, self._samples, self._news):
            if signal is not None:
                signal.close()
        self._performance.unwatch(self)
        self.view.setModel(None)

    def flush(self) -> None:
        """Show at once what is waiting; for tests and the window's own steps."""
        self._changes.flush()
        if self._filter_timer.isActive():
            self._filter_timer.stop()
            self._on_filter()
        while self._waiting:
            self._on_slice()
        if self._selection_timer.isActive():
            self._selection_timer.stop()
            self._tell_selection()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if (self._is_late or self._forget_texts) and self._target is not None:
            self._sync()
        self._watch_soon()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _timer(self, after_ms: int, slot: object) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(after_ms)
        timer.timeout.connect(slot)  # type: ignore[arg-type]
        return timer

    def _retranslate(self) -> None:
        self._button.setText(self.tr("Columns"))
        self._button.setAccessibleName(self.tr("Columns"))
        self._show_line()

    def _show_line(self) -> None:
        rows = self.model.rowCount()
        if self._matching is not None:
            known = self._known()
            text = self.tr("{shown} of %n virtual machine(s) match the filter", "", len(known))
            parts = [text.format(shown=rows)]
            self._none.setText(self.tr("Nothing here matches the filter.") if known else self._nothing())
        else:
            parts = [self.tr("%n virtual machine(s)", "", rows)]
            self._none.setText(self._nothing())
        selected = len(self._link.selected) if self._target is not None else 0
        if selected:
            parts.append(self.tr("%n selected", "", selected))
        text = " · ".join(parts)
        if text != self._line.text():
            self._line.setText(text)
        self._stack.setCurrentWidget(self.view if rows else self._none)

    # What is shown.

    def _nothing(self) -> str:
        return self.tr("No virtual machines here yet.")

    def _known(self) -> Collection[Domain]:
        if self._target == ALL_HOSTS:
            return self._inventory.domains.values()
        return self._inventory.domains_of(self._target or "")

    def _sync(self) -> None:
        self._is_late = False
        if self._forget_texts:
            self._forget_texts = False
            self.model.refresh()
        known: list[Domain] = []
        new: list[Domain] = []
        matching = self._matching = self._link.filtered()
        for domain in self._known():
            if matching is not None and domain.key not in matching:
                continue
            (known if self.model.row_of(domain.key) >= 0 else new).append(domain)
        # Many at once would hold the window up: the rest follows in slices.
        self._waiting = new[SLICE:]
        self.model.sync((*known, *new[:SLICE]), self._inventory.hosts)
        if self._waiting:
            self._slice_timer.start()
        self._show_line()
        self._watch_soon()

    def _on_slice(self) -> None:
        known = self._inventory.domains
        part, self._waiting = self._waiting[:SLICE], self._waiting[SLICE:]
        now = tuple(found for domain in part if (found := known.get(domain.key)) is not None)
        self.model.apply(ChangeSet(added=now), self._inventory.hosts)
        self._show_line()
        if self._waiting:
            self._slice_timer.start()
        else:
            self._watch_soon()

    def _on_changes(self, batch: tuple[ChangeSet, ...]) -> None:
        if self._target is None or not self.isVisible():
            self._is_late = True
            return
        change = merge(*batch)
        if self._target != ALL_HOSTS:
            change = _only(change, self._target)
        if self._matching is not None:
            # Whether a machine matches the filter knows; it tells next.
            shown = tuple(domain for domain in change.changed if self.model.row_of(domain.key) >= 0)
            change = replace(change, added=(), changed=shown)
        if change:
            self.model.apply(change, self._inventory.hosts)
            self._show_line()
            self._watch_soon()
            if change.removed:
                self._on_selection(None, None)

    def _on_news(self, batch: tuple[frozenset[DomainKey], ...]) -> None:
        if self._target is None or not self.isVisible():
            # Texts may be old then, though no machine is another.
            self._forget_texts = True
            return
        self.model.refresh(frozenset().union(*batch))

    def _filter_soon(self) -> None:
        if self._target is None or not self.isVisible():
            self._is_late = True
        elif not self._filter_timer.isActive():
            self._filter_timer.start()

    def _on_filter(self) -> None:
        if self._link.filtered() == self._matching:
            return
        self._sync()
        self._on_selection(None, None)

    # The selection.

    def _on_selection(self, _selected: QItemSelection | None, _deselected: QItemSelection | None) -> None:
        if self._target is not None and not self._selection_timer.isActive():
            self._selection_timer.start()

    def _tell_selection(self) -> None:
        if self._target is not None:
            self._link.select(tuple(row.key for row in self.view.selected()))
            self._show_line()

    # Live values of the rows on screen.

    def _watch_soon(self) -> None:
        if not self._watch_timer.isActive():
            self._watch_timer.start()

    def _watch_visible(self) -> None:
        if self._target is None or not self.isVisible():
            self._performance.unwatch(self)
            return
        first, last = self.view.visible_rows()
        self._performance.watch(self, [row.key for row in self.model.rows[first : last + 1]])
        self.model.refresh_live(first, last)

    def _on_sampled(self, _batch: tuple[frozenset[HostId], ...]) -> None:
        if self._target is None or not self.isVisible():
            return
        self.model.refresh_live(*self.view.visible_rows())
        if not self._resort_timer.isActive():
            self._resort_timer.start()

    def _on_resort(self) -> None:
        # Under a hand that selects or a menu that is open, rows stay where they are.
        if self._target is not None and self.isVisible() and self.view.state() == self.view.State.NoState:
            self.model.resort_live()
            self._watch_soon()

    def _on_opened(self, row: MachineRow) -> None:
        self._link.open_asked.emit(row.key)

    def _on_menu_shown(self) -> None:
        self._menu.clear()
        # Clearing leaves the menus of actions that are gone.
        for below in self._menu.findChildren(QMenu):
            below.deleteLater()
        self.view.fill_columns_menu(self._menu)


def _only(change: ChangeSet, host_id: HostId) -> ChangeSet:
    """What of it concerns one host."""
    return ChangeSet(
        added=tuple(domain for domain in change.added if domain.key.host_id == host_id),
        removed=tuple(key for key in change.removed if key.host_id == host_id),
        changed=tuple(domain for domain in change.changed if domain.key.host_id == host_id),
        hosts_changed=tuple(host for host in change.hosts_changed if host.id == host_id),
    )
