"""A lane: a few daemon threads that make blocking calls for one host.

A libvirt call cannot be interrupted. One that does not come back by its deadline is abandoned: its
thread is counted and no longer used, another takes its place, and whoever waited gets TimedOut. The
threads are daemons, so the program can always end.
"""

from __future__ import annotations

import asyncio
import logging
import threading
import traceback
from collections import deque
from collections.abc import Callable
from typing import Generic, TypeVar, cast

from vmgui.hypervisor.thread_start import start_thread
from vmgui.model.errors import TimedOut

log = logging.getLogger(__name__)

R = TypeVar("R")

# So many calls that never came back: the host is sick, more threads would only pile up.
MAX_ABANDONED = 8


class _Call(Generic[R]):
    """One call; `future`, `timer` and `settled` belong to the loop thread."""

    __slots__ = ("finished", "from_start", "future", "settled", "timeout_s", "timer", "work", "worker")

    def __init__(
        self, work: Callable[[], R], future: asyncio.Future[R], timeout_s: float | None, from_start: bool
    ) -> None:
        self.work: Callable[[], R] | None = work
        self.future = future
        self.timeout_s = timeout_s
        self.from_start = from_start
        self.timer: asyncio.TimerHandle | None = None
        self.worker: _Worker | None = None
        self.settled = False
        self.finished = False  # guarded by the lane's lock; its result is on the way to the loop


class _Worker:
    """A thread of a lane; `abandoned` is guarded by the lane's lock."""

    __slots__ = ("abandoned",)

    def __init__(self) -> None:
        self.abandoned = False


class Lane:
    """Up to `max_threads` calls at a time, in order of arrival; loop thread only, but for the workers."""

    def __init__(self, name: str, max_threads: int) -> None:
        self._name = name
        self._max_threads = max_threads
        self._changed = threading.Condition(threading.Lock())
        self._queue: deque[_Call[object]] = deque()
        self._workers: set[_Worker] = set()
        self._idle = 0
        self._abandoned = 0
        self._closed = False
        self._calls: set[_Call[object]] = set()
        self._loop: asyncio.AbstractEventLoop | None = None

    @property
    def abandoned(self) -> int:
        """Threads that are still stuck in a call nobody waits for."""
        with self._changed:
            return self._abandoned

    async def run(self, work: Callable[[], R], *, timeout_s: float | None, from_start: bool = False) -> R:
        """The result of `work`, made on a thread of the lane.

        Raises what it raises, TimedOut after `timeout_s` (counted from now, or from when a thread
        takes it up), and what `fail_all` was given. Cancelling the waiting does not end the call:
        one that has begun keeps its thread until it returns or its deadline passes.
        """
        loop = self._loop = asyncio.get_running_loop()
        if self._closed:
            raise RuntimeError(f"lane {self._name} is closed")
        if self.abandoned >= MAX_ABANDONED:
            raise TimedOut(f"{MAX_ABANDONED} earlier calls have not come back")
        call = _Call(work, loop.create_future(), timeout_s, from_start)
        self._calls.add(cast("_Call[object]", call))
        if timeout_s is not None and not from_start:
            call.timer = loop.call_later(timeout_s, self._on_deadline, call)
        with self._changed:
            self._queue.append(cast("_Call[object]", call))
            if self._idle < len(self._queue) and len(self._workers) < self._max_threads:
                self._add_worker()
            self._changed.notify()
        try:
            return await call.future
        finally:
            if call.future.cancelled():
                self._drop_if_queued(call)

    def fail_all(self, error: Callable[[], Exception]) -> None:
        """End the waiting of all calls now; their threads are abandoned if they do not come back."""
        for call in tuple(self._calls):
            if not call.future.done():
                call.future.set_exception(error())
            self._drop_if_queued(call)

    def close(self) -> None:
        """Take no more calls and let the threads end after the ones they are in. Does not wait."""
        with self._changed:
            self._closed = True
            self._queue.clear()
            self._changed.notify_all()
        for call in tuple(self._calls):
            call.future.cancel()
            self._forget(call)

    def _drop_if_queued(self, call: _Call[R]) -> None:
        with self._changed:
            if call.worker is not None:
                return
            try:
                self._queue.remove(cast("_Call[object]", call))
            except ValueError:
                return
        self._forget(call)

    def _forget(self, call: _Call[R]) -> None:
        self._calls.discard(cast("_Call[object]", call))
        if call.timer is not None:
            call.timer.cancel()
            call.timer = None

    def _on_deadline(self, call: _Call[R]) -> None:
        if call.settled:
            return
        with self._changed:
            if call.finished:
                return
            worker = call.worker
            if worker is None:
                if call in self._queue:
                    self._queue.remove(cast("_Call[object]", call))
            else:
                worker.abandoned = True
                self._abandoned += 1
                self._workers.discard(worker)
                if self._queue and not self._closed:
                    self._add_worker()
        if worker is not None:
            log.warning("%s: a call did not come back within %g s", self._name, call.timeout_s)
        call.settled = True
        self._forget(call)
        if not call.future.done():
            call.future.set_exception(TimedOut(f"no answer within {call.timeout_s:g} s"))

    def _on_begun(self, call: _Call[R]) -> None:
        if call.settled or call.timeout_s is None or self._loop is None:
            return
        call.timer = self._loop.call_later(call.timeout_s, self._on_deadline, call)

    def _settle(self, call: _Call[R], result: R | None, error: BaseException | None) -> None:
        if call.settled:
            return
        call.settled = True
        self._forget(call)
        if call.future.done():
            return
        if error is not None:
            call.future.set_exception(error)
        else:
            call.future.set_result(cast("R", result))

    # What follows runs on the workers' threads, or with the lock held.

    def _add_worker(self) -> None:
        worker = _Worker()
        self._workers.add(worker)
        number = len(self._workers)
        start_thread(self._work, worker, name=f"{self._name}-{number}")

    def _work(self, worker: _Worker) -> None:
        while (call := self._next(worker)) is not None:
            self._make(call)
            # A result or a frame kept until the next call would keep a connection open.
            del call
        with self._changed:
            if worker.abandoned:
                self._abandoned -= 1
            else:
                self._workers.discard(worker)

    def _next(self, worker: _Worker) -> _Call[object] | None:
        with self._changed:
            while not worker.abandoned:
                if self._queue:
                    call = self._queue.popleft()
                    call.worker = worker
                    return call
                if self._closed:
                    return None
                self._idle += 1
                self._changed.wait()
                self._idle -= 1
            return None

    def _make(self, call: _Call[object]) -> None:
        work, call.work = call.work, None
        if work is None:
            return
        if call.from_start:
            self._to_loop(self._on_begun, call)
        result: object = None
        error: BaseException | None = None
        try:
            result = work()
        except BaseException as caught:  # noqa: BLE001 - handed to the waiting coroutine
            error = caught
            _let_go_of_locals(caught)
        del work
        with self._changed:
            call.finished = True
        self._to_loop(self._settle, call, result, error)
        # This frame is in its traceback.
        error = None

    def _to_loop(self, callback: Callable[..., None], *args: object) -> None:
        loop = self._loop
        if loop is None:
            return
        try:
            loop.call_soon_threadsafe(callback, *args)
        except RuntimeError:
            # The loop has ended: nobody waits any more.
            return


def _let_go_of_locals(error: BaseException) -> None:
    """A kept error keeps its frames, and their libvirt handles keep a connection open."""
    seen: BaseException | None = error
    while seen is not None:
        traceback.clear_frames(seen.__traceback__)
        seen = seen.__cause__ or seen.__context__
