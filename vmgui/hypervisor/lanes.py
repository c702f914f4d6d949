"""The four lanes of a host: which calls wait for each other, and which never do.

| lane  | for                                                             | who may fill it                       |
|-------|-----------------------------------------------------------------|---------------------------------------|
| SHORT | what answers at once: reads, pause, reset                        | a host that does not answer           |
| SLOW  | what may take seconds: start, define, delete, examine            | many of those                         |
| POOLS | everything about storage pools, but for their contents           | pools that hang, up to three for each |
| LONG  | what may take hours: memory written or read, streams, migration; | a person                              |
|       | what a guest is waited for with: that it lets go of a device     |                                       |

A call of one lane never waits for one of another. libvirtd has 20 workers for all its clients: the rest of the
long calls stand in line, which is told.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from vmgui.hypervisor.lane import Lane
from vmgui.hypervisor.stuck_calls import StuckCalls


@dataclass(frozen=True, slots=True)
class LaneKind:
    """One of the four."""

    name: str
    threads: int
    changes_per_pool: int | None = (
        None  # how many calls that change a pool may be under way in each; None: any
    )
    may_last: bool = True  # does not wait for a libvirt connection in use: opens another


SHORT = LaneKind("short", 4, may_last=False)
SLOW = LaneKind("slow", 4)
POOLS = LaneKind("pools", 4, changes_per_pool=2)
LONG = LaneKind("long", 12)
FOUR = (SHORT, SLOW, POOLS, LONG)


class Lanes:
    """The four of one opening of a connection; loop thread only."""

    def __init__(self, name: str, stuck: StuckCalls) -> None:
        self._lanes = {
            kind: Lane(f"{name}-{kind.name}", kind.threads, stuck, kind.changes_per_pool) for kind in FOUR
        }

    def __getitem__(self, kind: LaneKind) -> Lane:
        return self._lanes[kind]

    def end(self, error: Callable[[], Exception]) -> None:
        """End the waiting of all calls now and take no more; see Lane.fail_all and Lane.close."""
        for lane in self._lanes.values():
            lane.fail_all(error)
            lane.close()
