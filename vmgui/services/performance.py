"""What machines and hosts use, sampled every 2 s; ten minutes are kept.

One bulk call per host and interval that never waits for a busy guest (virConnectGetAllDomainStats with NOWAIT),
and never a second one while the first is under way. A host with few running machines is sampled whole, so a
graph opened now begins ten minutes ago; of a host with many only those somebody looks at, and all of them every
half minute or more for who keeps them longer than this (`sample_all_every`). Of many hosts those nobody looks at
are sampled more seldom, and not all at the same moment.
"""

from __future__ import annotations

import asyncio
import logging
import math
import time
from collections import deque
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from vmgui.hypervisor.node import read_usage
from vmgui.hypervisor.performance import sample, sample_all, sample_in_slices
from vmgui.model.changeset import ChangeSet
from vmgui.model.domain import Domain, DomainKey, DomainRates, DomainSample
from vmgui.model.errors import VmguiError
from vmgui.model.host import HostId, HostState, HostUsage
from vmgui.model.performance_history import HostReading
from vmgui.services.hosts import HostService
from vmgui.services.inventory import Inventory
from vmgui.services.notifier import Notifier
from vmgui.services.scope import Scope

log = logging.getLogger(__name__)

INTERVAL_S = 2.0
KEPT_S = 600.0
KEPT_SAMPLES = int(KEPT_S / INTERVAL_S)
WHOLE_HOST_LIMIT = 100
"""Up to so many running machines, all of a host are sampled and kept."""
NAMED_LIMIT = 200
"""More machines than this are not asked for by name: one answer about all is cheaper."""
SAMPLE_TIMEOUT_S = 120.0
"""Some five answers of a slow host; that a host is dead is for keepalive to say."""
ONE_ANSWER_LIMIT = 1000
"""Of more running machines than this one answer about all would hold up the window."""
NOTHING_TOLD_S = 600.0
MACHINES_PER_S = 100.0
"""So many machines of one host with many are sampled for the history, in the mean."""
UNSEEN_HOSTS = 10
"""So many hosts that nobody looks at are sampled per interval; with more, each has its turn less often."""
STARTED_TOGETHER = 4
SPACING_S = 0.02
"""Hosts are asked a few at a time: the answers of a hundred at once would keep the window's thread waiting."""
SWEEP_INTERVALS = 15
"""How often all that is kept is gone through for what is too old."""
LOOKED_AT_S = 10.0
"""Who was asked about a host's history looks at it for so long."""


def rates(before: DomainSample, now: DomainSample, vcpus: int) -> DomainRates:
    """What two samples of one machine say; a counter that went back (a restart) says nothing."""
    elapsed_s = now.at_s - before.at_s
    cpu_ns = _growth(before.cpu_time_ns, now.cpu_time_ns)
    cpu_percent = None
    if cpu_ns is not None and elapsed_s > 0:
        cpu_percent = min(100.0, cpu_ns / 1e9 / elapsed_s / max(1, vcpus) * 100.0)
    return DomainRates(
        at_s=now.at_s,
        cpu_percent=cpu_percent,
        memory_used_kib=now.memory_used_kib,
        disk_read_bytes_per_s=_per_s(_growth(before.disk_read_bytes, now.disk_read_bytes), elapsed_s),
        disk_write_bytes_per_s=_per_s(_growth(before.disk_write_bytes, now.disk_write_bytes), elapsed_s),
        net_rx_bytes_per_s=_per_s(_growth(before.net_rx_bytes, now.net_rx_bytes), elapsed_s),
        net_tx_bytes_per_s=_per_s(_growth(before.net_tx_bytes, now.net_tx_bytes), elapsed_s),
        elapsed_s=elapsed_s,
    )


def whole_interval_s(least_s: float, running: int) -> float:
    """How often all machines of a host with this many are sampled: the answer about 10,000 is megabytes."""
    return min(max(least_s, running / MACHINES_PER_S), 4 * least_s)


def _growth(before: int | None, now: int | None) -> int | None:
    if before is None or now is None or now < before:
        return None
    return now - before


def _per_s(growth: int | None, elapsed_s: float) -> float | None:
    return growth / elapsed_s if growth is not None and elapsed_s > 0 else None


def with_cpu_percent(before: HostUsage | None, now: HostUsage) -> HostUsage:
    """`now`, knowing how busy the host's processors were since `before`."""
    if before is None:
        return now
    busy_ns = _growth(before.cpu_busy_ns, now.cpu_busy_ns)
    total_ns = _growth(before.cpu_total_ns, now.cpu_total_ns)
    if busy_ns is None or not total_ns:
        return now
    return replace(now, cpu_percent=min(100.0, busy_ns / total_ns * 100.0))


class _Series:
    """The last sample and the rates of one machine."""

    __slots__ = ("last", "rates")

    def __init__(self, sample: DomainSample) -> None:
        self.last = sample
        self.rates: deque[DomainRates] = deque(maxlen=KEPT_SAMPLES)


