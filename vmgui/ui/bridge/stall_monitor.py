"""Proves that nothing holds up the window: measures gaps of the event loop and says who made them.

A timer on the GUI thread beats every 10 ms; a daemon thread looks at the time of the last beat. When it is late
by 25 ms, 50 ms, 100 ms ... the thread takes the GUI thread's stack, while it is still stuck, and the beat that
comes at last logs a gap of more than 50 ms with what was seen. With VMGUI_STALL_LOG=path each gap is appended as a line of JSON, for tests from outside.
Each gap says how much of it the thread was ready to run while other programs had the processors: not our doing.
"""

from __future__ import annotations

import json
import logging
import os
import sys
import threading
import time
import traceback
from collections import deque
from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt, QTimer

log = logging.getLogger(__name__)

BEAT_MS = 10
LIMIT_MS = 50.0
FIRST_LOOK_MS = 25.0
"""How late a beat is when the stack is first looked at: what began a stall is seldom what ends it."""
WARM_UP_S = 1.5
"""Building and first painting the window is no stall a person could notice as one."""
KEPT_GAPS = 1000
STACK_FRAMES = 20


@dataclass(frozen=True, slots=True)
class Gap:
    """The event loop stood still."""

    gap_ms: float
    busy_ms: float  # of it, the processor time of the GUI thread
    waited_ms: float  # of it, ready to run while others had the processors; the rest is blocked in a call
    at_unix_s: float
    stack: str  # at one or more moments; empty: the interpreter was held all the time (a long call, the collector)


class StallMonitor(QObject):
    """One per program; GUI thread only."""

    def __init__(self, parent: QObject | None = None, *, warm_up_s: float = WARM_UP_S) -> None:
        super().__init__(parent)
        self._warm_up_s = warm_up_s
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(BEAT_MS)
        self._timer.timeout.connect(self._on_beat)
        self._gaps: deque[Gap] = deque(maxlen=KEPT_GAPS)
        self._max_gap_ms = 0.0
        self._start_gap_ms = 0.0
        self._started_s = 0.0
        self._last_s = 0.0
        self._last_cpu_s = 0.0
        self._last_waited_ms = 0.0
        self._schedstat = -1
        self._stack = ""
        self._main_thread = threading.get_ident()
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None
        self._path = os.environ.get("VMGUI_STALL_LOG", "")

    @property
    def gaps(self) -> tuple[Gap, ...]:
        """Gaps over 50 ms since `start` or `reset`, the last thousand."""
        return tuple(self._gaps)

    @property
    def max_gap_ms(self) -> float:
        """The longest time between two beats since `start` or `reset`, warm-up left out."""
        return self._max_gap_ms

    @property
    def start_gap_ms(self) -> float:
        """The longest gap of the warm-up."""
        return self._start_gap_ms

    def start(self) -> None:
        """Measure from now on."""
        if self._thread is not None:
            return
        self._started_s = self._last_s = time.monotonic()
        self._last_cpu_s = time.thread_time()
        self._main_thread = threading.get_ident()
        self._schedstat = _open_schedstat()
        self._last_waited_ms = _waited_ms(self._schedstat)
        self._stop.clear()
        thread = threading.Thread(target=self._watch, name="stall-monitor", daemon=True)
        try:
            thread.start()
            self._thread = thread
        except (RuntimeError, MemoryError, OSError) as error:
            # It only measures: no reason not to go on without it.
            log.warning("stalls are not measured: %s", error)
        self._timer.start()

    def stop(self) -> None:
        """Measure no more."""
        self._timer.stop()
        self._stop.set()
        if self._thread is not None:
            self._thread.join(1.0)
            self._thread = None
        if self._schedstat >= 0:
            os.close(self._schedstat)
            self._schedstat = -1

    def reset(self) -> None:
        """Forget what was measured; for tests."""
        self._gaps.clear()
        self._max_gap_ms = 0.0

    def _on_beat(self) -> None:
        now_s = time.monotonic()
        gap_ms = (now_s - self._last_s) * 1000
        self._last_s = now_s
        cpu_s = time.thread_time()
        busy_ms = (cpu_s - self._last_cpu_s) * 1000
        self._last_cpu_s = cpu_s
        all_waited_ms = _waited_ms(self._schedstat)
        waited_ms, self._last_waited_ms = all_waited_ms - self._last_waited_ms, all_waited_ms
        stack, self._stack = self._stack, ""
        if now_s - self._started_s < self._warm_up_s:
            self._start_gap_ms = max(self._start_gap_ms, gap_ms)
            return
        self._max_gap_ms = max(self._max_gap_ms, gap_ms)
        if gap_ms <= LIMIT_MS:
            return
        gap = Gap(gap_ms, busy_ms, waited_ms, time.time(), stack)
        self._gaps.append(gap)
        log.warning(
            "the window stood still for %.0f ms (%.0f ms busy, %.0f ms without a processor)%s",
            gap_ms,
            busy_ms,
            waited_ms,
            f"\n{stack}" if stack else "",
        )
        if self._path:
            self._write(gap)

    def _write(self, gap: Gap) -> None:
        # For tests only: a short line, and never more than one per stall.
        line = json.dumps(
            {
                "gap_ms": round(gap.gap_ms, 1),
                "busy_ms": round(gap.busy_ms, 1),
                "waited_ms": round(gap.waited_ms, 1),
                "at_unix_s": gap.at_unix_s,
                "stack": gap.stack,
            }
        )
        try:
            with open(self._path, "a", encoding="utf-8") as file:
                file.write(line + "\n")
        except OSError as error:
            log.warning("%s: %s", self._path, error)
            self._path = ""

    def _watch(self) -> None:
        look_at_ms = FIRST_LOOK_MS
        while not self._stop.wait(BEAT_MS / 1000):
            late_ms = (time.monotonic() - self._last_s) * 1000
            if not self._stack:
                look_at_ms = FIRST_LOOK_MS
            if late_ms > look_at_ms:
                look_at_ms *= 2
                frame = sys._current_frames().get(self._main_thread)  # pyright: ignore[reportPrivateUsage]
                if frame is not None:
                    stack = "".join(traceback.format_stack(frame)[-STACK_FRAMES:])
                    self._stack += f"after {late_ms:.0f} ms\n{stack}"


def _open_schedstat() -> int:
    """This thread's scheduler statistics, to be read at every beat; -1 where the kernel has none."""
    try:
        return os.open("/proc/thread-self/schedstat", os.O_RDONLY | os.O_CLOEXEC)
    except OSError:
        return -1


def _waited_ms(file: int) -> float:
    """How long that thread was ready to run but had no processor; 0 where the kernel does not say.

    https://docs.kernel.org/scheduler/sched-stats.html: the second number, in nanoseconds.
    """
    if file < 0:
        return 0.0
    try:
        return int(os.pread(file, 64, 0).split()[1]) / 1e6
    except (OSError, IndexError, ValueError):
        return 0.0
