"""A lane: a few daemon threads that make blocking calls for one host.

A libvirt call cannot be interrupted. One that does not come back by its deadline is abandoned: it is counted
with its host (stuck_calls.py), its thread is no longer used, another takes its place, and whoever waited gets
TimedOut. Deadlines count from the asking, in the queue too. The threads are daemons, so the program can always
end.
"""

from __future__ import annotations

import asyncio
import logging
import threading
import time
import traceback
from collections import Counter, deque
from collections.abc import Callable, Hashable, Iterable
from functools import partial
from typing import Any, Generic, TypeVar, cast

from vmgui.hypervisor.stuck_calls import StuckCall, StuckCalls
from vmgui.hypervisor.thread_start import start_thread
from vmgui.model.errors import Aborted, ConnectionLost, HostUnreachable, OutOfThreads, TimedOut, VmguiError

log = logging.getLogger(__name__)

R = TypeVar("R")

Leave = Callable[[], None]
"""Ends the waiting of a call in Aborted, and it is never made; nothing happens once its turn has come. Loop thread."""
OnWait = Callable[[bool, Leave], None]
"""Told True where a call has to wait for others, then once False: its turn has come, or it ended without; loop
thread. Both come with the same way to leave."""


class _Call(Generic[R]):
    """One call; `future`, `timer` and `settled` belong to the loop thread."""

    __slots__ = (
        "finished", "future", "pool", "settled", "since_s", "stuck", "timeout_s", "timer", "waits", "what", "work", "worker"
    )  # fmt: skip

    def __init__(
        self,
        work: Callable[[], R],
        future: asyncio.Future[R],
        timeout_s: float | None,
        pool: str | None,
        what: Hashable,
    ) -> None:
        self.work: Callable[[], R] | None = work
        self.future = future
        self.timeout_s = timeout_s
        self.pool = pool
        self.what = what
        self.since_s = time.monotonic()
        self.stuck: StuckCall | None = None  # guarded by the lane's lock; given up while a thread was in it
        self.timer: asyncio.TimerHandle | None = None
        self.worker: _Worker | None = None
        self.waits: tuple[OnWait, Leave] | None = (
            None  # of one that was told to wait, until it was told the end
        )
        self.settled = False
        self.finished = False  # guarded by the lane's lock; its result is on the way to the loop


class _Worker:
    """A thread of a lane; `abandoned` is guarded by the lane's lock."""

    __slots__ = ("abandoned",)

    def __init__(self) -> None:
        self.abandoned = False


