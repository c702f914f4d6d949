"""The addresses of one host's machines: leases of its networks, and what running machines are asked for by and by.

A guest's agent is asked where it is connected; of a machine without one, that no network has lent an address to,
the host's table of neighbours. No machine is asked often, few are at a time, and one whose agent did not answer
is left in peace for long: its agent may hang. The leases of the host's networks are one call per network, once a minute.
`Addresses` decides and is pure; `AddressService` makes the calls, between what the index of definitions reads.
"""

from __future__ import annotations

import itertools
import time
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace

from vmgui.hypervisor.connection import Connection
from vmgui.hypervisor.definitions import NoEntry, read_definitions
from vmgui.hypervisor.guests import AGENT_TIMEOUT_S, ask_addresses, read_leases
from vmgui.model.changeset import ChangeSet
from vmgui.model.definition import NO_DEFINITION, Definition
from vmgui.model.domain import AddressSource, DomainKey, GuestAddress
from vmgui.model.event import EventKind
from vmgui.model.host import HostId, HostState
from vmgui.services.definitions import READ_TIMEOUT_S, SLICE, DefinitionIndex
from vmgui.services.hosts import HostEvents, HostService
from vmgui.services.inventory import Inventory

AT_ONCE = 20
"""So many machines are asked with one call of ours."""
TURN_S = 10.0
"""A host is asked no oftener than this."""
TURNS_APART_S = 2.0
"""And of all hosts together one at a time: a hundred of them would be asked without end."""
ASK_EVERY_S = 300.0
SILENT_FOR_S = 1800.0
"""An agent that did not answer is not asked for so long, unless it connects anew; nor is a table of neighbours."""
MAX_KEPT = 16
LEASES_INTERVAL_S = 60.0
ASK_BUDGET_S = 0.5


class Addresses:
    """Loop thread only; `now_s` is time.monotonic()."""

    def __init__(self) -> None:
        self.leases: Mapping[str, tuple[str, ...]] = {}
        self._told: dict[str, tuple[str, ...]] = {}
        self._due_s: dict[str, float] = {}
        self._silent_until_s: dict[str, float] = {}
        self._no_neighbours_until_s = 0.0

    def of(self, uuid: str, definition: Definition) -> tuple[str, ...]:
        """What is known: what the guest itself tells comes first."""
        leased = (address for mac in definition.macs for address in self.leases.get(mac, ()))
        return tuple(dict.fromkeys((*self._told.get(uuid, ()), *leased)))

    def due(self, running: Iterable[tuple[str, Definition]], now_s: float) -> dict[str, AddressSource]:
        """Whom to ask now, and how: those never asked first, then the longest waiting; few of them."""
        waiting: list[tuple[float, str, AddressSource]] = []
        for uuid, definition in running:
            due_s = self._due_s.get(uuid, 0.0)
            source = self._source(uuid, definition, now_s) if due_s <= now_s else None
            if source is not None:
                waiting.append((due_s, uuid, source))
        waiting.sort(key=lambda one: one[0])
        return {uuid: source for _, uuid, source in itertools.islice(waiting, AT_ONCE)}

    def take(
        self,
        sources: Mapping[str, AddressSource],
        answers: Mapping[str, tuple[GuestAddress, ...] | None],
        now_s: float,
    ) -> set[str]:
        """Note the answers; those with other addresses than before. Who did not get a turn has the next one."""
        changed: set[str] = set()
        for uuid, answer in answers.items():
            self._due_s[uuid] = now_s + ASK_EVERY_S
            if answer is None:
                if sources[uuid] is AddressSource.ARP:
                    self._no_neighbours_until_s = now_s + SILENT_FOR_S
                else:
                    self._silent_until_s[uuid] = now_s + SILENT_FOR_S
                continue
            told = tuple(dict.fromkeys(found.address for found in answer if not found.is_local))[:MAX_KEPT]
            if told != self._told.get(uuid, ()):
                self._told[uuid] = told
                changed.add(uuid)
        return changed

    def listen_to(self, uuid: str) -> None:
        """Its agent has come or gone: it may be asked anew."""
        self._silent_until_s.pop(uuid, None)
        self._due_s.pop(uuid, None)

    def forget(self, uuid: str) -> bool:
        """It is off or gone; whether something was known that only it had told."""
        self.listen_to(uuid)
        return bool(self._told.pop(uuid, ()))

    def _source(self, uuid: str, definition: Definition, now_s: float) -> AddressSource | None:
        if definition.has_agent and self._silent_until_s.get(uuid, 0.0) <= now_s:
            return AddressSource.AGENT
        if (
            self._no_neighbours_until_s <= now_s
            and definition.macs
            and not any(mac in self.leases for mac in definition.macs)
        ):
            return AddressSource.ARP
        return None


