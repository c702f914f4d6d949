"""What belongs to one opening of a connection: its session and the threads that call through it."""

from __future__ import annotations

import asyncio

from vmgui.hypervisor.lane import Lane
from vmgui.hypervisor.lanes import Lanes
from vmgui.hypervisor.session import Session
from vmgui.hypervisor.stuck_calls import StuckCalls


class Opening:
    """A session and its threads."""

    def __init__(
        self, name: str, session: Session, loop: asyncio.AbstractEventLoop, stuck: StuckCalls
    ) -> None:
        self.session = session
        self.loop = loop
        # Counts for itself: a host that is sick is opened all the same.
        self.opening = Lane(f"{name}-open", 1)
        self.lanes = Lanes(name, stuck)
        self.is_ready = False
        self.is_dropped = False