class Lane:
    """Up to `max_threads` calls at a time, in order of arrival; loop thread only, but for the workers."""

    def __init__(
        self,
        name: str,
        max_threads: int,
        stuck: StuckCalls | None = None,
        changes_per_pool: int | None = None,
    ) -> None:
        """`stuck`: counts the calls that were given up, of this lane and of others of its host.

        `changes_per_pool`: so many calls about one pool that do not only read are under way at a time, so that
        one that hangs leaves threads to the others.
        """
        self._name = name
        self._max_threads = max_threads
        self._changes_per_pool = changes_per_pool
        self._stuck = stuck if stuck is not None else StuckCalls()
        # Taken again where a thread cannot be started, which is told at once.
        self._changed = threading.Condition(threading.RLock())
        self._queue: deque[_Call[object]] = deque()
        self._workers: set[_Worker] = set()
        self._idle = 0
        self._abandoned = 0
        self._closed = False
        self._calls: set[_Call[object]] = set()
        self._shared: dict[Hashable, _Call[object]] = {}
        # Calls under way: about which pool, only reading.
        self._in_pools: Counter[tuple[str, bool]] = Counter()
        self._loop: asyncio.AbstractEventLoop | None = None

    @property
    def abandoned(self) -> int:
        """Threads that are still stuck in a call nobody waits for."""
        with self._changed:
            return self._abandoned

    async def run(
        self,
        work: Callable[[], R],
        *,
        timeout_s: float | None,
        pool: str | None = None,
        what: Hashable = None,
        anew: bool = False,
        on_wait: OnWait | None = None,
    ) -> R:
        """The result of `work`, made on a thread of the lane; `pool`: the storage pool it waits for, if any.

        `what`: it only reads, and this is what. Such calls about one pool are made one after the other, and who
        asks for what is being asked already gets that answer; `anew`: unless it has left, since it may have left before
        what the answer has to have in it.

        `on_wait` is told if it cannot begin now, and when its turn has come then, or it ends.

        Raises what it raises, TimedOut after `timeout_s` (counted from now), PoolSilent or Busy where it is not
        begun, Aborted where it left the line, and what `fail_all` was given. Cancelling the waiting does not end the call: one that has begun
        keeps its thread until it returns or its deadline passes; without a deadline it is given up at once.
        """
        loop = self._loop = asyncio.get_running_loop()
        if self._closed:
            raise RuntimeError(f"lane {self._name} is closed")
        same = self._shared.get((pool, what)) if what is not None else None
        # One that was told a broken connection says nothing about the next one.
        if same is not None and not same.future.done() and not (anew and same.worker is not None):
            return await asyncio.shield(cast("asyncio.Future[R]", same.future))
        self._stuck.check(pool)
        call = _Call(work, loop.create_future(), timeout_s, pool, what)
        self._calls.add(cast("_Call[object]", call))
        if what is not None:
            self._shared[pool, what] = cast("_Call[object]", call)
        if timeout_s is not None:
            call.timer = loop.call_later(timeout_s, self._on_deadline, call)
        with self._changed:
            has_room = self._has_room(cast("_Call[object]", call), self._queue)
            self._queue.append(cast("_Call[object]", call))
            has_thread = self._idle >= len(self._queue)
            if not has_thread and len(self._workers) < self._max_threads:
                self._add_worker()
                has_thread = True
            if on_wait is not None and not (has_thread and has_room):
                call.waits = on_wait, partial(self._leave, call)
            self._changed.notify()
            waits = call.waits
        if waits is not None:
            waits[0](True, waits[1])
        if what is not None:
            # Who leaves takes nothing from the others.
            call.future.add_done_callback(_mark_as_seen)
            return await asyncio.shield(call.future)
        try:
            return await call.future
        finally:
            self._tell_end_of_waiting(call)
            if call.future.cancelled():
                self._drop_if_queued(call)
                if timeout_s is None:
                    # Nothing else would ever count it as given up.
                    with self._changed:
                        self._abandon(call)

    def fail_all(self, error: Callable[[], Exception]) -> None:
        """End the waiting of all calls now; their threads are abandoned if they do not come back."""
        calls = tuple(self._calls)
        for call in calls:
            if not call.future.done():
                call.future.set_exception(error())
            self._drop_if_queued(call)
        # Only now: whose thread is abandoned is followed by another one for those that are queued.
        with self._changed:
            for call in calls:
                self._abandon(call, is_overdue=False)

    def close(self) -> None:
        """Take no more calls and let the threads end after the ones they are in. Does not wait."""
        with self._changed:
            self._closed = True
            self._queue.clear()
            self._changed.notify_all()
        for call in tuple(self._calls):
            call.future.cancel()
            self._forget(call)

    def _leave(self, call: _Call[R]) -> None:
        if self._drop_if_queued(call) and not call.future.done():
            call.future.set_exception(Aborted("left while it waited for its turn"))

    @staticmethod
    def _tell_end_of_waiting(call: _Call[Any]) -> None:
        waits, call.waits = call.waits, None
        if waits is not None:
            waits[0](False, waits[1])

    def _drop_if_queued(self, call: _Call[R]) -> bool:
        """Whether no thread has it, and none will."""
        with self._changed:
            if call.worker is not None:
                return False
            try:
                self._queue.remove(cast("_Call[object]", call))
            except ValueError:
                return False
        self._forget(call)
        return True

    def _forget(self, call: _Call[R]) -> None:
        self._calls.discard(cast("_Call[object]", call))
        if self._shared.get((call.pool, call.what)) is call:
            del self._shared[call.pool, call.what]
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
                self._abandon(call)
        if worker is not None:
            log.warning("%s: a call did not come back within %g s", self._name, call.timeout_s)
        call.settled = True
        self._forget(call)
        if not call.future.done():
            call.future.set_exception(TimedOut(f"no answer within {call.timeout_s:g} s"))
        if worker is not None and call.pool is not None:
            self._refuse_queued()

    def _refuse_queued(self) -> None:
        """Who waits for a pool that turned out to hang need not wait any longer."""
        with self._changed:
            queued = tuple(call for call in self._queue if call.pool is not None)
        for call in queued:
            try:
                self._stuck.check(call.pool)
            except VmguiError as error:
                if not call.future.done():
                    call.future.set_exception(error)
                self._drop_if_queued(call)

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

    def _abandon(self, call: _Call[R], *, is_overdue: bool = True) -> None:
        worker = call.worker
        if worker is None or call.finished or worker.abandoned:
            return
        worker.abandoned = True
        self._abandoned += 1
        self._workers.discard(worker)
        call.stuck = self._stuck.add(call.pool, call.since_s, is_overdue=is_overdue)
        if self._queue and not self._closed:
            self._add_worker()

    def _add_worker(self) -> None:
        worker = _Worker()
        self._workers.add(worker)
        number = len(self._workers)
        start_thread(
            self._work,
            worker,
            name=f"{self._name}-{number}",
            on_failure=partial(self._on_not_started, worker),
        )

    def _on_not_started(self, worker: _Worker, error: Exception) -> None:
        """Whoever waits is taken by the threads there are, or told; the next call tries again."""
        with self._changed:
            self._workers.discard(worker)
            if self._workers:
                return
            waiting = tuple(self._queue)
            self._queue.clear()
        for call in waiting:
            self._to_loop(self._settle, call, None, OutOfThreads(f"no thread can be started: {error}"))

    def _work(self, worker: _Worker) -> None:
        try:
            while (call := self._next(worker)) is not None:
                self._make(call)
                # A result or a frame kept until the next call would keep a connection open.
                del call
        finally:
            with self._changed:
                if worker.abandoned:
                    self._abandoned -= 1
                else:
                    self._workers.discard(worker)

    def _next(self, worker: _Worker) -> _Call[object] | None:
        with self._changed:
            while not worker.abandoned:
                call = next((call for call in self._queue if self._has_room(call)), None)
                if call is not None:
                    self._queue.remove(call)
                    call.worker = worker
                    if call.waits is not None:
                        self._to_loop(self._tell_end_of_waiting, call)
                    if call.pool is not None:
                        self._in_pools[call.pool, call.what is not None] += 1
                    return call
                if self._closed:
                    return None
                self._idle += 1
                self._changed.wait()
                self._idle -= 1
            return None

    def _has_room(self, call: _Call[object], before: Iterable[_Call[object]] = ()) -> bool:
        """Whether it may be under way beside what is about the same pool, and those `before` it as well."""
        is_read = call.what is not None
        most = 1 if is_read else self._changes_per_pool
        if call.pool is None or most is None:
            return True
        ahead = sum(each.pool == call.pool and (each.what is not None) is is_read for each in before)
        return self._in_pools[call.pool, is_read] + ahead < most

    def _make(self, call: _Call[object]) -> None:
        work, call.work = call.work, None
        if work is None:
            return
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
            stuck = call.stuck
            if call.pool is not None:
                self._in_pools[call.pool, call.what is not None] -= 1
                self._changed.notify_all()
        if stuck is not None:
            # One whose connection broke is still in the host, as far as anybody knows, unless it never left.
            is_unsent = isinstance(error, ConnectionLost) and error.never_sent and call.pool is None
            is_lost = isinstance(error, ConnectionLost | HostUnreachable) and not is_unsent
            self._stuck.remove(stuck, is_answered=not is_lost)
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


def _mark_as_seen(future: asyncio.Future[Any]) -> None:
    """All who asked may have left; the loop would complain."""
    if not future.cancelled():
        future.exception()
