"""What belongs to one opening of a connection: its session and the threads that call through it."""

from __future__ import annotations

import asyncio

from vmgui.hypervisor.lanes import Lane
from vmgui.hypervisor.session import Session
from vmgui.hypervisor.stuck_calls import StuckCalls

SHORT_THREADS = 4
SLOW_THREADS = 4
POOL_THREADS = 4
LONG_THREADS = 12


class Opening:
    """A session and its threads."""

    def __init__(
        self, name: str, session: Session, loop: asyncio.AbstractEventLoop, stuck: StuckCalls
    ) -> None:
        self.session = session
        self.loop = loop
        # Counts for itself: a host that is sick is opened all the same.
        self.opening = Lane(f"{name}-open", 1)
        self.short = Lane(f"{name}-short", SHORT_THREADS, stuck)
        self.slow = Lane(f"{name}-slow", SLOW_THREADS, stuck)
        self.pools = Lane(f"{name}-pools", POOL_THREADS, stuck)
        self.long = Lane(f"{name}-long", LONG_THREADS, stuck)
        self.is_ready = False
        self.is_dropped = False

    @property
    def lanes(self) -> tuple[Lane, ...]:
        return self.opening, self.short, self.slow, self.pools, self.long
