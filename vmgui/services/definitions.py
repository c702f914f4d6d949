"""One index of what all machines' XML says: read quietly after the list, in slices, and kept true by events.

One task per host reads the machines not yet known in small slices with pauses between: ten thousand machines take
some seconds longer to be found by their tags, and nobody waits for that. What others ask of a host by and by
(addresses.py) is asked between the slices, never while something else is read of that host here.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections import defaultdict
from collections.abc import Awaitable, Callable, Collection, Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import replace

from vmgui.hypervisor.definitions import Entry, NoEntry, read_definitions
from vmgui.model.changeset import ChangeSet
from vmgui.model.definition import NO_DEFINITION, Definition, Hardware
from vmgui.model.domain import DomainKey
from vmgui.model.errors import VmguiError
from vmgui.model.event import EventKind
from vmgui.model.host import Host, HostId, HostState
from vmgui.services.definition_tables import DefinitionTables
from vmgui.services.hosts import HostEvents, HostService
from vmgui.services.inventory import Inventory
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
REREAD_INTERVAL_S = 300.0
"""Where a host does not tell of changes."""
READ_TIMEOUT_S = 30.0

Errand = Callable[[HostId], Awaitable[float]]
"""What else is asked of a host; when it is due again, on time.monotonic()."""

_REREAD = frozenset({
    EventKind.DOMAIN_DEFINED,
    EventKind.DOMAIN_METADATA,
    EventKind.DOMAIN_AGENT,
    EventKind.DOMAIN_DEVICE_ADDED,
    EventKind.DOMAIN_DEVICE_REMOVED,
    EventKind.DOMAIN_DISK_CHANGE,
    EventKind.DOMAIN_BLOCK_JOB,
    EventKind.DOMAIN_TRAY,
    EventKind.DOMAIN_TUNABLE,
})  # fmt: skip


class DefinitionIndex:
    """Of all machines of all hosts; loop thread only. `changed` carries the keys of those that lists show otherwise."""

    def __init__(self, hosts: HostService, inventory: Inventory) -> None:
        self.changed: Notifier[frozenset[DomainKey]] = Notifier()
        self.tables = DefinitionTables()
        self._hosts = hosts
        self._inventory = inventory
        self._read: dict[DomainKey, Definition] = {}
        self._protected: dict[HostId, set[str]] = defaultdict(set)
        self._errands: list[Errand] = []
        self._wanted: dict[HostId, dict[str, None]] = {}
        self._readers: dict[HostId, asyncio.Task[None]] = {}
        self._wakes: dict[HostId, asyncio.Event] = defaultdict(asyncio.Event)
        self._scope = Scope("definitions")
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
        """What a machine is found by; empty before it has been read."""
        return self._read.get(key, NO_DEFINITION)

    def hardware(self, key: DomainKey) -> Hardware:
        """What a machine is made of; empty before it has been read."""
        return self.tables.hardware(key)

    def is_known(self, key: DomainKey) -> bool:
        """Whether it has been read."""
        return key in self._read

    def all(self) -> Collection[Definition]:
        """Of every machine that has been read."""
        return self._read.values()

    def protected(self, host_id: HostId) -> AbstractSet[str]:
        """The UUIDs of a host's machines that a person protected, as far as is known."""
        return self._protected.get(host_id, frozenset())

    def read_again(self, host_id: HostId, uuids: Iterable[str]) -> None:
        """Read these machines soon: not every host tells of what was done to them."""
        self._want(host_id, uuids)

    async def complete(self, host_id: HostId) -> None:
        """Read what is not known yet of a host's machines without a rest, for who waits for that; raises what
        Connection.run raises."""
        rows = self._inventory.rows_of(host_id)
        left = [uuid for uuid in rows if not self.is_known(DomainKey(host_id, uuid))]
        while left:
            uuids = tuple(left[:SLICE])
            read = await self._hosts.connection(host_id).run(
                read_definitions, uuids, timeout_s=READ_TIMEOUT_S
            )
            self._take(host_id, read)
            left = [uuid for uuid in left if uuid not in read]

    def add_errand(self, errand: Errand) -> None:
        """Have this asked, too, of every connected host, between what is read here; its errors are retried."""
        self._errands.append(errand)

    def wake(self, host_id: HostId) -> None:
        """An errand at a host is due earlier than it said."""
        self._wakes[host_id].set()

    def set_addresses(self, addresses: Mapping[DomainKey, tuple[str, ...]]) -> None:
        """Machines that have been read have these addresses now."""
        news: list[DomainKey] = []
        for key, known in addresses.items():
            before = self._read.get(key)
            if before is not None and before.addresses != known:
                self._read[key] = replace(before, addresses=known)
                news.append(key)
        if news:
            self.changed.emit(frozenset(news))

    # What happens.

    def _on_change(self, change: ChangeSet) -> None:
        for host_id in change.hosts_removed:
            self._end(host_id)
            self._wanted.pop(host_id, None)
            self._wakes.pop(host_id, None)
        gone = [key for key in change.removed if self._forget(key)]
        for key in change.removed:
            self._wanted.get(key.host_id, {}).pop(key.uuid, None)
        by_host: dict[HostId, list[str]] = {}
        for domain in change.added:
            by_host.setdefault(domain.key.host_id, []).append(domain.key.uuid)
        for host_id, uuids in by_host.items():
            self._want(host_id, uuids)
        for host in change.hosts_changed:
            if host.state is not HostState.CONNECTED:
                # Another begins when it is back, and looks at everything anew.
                self._end(host.id)
            elif host.id in self._wanted:
                self._start(host.id)
        if gone:
            self.changed.emit(frozenset(gone))

    def _on_events(self, told: HostEvents) -> None:
        if EventKind.LOST in told.kinds:
            self._want(told.host_id, self._inventory.rows_of(told.host_id))
            return
        # A storm of machines that pause and go on changes none.
        is_reread = not told.kinds.isdisjoint(_REREAD)
        uuids = [
            event.uuid for event in told.events if event.is_turn or (is_reread and event.kind in _REREAD)
        ]
        if uuids:
            self._want(told.host_id, uuids)

    def _want(self, host_id: HostId, uuids: Iterable[str]) -> None:
        self._wanted.setdefault(host_id, {}).update(dict.fromkeys(uuids))
        self.wake(host_id)
        host = self._inventory.hosts.get(host_id)
        if host is not None and host.state is HostState.CONNECTED:
            self._start(host_id)

    # Reading.

    def _start(self, host_id: HostId) -> None:
        reader = self._readers.get(host_id)
        if (reader is None or reader.done()) and not self._scope.is_closed:
            self._readers[host_id] = self._scope.run(self._follow(host_id))

    def _end(self, host_id: HostId) -> None:
        """At once, also while it rests: the next connection is not this one's to read."""
        if (reader := self._readers.pop(host_id, None)) is not None:
            reader.cancel()

    async def _follow(self, host_id: HostId) -> None:
        """Read what is wanted of a host over one connection, until cancelled."""
        wake = self._wakes[host_id]
        reread_due_s = time.monotonic() + REREAD_INTERVAL_S
        refused: set[str] = set()
        await asyncio.sleep(FIRST_PAUSE_S)
        # Machines may have changed while nobody listened: what was known is looked at again.
        self._want(host_id, self._inventory.rows_of(host_id))
        while True:
            wake.clear()
            due_s = reread_due_s
            try:
                while self._wanted.get(host_id):
                    refused |= await self._read_slice(host_id)
                for errand in self._errands:
                    due_s = min(due_s, await errand(host_id))
            except VmguiError as error:
                log.debug("%s: what machines' XML says was not read: %s", host_id, error)
                await asyncio.sleep(RETRY_S)
                continue
            await happens_within(wake, due_s - time.monotonic())
            if time.monotonic() >= reread_due_s:
                reread_due_s = time.monotonic() + REREAD_INTERVAL_S
                host, rows = self._inventory.hosts.get(host_id), self._inventory.rows_of(host_id)
                is_told = host is not None and tells_of_changes(host)
                self._want(host_id, refused & rows.keys() if is_told else rows)
                refused.clear()

    async def _read_slice(self, host_id: HostId) -> set[str]:
        """Read the first that are wanted, and rest; those whose XML was not to be had."""
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
        except VmguiError:
            self._wanted.setdefault(host_id, {}).update(dict.fromkeys(uuids))
            raise
        for uuid in uuids:
            if uuid not in read:
                wanted[uuid] = None
        self._take(host_id, read)
        await asyncio.sleep(max(PAUSE_S, REST * (time.monotonic() - started_s)))
        return {uuid for uuid, entry in read.items() if entry is NoEntry.REFUSED}

    def _take(self, host_id: HostId, read: Mapping[str, Entry | NoEntry]) -> None:
        news: list[DomainKey] = []
        for uuid, entry in read.items():
            domain = self._inventory.domains.get(DomainKey(host_id, uuid))
            if isinstance(entry, NoEntry) or domain is None:
                # What was known of it stays.
                continue
            # The inventory's own key: one of them in memory is enough.
            key = domain.key
            definition, hardware = entry
            self.tables.change(key, hardware)
            before = self._read.get(key)
            if before is not None and before.addresses:
                definition = replace(definition, addresses=before.addresses)
            if before is not None and before == definition:
                continue
            self._read[key] = definition
            if definition.is_protected:
                self._protected[host_id].add(uuid)
            elif before is not None and before.is_protected:
                self._protected[host_id].discard(uuid)
            if (before or NO_DEFINITION) != definition:
                news.append(key)
        if news:
            self.changed.emit(frozenset(news))

    def _forget(self, key: DomainKey) -> bool:
        """Whether anything was known of it."""
        self.tables.change(key)
        definition = self._read.pop(key, None)
        if definition is not None and definition.is_protected:
            self._protected[key.host_id].discard(key.uuid)
        return definition is not None


def tells_of_changes(host: Host) -> bool:
    """Whether events say what to read again."""
    return host.info is not None and host.info.features.events
