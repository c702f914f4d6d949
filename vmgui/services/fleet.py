"""All hosts at a glance: what each has promised, who uses most, what needs somebody, which pools fill up.

Counting is from what the inventory and performance know already; a host's machines are counted anew only when
some of them changed. Pools are watched while somebody looks (services/pools.py).
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import replace

from vmgui.model.changeset import ChangeSet
from vmgui.model.domain import Domain, DomainState, PauseReason
from vmgui.model.errors import VmguiError
from vmgui.model.fleet import FleetReport, HostTally, LostHost, PoolReport, PoolUse
from vmgui.model.host import HostId, HostState
from vmgui.model.storage import Pool
from vmgui.policy.commitment import Commitment, Fill, Resource, fill
from vmgui.services.consumers import Consumers
from vmgui.services.host_watch import Thing
from vmgui.services.host_watches import HostWatches
from vmgui.services.hosts import HostService
from vmgui.services.inventory import Inventory
from vmgui.services.notifier import Notifier
from vmgui.services.performance import PerformanceService

TOP = 5

_TROUBLE = frozenset(
    {PauseReason.IO_ERROR, PauseReason.WATCHDOG, PauseReason.CRASHED, PauseReason.POSTCOPY_FAILED}
)


def is_troubled(domain: Domain) -> bool:
    """Whether somebody has to look after it."""
    if domain.state is DomainState.PAUSED:
        return domain.reason in _TROUBLE
    return domain.state is DomainState.CRASHED


def tally(domains: Iterable[Domain]) -> HostTally:
    """Machines counted."""
    machines = running = vcpus = vcpus_running = memory_kib = memory_running_kib = 0
    troubled: list[Domain] = []
    for domain in domains:
        machines += 1
        vcpus += domain.vcpus
        memory_kib += domain.memory_kib
        if domain.state.is_active:
            running += 1
            vcpus_running += domain.vcpus
            memory_running_kib += domain.memory_kib
        if is_troubled(domain):
            troubled.append(domain)
    return HostTally(machines, running, vcpus, vcpus_running, memory_kib, memory_running_kib, tuple(troubled))


class FleetService:
    """Loop thread only; costs nothing while nobody looks."""

    def __init__(
        self, hosts: HostService, inventory: Inventory, performance: PerformanceService, watches: HostWatches
    ) -> None:
        self.pools_read: Notifier[HostId] = Notifier()
        self._hosts = hosts
        self._inventory = inventory
        self._watches = watches
        self._consumers = Consumers(inventory, performance)
        self._tallies: dict[HostId, HostTally] = {}
        self._subscriptions = (
            inventory.changes.subscribe(self._on_change),
            watches.pools.changed.subscribe(self._on_pools),
            watches.pool_uses.changed.subscribe(self._on_pools),
        )

    async def close(self) -> None:
        """Stop."""
        for subscription in self._subscriptions:
            subscription.cancel()
        self._consumers.close()

    def look(
        self, owner: Hashable, host_ids: Iterable[HostId] | None = None, *, with_volumes: bool = False
    ) -> None:
        """`owner` shows these hosts' pools from now on (None: all hosts'), and their volumes' sizes."""
        host_ids = tuple(host_ids) if host_ids is not None else None
        self._watches.pools.follow(owner, host_ids)
        if with_volumes:
            self._watches.pool_uses.follow(owner, host_ids)
        else:
            self._watches.pool_uses.unfollow(owner)

    def look_away(self, owner: Hashable) -> None:
        """`owner` shows none any more."""
        self._watches.pools.unfollow(owner)
        self._watches.pool_uses.unfollow(owner)

    def tally(self, host_id: HostId) -> HostTally:
        """A host's machines, counted."""
        found = self._tallies.get(host_id)
        if found is None:
            found = self._tallies[host_id] = tally(self._inventory.domains_of(host_id))
        return found

    def pools(self, host_id: HostId) -> PoolReport:
        """A host's pools as last read; volumes looked at earlier are better than none."""
        pools, uses = self._watches.pools.get(host_id), self._watches.pool_uses.get(host_id)
        known = {use.pool.name: use for use in uses.value or ()}
        return PoolReport(
            tuple(replace(known.get(pool.name, PoolUse(pool)), pool=pool) for pool in pools.value or ()),
            pools.at_s,
            has_volumes=uses.value is not None,
            error=pools.error,
        )

    def latency_s(self, host_id: HostId) -> float | None:
        """How long the last answer took; None: it is not connected."""
        try:
            return self._hosts.connection(host_id).latency_s
        except VmguiError:
            return None

    def commitments(self, host_id: HostId) -> tuple[Commitment, ...]:
        """What a host has promised against what it has: processors, KiB of memory, bytes of pools.

        Disks have no part that runs: both counts are the volumes' capacities. Without any pool read, none.
        """
        host = self._inventory.hosts.get(host_id)
        if host is None or host.info is None:
            return ()
        counts, info = self.tally(host_id), host.info
        found = [
            Commitment(Resource.VCPUS, counts.vcpus_running, counts.vcpus, info.cpus),
            Commitment(Resource.MEMORY, counts.memory_running_kib, counts.memory_kib, info.memory_kib),
        ]
        uses = [
            use for use in self.pools(host_id).pools if use.pool.active and use.committed_bytes is not None
        ]
        if uses:
            committed = sum(use.committed_bytes or 0 for use in uses)
            found.append(Commitment(Resource.DISK, committed, committed, _capacity(uses)))
        return tuple(found)

    def report(self, top: int = TOP) -> FleetReport:
        """What is worth a look."""
        hosts = self._inventory.hosts
        connected = {host_id for host_id, host in hosts.items() if host.state is HostState.CONNECTED}
        most = self._consumers.top(top, connected)
        running = machines = measured = 0
        troubled: list[Domain] = []
        lost: list[LostHost] = []
        pools: list[tuple[HostId, Pool]] = []
        silent: list[tuple[HostId, Pool]] = []
        known = 0
        for host_id, host in hosts.items():
            counts = self.tally(host_id)
            machines += counts.machines
            if host.state is HostState.CONNECTED:
                running += counts.running
                # Some may have been switched off since.
                measured += min(counts.running, most.measured[host_id])
                troubled += counts.troubled
            elif host.state in (HostState.UNREACHABLE, HostState.REFUSED):
                lost.append(LostHost(host_id, counts.running, host.updated_s))
            report = self.pools(host_id)
            known += bool(report.at_s)
            silent += [(host_id, use.pool) for use in report.pools if use.pool.silent_since_s]
            pools += [
                (host_id, use.pool)
                for use in report.pools
                if use.pool.active and use.pool.answers and _fill(use.pool) is not Fill.ROOM
            ]
        return FleetReport(
            by_cpu=most.by_cpu,
            by_memory=most.by_memory,
            measured=measured,
            oldest_s=most.oldest_s,
            running=running,
            machines=machines,
            troubled=tuple(troubled),
            lost=tuple(sorted(lost, key=lambda one: -one.running)),
            full_pools=tuple(sorted(pools, key=lambda one: -_share_used(one[1]))),
            pools_known=known,
            silent_pools=tuple(sorted(silent, key=lambda one: one[1].silent_since_s)),
        )

    def _on_pools(self, thing: Thing) -> None:
        self.pools_read.emit(thing[0])

    def _on_change(self, change: ChangeSet) -> None:
        for key in change.removed:
            self._tallies.pop(key.host_id, None)
        for domain in (*change.added, *change.changed):
            self._tallies.pop(domain.key.host_id, None)
        for host_id in change.hosts_removed:
            self._tallies.pop(host_id, None)
            self._consumers.forget(host_id)


def _capacity(uses: Iterable[PoolUse]) -> int:
    """Two pools of directories on one file system share its room: what tells (nearly) the same is counted once."""
    sizes: dict[tuple[object, int], int] = {}
    for use in uses:
        size = use.pool.capacity_bytes
        shares = use.pool.kind in ("dir", "fs", "netfs")
        # Something is written between two looks: the free space only to the hundredth.
        free = round(use.pool.available_bytes * 100 / size) if shares and size else 0
        sizes[(size if shares else use.pool.uuid, free)] = size
    return sum(sizes.values())


def _fill(pool: Pool) -> Fill:
    return fill(pool.capacity_bytes, pool.available_bytes)


def _share_used(pool: Pool) -> float:
    return 1.0 - pool.available_bytes / pool.capacity_bytes if pool.capacity_bytes else 0.0
