"""Which row stands where: the lists behind the inventory's model, kept in step with the view.

The order of steps is what matters here. A row that is shown keeps its group until the view has let go of it.
"""

from __future__ import annotations

import itertools
import time
from bisect import bisect_left, bisect_right, insort
from collections.abc import Callable, Iterable, Sequence
from operator import attrgetter

from PySide6.QtCore import QObject, Signal

from vmgui.model.definition import Definition
from vmgui.model.domain import Domain, DomainKey
from vmgui.model.host import Host, HostId
from vmgui.model.view import Grouping, Sort
from vmgui.policy.filter import NO_QUERY, Query
from vmgui.policy.health import freshness
from vmgui.ui.inventory.groups import (
    STATE_RANKS,
    GroupKey,
    GroupRow,
    count_text,
    fill_host,
    group_of,
    likeness,
    make_group,
    make_host_group,
)
from vmgui.ui.inventory.order import order
from vmgui.ui.inventory.places import Places
from vmgui.ui.inventory.ranges import MANY_RUNS, steps
from vmgui.ui.inventory.rows import DomainRow, fill_domain_row, grey_out, make_domain_row

_ORDER = attrgetter("order")
_RANK = attrgetter("rank")


class Arrangement(Places):
    """The rows, and the moves that keep the view true to them."""

    shown_changed = Signal()
    """The filter is another, or lets through other machines than before."""

    def __init__(self, definition_of: Callable[[DomainKey], Definition], parent: QObject | None) -> None:
        super().__init__(parent)
        self._definition_of = definition_of
        self._ids = itertools.count(1)
        self._grouping = Grouping.HOST
        self._sort = Sort.NAME
        self._query: Query = NO_QUERY
        self._hosts: dict[HostId, Host] = {}
        self._host_numbers: dict[HostId, int] = {}
        self._old_hosts: dict[HostId, bool] = {}  # whether their machines are greyed out
        self._groups: dict[GroupKey, GroupRow] = {}
        self._by_key: dict[DomainKey, DomainRow] = {}

    def position_of(self, row: DomainRow) -> int:
        """Where a row stands within its group; -1: it is filtered out."""
        shown = row.group.shown
        at = bisect_left(shown, row.order, key=_ORDER)
        return at if at < len(shown) and shown[at] is row else -1

    # Hosts.

    def _take_host(self, host: Host, touched: set[GroupRow]) -> None:
        before = self._hosts.get(host.id)
        self._hosts[host.id] = host
        if before is None:
            self._old_hosts[host.id] = freshness(host, time.monotonic()).is_old
            self._host_numbers[host.id] = next(self._ids)
            if self._grouping is Grouping.HOST:
                self._add_host_group(host)
            return
        group = self._groups.get(GroupKey(Grouping.HOST, host.id))
        if group is not None:
            seen = (group.name, group.note, group.icon_name, group.icon_role)
            fill_host(group, host, time.monotonic())
            is_marked = before.config.colour != host.config.colour
            if is_marked or seen != (group.name, group.note, group.icon_name, group.icon_role):
                self._emit_group(group)
        if before.state is host.state:
            self._age(host, time.monotonic())
        if before.state is not host.state or before.name != host.name:
            self._old_hosts[host.id] = freshness(host, time.monotonic()).is_old
            rows = group.all_rows if group is not None else self._rows_of(host.id)
            for row in rows:
                fill_domain_row(row, row.domain, host, row.definition, self._sort)
            self._emit_changed(rows)
            if self._query:
                touched.update(row.group for row in rows)

    def _age(self, host: Host, now_s: float) -> None:
        """Grey out what has become old though nobody told, and back."""
        is_old = freshness(host, now_s).is_old
        if is_old == self._old_hosts[host.id]:
            return
        self._old_hosts[host.id] = is_old
        group = self._groups.get(GroupKey(Grouping.HOST, host.id))
        rows = group.all_rows if group is not None else self._rows_of(host.id)
        for row in rows:
            grey_out(row, is_old)
        self._emit_changed(rows)

    def _add_host_group(self, host: Host) -> None:
        group = make_host_group(next(self._ids), host, self._host_numbers[host.id], time.monotonic())
        group.count = count_text(group)
        self._groups[group.key] = group

    def _order_hosts(self, hosts: tuple[HostId, ...]) -> None:
        """Move hosts to where the person wants them (empty: as they are); selection and expansion go along."""
        known = [host_id for host_id in hosts if host_id in self._hosts]
        numbers = sorted(self._host_numbers[host_id] for host_id in known)
        self._host_numbers.update(zip(known, numbers, strict=True))
        if not known or self._grouping is not Grouping.HOST:
            return
        for host_id in known:
            self._groups[GroupKey(Grouping.HOST, host_id)].rank = (self._host_numbers[host_id],)
        self._order_groups(sorted(self._shown_groups, key=_RANK))

    def _remove_host(self, host_id: HostId, touched: set[GroupRow]) -> None:
        if self._hosts.get(host_id) is None:
            return
        group = self._groups.pop(GroupKey(Grouping.HOST, host_id), None)
        if group is None:
            self._remove_domains([row.key for row in self._rows_of(host_id)], touched)
        else:
            for row in group.all_rows:
                del self._by_key[row.key]
            if group.at >= 0:
                self._remove_groups(group.at, group.at)
        del self._hosts[host_id]
        del self._old_hosts[host_id]
        del self._host_numbers[host_id]

    def _rows_of(self, host_id: HostId) -> list[DomainRow]:
        return [row for row in self._by_key.values() if row.key.host_id == host_id]

    # Machines.

    def _add_domains(self, domains: Iterable[Domain], touched: set[GroupRow]) -> None:
        mine: set[GroupRow] = set()
        for domain in domains:
            host = self._hosts.get(domain.key.host_id)
            if host is None or domain.key in self._by_key:
                continue
            definition = self._definition_of(domain.key)
            group = self._group_for(domain, definition)
            row = make_domain_row(next(self._ids), group, domain, host, definition, self._sort)
            self._by_key[domain.key] = row
            group.all_rows.append(row)
            mine.add(group)
        for group in mine:
            group.all_rows.sort(key=_ORDER)
        touched.update(mine)

    def _remove_domains(self, keys: Iterable[DomainKey], touched: set[GroupRow]) -> None:
        gone: dict[GroupRow, set[int]] = {}
        for key in keys:
            row = self._by_key.pop(key, None)
            if row is not None:
                gone.setdefault(row.group, set()).add(row.id)
        for group, ids in gone.items():
            self._take_out(group, ids)
        touched.update(gone)

    def _take_out(self, group: GroupRow, ids: set[int]) -> None:
        """Out of the lists and the view."""
        group.all_rows = [row for row in group.all_rows if row.id not in ids]
        self._show(group, [row for row in group.shown if row.id not in ids])

    def _relocate(self, changes: Sequence[tuple[DomainRow, Domain]], touched: set[GroupRow]) -> None:
        """Rows whose group or place is another: all are taken out, then all are put in."""
        if not changes:
            return
        leaving: dict[GroupRow, set[int]] = {}
        for row, _ in changes:
            leaving.setdefault(row.group, set()).add(row.id)
        for group, ids in leaving.items():
            self._take_out(group, ids)
        entered: set[GroupRow] = set()
        for row, domain in changes:
            definition = self._definition_of(row.key)
            fill_domain_row(row, domain, self._hosts[row.host_id], definition, self._sort)
            row.group = self._group_for(domain, definition)
            row.group.all_rows.append(row)
            entered.add(row.group)
        for group in entered:
            group.all_rows.sort(key=_ORDER)
        touched.update(leaving, entered)

    def _move(self, changes: Sequence[tuple[DomainRow, Domain]]) -> None:
        """A few rows to their new places within their groups; they stay selected."""
        if not changes:
            return
        with self._rearranging():
            for row, domain in changes:
                group, is_shown = row.group, self.position_of(row) >= 0
                group.all_rows.remove(row)
                if is_shown:
                    del group.shown[self.position_of(row)]
                fill_domain_row(row, domain, self._hosts[row.host_id], row.definition, self._sort)
                insort(group.all_rows, row, key=_ORDER)
                if is_shown:
                    insort(group.shown, row, key=_ORDER)

    def _group_for(self, domain: Domain, definition: Definition) -> GroupRow:
        key, spelling = group_of(domain, definition, self._grouping)
        group = self._groups.get(key)
        if group is None:
            group = self._groups[key] = make_group(next(self._ids), key, spelling)
        return group

    # The view.

    def _matching(self, rows: list[DomainRow]) -> list[DomainRow]:
        query = self._query
        if not query:
            return list(rows)
        for word in query.words:
            rows = [row for row in rows if word in row.haystack]
        for test in query.tests:
            rows = [row for row in rows if test(row.facts)]
        return rows

    def _settle(self, touched: set[GroupRow]) -> None:
        """Show of these groups what is to be shown now, and forget those that have nothing left."""
        for group in touched:
            if group.key in self._groups:
                self._show(group, self._matching(group.all_rows))
        self._show_groups()
        for group in touched:
            if group.host is None and not group.all_rows and self._groups.get(group.key) is group:
                del self._groups[group.key]
        self._count(touched)
        if self._query:
            self.shown_changed.emit()

    def _refilter_all(self, *, narrower: bool) -> None:
        """The filter is another; `narrower`: what is not shown now will not be shown then."""
        # Of all groups together: with a hundred hosts a few separate runs of each are thousands.
        at_most = max(2, MANY_RUNS // max(1, len(self._shown_groups)))
        for group in self._groups.values():
            self._show(group, self._matching(group.shown if narrower else group.all_rows), at_most)
        self._show_groups()
        self._count(self._groups.values())
        self.shown_changed.emit()

    def _show(self, group: GroupRow, wanted: list[DomainRow], at_most: int = MANY_RUNS) -> None:
        if group.at < 0:
            group.shown = wanted
            return
        if group.shown == wanted:
            return
        removed, added = steps(group.shown, wanted, at_most)
        for first, last in reversed(removed):
            self._remove_rows(group, first, last)
        for first, last in added:
            self._insert_rows(group, first, wanted[first : last + 1])

    def _show_groups(self) -> None:
        """Hosts without a hit are not shown while there is a filter; other groups never without machines."""
        empty_too = self._grouping is Grouping.HOST and not self._query
        wanted = [group for group in self._groups.values() if empty_too or group.shown]
        wanted.sort(key=_RANK)
        if wanted == self._shown_groups:
            return
        removed, added = steps(self._shown_groups, wanted)
        for first, last in reversed(removed):
            self._remove_groups(first, last)
        for first, last in added:
            self._insert_groups(first, wanted[first : last + 1])

    def _count(self, groups: Iterable[GroupRow]) -> None:
        for group in groups:
            count = count_text(group)
            if count != group.count:
                group.count = count
                if group.at >= 0:
                    self._emit_group(group)

    def _regroup(self, grouping: Grouping) -> None:
        old = sorted(self._groups.values(), key=_RANK)
        if self._shown_groups:
            self._remove_groups(0, len(self._shown_groups) - 1)
        self._groups = {}
        self._grouping = grouping
        if grouping is Grouping.HOST:
            for host in self._hosts.values():
                self._add_host_group(host)
        # In order within their old groups: sorting joins runs instead of beginning from nothing.
        found: dict[object, GroupRow] = {}
        for group in old:
            for row in group.all_rows:
                like = likeness(row.domain, row.definition, grouping)
                into = found.get(like)
                if into is None:
                    into = found[like] = self._group_for(row.domain, row.definition)
                row.group = into
                into.all_rows.append(row)
        for group in self._groups.values():
            group.all_rows.sort(key=_ORDER)
            group.shown = self._matching(group.all_rows)
            group.count = count_text(group)
        self._show_groups()

    def _resort(self, sort: Sort) -> None:
        self._sort = sort
        with self._rearranging():
            for row in self._by_key.values():
                row.order = order(row.domain, row.name, sort, STATE_RANKS)
            for group in self._groups.values():
                group.all_rows.sort(key=_ORDER)
                # Sorted already: sorting once more costs more than looking who is shown.
                ids = {row.id for row in group.shown}
                group.shown = [row for row in group.all_rows if row.id in ids]

    def _emit_group(self, group: GroupRow) -> None:
        index = self.place_of(group)
        if index.isValid():
            self.dataChanged.emit(index, index)

    def _emit_changed(self, rows: Iterable[DomainRow]) -> None:
        """One wide range per group: 1.7 ms against 69 ms for 10,000 single ones."""
        by_group: dict[GroupRow, list[DomainRow]] = {}
        for row in rows:
            by_group.setdefault(row.group, []).append(row)
        for group, changed in by_group.items():
            if group.at < 0:
                continue
            first = bisect_left(group.shown, min(map(_ORDER, changed)), key=_ORDER)
            last = bisect_right(group.shown, max(map(_ORDER, changed)), key=_ORDER) - 1
            if first <= last:
                self.dataChanged.emit(self._place_in(group, first), self._place_in(group, last))
