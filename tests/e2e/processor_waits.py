"""How long the program, and what its window needs to answer, were ready to run but had no processor.

On a machine with fewer processors than work a window stands still without being to blame: its own thread
waits, or the thread that has Python's lock does, or the X server. The kernel counts that for each thread
(https://docs.kernel.org/scheduler/sched-stats.html). And a virtual machine may itself get no processor: that is
"steal" in /proc/stat (proc_stat(5)). Both are read every 40 ms, from outside.

And a processor that others share gets less done while it runs: what the same small work takes each time tells by
how much, against the best this computer showed in the same run (twice as long was seen).
"""

from __future__ import annotations

import bisect
import os
import statistics
import threading
import time
from collections.abc import Iterator, Sequence

INTERVAL_S = 0.04
AROUND_S = 0.2


class ProcessorWaits:
    """Samples from `start` to `stop`."""

    def __init__(self, pids: Sequence[int]) -> None:
        self._pids = tuple(pids)
        self._times: list[float] = []
        self._ran_ms: list[float] = []
        self._all_ran_ms = 0.0
        self._totals_ms: list[float] = []
        self._work_s: list[float] = []
        self._last: dict[tuple[int, str], float] = {}
        self._total_ms = 0.0
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="processor waits", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def watch(self, pid: int) -> None:
        """From now on this process too."""
        for key, ran_ms, waited_ms in _threads(pid):
            self._last[key] = waited_ms
            self._last[pid, f"{key[1]} ran"] = ran_ms
        self._pids = (*self._pids, pid)

    def stop(self) -> None:
        self._stop.set()
        self._thread.join(5)

    def between_ms(self, begin_unix_s: float, end_unix_s: float) -> float:
        """All waits of all threads in that time, and of one sample more at each side."""
        return self._between(self._totals_ms, begin_unix_s, end_unix_s)

    def ran_between_ms(self, begin_unix_s: float, end_unix_s: float) -> float:
        """The processor time all threads had in that time, and in one sample more at each side."""
        return self._between(self._ran_ms, begin_unix_s, end_unix_s)

    def slowness_between(self, begin_unix_s: float, end_unix_s: float) -> float:
        """How many times as long as at its best the computer took for the same work around that time; at least 1."""
        if not self._times:
            return 1.0
        first = bisect.bisect_left(self._times, begin_unix_s - AROUND_S)
        last = bisect.bisect_right(self._times, end_unix_s + AROUND_S)
        then = self._work_s[first:last]
        if not then:
            return 1.0
        # Not the very best: one sample in twenty may be luck.
        best_s = sorted(self._work_s)[len(self._work_s) // 20]
        return max(1.0, statistics.median(then) / best_s)

    def _between(self, totals_ms: list[float], begin_unix_s: float, end_unix_s: float) -> float:
        if not self._times:
            return 0.0
        first = max(0, bisect.bisect_right(self._times, begin_unix_s) - 1)
        last = min(len(self._times) - 1, bisect.bisect_left(self._times, end_unix_s))
        return totals_ms[last] - totals_ms[first]

    def _run(self) -> None:
        while not self._stop.wait(INTERVAL_S):
            self._sample()
        self._sample()

    def _sample(self) -> None:
        for pid in self._pids:
            for key, ran_ms, waited_ms in _threads(pid):
                self._total_ms += waited_ms - self._last.get(key, 0.0)
                self._last[key] = waited_ms
                ran_key = (pid, f"{key[1]} ran")
                self._all_ran_ms += ran_ms - self._last.get(ran_key, 0.0)
                self._last[ran_key] = ran_ms
        with open("/proc/stat", "rb", buffering=0) as file:
            stolen_ms = int(file.read(128).split()[8]) * 1000 / os.sysconf("SC_CLK_TCK")
        self._total_ms += stolen_ms - self._last.get((0, ""), stolen_ms)
        self._last[0, ""] = stolen_ms
        self._work_s.append(_work_s())
        self._ran_ms.append(self._all_ran_ms)
        self._times.append(time.time())
        self._totals_ms.append(self._total_ms)


def _work_s() -> float:
    """Processor time of half a millisecond's work of the kind the program does."""
    started_s = time.thread_time()
    total = 0
    for number in range(5_000):
        total += number * number
    return time.thread_time() - started_s


def _threads(pid: int) -> Iterator[tuple[tuple[int, str], float, float]]:
    """Each thread of a process: how long it ran, and how long it waited for a processor."""
    try:
        threads = os.listdir(f"/proc/{pid}/task")
    except OSError:
        return
    for thread in threads:
        try:
            with open(f"/proc/{pid}/task/{thread}/schedstat", "rb", buffering=0) as file:
                ran_ms, waited_ms = (int(number) / 1e6 for number in file.read(64).split()[:2])
        except (OSError, ValueError):
            continue
        yield (pid, thread), ran_ms, waited_ms
