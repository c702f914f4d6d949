"""The inventory as a Qt model: two levels, group > virtual machine, one column that the delegate paints.

What the groups are (hosts, tags, states ...) is a choice; a machine has one row whatever it is. Sorting and
filtering are plain Python lists (a proxy model needs 1.8 s for 10,000 rows, `list.sort` 2.5 ms); changes arrive
as granular inserts, removes and merged ranges, so selection and expansion survive. The lists are an Arrangement;
here is the order of steps: a row that is shown keeps its group until the view has let go of it.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import QModelIndex, QObject, Qt, Signal

from vmgui.model.changeset import ChangeSet
from vmgui.model.definition import NO_DEFINITION, Definition
from vmgui.model.domain import Domain, DomainKey
from vmgui.model.host import Host, HostId
from vmgui.model.view import Grouping, Sort
from vmgui.policy.filter import NO_QUERY, Query, parse
from vmgui.ui.inventory.arrangement import RANK, Arrangement
from vmgui.ui.inventory.groups import (
    GroupKey,
    GroupRow,
    depends_on_definition,
    fill_host,
    group_description,
    group_of,
    host_id_of,
    leaves_group,
    name_group,
)
from vmgui.ui.inventory.order import moves
from vmgui.ui.inventory.places import Index, Places
from vmgui.ui.inventory.ranges import MANY_RUNS
from vmgui.ui.inventory.rows import (
    DomainRow,
    Role,
    Usage,
    domain_description,
    domain_tool_tip,
)
from vmgui.ui.look.plain import tip
from vmgui.words.filter import all_state_words, forget_words

FEW_MOVES = 16
"""Up to so many rows change places by moves; more are taken out and put in again."""


class InventoryModel(Places):
    """Applies ChangeSets; GUI thread only. `definition_of` tells what is known of a machine's tags and the like."""

    shown_changed = Signal()
    """The filter is another, or lets through other machines than before."""
    protection_changed = Signal()
    """Of any machine: what may be done with it is another."""

    def __init__(
        self, parent: QObject | None = None, definition_of: Callable[[DomainKey], Definition] | None = None
    ) -> None:
        super().__init__(parent)
        self._all = Arrangement(definition_of or _no_definition)
        self._text = ""
        self._badged: set[DomainKey] = set()

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.row_at(index)
        if row is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return row.name
        if role == Role.ROW:
            return row
        if role == Role.KEY:
            return row.key if isinstance(row, DomainRow) else host_id_of(row.key) or row.key
        if role == Qt.ItemDataRole.ToolTipRole:
            if isinstance(row, DomainRow):
                return tip(domain_tool_tip(row, self._all.hosts[row.host_id], time.monotonic()))
            return tip(group_description(row))
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return domain_description(row) if isinstance(row, DomainRow) else group_description(row)
        return None

    # Looking up.

    def index_of(self, key: DomainKey) -> QModelIndex:
        """Where a machine stands; invalid if it is unknown or filtered out."""
        row = self._all.rows.get(key)
        if row is None or row.group.at < 0:
            return QModelIndex()
        at = self.position_of(row)
        return self._place_in(row.group, at) if at >= 0 else QModelIndex()

    def index_of_host(self, host_id: HostId) -> QModelIndex:
        """Where a host stands; invalid if it is unknown, filtered out or machines are not grouped by host."""
        return self.index_of_group(GroupKey(Grouping.HOST, host_id))

    def index_of_group(self, key: GroupKey) -> QModelIndex:
        """Where a group stands; invalid if there is none with a machine that is shown."""
        group = self._all.groups.get(key)
        return self.place_of(group) if group is not None else QModelIndex()

    def row_of(self, key: DomainKey) -> DomainRow | None:
        """The row of a machine, filtered out or not."""
        return self._all.rows.get(key)

    @property
    def shown_groups(self) -> tuple[GroupRow, ...]:
        """The groups from top to bottom."""
        return tuple(self._shown_groups)

    @property
    def is_filtered(self) -> bool:
        """Whether a filter is set."""
        return bool(self._all.query)

    @property
    def query(self) -> Query:
        """The filter, and what of it was not understood."""
        return self._all.query

    @property
    def grouping(self) -> Grouping:
        """What the groups are."""
        return self._all.grouping

    @property
    def sort_by(self) -> Sort:
        """The order of machines within their group."""
        return self._all.sort

    @property
    def shown_domains(self) -> int:
        """How many machines the filter lets through."""
        return sum(len(group.shown) for group in self._all.groups.values())

    def shown_keys(self) -> frozenset[DomainKey] | None:
        """Which machines those are; None: there is no filter."""
        if not self._all.query:
            return None
        return frozenset(row.key for group in self._all.groups.values() for row in group.shown)

    @property
    def all_domains(self) -> int:
        """How many machines there are."""
        return len(self._all.rows)

    # Changes.

    def apply(self, change: ChangeSet) -> None:
        """Show what changed."""
        touched: set[GroupRow] = set()
        for host_id in change.hosts_removed:
            self._remove_host(host_id, touched)
        for host in (*change.hosts_added, *change.hosts_changed):
            self._take_host(host, touched)
        self._order_hosts(change.hosts_order)
        self._remove_domains(change.removed, touched)
        touched.update(self._all.add(change.added))
        self._change_domains(change.changed, touched)
        if touched or change.hosts_added or (self._all.query and change.hosts_changed):
            self._settle(touched)

    def set_filter(self, text: str) -> None:
        """Show only what matches (policy/filter.py)."""
        self._text = text
        query = parse(text, all_state_words()) if text else NO_QUERY
        before, self._all.query = self._all.query, query
        if query.terms != before.terms:
            self._refilter_all(narrower=query.narrows(before))

    def set_grouping(self, grouping: Grouping) -> None:
        """Put the machines under other groups."""
        if grouping is self._all.grouping:
            return
        if self._shown_groups:
            self._remove_groups(0, len(self._shown_groups) - 1)
        self._all.regroup(grouping)
        self._show_groups(self._all.groups_to_show())

    def set_sort(self, sort: Sort) -> None:
        """Put the machines of each group into another order."""
        if sort is not self._all.sort:
            with self._rearranging():
                self._all.resort(sort)

    def definition_changed(self, keys: Iterable[DomainKey]) -> None:
        """What these are found by is known anew: some may now match the filter, or stand under another tag."""
        regroup: list[tuple[DomainRow, Domain]] = []
        touched: set[GroupRow] = set()
        repaint: list[DomainRow] = []
        other_rules = False
        by_definition = depends_on_definition(self._all.grouping)
        for key in keys:
            row = self._all.rows.get(key)
            if row is None:
                continue
            definition = self._all.definition_of(key)
            other_rules = other_rules or definition.is_protected != row.definition.is_protected
            elsewhere = (
                by_definition and group_of(row.domain, definition, self._all.grouping)[0] != row.group.key
            )
            if elsewhere or definition.title != row.definition.title:
                regroup.append((row, row.domain))
                continue
            self._all.fill(row, row.domain, definition)
            repaint.append(row)
            if self._all.query:
                touched.add(row.group)
        self._relocate(regroup, touched)
        self._emit_changed(repaint)
        if touched:
            self._settle(touched)
        if other_rules:
            self.protection_changed.emit()

    def set_usage(self, usage: Mapping[DomainKey, Usage]) -> None:
        """New live values; only rows that differ are repainted."""
        changed = [
            row
            for key, value in usage.items()
            if (row := self._all.rows.get(key)) is not None and row.usage != value
        ]
        for row in changed:
            row.usage = usage[row.key]
        self._emit_changed(changed)

    def set_badges(self, badges: Mapping[DomainKey, str]) -> None:
        """What is being done with which machines; those not named have none."""
        changed: list[DomainRow] = []
        for key in {*badges, *self._badged}:
            row = self._all.rows.get(key)
            badge = badges.get(key, "")
            if row is not None and row.badge != badge:
                row.badge = badge
                changed.append(row)
        self._badged = set(badges)
        self._emit_changed(changed)

    def refresh_ages(self) -> None:
        """Bring the hosts' notes up to the time of day; once a second."""
        now_s = time.monotonic()
        for host in self._all.hosts.values():
            self._emit_changed(self._all.age(host, now_s))
        for group in self._shown_groups:
            if group.host is not None and fill_host(group, group.host, now_s):
                self._emit_group(group)

    def retranslate(self) -> None:
        """Words have changed."""
        forget_words()
        now_s = time.monotonic()
        for group in self._all.groups.values():
            if group.host is not None:
                fill_host(group, group.host, now_s)
            name_group(group)
        for row in self._all.rows.values():
            # By way of its definition: all that is searched is put into words anew.
            row.definition = Definition()
            self._all.fill(row, row.domain, self._all.definition_of(row.key))
        self._all.query = parse(self._text, all_state_words()) if self._text else NO_QUERY
        self._refilter_all(narrower=False)
        for group in self._shown_groups:
            self._emit_group(group)
            self._emit_changed(group.shown)

    # Hosts.

    def _take_host(self, host: Host, touched: set[GroupRow]) -> None:
        before = self._all.hosts.get(host.id)
        if before is None:
            self._all.add_host(host)
            return
        self._all.hosts[host.id] = host
        group = self._all.host_group(host.id)
        if group is not None:
            is_marked = before.config.colour != host.config.colour
            if fill_host(group, host, time.monotonic()) or is_marked:
                self._emit_group(group)
        repaint = self._all.age(host, time.monotonic())
        if before.state is not host.state or before.name != host.name:
            repaint = self._all.rows_of_host(host.id)
            for row in repaint:
                self._all.fill(row, row.domain, row.definition)
            if self._all.query:
                touched.update(row.group for row in repaint)
        self._emit_changed(repaint)

    def _order_hosts(self, hosts: tuple[HostId, ...]) -> None:
        """Move hosts to where the person wants them (empty: as they are); selection and expansion go along."""
        self._all.order_hosts(hosts)
        if hosts and self._all.grouping is Grouping.HOST:
            self._order_groups(sorted(self._shown_groups, key=RANK))

    def _remove_host(self, host_id: HostId, touched: set[GroupRow]) -> None:
        if host_id not in self._all.hosts:
            return
        group = self._all.host_group(host_id)
        if group is None:
            self._remove_domains([row.key for row in self._all.rows_of_host(host_id)], touched)
        self._all.drop_host(host_id)
        if group is not None and group.at >= 0:
            self._remove_groups(group.at, group.at)

    # Machines.

    def _change_domains(self, domains: Iterable[Domain], touched: set[GroupRow]) -> None:
        repaint: list[DomainRow] = []
        moved: list[tuple[DomainRow, Domain]] = []
        regroup: list[tuple[DomainRow, Domain]] = []
        unknown: list[Domain] = []
        for domain in domains:
            row = self._all.rows.get(domain.key)
            if row is None:
                unknown.append(domain)
                continue
            if leaves_group(row.domain, domain, self._all.grouping):
                regroup.append((row, domain))
                continue
            if moves(row.domain, domain, self._all.sort):
                moved.append((row, domain))
            else:
                self._all.fill(row, domain, row.definition)
            repaint.append(row)
            if self._all.query:
                touched.add(row.group)
        if len(moved) > FEW_MOVES:
            regroup += moved
        else:
            self._move(moved)
        self._relocate(regroup, touched)
        self._emit_changed(repaint)
        touched.update(self._all.add(unknown))

    def _remove_domains(self, keys: Iterable[DomainKey], touched: set[GroupRow]) -> None:
        rows = (self._all.rows.pop(key, None) for key in keys)
        touched.update(self._take_out(row for row in rows if row is not None))

    def _take_out(self, rows: Iterable[DomainRow]) -> set[GroupRow]:
        """Out of the lists and the view; the groups they have stood in."""
        leaving: dict[GroupRow, set[int]] = {}
        for row in rows:
            leaving.setdefault(row.group, set()).add(row.id)
        for group, ids in leaving.items():
            group.all_rows = [row for row in group.all_rows if row.id not in ids]
            self._show(group, [row for row in group.shown if row.id not in ids])
        return set(leaving)

    def _relocate(self, changes: Sequence[tuple[DomainRow, Domain]], touched: set[GroupRow]) -> None:
        """Rows whose group or place is another: all are taken out, then all are put in."""
        touched.update(self._take_out(row for row, _ in changes))
        for row, domain in changes:
            self._all.fill(row, domain, self._all.definition_of(row.key))
        touched.update(self._all.enter(row for row, _ in changes))

    def _move(self, changes: Sequence[tuple[DomainRow, Domain]]) -> None:
        """A few rows to their new places within their groups; they stay selected."""
        if not changes:
            return
        with self._rearranging():
            for row, domain in changes:
                self._all.move(row, domain, at=self.position_of(row))

    # The view.

    def _settle(self, touched: set[GroupRow]) -> None:
        """Show of these groups what is to be shown now, and forget those that have nothing left."""
        for group in touched:
            if group.key in self._all.groups:
                self._show(group, self._all.matching(group.all_rows))
        self._show_groups(self._all.groups_to_show())
        self._all.forget_empty(touched)
        self._count(touched)
        if self._all.query:
            self.shown_changed.emit()

    def _refilter_all(self, *, narrower: bool) -> None:
        """The filter is another; `narrower`: what is not shown now will not be shown then."""
        # Of all groups together: with a hundred hosts a few separate runs of each are thousands.
        at_most = max(2, MANY_RUNS // max(1, len(self._shown_groups)))
        for group in self._all.groups.values():
            self._show(group, self._all.matching(group.shown if narrower else group.all_rows), at_most)
        self._show_groups(self._all.groups_to_show())
        self._count(self._all.groups.values())
        self.shown_changed.emit()

    def _count(self, groups: Iterable[GroupRow]) -> None:
        for group in self._all.recounted(groups):
            self._emit_group(group)


def _no_definition(_key: DomainKey) -> Definition:
    return NO_DEFINITION
