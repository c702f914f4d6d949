"""The history of what machines and hosts used, in `history.db`; see history_file for what is in it.

All work is done on a thread of its own, begun with the first reading or question: no caller ever waits. The
queue is bounded: with a disk that hangs, readings are dropped, and nothing else happens.
"""

from __future__ import annotations

import logging
import threading
import time
from collections import deque
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from vmgui.model.host import HostId
from vmgui.model.performance_history import HistoryKey, HistoryNotice, HistorySeries, HostReading
from vmgui.store.own_thread import try_to_start

if TYPE_CHECKING:
    from vmgui.store.performance_history_worker import HistoryWorker

log = logging.getLogger(__name__)

FILE_NAME = "history.db"
MAX_WAITING = 1000
_IDLE_S = 5.0
_GIVE_WAY_S = 0.01
"""Between two slices of background work, so that the rest of the program has the interpreter."""

Task = Callable[["HistoryWorker"], None]


class HistoryStore:
    """All methods return at once and may be called from any thread."""

    def __init__(self, directory: Path, *, clock: Callable[[], float] = time.time) -> None:
        self._path = directory / FILE_NAME
        self._clock = clock
        self._condition = threading.Condition()
        self._waiting: deque[Task] = deque()
        self._dropped = 0
        self._closing = False
        self._thread: threading.Thread | None = None
        self._notice: HistoryNotice | None = None
        self.on_notice: Callable[[HistoryNotice | None], None] | None = None
        """Called on the store's thread when `notice` changes."""

    @property
    def notice(self) -> HistoryNotice | None:
        """What is the matter with the file, if anything."""
        return self._notice

    def record(self, reading: HostReading, offset_s: float) -> bool:
        """Keep a reading; `offset_s` makes unix seconds of its monotonic times. Whether there was room."""
        return self._put(lambda worker: worker.record(reading, offset_s))

    def read(
        self,
        key: HistoryKey,
        from_s: float,
        to_s: float,
        step_s: int,
        done: Callable[[HistorySeries | None], None],
    ) -> bool:
        """Read a range in steps of a level (policy.history); `done` is called on the store's thread.

        None: it failed or the program ends. False at once, and no call: the queue is full or closed.
        """

        def read(worker: HistoryWorker) -> None:
            found: HistorySeries | None = None
            try:
                if not self._closing:
                    found = worker.read(key, from_s, to_s, step_s, self._clock())
            finally:
                done(found)

        return self._put(read)

    def forget_host(self, host_id: HostId) -> None:
        """Drop all of a host that was taken off the list."""
        self._put(lambda worker: worker.forget_host(host_id, self._clock()))

    def close(self, timeout_s: float = 1.0) -> None:
        """Write what is left, waiting at most `timeout_s`."""
        with self._condition:
            self._closing = True
            self._condition.notify_all()
            thread = self._thread
        if thread is not None:
            thread.join(timeout_s)

    def _put(self, task: Task) -> bool:
        with self._condition:
            if self._closing:
                return False
            if len(self._waiting) >= MAX_WAITING:
                if not self._dropped:
                    log.warning(
                        "history: %d readings wait to be written; newer ones are dropped", MAX_WAITING
                    )
                self._dropped += 1
                return False
            self._waiting.append(task)
            if self._thread is None:
                self._thread = try_to_start(self._run, "vmgui-history")
            self._condition.notify_all()
        return True

    def _run(self) -> None:
        # Here: numpy takes a tenth of a second to import, and the window must not wait for it.
        from vmgui.store.performance_history_worker import HistoryWorker

        worker = HistoryWorker(self._path, self._clock(), self._take_notice)
        while True:
            with self._condition:
                if not self._waiting and not self._closing:
                    self._condition.wait(_GIVE_WAY_S if worker.is_busy else _IDLE_S)
                tasks = tuple(self._waiting)
                self._waiting.clear()
                if self._dropped and len(tasks) < MAX_WAITING:
                    log.warning("history: %d readings were dropped", self._dropped)
                    self._dropped = 0
                closing = self._closing
            for task in tasks:
                self._do(task, worker)
            if closing:
                break
            self._do(_step(self._clock()), worker)
        self._do(_close(self._clock()), worker)

    def _do(self, task: Task, worker: HistoryWorker) -> None:
        try:
            task(worker)
        except Exception:
            # One bad reading must not end the history of this run.
            log.exception("history: a task failed")

    def _take_notice(self, notice: HistoryNotice | None) -> None:
        self._notice = notice
        if self.on_notice is not None:
            self.on_notice(notice)


def _step(now_s: float) -> Task:
    return lambda worker: worker.step(now_s)


def _close(now_s: float) -> Task:
    return lambda worker: worker.close(now_s)
