"""What machines' XML says to find them by: read quietly after the list, kept true by events, tags and protection
written as jobs.

One task per host reads the machines not yet known in small slices with pauses between: ten thousand machines take
some seconds longer to be found by their tags, and nobody waits for that. Of addresses, the leases of the host's
networks are one call per network, once a minute; running machines are asked by and by (addresses.py), never while
something else is read of their host here.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace

from vmgui.hypervisor import tags as hypervisor_tags
from vmgui.hypervisor.connection import Connection
from vmgui.hypervisor.guests import AGENT_TIMEOUT_S, ask_addresses
from vmgui.hypervisor.tags import read_definitions, read_leases
from vmgui.model.changeset import ChangeSet
from vmgui.model.domain import DomainKey
from vmgui.model.errors import VmguiError
from vmgui.model.event import EventKind
from vmgui.model.host import Host, HostId, HostState
from vmgui.model.job import JobId, JobKind
from vmgui.model.tags import NO_DEFINITION, Definition, TagsChange
from vmgui.services.addresses import TURN_S, TURNS_APART_S, Addresses
from vmgui.services.batch import Batch, Step
from vmgui.services.hosts import HostEvents, HostService
from vmgui.services.inventory import Inventory
from vmgui.services.jobs import JobContext, JobService
from vmgui.services.notifier import Notifier
from vmgui.services.scope import Scope, happens_within

log = logging.getLogger(__name__)

SLICE = 50
FIRST_PAUSE_S = 0.3
"""The list comes first."""
PAUSE_S = 0.04
REST = 1.5
"""So many times as long as a slice took is rested after it."""
RETRY_S = 10.0
LEASES_INTERVAL_S = 60.0
REREAD_INTERVAL_S = 300.0
"""Where a host does not tell of changes."""
READ_TIMEOUT_S = 30.0
ASK_BUDGET_S = 0.5

_REREAD = frozenset({EventKind.DOMAIN_DEFINED, EventKind.DOMAIN_METADATA, EventKind.DOMAIN_AGENT})


class TagsService:
    """Tags of all machines of all hosts; loop thread only. `changed` carries the keys of those with news."""

    def __init__(self, hosts: HostService, inventory: Inventory, jobs: JobService) -> None:
        self.changed: Notifier[frozenset[DomainKey]] = Notifier()
        self._hosts = hosts
        self._inventory = inventory
        self._jobs = jobs
        self._read: dict[DomainKey, Definition] = {}
        self._addresses: dict[HostId, Addresses] = defaultdict(Addresses)
        self._wanted: dict[HostId, dict[str, None]] = {}
        self._wakes: dict[HostId, asyncio.Event] = {}
        self._last_turn_s = 0.0
        self._scope = Scope("tags")
        self._subscriptions = (
            inventory.changes.subscribe(self._on_change),
            hosts.events.subscribe(self._on_events),
        )

    async def close(self) -> None:
        """Stop reading."""
        for subscription in self._subscriptions:
            subscription.cancel()
        await self._scope.close(timeout_s=1.0)

    def get(self, key: DomainKey) -> Definition:
        """What is known of a machine; empty before it has been read."""
        return self._read.get(key, NO_DEFINITION)

    def is_known(self, key: DomainKey) -> bool:
        """Whether it has been read."""
        return key in self._read

    def tags(self) -> Counter[str]:
        """The tags in use on all hosts, and how often."""
        return Counter(tag for definition in self._read.values() for tag in definition.tags)

    def folders(self) -> Counter[str]:
        """The folders in use on all hosts, and how often."""
        return Counter(definition.folder for definition in self._read.values() if definition.folder)

    def change_tags(self, changes: Mapping[DomainKey, TagsChange]) -> JobId:
        """Change tags and folders, as one job; the machines may run or be off."""

        return self._change(JobKind.SET_TAGS, changes)

    def set_protected(self, keys: Iterable[DomainKey], on: bool) -> JobId:
        """Protect them from deletion, force off and what else would lose something, or do so no longer; one job."""
        return self._change(JobKind.SET_PROTECTED, dict.fromkeys(keys, TagsChange(is_protected=on)))

    def _change(self, kind: JobKind, changes: Mapping[DomainKey, TagsChange]) -> JobId:
        async def act(key: DomainKey, _context: JobContext) -> None:
            connection = self._hosts.connection(key.host_id)
            await connection.run(hypervisor_tags.change_tags, key.uuid, changes[key])
            # Not every host tells of it.
            self._want(key.host_id, (key.uuid,))

        return Batch(self._hosts, self._inventory, self._jobs, Step(kind, act), tuple(changes)).submit()

    # What happens.

    def _on_change(self, change: ChangeSet) -> None:
        for host_id in change.hosts_removed:
            self._wanted.pop(host_id, None)
            self._addresses.pop(host_id, None)
        gone = [key for key in change.removed if self._read.pop(key, None) is not None]
        for key in change.removed:
            self._wanted.get(key.host_id, {}).pop(key.uuid, None)
            if key.host_id in self._addresses:
                self._addresses[key.host_id].forget(key.uuid)
        for key in (domain.key for domain in change.changed if not domain.state.is_active):
            if self._addresses[key.host_id].forget(key.uuid):
                self._readdress(key.host_id, (key.uuid,))
        by_host: dict[HostId, list[str]] = {}
        for domain in change.added:
            by_host.setdefault(domain.key.host_id, []).append(domain.key.uuid)
        for host_id, uuids in by_host.items():
            self._want(host_id, uuids)
        for host in change.hosts_changed:
            if host.state is not HostState.CONNECTED:
                # Its reader ends; another begins when it is back, and looks at everything anew.
                if (wake := self._wakes.get(host.id)) is not None:
                    wake.set()
            elif host.id in self._wanted:
                self._start(host.id)
        if gone:
            self.changed.emit(frozenset(gone))

    def _on_events(self, told: HostEvents) -> None:
        if any(event.kind is EventKind.LOST for event in told.events):
            self._want(told.host_id, self._inventory.rows_of(told.host_id))
            return
        for event in told.events:
            if event.kind is EventKind.DOMAIN_AGENT:
                self._addresses[told.host_id].listen_to(event.uuid)
        uuids = [event.uuid for event in told.events if event.kind in _REREAD]
        if uuids:
            self._want(told.host_id, uuids)

    def _want(self, host_id: HostId, uuids: Iterable[str]) -> None:
        self._wanted.setdefault(host_id, {}).update(dict.fromkeys(uuids))
        wake = self._wakes.get(host_id)
        if wake is not None:
            wake.set()
        elif self._is_connected(host_id):
            self._start(host_id)

    def _is_connected(self, host_id: HostId) -> bool:
        host = self._inventory.hosts.get(host_id)
        return host is not None and host.state is HostState.CONNECTED

    # Reading.

    def _start(self, host_id: HostId) -> None:
        if host_id not in self._wakes and not self._scope.is_closed:
            self._wakes[host_id] = asyncio.Event()
            self._scope.run(self._follow(host_id))

    async def _follow(self, host_id: HostId) -> None:
        """Read what is wanted of a host for as long as it is connected."""
        wake = self._wakes[host_id]
        leases_due_s = time.monotonic()
        ask_due_s = self._book_turn(0.0)
        reread_due_s = time.monotonic() + REREAD_INTERVAL_S
        try:
            await asyncio.sleep(FIRST_PAUSE_S)
            # Machines may have changed while nobody listened: what was known is looked at again.
            self._wanted.setdefault(host_id, {}).update(dict.fromkeys(self._inventory.rows_of(host_id)))
            while self._is_connected(host_id):
                wake.clear()
                try:
                    while self._wanted.get(host_id):
                        await self._read_slice(host_id)
                    if time.monotonic() >= leases_due_s:
                        leases_due_s = time.monotonic() + LEASES_INTERVAL_S
                        await self._read_leases(host_id)
                    if time.monotonic() >= ask_due_s:
                        ask_due_s = self._book_turn(TURN_S)
                        await self._ask_addresses(host_id)
                except VmguiError as error:
                    log.debug("%s: what machines are found by was not read: %s", host_id, error)
                    await asyncio.sleep(RETRY_S if self._is_connected(host_id) else 0.0)
                    continue
                await happens_within(wake, min(leases_due_s, ask_due_s) - time.monotonic())
                host = self._inventory.hosts.get(host_id)
                if host is not None and not _tells(host) and time.monotonic() >= reread_due_s:
                    reread_due_s = time.monotonic() + REREAD_INTERVAL_S
                    self._wanted.setdefault(host_id, {}).update(
                        dict.fromkeys(self._inventory.rows_of(host_id))
                    )
        finally:
            del self._wakes[host_id]

    async def _read_slice(self, host_id: HostId) -> None:
        wanted = self._wanted[host_id]
        uuids = tuple(uuid for uuid, _ in zip(wanted, range(SLICE), strict=False))
        # Taken out before reading: what changes from now on is read again.
        for uuid in uuids:
            del wanted[uuid]
        started_s = time.monotonic()
        try:
            read = await self._hosts.connection(host_id).run(
                read_definitions, uuids, timeout_s=READ_TIMEOUT_S
            )
        except BaseException:
            self._wanted.setdefault(host_id, {}).update(dict.fromkeys(uuids))
            raise
        for uuid in uuids:
            if uuid not in read:
                wanted[uuid] = None
        self._take(host_id, read)
        await asyncio.sleep(max(PAUSE_S, REST * (time.monotonic() - started_s)))

    def _take(self, host_id: HostId, read: Mapping[str, Definition | None]) -> None:
        addresses = self._addresses[host_id]
        news: list[DomainKey] = []
        for uuid, definition in read.items():
            key = DomainKey(host_id, uuid)
            domain = self._inventory.domains.get(key)
            if definition is None or domain is None:
                continue
            # The inventory's own key: one of them in memory is enough.
            key = domain.key
            before = self._read.get(key)
            if known := addresses.of(uuid, definition):
                definition = replace(definition, addresses=known)
            if before is not None and before == definition:
                continue
            self._read[key] = definition
            if (before or NO_DEFINITION) != definition:
                news.append(key)
        if news:
            self.changed.emit(frozenset(news))

    async def _read_leases(self, host_id: HostId) -> None:
        host = self._inventory.hosts.get(host_id)
        if host is None or host.info is None or not host.info.features.networks:
            return
        leases = await self._hosts.connection(host_id).run(read_leases, timeout_s=READ_TIMEOUT_S)
        addresses = self._addresses[host_id]
        if leases != addresses.leases:
            addresses.leases = leases
            self._readdress(host_id, self._inventory.rows_of(host_id))

    def _book_turn(self, after_s: float) -> float:
        """When a host may be asked next for its machines' addresses, on time.monotonic()."""
        self._last_turn_s = max(self._last_turn_s + TURNS_APART_S, time.monotonic() + after_s)
        return self._last_turn_s

    async def _ask_addresses(self, host_id: HostId) -> None:
        addresses = self._addresses[host_id]
        running = (
            (domain.key.uuid, self._read[domain.key])
            for domain in self._inventory.domains_of(host_id)
            if domain.state.is_active and domain.key in self._read
        )
        sources = addresses.due(running, time.monotonic())
        if not sources:
            return
        # The last one may begin within the budget, and hang.
        limit_s = READ_TIMEOUT_S + AGENT_TIMEOUT_S
        connection = self._hosts.connection(host_id)
        answers = await connection.run(ask_addresses, sources, ASK_BUDGET_S, timeout_s=limit_s)
        self._readdress(host_id, addresses.take(sources, answers, time.monotonic()))

    def _readdress(self, host_id: HostId, uuids: Iterable[str]) -> None:
        """Addresses of these may have changed."""
        addresses = self._addresses[host_id]
        news: list[DomainKey] = []
        for uuid in uuids:
            domain = self._inventory.domains.get(DomainKey(host_id, uuid))
            before = self._read.get(domain.key) if domain is not None else None
            if domain is None or before is None:
                continue
            after = addresses.of(uuid, before)
            if after != before.addresses:
                self._read[domain.key] = replace(before, addresses=after)
                news.append(domain.key)
        if news:
            self.changed.emit(frozenset(news))


async def read_at_once(
    connection: Connection, uuids: tuple[str, ...], *, timeout_s: float = READ_TIMEOUT_S
) -> dict[str, Definition]:
    """What is read of these machines without a service that follows them, with the addresses that networks lent;
    those that are gone are left out. Raises what Connection.run raises."""
    found: dict[str, Definition] = {}
    left = uuids
    while left:
        read = await connection.run(read_definitions, left[:SLICE], timeout_s=timeout_s)
        found.update((uuid, definition) for uuid, definition in read.items() if definition is not None)
        left = tuple(uuid for uuid in left if uuid not in read)
    if connection.info is None or not connection.info.features.networks:
        return found
    addresses = Addresses()
    addresses.leases = await connection.run(read_leases, timeout_s=timeout_s)
    return {
        uuid: replace(definition, addresses=addresses.of(uuid, definition))
        for uuid, definition in found.items()
    }


def _tells(host: Host) -> bool:
    return host.info is not None and host.info.features.events