class _Whole:
    """What the last sampling of all machines of a host with many told."""

    __slots__ = ("due_s", "samples")

    def __init__(self, due_s: float) -> None:
        self.due_s = due_s
        self.samples: Mapping[str, DomainSample] = {}


class PerformanceService:
    """Samples all connected hosts until `close`; loop thread only."""

    def __init__(self, hosts: HostService, inventory: Inventory, *, interval_s: float = INTERVAL_S) -> None:
        self.sampled: Notifier[frozenset[HostId]] = Notifier()
        self.readings: Notifier[HostReading] = Notifier()
        self._whole_every_s: float | None = None
        self._wholes: dict[HostId, _Whole] = {}
        self._hosts = hosts
        self._inventory = inventory
        self._interval_s = interval_s
        self._watched: dict[Hashable, frozenset[DomainKey]] = {}
        self._series: dict[DomainKey, _Series] = {}
        self._usage: dict[HostId, deque[HostUsage]] = {}
        self._under_way: set[HostId] = set()
        self._sampled_s: dict[HostId, float] = {}
        self._asked_s: dict[HostId, float] = {}
        self._turn_s = interval_s
        self._scope = Scope("performance")
        self._sampling: asyncio.Task[None] | None = None
        self._subscription = inventory.changes.subscribe(self._on_change)

    async def close(self) -> None:
        """Stop."""
        self._subscription.cancel()
        await self._scope.close(timeout_s=1.0)

    def _on_change(self, change: ChangeSet) -> None:
        """Begin with the first host that is connected; forget at once what is off or gone."""
        for key in change.removed:
            self._series.pop(key, None)
        for domain in change.changed:
            if not domain.state.is_active:
                self._series.pop(domain.key, None)
        if self._sampling is None and any(host.state is HostState.CONNECTED for host in change.hosts_changed):
            self._sampling = self._scope.run(self._sample_for_ever())

    def watch(self, owner: Hashable, keys: Iterable[DomainKey]) -> None:
        """`owner` shows these machines now, and no others."""
        self._watched[owner] = frozenset(keys)

    def unwatch(self, owner: Hashable) -> None:
        """`owner` shows none any more."""
        self._watched.pop(owner, None)

    def sample_all_every(self, seconds: float) -> None:
        """Tell `readings` of all running machines at least this often, also of a host with many."""
        self._whole_every_s = seconds

    def latest(self, key: DomainKey) -> DomainRates | None:
        """The newest rates, or None before the second sample and when it is off."""
        series = self._series.get(key)
        return series.rates[-1] if series is not None and series.rates else None

    def watched_latest(self) -> Iterator[tuple[DomainKey, DomainRates]]:
        """The newest rates of the machines that are on screen somewhere."""
        for key in frozenset().union(*self._watched.values()):
            if (found := self.latest(key)) is not None:
                yield key, found

    def history(self, key: DomainKey) -> Sequence[DomainRates]:
        """Up to ten minutes, oldest first."""
        series = self._series.get(key)
        return tuple(series.rates) if series is not None else ()

    def host_history(self, host_id: HostId) -> Sequence[HostUsage]:
        """Up to ten minutes, oldest first; who asks looks at the host, and it is sampled every 2 s."""
        self._asked_s[host_id] = time.monotonic()
        return tuple(self._usage.get(host_id, ()))

    async def _sample_for_ever(self) -> None:
        next_s = sweep_s = time.monotonic()
        while True:
            for number, host_id in enumerate(self._due(time.monotonic())):
                if number and number % STARTED_TOGETHER == 0:
                    await asyncio.sleep(SPACING_S)
                # A slow host is sampled more seldom, and never makes another wait.
                if host_id not in self._under_way:
                    self._under_way.add(host_id)
                    self._scope.run(self._sample_host(host_id))
            if time.monotonic() >= sweep_s:
                sweep_s = time.monotonic() + SWEEP_INTERVALS * self._interval_s
                self._forget_old()
            next_s = max(next_s + self._interval_s, time.monotonic())
            await asyncio.sleep(next_s - time.monotonic())

    def _due(self, now_s: float) -> list[HostId]:
        """Whose turn it is: every host somebody looks at, and some of the others, the longest unseen first."""
        connected = [
            host_id
            for host_id, host in self._inventory.hosts.items()
            if host.state is HostState.CONNECTED and host_id not in self._under_way
        ]
        due = connected
        self._turn_s = self._interval_s * max(1, math.ceil(len(connected) / UNSEEN_HOSTS))
        if len(connected) > UNSEEN_HOSTS:
            seen = {key.host_id for keys in self._watched.values() for key in keys}
            seen |= {host_id for host_id, at_s in self._asked_s.items() if now_s - at_s < LOOKED_AT_S}
            unseen = [host_id for host_id in connected if host_id not in seen]
            unseen.sort(key=lambda host_id: self._sampled_s.get(host_id, 0.0))
            due = [host_id for host_id in connected if host_id in seen] + unseen[:UNSEEN_HOSTS]
        self._sampled_s.update(dict.fromkeys(due, now_s))
        return due

    async def _sample_host(self, host_id: HostId) -> None:
        try:
            running = [domain for domain in self._inventory.domains_of(host_id) if domain.state.is_active]
            has_many = len(running) > WHOLE_HOST_LIMIT
            watched = {key for keys in self._watched.values() for key in keys if key.host_id == host_id}
            wanted = [domain for domain in running if not has_many or domain.key in watched]
            uuids = tuple(domain.key.uuid for domain in wanted)
            whole = self._whole_due(host_id, len(running)) if has_many else None
            connection = self._hosts.connection(host_id)
            if whole is None:
                samples, usage = await connection.run(
                    _sample, uuids, len(wanted) == len(running), timeout_s=SAMPLE_TIMEOUT_S
                )
                of_all: dict[str, DomainRates] = {}
            else:
                samples, usage, of_all = await connection.run(
                    _sample_whole, whole.samples, tuple(running), timeout_s=SAMPLE_TIMEOUT_S
                )
                whole.samples = samples
                if not any(one.tells_anything for one in samples.values()):
                    # A driver without counters.
                    whole.due_s = time.monotonic() + NOTHING_TOLD_S
        except VmguiError as error:
            log.debug("%s: not sampled: %s", host_id, error)
            self._hosts.record_failure(host_id, error)
            return
        finally:
            self._under_way.discard(host_id)
        of_wanted = self._take_machines(wanted, samples)
        interval_s = self._turn_s
        if has_many and self._whole_every_s is not None:
            interval_s = max(interval_s, whole_interval_s(self._whole_every_s, len(running)))
        self._take_usage(host_id, usage, interval_s, of_all if has_many else of_wanted)

    def _whole_due(self, host_id: HostId, running: int) -> _Whole | None:
        """Given when all machines of a host with many are to be sampled now."""
        if self._whole_every_s is None:
            return None
        now_s = time.monotonic()
        # Not at once: a host that has just been connected to has been asked enough.
        whole = self._wholes.setdefault(host_id, _Whole(now_s + self._whole_every_s / 3))
        if now_s < whole.due_s:
            return None
        whole.due_s = now_s + whole_interval_s(self._whole_every_s, running)
        return whole

    def _take_machines(
        self, wanted: Sequence[Domain], samples: Mapping[str, DomainSample]
    ) -> dict[str, DomainRates]:
        """What is new of these, by UUID."""
        new: dict[str, DomainRates] = {}
        for domain in wanted:
            found = samples.get(domain.key.uuid)
            if found is None:
                continue
            series = self._series.get(domain.key)
            if series is None:
                self._series[domain.key] = _Series(found)
                continue
            if _growth(series.last.cpu_time_ns, found.cpu_time_ns) is not None or found.cpu_time_ns is None:
                new[domain.key.uuid] = now = rates(series.last, found, domain.vcpus)
                series.rates.append(now)
            series.last = found
        return new

    def _take_usage(
        self, host_id: HostId, usage: HostUsage, interval_s: float, of_machines: Mapping[str, DomainRates]
    ) -> None:
        kept = self._usage.setdefault(host_id, deque(maxlen=KEPT_SAMPLES))
        before = kept[-1] if kept else None
        usage = with_cpu_percent(before, usage)
        kept.append(usage)
        self._hosts.record_usage(host_id, usage, self._turn_s)
        elapsed_s = usage.at_s - before.at_s if before is not None else 0.0
        self.readings.emit(HostReading(host_id, interval_s, usage, elapsed_s, of_machines))
        self.sampled.emit(frozenset({host_id}))

    def _forget_old(self) -> None:
        domains = self._inventory.domains
        oldest_s = time.monotonic() - KEPT_S
        for key, series in tuple(self._series.items()):
            domain = domains.get(key)
            if domain is None or not domain.state.is_active or series.last.at_s < oldest_s:
                del self._series[key]
        for host_id in tuple(self._usage):
            if host_id not in self._inventory.hosts:
                del self._usage[host_id]
                self._wholes.pop(host_id, None)
                self._sampled_s.pop(host_id, None)
                self._asked_s.pop(host_id, None)


def _sample(conn: Any, uuids: tuple[str, ...], everything: bool) -> tuple[dict[str, DomainSample], HostUsage]:
    """Runs in a worker thread: one bulk call for the machines, one look at the host."""
    samples: dict[str, DomainSample] = {}
    if uuids:
        samples = sample_all(conn) if everything or len(uuids) > NAMED_LIMIT else sample(conn, uuids)
    return samples, read_usage(conn)


def _sample_whole(
    conn: Any, before: Mapping[str, DomainSample], running: tuple[Domain, ...]
) -> tuple[dict[str, DomainSample], HostUsage, dict[str, DomainRates]]:
    """Runs in a worker thread: all machines in one bulk call or a few, and what each did since the last one."""
    samples = sample_all(conn) if len(running) <= ONE_ANSWER_LIMIT else sample_in_slices(conn)
    found: dict[str, DomainRates] = {}
    for domain in running:
        uuid = domain.key.uuid
        now, then = samples.get(uuid), before.get(uuid)
        if now is not None and then is not None:
            found[uuid] = rates(then, now, domain.vcpus)
    return samples, read_usage(conn), found
