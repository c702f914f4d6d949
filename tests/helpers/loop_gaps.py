"""How long the event loop stood still in a test, and how much of that is the program's own making.

The program's own stall monitor measures; what the process waited for a processor, and the pauses in which Python
collects the garbage of a whole test suite, are not the program's.
"""

from __future__ import annotations

import gc
import os
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from tests.e2e.processor_waits import ProcessorWaits
from vmgui.app.turns import keep_short
from vmgui.ui.bridge.stall_monitor import Gap, StallMonitor

LIMIT_MS = 50.0


class Clock:
    """Time that went by, without what the process waited for a processor."""

    def __init__(self, waits: ProcessorWaits) -> None:
        self._waits = waits
        self.restart()

    def restart(self, daemon_pid: int | None = None) -> None:
        """From now on; with a daemon whose waits for a processor are not the program's either."""
        if daemon_pid is not None:
            self._waits.watch(daemon_pid)
        self._started_unix_s = time.time()

    def took_s(self) -> float:
        now_s = time.time()
        return now_s - self._started_unix_s - self._waits.between_ms(self._started_unix_s, now_s) / 1000


@asynccontextmanager
async def no_gaps(limit_ms: float = LIMIT_MS) -> AsyncIterator[Clock]:
    """Fails if the loop stood still for longer through the program's own doing."""
    waits = ProcessorWaits([os.getpid()])
    interval_s = sys.getswitchinterval()
    # As in the program, whose window's thread else waits 5 ms for each of many threads.
    keep_short()
    gc.collect()
    gc.freeze()
    monitor = StallMonitor(warm_up_s=0.0)
    waits.start()
    monitor.start()
    try:
        yield Clock(waits)
    finally:
        monitor.stop()
        waits.stop()
        gc.unfreeze()
        sys.setswitchinterval(interval_s)
    bad = [(gap, own_ms) for gap in monitor.gaps if (own_ms := _own_ms(gap, waits)) > limit_ms]
    assert not bad, "\n".join(f"{own_ms:.0f} ms of {gap.gap_ms:.0f} ms\n{gap.stack}" for gap, own_ms in bad)


def _own_ms(gap: Gap, waits: ProcessorWaits) -> float:
    times = gap.at_unix_s - gap.gap_ms / 1000, gap.at_unix_s
    waited_ms = max(gap.waited_ms, waits.between_ms(*times))
    own_ms = gap.busy_ms + max(0.0, gap.gap_ms - gap.busy_ms - waited_ms)
    if not gap.stack:
        # Not even the thread that looks at stacks got to run: one of ours kept Python's lock and was at work,
        # or the machine stood still.
        own_ms = min(own_ms, waits.ran_between_ms(*times))
    return own_ms
