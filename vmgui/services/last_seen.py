"""Keeps each host's inventory on this computer and shows it at the next start, before or without a connection.

What was kept never replaces what a host itself told in this run. Written in a thread, at most every half
minute where something changed, and at the end.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import replace

from vmgui.model.changeset import ChangeSet
from vmgui.model.domain import DomainKey
from vmgui.model.host import HostId, HostInfo, HostState
from vmgui.model.last_seen import LastSeen
from vmgui.services.background import in_thread
from vmgui.services.inventory import Inventory
from vmgui.services.scope import Scope
from vmgui.store.last_seen import LastSeenStore

log = logging.getLogger(__name__)

INTERVAL_S = 30.0
CLOSE_TIMEOUT_S = 1.0
MAX_XMLS = 200
"""Of the machines of one host that were looked at last, the whole definition is kept."""


class LastSeenService:
    """What hosts told before; loop thread only."""

    def __init__(
        self, inventory: Inventory, store: LastSeenStore | None, *, interval_s: float = INTERVAL_S
    ) -> None:
        self._inventory = inventory
        self._store = store
        self._interval_s = interval_s
        self._dirty: set[HostId] = set()
        self._connected: set[HostId] = set()
        self._infos: dict[HostId, HostInfo | None] = {}
        self._xmls: dict[HostId, OrderedDict[str, str]] = {}
        self._turn = asyncio.Lock()
        self._scope = Scope("last seen")
        self._subscription = inventory.changes.subscribe(self._on_change)

    def start(self, host_ids: Iterable[HostId], *, are_all: bool = True) -> None:
        """Show what is kept of these hosts and keep what comes from now on; forget all others, if `are_all`."""
        if self._store is not None:
            self._scope.run(self._load(tuple(host_ids), self._store, forget_others=are_all))
            self._scope.run(self._save_for_ever(self._store))

    def show(self, host_ids: Iterable[HostId]) -> None:
        """Show what is kept of these hosts, too: they came into the list later."""
        if self._store is not None and not self._scope.is_closed:
            self._scope.run(self._load(tuple(host_ids), self._store, forget_others=False))

    def keep_xml(self, key: DomainKey, xml: str) -> None:
        """A machine's definition was read: somebody looks at it."""
        known = self._xmls.setdefault(key.host_id, OrderedDict())
        if known.get(key.uuid) != xml:
            known[key.uuid] = xml
            self._dirty.add(key.host_id)
        known.move_to_end(key.uuid)
        while len(known) > MAX_XMLS:
            known.popitem(last=False)

    def xml(self, key: DomainKey) -> str:
        """A machine's definition as it was last read; empty: never."""
        return self._xmls.get(key.host_id, {}).get(key.uuid, "")

    async def close(self, *, timeout_s: float = CLOSE_TIMEOUT_S) -> None:
        """Write what is not written yet; takes no longer than `timeout_s`. Before hosts are disconnected."""
        self._subscription.cancel()
        await self._scope.close(timeout_s=timeout_s)
        if self._store is None:
            return
        # The moment they were last seen is now, whether or not something changed.
        self._dirty |= self._connected
        try:
            async with asyncio.timeout(timeout_s):
                await self._save_dirty(self._store)
        except TimeoutError:
            log.warning("what was last seen of the hosts could not be written in time")

    def _on_change(self, change: ChangeSet) -> None:
        for host in (*change.hosts_added, *change.hosts_changed):
            if host.state is HostState.CONNECTED:
                self._connected.add(host.id)
                if self._infos.get(host.id) is not host.info:
                    self._infos[host.id] = host.info
                    self._dirty.add(host.id)
            else:
                self._connected.discard(host.id)
        for domain in (*change.added, *change.changed):
            self._dirty.add(domain.key.host_id)
        for key in change.removed:
            self._dirty.add(key.host_id)
            xmls = self._xmls.get(key.host_id)
            if xmls is not None:
                xmls.pop(key.uuid, None)
        for host_id in change.hosts_removed:
            for kept in (self._dirty, self._connected):
                kept.discard(host_id)
            self._infos.pop(host_id, None)
            self._xmls.pop(host_id, None)
            if self._store is not None and not self._scope.is_closed:
                self._scope.run(self._forget(self._store, host_id))

    async def _load(self, host_ids: tuple[HostId, ...], store: LastSeenStore, *, forget_others: bool) -> None:
        for host_id in host_ids:
            seen = await in_thread(store.load, host_id)
            if seen is not None:
                self._show(host_id, seen)
        if forget_others:
            await in_thread(store.forget_others, host_ids)

    def _show(self, host_id: HostId, seen: LastSeen) -> None:
        host = self._inventory.hosts.get(host_id)
        if host is None or host.config.uri != seen.uri or host.health.answered_s:
            return
        age_s = max(0.0, time.time() - seen.seen_unix_s)
        health = replace(host.health, answered_s=time.monotonic() - age_s)
        self._infos[host_id] = seen.info
        self._xmls[host_id] = OrderedDict(list(seen.xmls.items())[-MAX_XMLS:])
        self._inventory.set_host(replace(host, info=host.info or seen.info, health=health))
        self._inventory.set_domains(host_id, seen.domains)
        self._dirty.discard(host_id)

    async def _save_for_ever(self, store: LastSeenStore) -> None:
        while True:
            await asyncio.sleep(self._interval_s)
            await self._save_dirty(store)

    async def _save_dirty(self, store: LastSeenStore) -> None:
        async with self._turn:
            while self._dirty:
                host_id = self._dirty.pop()
                host = self._inventory.hosts.get(host_id)
                if host is None or host.info is None or not host.health.answered_s:
                    continue
                seen = LastSeen(
                    uri=host.config.uri,
                    seen_unix_s=time.time() - (time.monotonic() - host.health.answered_s),
                    info=host.info,
                    domains=self._inventory.domains_of(host_id),
                    xmls=dict(self._xmls.get(host_id, {})),
                )
                await in_thread(store.save, host_id, seen)

    async def _forget(self, store: LastSeenStore, host_id: HostId) -> None:
        async with self._turn:
            await in_thread(store.forget, host_id)
