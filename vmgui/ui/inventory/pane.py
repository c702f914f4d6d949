"""The inventory at the left: a filter, the tree, and what to do when there is nothing in it."""

from __future__ import annotations

import logging
from collections.abc import Generator, Iterator
from contextlib import contextmanager

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPoint,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from vmgui.commands.inventory import SELECT_ALL, SELECT_OF_HOSTS
from vmgui.model.changeset import ChangeSet
from vmgui.model.domain import DomainKey
from vmgui.model.host import HostId
from vmgui.model.view import Grouping, LastView, SavedView, Sort
from vmgui.services.definitions import DefinitionIndex
from vmgui.services.inventory import Inventory, merge
from vmgui.services.jobs import JobService
from vmgui.services.performance import PerformanceService
from vmgui.ui.bridge.pane_scope import PaneScope
from vmgui.ui.bridge.service_bridge import BatchedSignal
from vmgui.ui.inventory.delegate import InventoryDelegate
from vmgui.ui.inventory.expansion import Expansion
from vmgui.ui.inventory.filter_bar import FilterBar
from vmgui.ui.inventory.live import LiveValues
from vmgui.ui.inventory.model import InventoryModel
from vmgui.ui.inventory.selecting import Picked, Selection, TreeSelection
from vmgui.ui.inventory.slices import Part, SliceQueue, key_slices, slices
from vmgui.ui.inventory.tree import InventoryTree
from vmgui.ui.inventory.views_menu import MemoryViews, Views, ViewsMenu
from vmgui.ui.kit.command_actions import CommandActions
from vmgui.ui.look.plain import Label
from vmgui.ui.look.theme import set_muted

__all__ = ["InventoryPane", "Selection"]

log = logging.getLogger(__name__)

WORTH_TELLING = 100
"""When so many have come, the log says when they stood in the list."""
MANY = 500
"""When more are selected, the rest of the window hears of it in a turn of its own."""


