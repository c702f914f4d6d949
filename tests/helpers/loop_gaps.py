"""How long the event loop stood still in a test, as a figure; and that nothing of the program waited on its thread.

How long a turn of the loop takes depends on the computer, and no test fails by it. What would make a window stand
still for as long as a dead host likes is a call that waits, and that fails a test on any computer.
"""

from __future__ import annotations

import gc
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from tests.helpers.figures import figure
from tests.helpers.window_thread import nothing_waits
from vmgui.app.turns import keep_short
from vmgui.ui.bridge.stall_monitor import StallMonitor


class Stopwatch:
    """Measures what a person would wait for."""

    def __init__(self) -> None:
        self.restart()

    def restart(self) -> None:
        """From now on."""
        self._started_s = time.monotonic()

    def record(self, name: str) -> None:
        """Keep the time since as a figure."""
        figure(name, time.monotonic() - self._started_s, "s")


@asynccontextmanager
async def measured() -> AsyncIterator[Stopwatch]:
    """Nothing of the program waits on the loop's thread meanwhile; the loop's longest gap is a figure."""
    interval_s = sys.getswitchinterval()
    # As in the program, whose window's thread else waits 5 ms for each of many threads.
    keep_short()
    # The garbage of a whole test suite is not the program's.
    gc.collect()
    gc.freeze()
    monitor = StallMonitor(warm_up_s=0.0)
    monitor.start()
    try:
        with nothing_waits():
            yield Stopwatch()
    finally:
        monitor.stop()
        gc.unfreeze()
        sys.setswitchinterval(interval_s)
        figure("longest gap of the loop", monitor.max_gap_ms, "ms")
