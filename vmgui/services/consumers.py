"""Which running machines use most: of each host a few, found whenever it is measured, joined when somebody looks.

Comparing all of ten thousand anew at every look would take 40 ms each time.
"""

from __future__ import annotations

import heapq
import time
from collections import Counter
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from vmgui.model.domain import DomainKey
from vmgui.model.fleet import Consumer
from vmgui.model.host import HostId
from vmgui.model.performance_history import HostReading
from vmgui.services.inventory import Inventory
from vmgui.services.performance import PerformanceService

KEPT = 10
"""Of each host, by each measure: some will be off when somebody looks."""
NEWS_S = 300.0
"""What was measured is of use for so long, which is longer than until the next time."""


@dataclass(frozen=True, slots=True)
class _OfHost:
    by_cpu: tuple[Consumer, ...]
    by_memory: tuple[Consumer, ...]
    measured: int
    oldest_s: float


@dataclass(frozen=True, slots=True)
class TopConsumers:
    """The most first; `oldest_s` is time.monotonic() of the oldest measurement of all, 0: there is none."""

    by_cpu: tuple[Consumer, ...]
    by_memory: tuple[Consumer, ...]
    measured: Counter[HostId]
    oldest_s: float


class Consumers:
    """Loop thread only."""

    def __init__(self, inventory: Inventory, performance: PerformanceService) -> None:
        self._inventory = inventory
        self._performance = performance
        self._hosts: dict[HostId, _OfHost] = {}
        self._subscription = performance.readings.subscribe(self._on_reading)

    def close(self) -> None:
        """Hear nothing more."""
        self._subscription.cancel()

    def forget(self, host_id: HostId) -> None:
        """A host was removed."""
        self._hosts.pop(host_id, None)

    def top(self, number: int, host_ids: Collection[HostId]) -> TopConsumers:
        """The largest consumers of these hosts, at most KEPT."""
        since_s = time.monotonic() - NEWS_S
        found = {host_id: self._hosts[host_id] for host_id in host_ids if host_id in self._hosts}
        found = {host_id: one for host_id, one in found.items() if one.oldest_s >= since_s}
        measured = Counter({host_id: one.measured for host_id, one in found.items()})
        # Of a host with many only those on screen are measured often, and perhaps no others at all.
        seen = {
            key: Consumer(domain, rates)
            for key, rates in self._performance.watched_latest()
            if key.host_id in host_ids and (domain := self._inventory.domains.get(key)) is not None
        }
        for host_id, count in Counter(key.host_id for key in seen).items():
            measured[host_id] = max(measured[host_id], count)
        times = [of.oldest_s for of in found.values()]
        times = times or [one.rates.at_s for one in seen.values() if one.rates is not None]
        return TopConsumers(
            self._most(number, [of.by_cpu for of in found.values()], seen, _cpus_used),
            self._most(number, [of.by_memory for of in found.values()], seen, _memory_used),
            measured,
            min(times, default=0.0),
        )

    def _most(
        self,
        number: int,
        of_hosts: list[tuple[Consumer, ...]],
        seen: Mapping[DomainKey, Consumer],
        use: Callable[[Consumer], float],
    ) -> tuple[Consumer, ...]:
        """As the machines are now; of those in `seen` what is said there."""
        most: list[Consumer] = []
        on_screen = sorted(seen.values(), key=use, reverse=True)
        for one in heapq.merge(*of_hosts, on_screen, key=use, reverse=True):
            if len(most) == number:
                break
            domain = self._inventory.domains.get(one.domain.key)
            if domain is not None and domain.state.is_active and seen.get(domain.key, one) is one:
                most.append(Consumer(domain, one.rates))
        return tuple(most)

    def _on_reading(self, reading: HostReading) -> None:
        if not reading.rates:
            return
        domains = self._inventory.rows_of(reading.host_id)
        measured = [
            Consumer(domain, rates)
            for uuid, rates in reading.rates.items()
            if (domain := domains.get(uuid)) is not None
        ]
        self._hosts[reading.host_id] = _OfHost(
            tuple(heapq.nlargest(KEPT, measured, key=_cpus_used)),
            tuple(heapq.nlargest(KEPT, measured, key=_memory_used)),
            len(measured),
            min(rates.at_s for rates in reading.rates.values()),
        )


def _cpus_used(one: Consumer) -> float:
    """Processors in use: 50 % of 8 are more than 100 % of 2."""
    percent = one.rates.cpu_percent if one.rates is not None else None
    return -1.0 if percent is None else percent * max(1, one.domain.vcpus)


def _memory_used(one: Consumer) -> float:
    used = one.rates.memory_used_kib if one.rates is not None else None
    return used if used is not None else -1.0
