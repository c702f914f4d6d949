"""The fleet as a whole: what each host has promised, which machines need somebody, which pools fill up."""

from __future__ import annotations

from dataclasses import dataclass

from vmgui.model.domain import Domain, DomainKey, DomainRates
from vmgui.model.host import HostId
from vmgui.model.storage import Pool


@dataclass(frozen=True, slots=True)
class HostTally:
    """One host's machines, counted."""

    machines: int = 0
    running: int = 0
    vcpus: int = 0  # of all machines
    vcpus_running: int = 0
    memory_kib: int = 0
    memory_running_kib: int = 0
    troubled: tuple[Domain, ...] = ()  # crashed, or paused by what is no person's doing


@dataclass(frozen=True, slots=True)
class PoolUse:
    """A pool and what its volumes may grow to."""

    pool: Pool
    committed_bytes: int | None = None  # the capacities of its volumes; None: they were not looked at
    volumes: int = 0
    is_complete: bool = True  # False: it has more volumes than were looked at


@dataclass(frozen=True, slots=True)
class PoolReport:
    """A host's pools as they were last read; `at_s` is time.monotonic(), 0: never."""

    pools: tuple[PoolUse, ...] = ()
    at_s: float = 0.0
    has_volumes: bool = False
    error: Exception | None = None  # the last try failed; `pools` are from before


@dataclass(frozen=True, slots=True)
class Consumer:
    """A machine that uses much."""

    domain: Domain
    rates: DomainRates | None


@dataclass(frozen=True, slots=True)
class LostHost:
    """A host that cannot be reached, and how many of its machines ran when it was last heard."""

    host_id: HostId
    running: int
    updated_s: float  # time.monotonic(); 0: never


@dataclass(frozen=True, slots=True)
class FleetReport:
    """What is worth a look among all hosts, the worst first."""

    by_cpu: tuple[Consumer, ...] = ()
    by_memory: tuple[Consumer, ...] = ()
    measured: int = 0  # running machines whose use is known
    oldest_s: float = 0.0  # time.monotonic() of the oldest of these measurements; 0: there is none
    running: int = 0
    machines: int = 0
    troubled: tuple[Domain, ...] = ()
    lost: tuple[LostHost, ...] = ()
    full_pools: tuple[tuple[HostId, Pool], ...] = ()
    pools_known: int = 0  # hosts whose pools were read
    silent_pools: tuple[tuple[HostId, Pool], ...] = ()  # that do not answer, longest first

    @property
    def keys(self) -> tuple[DomainKey, ...]:
        """Machines named in it."""
        named = (*(one.domain for one in (*self.by_cpu, *self.by_memory)), *self.troubled)
        return tuple(dict.fromkeys(domain.key for domain in named))
