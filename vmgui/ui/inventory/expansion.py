"""Which groups are folded: as a person left them, whatever is filtered, regrouped or read anew meanwhile.

Groups are open unless a person folded them; under a filter all are open, so that its hits are seen.
"""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager

from PySide6.QtCore import QModelIndex, QObject, Signal
from PySide6.QtWidgets import QTreeView

from vmgui.ui.inventory.groups import GroupRow
from vmgui.ui.inventory.model import InventoryModel


class Expansion(QObject):
    """Follows one tree; `changed` when a person folded or unfolded a group."""

    changed = Signal()

    def __init__(self, tree: QTreeView, model: InventoryModel, collapsed: frozenset[str]) -> None:
        super().__init__(tree)
        self._tree = tree
        self._model = model
        self._collapsed = set(collapsed)
        self._busy = False
        self._held = False
        # The view is connected to the model first: it knows the rows by now.
        model.rowsInserted.connect(self._on_rows_inserted)
        tree.collapsed.connect(self._on_collapsed)
        tree.expanded.connect(self._on_expanded)

    @property
    def collapsed(self) -> frozenset[str]:
        """The folded groups, in all groupings."""
        return frozenset(self._collapsed)

    @contextmanager
    def held(self) -> Generator[None]:
        """While many groups come and go: all are opened and folded at the end, in one go."""
        self._held = True
        try:
            yield
        finally:
            self._held = False
            self._apply(self._model.shown_groups)

    def _is_open(self, group: GroupRow) -> bool:
        return self._model.is_filtered or group.key.text not in self._collapsed

    def _on_rows_inserted(self, parent: QModelIndex, first: int, last: int) -> None:
        if self._held:
            return
        groups = self._model.shown_groups
        if not parent.isValid():
            self._apply(groups[first : last + 1])
        elif first == 0 and last + 1 == self._model.rowCount(parent):
            # All of a group's machines came at once: a host's first load, or a change of very many.
            self._apply(groups[parent.row() : parent.row() + 1])

    def _apply(self, groups: tuple[GroupRow, ...]) -> None:
        # One by one: `expandAll` would remember every single machine as open too, and each of Qt's ten
        # thousand persistent indexes is looked at for every row that is removed later.
        self._busy = True
        try:
            for group in groups:
                self._tree.setExpanded(self._model.place_of(group), self._is_open(group))
        finally:
            self._busy = False

    def _on_collapsed(self, index: QModelIndex) -> None:
        self._note(index, folded=True)

    def _on_expanded(self, index: QModelIndex) -> None:
        self._note(index, folded=False)

    def _note(self, index: QModelIndex, *, folded: bool) -> None:
        groups = self._model.shown_groups
        if self._busy or self._model.is_filtered or index.row() >= len(groups):
            return
        name = groups[index.row()].key.text
        if folded == (name in self._collapsed):
            return
        (self._collapsed.add if folded else self._collapsed.discard)(name)
        self.changed.emit()
