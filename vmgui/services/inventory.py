"""What is known of all hosts and their virtual machines, and what changed.

The only place the window's lists come from. Hosts' supervisors write here; a host that cannot be reached
keeps its machines as they were last seen, `Host.state` and `Host.updated_s` tell how old that is.
"""

from __future__ import annotations

import asyncio
import math
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Generic, TypeVar

from vmgui.model.changeset import ChangeSet
from vmgui.model.domain import Domain, DomainKey
from vmgui.model.host import Host, HostId
from vmgui.policy.domain_names import folded, shared_names
from vmgui.policy.host_names import told_apart
from vmgui.services.notifier import Notifier
from vmgui.services.scope import happens_within

MEANWHILE_INTERVAL_S = 0.4
"""How often who waits for a change also looks at something else: whether the job was cancelled."""

K = TypeVar("K")
V = TypeVar("V")


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The inventory at one moment."""

    hosts: Mapping[HostId, Host] = field(default_factory=dict[HostId, Host])
    domains: Mapping[DomainKey, Domain] = field(default_factory=dict[DomainKey, Domain])


def diff(old: Snapshot, new: Snapshot) -> ChangeSet:
    """The smallest ChangeSet that makes `new` of `old`."""
    return ChangeSet(
        added=tuple(domain for key, domain in new.domains.items() if key not in old.domains),
        removed=tuple(key for key in old.domains if key not in new.domains),
        changed=tuple(
            domain
            for key, domain in new.domains.items()
            if (before := old.domains.get(key)) is not None and before is not domain and before != domain
        ),
        hosts_added=tuple(host for host_id, host in new.hosts.items() if host_id not in old.hosts),
        hosts_removed=tuple(host_id for host_id in old.hosts if host_id not in new.hosts),
        hosts_changed=tuple(
            host
            for host_id, host in new.hosts.items()
            if (before := old.hosts.get(host_id)) is not None and before is not host and before != host
        ),
    )


def _in_order(hosts: dict[HostId, Host], order: tuple[HostId, ...]) -> dict[HostId, Host]:
    """Those named in `order` first, as it names them; the others stay behind them as they were."""
    named = {host_id: hosts[host_id] for host_id in order if host_id in hosts}
    return named | {host_id: host for host_id, host in hosts.items() if host_id not in named}


def merge(*changes: ChangeSet) -> ChangeSet:
    """One ChangeSet that does what these do one after the other; for who shows several at once.

    Something added and removed again vanishes; removed and added again counts as changed.
    """
    if len(changes) == 1:
        return changes[0]
    domains, hosts = _Merged[DomainKey, Domain](), _Merged[HostId, Host]()
    for change in changes:
        domains.take(
            {domain.key: domain for domain in change.added},
            change.removed,
            {domain.key: domain for domain in change.changed},
        )
        hosts.take(
            {host.id: host for host in change.hosts_added},
            change.hosts_removed,
            {host.id: host for host in change.hosts_changed},
        )
    return ChangeSet(
        tuple(domains.added.values()),
        tuple(domains.removed),
        tuple(domains.changed.values()),
        tuple(hosts.added.values()),
        tuple(hosts.removed),
        tuple(hosts.changed.values()),
        next((change.hosts_order for change in reversed(changes) if change.hosts_order), ()),
    )


class _Merged(Generic[K, V]):
    """What several changes do together; each costs what it says, however many came before."""

    def __init__(self) -> None:
        self.added: dict[K, V] = {}
        self.removed: dict[K, None] = {}
        self.changed: dict[K, V] = {}

    def take(self, added: Mapping[K, V], removed: Iterable[K], changed: Mapping[K, V]) -> None:
        for key in removed:
            self.changed.pop(key, None)
            if self.added.pop(key, None) is None:
                self.removed[key] = None
        for key, value in added.items():
            if key in self.removed:
                del self.removed[key]
                self.changed[key] = value
            else:
                self.added[key] = value
        for key, value in changed.items():
            (self.added if key in self.added else self.changed)[key] = value


def compare(known: Mapping[str, Domain], rows: Iterable[Domain]) -> dict[str, Domain | None]:
    """What a whole list says against what is known, as `update_domains` takes it; None: it is gone.

    Meant for a worker thread: with ten thousand machines it takes some 50 ms.
    """
    listed = {row.key.uuid: row for row in rows}
    changed: dict[str, Domain | None] = {uuid: row for uuid, row in listed.items() if known.get(uuid) != row}
    changed.update((uuid, None) for uuid in known if uuid not in listed)
    return changed


def _is_called_otherwise(before: Host, after: Host) -> bool:
    return before.config != after.config or before.info != after.info


class Inventory:
    """The inventory of this run; loop thread only. Every call that changes something tells of it once."""

    def __init__(self) -> None:
        self.changes: Notifier[ChangeSet] = Notifier()
        self._hosts: dict[HostId, Host] = {}
        self._domains: dict[DomainKey, Domain] = {}
        self._of_host: dict[HostId, dict[str, Domain]] = {}
        self._active = 0

    @property
    def hosts(self) -> Mapping[HostId, Host]:
        """All configured hosts, in the person's order."""
        return MappingProxyType(self._hosts)

    @property
    def domains(self) -> Mapping[DomainKey, Domain]:
        """All machines last seen on any of them."""
        return MappingProxyType(self._domains)

    @property
    def active_count(self) -> int:
        """How many of them a hypervisor runs; counted as they change, not when asked."""
        return self._active

    async def until(
        self,
        is_so: Callable[[], bool],
        timeout_s: float = math.inf,
        *,
        meanwhile: Callable[[], None] | None = None,
    ) -> bool:
        """Wait until the inventory makes `is_so` true; False: it did not within `timeout_s`.

        `is_so` is asked at once and after every change. `meanwhile` is called again and again while it is false;
        what it raises ends the waiting.
        """
        changed = asyncio.Event()

        def look(_change: ChangeSet) -> None:
            if is_so():
                changed.set()

        subscription = self.changes.subscribe(look)
        deadline_s = time.monotonic() + timeout_s
        try:
            while not is_so():
                changed.clear()
                if meanwhile is not None:
                    meanwhile()
                left_s = deadline_s - time.monotonic()
                if left_s <= 0:
                    return False
                turn_s = left_s if meanwhile is None else min(left_s, MEANWHILE_INTERVAL_S)
                await happens_within(changed, turn_s if turn_s < math.inf else None)
            return True
        finally:
            subscription.cancel()

    def domains_of(self, host_id: HostId) -> tuple[Domain, ...]:
        """The machines last seen on one host."""
        return tuple(self._of_host.get(host_id, {}).values())

    def rows_of(self, host_id: HostId) -> dict[str, Domain]:
        """The same by UUID, as a copy of the caller's own: it may be given to another thread."""
        return dict(self._of_host.get(host_id, {}))

    def set_host(self, host: Host) -> None:
        """Add a host, or replace what is known of it."""
        before = self._hosts.get(host.id)
        if before is not None:
            host = replace(host, apart=before.apart)
        self._hosts[host.id] = host
        others = self._tell_apart() if before is None or _is_called_otherwise(before, host) else ()
        host = self._hosts[host.id]
        changed = tuple(other for other in others if other.id != host.id)
        if before is None:
            self._of_host.setdefault(host.id, {})
            self.changes.emit(ChangeSet(hosts_added=(host,), hosts_changed=changed))
        elif before != host or changed:
            self.changes.emit(ChangeSet(hosts_changed=(host, *changed)))

    def other_names(self, key: DomainKey) -> frozenset[str]:
        """The names of its host's other machines."""
        return frozenset(domain.name for domain in self.domains_of(key.host_id) if domain.key != key)

    def apart_of(self, keys: Iterable[DomainKey]) -> dict[DomainKey, str]:
        """The name of each one's host where another host has a machine of that name, else nothing."""
        shared = shared_names(self._domains.values())
        return {key: self._host_name(key.host_id) if self._shares(key, shared) else "" for key in keys}

    def apart_if_made(self, name: str, host_id: HostId) -> str:
        """The same for one that is still to be made there."""
        others = {folded(domain.name) for key, domain in self._domains.items() if key.host_id != host_id}
        return self._host_name(host_id) if folded(name) in others else ""

    def _shares(self, key: DomainKey, shared: frozenset[str]) -> bool:
        domain = self._domains.get(key)
        return domain is not None and folded(domain.name) in shared

    def _host_name(self, host_id: HostId) -> str:
        host = self._hosts.get(host_id)
        return host.name if host is not None else ""

    def _tell_apart(self) -> tuple[Host, ...]:
        """The hosts that now have another name."""
        changed: list[Host] = []
        for host_id, apart in told_apart(self._hosts.values()).items():
            if self._hosts[host_id].apart != apart:
                self._hosts[host_id] = replace(self._hosts[host_id], apart=apart)
                changed.append(self._hosts[host_id])
        return tuple(changed)

    def order_hosts(self, order: tuple[HostId, ...]) -> None:
        """Put the hosts into the person's order."""
        ordered = _in_order(self._hosts, order)
        if tuple(ordered) != tuple(self._hosts):
            self._hosts = ordered
            self.changes.emit(ChangeSet(hosts_order=tuple(ordered)))

    def remove_host(self, host_id: HostId) -> None:
        """Forget a host and its machines."""
        if host_id not in self._hosts:
            return
        del self._hosts[host_id]
        keys = tuple(domain.key for domain in self._of_host.pop(host_id).values())
        for key in keys:
            self._active -= self._domains.pop(key).state.is_active
        self.changes.emit(ChangeSet(removed=keys, hosts_removed=(host_id,), hosts_changed=self._tell_apart()))

    def set_domains(self, host_id: HostId, domains: Iterable[Domain]) -> None:
        """All machines of one host, as a whole list told them; those not in it are gone."""
        if host_id not in self._hosts:
            return
        new = {domain.key: domain for domain in domains}
        old = {domain.key: domain for domain in self._of_host[host_id].values()}
        self._take(diff(Snapshot(domains=old), Snapshot(domains=new)))

    def update_domains(self, host_id: HostId, read: Mapping[str, Domain | None]) -> None:
        """Some machines of one host by UUID; None: it is gone."""
        if host_id not in self._hosts:
            return
        known = self._of_host[host_id]
        old = {known[uuid].key: known[uuid] for uuid in read if uuid in known}
        new = {domain.key: domain for domain in read.values() if domain is not None}
        self._take(diff(Snapshot(domains=old), Snapshot(domains=new)))

    def _take(self, change: ChangeSet) -> None:
        for key in change.removed:
            self._active -= self._domains.pop(key).state.is_active
            del self._of_host[key.host_id][key.uuid]
        for domain in (*change.added, *change.changed):
            before = self._domains.get(domain.key)
            self._active += domain.state.is_active - (before is not None and before.state.is_active)
            self._domains[domain.key] = domain
            self._of_host[domain.key.host_id][domain.key.uuid] = domain
        if change:
            self.changes.emit(change)
