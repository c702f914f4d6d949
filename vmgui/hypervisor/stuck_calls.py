"""Calls to one host that were given up and have not come back, counted over all its connections.

Each of them holds one of the some twenty workers that a host's libvirtd has for all its clients, whether or not
its connection is still there: so many and no more may be lost, or nobody is answered any more. A storage pool
that hangs (a dead file server) holds a lock in libvirtd that every other call about it waits for, and every call
about all pools: a pool that a call is stuck in is asked nothing until that call comes back. What other pools are
asked is their own affair.

A connection that breaks takes a stuck call from our sight, not from the host. Such a pool is asked again after a
while, by one call at a time: an answer says that all is well. A call that had just been made when the connection
broke was not stuck: most such hosts come back as if nothing had been. One that takes long as a rule, an upload say,
need not have been either: after it the pool is asked at once.

Of other calls nothing tells what they hang in, and an answer to one says nothing of another. Those that were given
up before their connection broke count for a while; so many fewer may hang on the next connections, yet always a
few: most hosts whose connections break have been started anew, and nothing hangs there any more.
"""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol
from weakref import WeakSet, WeakValueDictionary

from vmgui.model.errors import Busy, PoolSilent
from vmgui.model.storage import Pool

ALL_POOLS = ""
"""Stands for the pool of a call that waits for every pool of the host."""
MAX_STUCK = 10
MAX_STUCK_IN_POOLS = 6
"""Together well below libvirtd's `max_workers`, which is 20: its other clients need some too."""
LEAST_STUCK = 3
"""So many that are about no pool may hang on a connection, whatever earlier ones have lost."""
STUCK_AFTER_S = 10.0
"""So long a call about a pool has waited before the breaking of its connection leaves it stuck there."""
ASK_AGAIN_S = 30.0
LONGEST_ASK_AGAIN_S = 1800.0
LOST_FOR_S = 1800.0
"""So long a call about no pool counts after its connection broke."""


class Rescuable(Protocol):
    """An opening of a connection that may have calls in the host."""

    def rescue(self) -> None:
        """Make what was left behind fail, if it was closed; does not block."""
        ...


@dataclass(eq=False, slots=True)
class StuckCall:
    """One call; `pool`: the storage pool it is about, None: none."""

    pool: str | None
    since_s: float  # time.monotonic() of the asking
    is_overdue: bool = True  # False: only its connection ended


@dataclass(slots=True)
class _OutOfSight:
    """Calls stuck in a pool whose connection broke."""

    since_s: float
    calls: int
    ask_at_s: float
    pause_s: float


class StuckCalls:
    """Any thread. Kept by the host's lanes, and by the calls themselves."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self.pools: tuple[Pool, ...] = ()  # as last listed; loop thread only
        self.sessions: WeakSet[Rescuable] = WeakSet()  # loop thread only
        self._clock = clock
        self._lock = threading.Lock()
        self._calls: set[StuckCall] = set()
        self._out_of_sight: dict[str, _OutOfSight] = {}
        self._lost_until_s: deque[float] = deque()  # of calls about no pool, in their order

    @property
    def count(self) -> int:
        """How many there are, as far as anybody knows."""
        with self._lock:
            in_pools = sum(lost.calls for lost in self._out_of_sight.values())
            return len(self._calls) + in_pools + self._lost()

    @property
    def silent_pools(self) -> Mapping[str, float]:
        """Storage pools that calls are stuck in, and time.monotonic() since when; ALL_POOLS: not known which."""
        with self._lock:
            return self._silent()

    def check(self, pool: str | None) -> None:
        """Raise if one more call may not be sent: Busy, or PoolSilent for one about `pool`."""
        with self._lock:
            if pool is None:
                seen, lost_ones = sum(call.pool is None for call in self._calls), self._lost()
                if seen >= max(LEAST_STUCK, MAX_STUCK - lost_ones):
                    raise Busy(f"{seen + lost_ones} earlier calls have not come back")
                return
            silent = self._silent()
            if pool in silent:
                lost = self._out_of_sight.get(pool)
                if lost is None or self._has_stuck(pool) or self._clock() < lost.ask_at_s:
                    raise PoolSilent(subject=pool, since_s=silent[pool])
                lost.pause_s = min(LONGEST_ASK_AGAIN_S, 2 * lost.pause_s)
                lost.ask_at_s = self._clock() + lost.pause_s
                return
            if pool == ALL_POOLS and silent:
                name = min(silent, key=lambda name: silent[name])
                raise PoolSilent(subject=name, since_s=silent[name])
            lost_calls = sum(lost.calls for lost in self._out_of_sight.values())
            if lost_calls + sum(call.pool is not None for call in self._calls) >= MAX_STUCK_IN_POOLS:
                raise Busy(f"{MAX_STUCK_IN_POOLS} earlier calls about storage pools have not come back")

    def add(self, pool: str | None, since_s: float, *, is_overdue: bool = True) -> StuckCall:
        """Nobody waits for this call any more: it took too long, or else its connection ended."""
        call = StuckCall(pool, since_s, is_overdue)
        with self._lock:
            self._calls.add(call)
        return call

    def remove(self, call: StuckCall, *, is_answered: bool) -> None:
        """It came back; not `is_answered`: because its connection broke."""
        with self._lock:
            self._calls.discard(call)
            pool = call.pool
            now_s = self._clock()
            if pool is None:
                if call.is_overdue and not is_answered:
                    self._lost_until_s.append(now_s + LOST_FOR_S)
                return
            if is_answered:
                self._forget(pool)
                return
            if now_s - call.since_s < STUCK_AFTER_S:
                return
            ask_at_s = now_s + (ASK_AGAIN_S if call.is_overdue else 0.0)
            lost = self._out_of_sight.setdefault(pool, _OutOfSight(call.since_s, 0, ask_at_s, ASK_AGAIN_S))
            lost.calls += 1
            lost.since_s = min(lost.since_s, call.since_s)

    def answered(self, pool: str) -> None:
        """A call about `pool` has just been answered: what was stuck in it is let go by now."""
        with self._lock:
            self._forget(pool)

    def _lost(self) -> int:
        while self._lost_until_s and self._lost_until_s[0] <= self._clock():
            self._lost_until_s.popleft()
        return len(self._lost_until_s)

    def _forget(self, pool: str) -> None:
        if pool == ALL_POOLS:
            self._out_of_sight.clear()
        else:
            self._out_of_sight.pop(pool, None)

    def _has_stuck(self, pool: str) -> bool:
        return any(call.pool == pool for call in self._calls)

    def _silent(self) -> dict[str, float]:
        since_s = {pool: lost.since_s for pool, lost in self._out_of_sight.items()}
        for call in self._calls:
            if call.pool is not None:
                since_s[call.pool] = min(call.since_s, since_s.get(call.pool, call.since_s))
        return since_s


_of_hosts: WeakValueDictionary[str, StuckCalls] = WeakValueDictionary()
_of_hosts_lock = threading.Lock()


def stuck_calls_of(uri: str) -> StuckCalls:
    """The stuck calls of the host at `uri`: one object for as long as anybody keeps it or is stuck there."""
    with _of_hosts_lock:
        found = _of_hosts.get(uri)
        if found is None:
            found = _of_hosts[uri] = StuckCalls()
        return found