class AddressService:
    """Tells the index which addresses machines have; loop thread only."""

    def __init__(self, hosts: HostService, inventory: Inventory, definitions: DefinitionIndex) -> None:
        self._hosts = hosts
        self._inventory = inventory
        self._definitions = definitions
        self._of_host: dict[HostId, Addresses] = defaultdict(Addresses)
        self._leases_due_s: dict[HostId, float] = {}
        self._ask_due_s: dict[HostId, float] = {}
        self._last_turn_s = 0.0
        self._subscriptions = (
            inventory.changes.subscribe(self._on_change),
            hosts.events.subscribe(self._on_events),
            definitions.changed.subscribe(self._on_definitions),
        )
        definitions.add_errand(self._ask)

    def close(self) -> None:
        """Hear no more; who reads is the index."""
        for subscription in self._subscriptions:
            subscription.cancel()

    # What happens.

    def _on_change(self, change: ChangeSet) -> None:
        for host_id in change.hosts_removed:
            self._of_host.pop(host_id, None)
        for key in change.removed:
            if key.host_id in self._of_host:
                self._of_host[key.host_id].forget(key.uuid)
        off = [domain.key for domain in change.changed if not domain.state.is_active]
        self._show(key for key in off if self._of_host[key.host_id].forget(key.uuid))
        for host in change.hosts_changed:
            if host.state is not HostState.CONNECTED:
                self._leases_due_s.pop(host.id, None)
                self._ask_due_s.pop(host.id, None)

    def _on_events(self, told: HostEvents) -> None:
        if EventKind.DOMAIN_AGENT not in told.kinds:
            return
        for event in told.events:
            if event.kind is EventKind.DOMAIN_AGENT:
                self._of_host[told.host_id].listen_to(event.uuid)

    def _on_definitions(self, keys: frozenset[DomainKey]) -> None:
        """Their cards may be others."""
        self._show(keys)

    def _show(self, keys: Iterable[DomainKey]) -> None:
        self._definitions.set_addresses({
            key: self._of_host[key.host_id].of(key.uuid, self._definitions.get(key)) for key in keys
        })  # fmt: skip

    # Asking.

    async def _ask(self, host_id: HostId) -> float:
        """Ask a host what is due; when it is due again."""
        now_s = time.monotonic()
        if now_s >= self._leases_due_s.get(host_id, 0.0):
            self._leases_due_s[host_id] = now_s + LEASES_INTERVAL_S
            await self._read_leases(host_id)
        if host_id not in self._ask_due_s:
            self._ask_due_s[host_id] = self._book_turn(0.0)
        elif time.monotonic() >= self._ask_due_s[host_id]:
            self._ask_due_s[host_id] = self._book_turn(TURN_S)
            await self._ask_machines(host_id)
        # Whoever is not connected any more is asked nothing, and begins anew.
        return min(self._leases_due_s.get(host_id, 0.0), self._ask_due_s.get(host_id, 0.0))

    def _book_turn(self, after_s: float) -> float:
        """When a host may be asked next for its machines' addresses, on time.monotonic()."""
        self._last_turn_s = max(self._last_turn_s + TURNS_APART_S, time.monotonic() + after_s)
        return self._last_turn_s

    async def _read_leases(self, host_id: HostId) -> None:
        host = self._inventory.hosts.get(host_id)
        if host is None or host.info is None or not host.info.features.networks:
            return
        leases = await self._hosts.connection(host_id).run(read_leases, timeout_s=READ_TIMEOUT_S)
        addresses = self._of_host[host_id]
        if leases != addresses.leases:
            addresses.leases = leases
            self._show(domain.key for domain in self._inventory.domains_of(host_id))

    async def _ask_machines(self, host_id: HostId) -> None:
        addresses = self._of_host[host_id]
        known = self._definitions
        running = (
            (domain.key.uuid, known.get(domain.key))
            for domain in self._inventory.domains_of(host_id)
            if domain.state.is_active and known.is_known(domain.key)
        )
        sources = addresses.due(running, time.monotonic())
        if not sources:
            return
        # The last one may begin within the budget, and hang.
        limit_s = READ_TIMEOUT_S + AGENT_TIMEOUT_S
        connection = self._hosts.connection(host_id)
        answers = await connection.run(ask_addresses, sources, ASK_BUDGET_S, timeout_s=limit_s)
        changed = addresses.take(sources, answers, time.monotonic())
        self._show(DomainKey(host_id, uuid) for uuid in changed)


async def read_at_once(
    connection: Connection, uuids: tuple[str, ...], *, timeout_s: float = READ_TIMEOUT_S
) -> dict[str, Definition]:
    """What is read of these machines without an index that follows them, with the addresses that networks lent;
    those that are gone are left out. Raises what Connection.run raises."""
    found: dict[str, Definition] = {}
    left = uuids
    while left:
        read = await connection.run(read_definitions, left[:SLICE], timeout_s=timeout_s)
        found.update(
            (uuid, NO_DEFINITION if entry is NoEntry.REFUSED else entry[0])
            for uuid, entry in read.items()
            if entry is not NoEntry.GONE
        )
        left = tuple(uuid for uuid in left if uuid not in read)
    if connection.info is None or not connection.info.features.networks:
        return found
    addresses = Addresses()
    addresses.leases = await connection.run(read_leases, timeout_s=timeout_s)
    return {
        uuid: replace(definition, addresses=addresses.of(uuid, definition))
        for uuid, definition in found.items()
    }