class InventoryPane(QWidget):
    """`selection_changed` carries a Selection."""

    selection_changed = Signal(object)
    open_asked = Signal()  # Enter or double click on a machine
    menu_asked = Signal(QPoint)
    states_changed = Signal()  # hosts or machines are not as they were

    def __init__(
        self,
        inventory: Inventory,
        performance: PerformanceService,
        jobs: JobService,
        definitions: DefinitionIndex,
        actions: CommandActions,
        views: Views | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("inventory")
        self._inventory = inventory
        self._views = views or MemoryViews()
        self._picked = Picked()
        self._chosen = Picked()  # by the person, whatever the filter hides of it now
        self._selected = Selection()
        self._restoring = False
        self._wanted: DomainKey | None = None
        self.scope = PaneScope("inventory", self)

        self.model = InventoryModel(self, definitions.get)
        self.model.protection_changed.connect(self.states_changed)
        self.tree = InventoryTree(self)
        self.tree.setModel(self.model)
        self.tree.setItemDelegate(InventoryDelegate(self.tree))
        self.tree.selectionModel().selectionChanged.connect(self._on_selection)
        self.tree.open_asked.connect(self.open_asked)
        self.tree.menu_asked.connect(self.menu_asked)
        self._selecting = TreeSelection(self.tree, self.model)
        self._expansion = Expansion(self.tree, self.model, self._views.last.collapsed)
        self._expansion.changed.connect(self._remember)

        self.view_actions = ViewsMenu(self._views, actions, self)
        self.view_actions.grouping_chosen.connect(self.set_grouping)
        self.view_actions.sort_chosen.connect(self.set_sort)
        self.view_actions.view_chosen.connect(self._on_view)
        self.view_actions.save_asked.connect(self._on_save_view)
        self.bar = FilterBar(self.view_actions.menu, self)
        self.filter = self.bar.field
        self.bar.changed.connect(self._on_filter)
        self.bar.left.connect(self.tree.setFocus)
        self.bar.hits_asked.connect(self._go_to_first_hit)
        self.addActions(list(actions.of_lists))
        # Elsewhere, in the filter too, its keys select text.
        self.tree.addAction(actions[SELECT_ALL])
        actions.bind({SELECT_ALL: self.select_all_shown, SELECT_OF_HOSTS: self._on_select_of_hosts})

        self._empty = self._page("inventory-empty")
        self._no_hit = self._page("inventory-no-hit")
        self._stack = QStackedWidget(self)
        for page in (self.tree, self._empty, self._no_hit):
            self._stack.addWidget(page)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.bar)
        layout.addWidget(self._stack, 1)

        self._live = LiveValues(self, self.tree, self.model, inventory, performance, jobs)
        self._tell_timer = QTimer(self)
        self._tell_timer.setSingleShot(True)
        self._tell_timer.setInterval(0)
        self._tell_timer.timeout.connect(self._tell_selection)
        # Whatever it does, it does to what is selected now.
        self.tree.key_pressed.connect(self._tell_waiting)
        self._slices = SliceQueue(self)
        self._slices.due.connect(self._on_part)
        self._changes = BatchedSignal(inventory.changes, self)
        self._changes.arrived.connect(self._on_changes)
        self._news = BatchedSignal(definitions.changed, self)
        self._news.arrived.connect(self._on_definition)

        self.model.set_grouping(self._views.last.grouping)
        self.model.set_sort(self._views.last.sort)
        self.view_actions.show_view(self.model.grouping, self.model.sort_by)
        self.model.apply(
            ChangeSet(added=tuple(inventory.domains.values()), hosts_added=tuple(inventory.hosts.values()))
        )
        self._retranslate()
        self._show_page()

    @property
    def selected(self) -> Selection:
        """What is selected now."""
        return self._selected

    def select(self, key: DomainKey) -> None:
        """Select a machine and show its row; clears a filter that hides it; waits for one not yet known."""
        index = self.model.index_of(key)
        if not index.isValid() and self.model.row_of(key) is not None:
            self.filter.clear()
            index = self.model.index_of(key)
        if not index.isValid():
            self._wanted = key
            return
        self._wanted = None
        self.tree.expand(index.parent())
        self._go_to(index)
        self.tree.scrollTo(index)

    def select_host(self, host_id: HostId) -> None:
        """Select a host; groups by host, or it would not be there."""
        if host_id in self._inventory.hosts:
            self.set_grouping(Grouping.HOST)
        index = self.model.index_of_host(host_id)
        if index.isValid():
            self._go_to(index)

    def _go_to(self, index: QModelIndex) -> None:
        """Select this alone; the tree's own call would add it while a person still holds Ctrl."""
        self.tree.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def select_all_shown(self) -> None:
        """Select every machine that the filter lets through, on all hosts, in collapsed groups too."""
        with self._quietly():
            self._selecting.select_only(self.model.shown_groups)
        self._take_selection(is_choice=True)

    def set_grouping(self, grouping: Grouping) -> None:
        """Group by this; what is selected stays so."""
        if grouping is not self.model.grouping:
            with self._keeping_selection(), self._expansion.held():
                self.model.set_grouping(grouping)
            self._after_choice()

    def set_sort(self, sort: Sort) -> None:
        """Sort by this within the groups."""
        if sort is not self.model.sort_by:
            with self._keeping_selection():
                # The toolkit would take each selected row to its new place by itself.
                self.tree.selectionModel().clearSelection()
                self.model.set_sort(sort)
            self._after_choice()

    def focus_filter(self) -> None:
        """Put the cursor into the filter."""
        self.filter.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.filter.selectAll()

    def flush(self) -> None:
        """Show at once what is waiting; for the window's own steps and tests."""
        self._changes.flush()
        self._news.flush()
        self._slices.flush()
        self._tell_waiting()

    def close_pane(self) -> None:
        """Hear and watch nothing more."""
        self._live.close()
        self._slices.close()
        self._tell_timer.stop()
        self._changes.close()
        self._news.close()
        self.scope.cancel()
        self.tree.setModel(None)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
            with self._keeping_selection():
                self.model.retranslate()
            self._show_page()
        super().changeEvent(event)

    def _page(self, name: str) -> Label:
        page = Label(self)
        page.setObjectName(name)
        page.setWordWrap(True)
        page.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        page.setMargin(24)
        set_muted(page)
        return page

    def _retranslate(self) -> None:
        self.tree.setAccessibleName(self.tr("Inventory"))
        self.bar.retranslate()
        self.view_actions.retranslate()

    # What changed.

    def _on_changes(self, batch: tuple[ChangeSet, ...]) -> None:
        self._slices.begin(self._parts(merge(*batch)))

    def _parts(self, change: ChangeSet) -> Iterator[Part]:
        yield from slices(change)
        if len(change.added) >= WORTH_TELLING:
            log.info("%d machines are in the list", self.model.all_domains)

    def _on_part(self, part: Part) -> None:
        with self._keeping_selection():
            if isinstance(part, ChangeSet):
                self.model.apply(part)
            else:
                self.model.definition_changed(part)
        self._show_page()
        self._take_selection()
        if isinstance(part, ChangeSet):
            self._after_change()

    def _after_change(self) -> None:
        self._live.watch_soon()
        self.states_changed.emit()
        if self._wanted is not None and self.model.row_of(self._wanted) is not None:
            self.select(self._wanted)

    def _on_definition(self, batch: tuple[frozenset[DomainKey], ...]) -> None:
        self._slices.begin(key_slices(frozenset().union(*batch)))

    def _on_filter(self, text: str) -> None:
        self._picked = self._chosen
        with self._keeping_selection(), self._expansion.held():
            self.model.set_filter(text)
        self._show_page()
        self._take_selection()
        self._live.watch_soon()

    @contextmanager
    def _quietly(self) -> Generator[None]:
        self._restoring = True
        try:
            yield
        finally:
            self._restoring = False

    @contextmanager
    def _keeping_selection(self) -> Generator[None]:
        with self._quietly():
            yield
            self._selecting.restore(self._picked)

    def _on_selection(self, _selected: QItemSelection, _deselected: QItemSelection) -> None:
        if not self._restoring:
            self._take_selection(is_choice=True)

    def _take_selection(self, *, is_choice: bool = False) -> None:
        picked = self._selecting.read()
        if not picked and self._picked and self._is_hidden(self._picked):
            # Filtered out, not deselected: the details stay.
            return
        if not is_choice and not self.model.is_filtered:
            picked = picked.after(self._picked)
        self._picked = picked
        if is_choice or not self.model.is_filtered:
            self._chosen = picked
        if picked.selection != self._selected:
            self._selected = picked.selection
            if len(self._selected.domains) > MANY:
                self._tell_timer.start()
            else:
                self._tell_selection()

    def _tell_waiting(self) -> None:
        if self._tell_timer.isActive():
            self._tell_selection()

    def _tell_selection(self) -> None:
        self._tell_timer.stop()
        self.selection_changed.emit(self._selected)

    def _is_hidden(self, picked: Picked) -> bool:
        if any(host_id in self._inventory.hosts for host_id in picked.hosts):
            return self.model.is_filtered or self.model.grouping is not Grouping.HOST
        known = self._inventory.domains
        return self.model.is_filtered and any(key in known for key in picked.selection.domains)

    def _on_select_of_hosts(self) -> None:
        hosts = set(self._picked.hosts)
        with self._quietly():
            self._selecting.select_only(
                group for group in self.model.shown_groups if group.host and group.host.id in hosts
            )
        self._take_selection(is_choice=True)

    def _go_to_first_hit(self) -> None:
        for group in self.model.shown_groups:
            if group.shown:
                index = self.model.place_of(group)
                self.tree.expand(index)
                self._go_to(self.model.index(0, 0, index))
                break
        self.tree.setFocus()

    def _show_page(self) -> None:
        self.bar.show_result(self.model.query, self.model.shown_domains, self.model.all_domains)
        if not self._inventory.hosts:
            self._empty.setText(self.tr("No hosts yet"))
            self._stack.setCurrentWidget(self._empty)
        elif self.model.is_filtered and self.model.rowCount() == 0:
            self._no_hit.setText(self.tr("Nothing matches “{text}”.").format(text=self.filter.text()))
            self._stack.setCurrentWidget(self._no_hit)
        elif self.model.rowCount() == 0:
            self._empty.setText(self.tr("No virtual machines yet"))
            self._stack.setCurrentWidget(self._empty)
        elif self._stack.currentWidget() is not self.tree:
            self._stack.setCurrentWidget(self.tree)
            if self.filter.hasFocus() and not self.filter.text():
                # It had the focus only because there was nothing else to take it.
                self.tree.setFocus()

    # Views.

    def _after_choice(self) -> None:
        self.view_actions.show_view(self.model.grouping, self.model.sort_by)
        self._show_page()
        self._take_selection()
        self._live.watch_soon()
        current = self.tree.currentIndex()
        if current.isValid():
            self.tree.scrollTo(current)
        self._remember()

    def _remember(self) -> None:
        self._views.set_last(LastView(self.model.grouping, self.model.sort_by, self._expansion.collapsed))

    def _on_view(self, view: SavedView) -> None:
        self.set_grouping(view.grouping)
        self.set_sort(view.sort)
        self.filter.setText(view.filter)

    def _on_save_view(self) -> None:
        view = SavedView("", self.filter.text().strip(), self.model.grouping, self.model.sort_by)
        self.scope.try_run(self.view_actions.ask_and_save(view, self.window()))
