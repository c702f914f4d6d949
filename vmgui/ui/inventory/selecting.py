"""What is selected in the inventory, read and put back in ranges: ten thousand rows cost no more than a few ms.

A selected group stands for all its machines that are shown; it stays a group while machines come and go. Hosts
stay hosts: their page is shown, and their machines are selected by a command of its own.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import cast

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QItemSelectionRange
from PySide6.QtWidgets import QTreeView

from vmgui.model.domain import DomainKey
from vmgui.model.host import HostId
from vmgui.ui.inventory.groups import GroupKey, GroupRow
from vmgui.ui.inventory.model import InventoryModel
from vmgui.ui.inventory.ranges import runs

_FEW = 32


@dataclass(frozen=True, slots=True)
class Selection:
    """What is selected: machines, else hosts."""

    domains: tuple[DomainKey, ...] = ()
    hosts: tuple[HostId, ...] = ()


@dataclass(frozen=True, slots=True)
class Picked:
    """The rows that are selected, as they are in the tree."""

    domains: tuple[DomainKey, ...] = ()
    hosts: tuple[HostId, ...] = ()
    groups: tuple[GroupKey, ...] = ()
    members: tuple[DomainKey, ...] = ()  # the machines of the groups
    left: tuple[DomainKey, ...] = field(default=(), compare=False)  # were members, and went to other groups

    def __bool__(self) -> bool:
        return bool(self.domains or self.hosts or self.groups)

    @property
    def selection(self) -> Selection:
        """What it means to the rest of the window."""
        domains = tuple(dict.fromkeys((*self.domains, *self.members))) if self.members else self.domains
        return Selection(domains, self.hosts if not domains else ())

    def after(self, before: Picked) -> Picked:
        """The same, knowing who has left its groups since they were picked."""
        if not self.groups or self.groups != before.groups:
            return self
        if self.members == before.members:
            return replace(self, left=before.left)
        now = set(self.members)
        gone = dict.fromkeys((*before.left, *before.members))
        return replace(self, left=tuple(key for key in gone if key not in now))


class TreeSelection:
    """Reads and restores the selection of one tree."""

    def __init__(self, tree: QTreeView, model: InventoryModel) -> None:
        self._tree = tree
        self._model = model

    def read(self) -> Picked:
        """What is selected now."""
        domains: list[DomainKey] = []
        hosts: list[HostId] = []
        groups: list[GroupKey] = []
        members: list[DomainKey] = []
        shown = self._model.shown_groups
        for part in _parts(self._tree.selectionModel().selection()):
            parent = part.parent()
            if parent.isValid():
                rows = shown[parent.row()].shown[part.top() : part.bottom() + 1]
                domains += [row.key for row in rows]
                continue
            for group in shown[part.top() : part.bottom() + 1]:
                if group.host is not None:
                    hosts.append(group.host.id)
                else:
                    groups.append(group.key)
                    members += [row.key for row in group.shown]
        return Picked(tuple(domains), tuple(hosts), tuple(groups), tuple(members))

    def restore(self, picked: Picked) -> None:
        """Select again what lost its selection because its row was taken out and put back."""
        if not picked:
            return
        now = self.read()
        if now == picked:
            self._mend_current()
            return
        wanted = QItemSelection()
        domains = set(picked.domains)
        flag = QItemSelectionModel.SelectionFlag.Select
        if len(domains) - len(now.domains) > _FEW:
            # All anew, in as few ranges as there can be: what is left of them would cut it into many.
            now, flag = Picked(), QItemSelectionModel.SelectionFlag.ClearAndSelect
        for key in picked.groups:
            if key in now.groups:
                continue
            index = self._model.index_of_group(key)
            if index.isValid():
                wanted.select(index, index)
            elif key.grouping is not self._model.grouping:
                # Grouped by something else: these were meant.
                domains.update(picked.members)
            elif not self._model.is_filtered:
                # Its last machine has left it, others perhaps before: all these were meant.
                domains.update(picked.members, picked.left)
        for host_id in picked.hosts:
            index = self._model.index_of_host(host_id)
            if index.isValid() and host_id not in now.hosts:
                wanted.select(index, index)
        domains.difference_update(now.domains)
        if domains:
            self._add(wanted, domains)
        if not wanted.isEmpty():
            self._tree.selectionModel().select(wanted, flag)
        self._mend_current()

    def select_only(self, groups: Iterable[GroupRow]) -> None:
        """Select all machines of these groups that are shown, and nothing else."""
        wanted = QItemSelection()
        for group in groups:
            if group.shown:
                wanted.append(self._range(group, 0, len(group.shown) - 1))
        if not wanted.isEmpty():
            model = self._tree.selectionModel()
            model.select(wanted, QItemSelectionModel.SelectionFlag.ClearAndSelect)
            self._mend_current()

    def _add(self, wanted: QItemSelection, keys: set[DomainKey]) -> None:
        if len(keys) <= _FEW:
            for key in keys:
                index = self._model.index_of(key)
                if index.isValid():
                    wanted.select(index, index)
            return
        for group in self._model.shown_groups:
            ids = {row.id for row in group.shown if row.key in keys}
            for first, last in runs(group.shown, ids):
                wanted.append(self._range(group, first, last))

    def _range(self, group: GroupRow, first: int, last: int) -> QItemSelectionRange:
        parent = self._model.place_of(group)
        return QItemSelectionRange(self._model.index(first, 0, parent), self._model.index(last, 0, parent))

    def _mend_current(self) -> None:
        """The keyboard's place is within what is selected."""
        model = self._tree.selectionModel()
        current = self._tree.currentIndex()
        if (current.isValid() and model.isSelected(current)) or model.selection().isEmpty():
            return
        first = next(iter(_parts(model.selection())))
        model.setCurrentIndex(first.topLeft(), QItemSelectionModel.SelectionFlag.NoUpdate)


def _parts(selection: QItemSelection) -> Iterable[QItemSelectionRange]:
    # It is a list, which the toolkit's stubs do not say.
    return cast("list[QItemSelectionRange]", selection)
