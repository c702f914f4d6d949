"""All hosts at a glance: what each has promised, who uses most, what needs somebody, which pools fill up.

Counting is from what the inventory and performance know already; a host's machines are counted anew only when
some of them changed. Pools are read while somebody looks, at most once a minute per host, with a deadline.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Hashable, Iterable
from dataclasses import dataclass, replace

from vmgui.hypervisor.connection import Connection
from vmgui.model.changeset import ChangeSet
from vmgui.model.domain import Domain, DomainState, PauseReason
from vmgui.model.errors import PoolSilent, VmguiError
from vmgui.model.fleet import FleetReport, HostTally, LostHost, PoolReport, PoolUse
from vmgui.model.host import HostId, HostState
from vmgui.model.storage import Pool
from vmgui.policy.commitment import Commitment, Fill, Resource, fill
from vmgui.services.consumers import Consumers
from vmgui.services.hosts import HostService
from vmgui.services.inventory import Inventory
from vmgui.services.notifier import Notifier
from vmgui.services.performance import PerformanceService
from vmgui.services.pools import list_pools, use_of
from vmgui.services.scope import Scope, happens_within

log = logging.getLogger(__name__)

POOLS_EVERY_S = 60.0
SILENT_POOLS_EVERY_S = 5.0
LIST_TIMEOUT_S = 15.0
POOLS_TIMEOUT_S = 25.0
VOLUMES_DEADLINE_S = 15.0
LOOK_EVERY_S = 1.0
TOP = 5
NO_POOLS = PoolReport()

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


@dataclass(slots=True)
class _Reading:
    """What was read of one host's pools."""

    report: PoolReport = NO_POOLS
    tried_s: float = float("-inf")
    is_awaited: bool = False


@dataclass(frozen=True, slots=True)
class _Look:
    host_ids: frozenset[HostId] | None  # None: all hosts
    with_volumes: bool


class FleetService:
    """Loop thread only; costs nothing while nobody looks."""

    def __init__(self, hosts: HostService, inventory: Inventory, performance: PerformanceService) -> None:
        self.pools_read: Notifier[HostId] = Notifier()
        self._hosts = hosts
        self._inventory = inventory
        self._consumers = Consumers(inventory, performance)
        self._tallies: dict[HostId, HostTally] = {}
        self._readings: dict[HostId, _Reading] = {}
        self._looks: dict[Hashable, _Look] = {}
        self._scope = Scope("fleet")
        self._looking: asyncio.Task[None] | None = None
        self._wake = asyncio.Event()
        self._subscription = inventory.changes.subscribe(self._on_change)

    async def close(self) -> None:
        """Stop."""
        self._subscription.cancel()
        self._consumers.close()
        await self._scope.close(timeout_s=1.0)

    def look(
        self, owner: Hashable, host_ids: Iterable[HostId] | None = None, *, with_volumes: bool = False
    ) -> None:
        """`owner` shows these hosts' pools from now on (None: all hosts'), and their volumes' sizes."""
        self._looks[owner] = _Look(frozenset(host_ids) if host_ids is not None else None, with_volumes)
        self._wake.set()
        if (self._looking is None or self._looking.done()) and not self._scope.is_closed:
            self._looking = self._scope.run(self._read_while_looked_at())

    def look_away(self, owner: Hashable) -> None:
        """`owner` shows none any more."""
        self._looks.pop(owner, None)

    def tally(self, host_id: HostId) -> HostTally:
        """A host's machines, counted."""
        found = self._tallies.get(host_id)
        if found is None:
            found = self._tallies[host_id] = tally(self._inventory.domains_of(host_id))
        return found

    def pools(self, host_id: HostId) -> PoolReport:
        """A host's pools as last read."""
        reading = self._readings.get(host_id)
        return reading.report if reading is not None else NO_POOLS

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

    def _on_change(self, change: ChangeSet) -> None:
        for key in change.removed:
            self._tallies.pop(key.host_id, None)
        for domain in (*change.added, *change.changed):
            self._tallies.pop(domain.key.host_id, None)
        for host_id in change.hosts_removed:
            self._tallies.pop(host_id, None)
            self._readings.pop(host_id, None)
            self._consumers.forget(host_id)

    # Pools.

    async def _read_while_looked_at(self) -> None:
        while self._looks:
            now_s = time.monotonic()
            for host_id, with_volumes in self._wanted().items():
                reading = self._readings.setdefault(host_id, _Reading())
                if reading.is_awaited:
                    continue
                # Somebody wants volumes that were not looked at: that need not wait for the minute to pass.
                missing = with_volumes and not reading.report.has_volumes and reading.report.error is None
                if now_s - reading.tried_s >= _pause_s(reading.report) or missing:
                    reading.is_awaited = True
                    reading.tried_s = now_s
                    self._scope.run(self._read(host_id, reading, with_volumes))
            self._wake.clear()
            await happens_within(self._wake, LOOK_EVERY_S)

    def _wanted(self) -> dict[HostId, bool]:
        """Connected hosts somebody looks at, and whether at their volumes too."""
        wanted: dict[HostId, bool] = {}
        for host_id, host in self._inventory.hosts.items():
            if host.state is not HostState.CONNECTED or host.info is None:
                continue
            if not host.info.features.storage_pools:
                continue
            looks = [
                look for look in self._looks.values() if look.host_ids is None or host_id in look.host_ids
            ]
            if looks:
                wanted[host_id] = any(look.with_volumes for look in looks)
        return wanted

    async def _read(self, host_id: HostId, reading: _Reading, with_volumes: bool) -> None:
        try:
            connection = self._hosts.connection(host_id)
            pools = await _read_pools(connection, with_volumes)
        except VmguiError as error:
            log.info("%s: its pools were not read: %s", host_id, error)
            reading.report = replace(reading.report, error=error)
        else:
            reading.report = PoolReport(
                _keep_commitments(reading.report, pools) if not with_volumes else pools,
                time.monotonic(),
                has_volumes=with_volumes or reading.report.has_volumes,
            )
        finally:
            reading.is_awaited = False
        self.pools_read.emit(host_id)


async def _read_pools(connection: Connection, with_volumes: bool) -> tuple[PoolUse, ...]:
    pools = await list_pools(connection, timeout_s=LIST_TIMEOUT_S)
    if not with_volumes:
        return tuple(PoolUse(pool) for pool in pools)
    uses = (
        use_of(connection, pool, volumes_deadline_s=VOLUMES_DEADLINE_S, timeout_s=POOLS_TIMEOUT_S)
        for pool in pools
    )
    return tuple(await asyncio.gather(*uses))


def _pause_s(report: PoolReport) -> float:
    """A pool that does not answer is not asked (hypervisor/stuck_calls.py), and shall not be missed when it does."""
    is_silent = any(use.pool.silent_since_s for use in report.pools) or isinstance(report.error, PoolSilent)
    return min(POOLS_EVERY_S, SILENT_POOLS_EVERY_S) if is_silent else POOLS_EVERY_S


def _keep_commitments(before: PoolReport, pools: tuple[PoolUse, ...]) -> tuple[PoolUse, ...]:
    """Volumes looked at earlier are better than none."""
    known = {use.pool.name: use for use in before.pools}
    return tuple(
        replace(known[use.pool.name], pool=use.pool) if use.pool.name in known else use for use in pools
    )


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
