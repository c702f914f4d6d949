"""Every machine's row in its group and every group's rows in their order, for any grouping, order and filter.

Lists only: no view is told here. The model (model.py) asks what is to be shown and moves the view there.
"""

from __future__ import annotations

import itertools
import time
from bisect import insort
from collections.abc import Callable, Iterable
from operator import attrgetter

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
    group_of,
    likeness,
    make_group,
    make_host_group,
)
from vmgui.ui.inventory.order import order
from vmgui.ui.inventory.places import ORDER
from vmgui.ui.inventory.rows import DomainRow, fill_domain_row, grey_out, make_domain_row

RANK = attrgetter("rank")


class Arrangement:
    """`definition_of` tells what is known of a machine's tags and the like."""

    def __init__(self, definition_of: Callable[[DomainKey], Definition]) -> None:
        self.definition_of = definition_of
        self.grouping = Grouping.HOST
        self.sort = Sort.NAME
        self.query: Query = NO_QUERY
        self.hosts: dict[HostId, Host] = {}
        self.groups: dict[GroupKey, GroupRow] = {}
        self.rows: dict[DomainKey, DomainRow] = {}
        self._ids = itertools.count(1)
        self._host_numbers: dict[HostId, int] = {}
        self._old_hosts: dict[HostId, bool] = {}  # whether their machines are greyed out

    # Hosts.

    def add_host(self, host: Host) -> None:
        """Add a host behind all others."""
        self.hosts[host.id] = host
        self._old_hosts[host.id] = freshness(host, time.monotonic()).is_old
        self._host_numbers[host.id] = next(self._ids)
        if self.grouping is Grouping.HOST:
            self._add_host_group(host)

    def age(self, host: Host, now_s: float) -> list[DomainRow]:
        """Grey out what has become old though nobody told, and back; the rows of which that is so."""
        is_old = freshness(host, now_s).is_old
        if is_old == self._old_hosts[host.id]:
            return []
        self._old_hosts[host.id] = is_old
        rows = self.rows_of_host(host.id)
        for row in rows:
            grey_out(row, is_old)
        return rows

    def host_group(self, host_id: HostId) -> GroupRow | None:
        """The group of a host, where machines are grouped by host."""
        return self.groups.get(GroupKey(Grouping.HOST, host_id))

    def rows_of_host(self, host_id: HostId) -> list[DomainRow]:
        """Its machines."""
        group = self.host_group(host_id)
        if group is not None:
            return group.all_rows
        return [row for row in self.rows.values() if row.key.host_id == host_id]

    def order_hosts(self, hosts: tuple[HostId, ...]) -> None:
        """Put these hosts into this order, in the places that they have among all."""
        known = [host_id for host_id in hosts if host_id in self.hosts]
        numbers = sorted(self._host_numbers[host_id] for host_id in known)
        self._host_numbers.update(zip(known, numbers, strict=True))
        for host_id in known:
            if (group := self.host_group(host_id)) is not None:
                group.rank = (self._host_numbers[host_id],)

    def drop_host(self, host_id: HostId) -> None:
        """Forget a host, and its group with all its machines; machines in other groups have been removed before."""
        group = self.groups.pop(GroupKey(Grouping.HOST, host_id), None)
        for row in group.all_rows if group is not None else ():
            del self.rows[row.key]
        del self.hosts[host_id]
        del self._old_hosts[host_id]
        del self._host_numbers[host_id]

    def _add_host_group(self, host: Host) -> None:
        group = make_host_group(next(self._ids), host, self._host_numbers[host.id], time.monotonic())
        group.count = count_text(group)
        self.groups[group.key] = group

    # Machines.

    def add(self, domains: Iterable[Domain]) -> set[GroupRow]:
        """Add machines of known hosts that are not there yet; returns the groups they are put into."""
        entered: set[GroupRow] = set()
        for domain in domains:
            host = self.hosts.get(domain.key.host_id)
            if host is None or domain.key in self.rows:
                continue
            definition = self.definition_of(domain.key)
            group = self._group_for(domain, definition)
            row = make_domain_row(next(self._ids), group, domain, host, definition, self.sort)
            self.rows[domain.key] = row
            group.all_rows.append(row)
            entered.add(group)
        for group in entered:
            group.all_rows.sort(key=ORDER)
        return entered

    def enter(self, rows: Iterable[DomainRow]) -> set[GroupRow]:
        """Put rows that stand in no group into those where they belong now; which those are."""
        entered: set[GroupRow] = set()
        for row in rows:
            row.group = self._group_for(row.domain, row.definition)
            row.group.all_rows.append(row)
            entered.add(row.group)
        for group in entered:
            group.all_rows.sort(key=ORDER)
        return entered

    def fill(self, row: DomainRow, domain: Domain, definition: Definition) -> None:
        """What is known of a machine now; its place is mended by others."""
        fill_domain_row(row, domain, self.hosts[row.host_id], definition, self.sort)

    def move(self, row: DomainRow, domain: Domain, at: int) -> None:
        """Move a row to its new place within its group; `at`: where it is shown, -1: it is filtered out."""
        group = row.group
        group.all_rows.remove(row)
        if at >= 0:
            del group.shown[at]
        self.fill(row, domain, row.definition)
        insort(group.all_rows, row, key=ORDER)
        if at >= 0:
            insort(group.shown, row, key=ORDER)

    def _group_for(self, domain: Domain, definition: Definition) -> GroupRow:
        key, spelling = group_of(domain, definition, self.grouping)
        group = self.groups.get(key)
        if group is None:
            group = self.groups[key] = make_group(next(self._ids), key, spelling)
        return group

    # All of them.

    def matching(self, rows: list[DomainRow]) -> list[DomainRow]:
        """The rows that the filter lets through."""
        query = self.query
        if not query:
            return list(rows)
        for word in query.words:
            rows = [row for row in rows if word in row.haystack]
        for test in query.tests:
            rows = [row for row in rows if test(row.facts)]
        return rows

    def groups_to_show(self) -> list[GroupRow]:
        """Hosts without a hit are not shown while there is a filter; other groups never without machines."""
        empty_too = self.grouping is Grouping.HOST and not self.query
        return sorted((group for group in self.groups.values() if empty_too or group.shown), key=RANK)

    def recounted(self, groups: Iterable[GroupRow]) -> list[GroupRow]:
        """Count anew; returns the groups that now have another number beside their name."""
        changed: list[GroupRow] = []
        for group in groups:
            count = count_text(group)
            if count != group.count:
                group.count = count
                changed.append(group)
        return changed

    def forget_empty(self, groups: Iterable[GroupRow]) -> None:
        """Forget the groups that have no machine any more, except hosts."""
        for group in groups:
            if group.host is None and not group.all_rows and self.groups.get(group.key) is group:
                del self.groups[group.key]

    def regroup(self, grouping: Grouping) -> None:
        """Make other groups; the old ones must not be shown any more."""
        old = sorted(self.groups.values(), key=RANK)
        self.groups = {}
        self.grouping = grouping
        if grouping is Grouping.HOST:
            for host in self.hosts.values():
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
        for group in self.groups.values():
            group.all_rows.sort(key=ORDER)
            group.shown = self.matching(group.all_rows)
            group.count = count_text(group)

    def resort(self, sort: Sort) -> None:
        """Put all rows into another order, shown or not."""
        self.sort = sort
        for row in self.rows.values():
            row.order = order(row.domain, row.name, sort, STATE_RANKS)
        for group in self.groups.values():
            group.all_rows.sort(key=ORDER)
            # Sorted already: sorting once more costs more than looking who is shown.
            ids = {row.id for row in group.shown}
            group.shown = [row for row in group.all_rows if row.id in ids]
