"""One way to run, watch, cancel and report what libvirt does for long.

| how libvirt does it                                       | here     | lane     | ended early by      |
|-----------------------------------------------------------|----------|----------|---------------------|
| one call lasts as long as the job: save, restore, migrate | `hold`   | LONG     | abortJob            |
| a call begins the job and returns: block jobs, backups    | `follow` | SLOW     | its kind of abort   |
| one call sends or receives a stream: upload, download     | `stream` | LONG     | its abort, in there |

Where a person asks to stop, the job is `cancelling`, libvirt's job is aborted, and the job is `cancelled` only when
its call has returned or its end was told: nothing else ends what a host is doing.
"""

from __future__ import annotations

import asyncio
import logging
import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import replace
from typing import Any, TypeVar, TypeVarTuple

from vmgui.hypervisor import domain_jobs
from vmgui.hypervisor.connection import Connection
from vmgui.hypervisor.domain_jobs import DomainJob, JobEnd
from vmgui.hypervisor.lane import Leave
from vmgui.hypervisor.lanes import LONG, SLOW
from vmgui.model.errors import Aborted, LibvirtFailure, NotFound, TimedOut, VmguiError
from vmgui.model.host import HostId
from vmgui.model.job import Phase, Progress
from vmgui.services.hosts import HostEvents, HostService
from vmgui.services.jobs import JobContext
from vmgui.services.scope import Scope

log = logging.getLogger(__name__)

R = TypeVar("R")
Ts = TypeVarTuple("Ts")

Tell = Callable[[int], None]
"""Told by a stream's call how many bytes have gone through; worker thread."""
IsCancelled = Callable[[], bool]
"""Asked by a stream's call after every chunk; worker thread."""

LOOK_INTERVAL_S = 0.4
ABORT_INTERVAL_S = 0.05
TELL_INTERVAL_S = 0.2
RATE_WINDOW_S = 5.0
HOLD_TIMEOUT_S = 24 * 3600.0
"""Writing or reading a large guest's memory may take very long, and can be cancelled."""
BEGIN_TIMEOUT_S = 60.0
LAST_WORD_S = 2.0
"""So long the event is waited for that tells how a job ended that is not there any more."""
STALL_TIMEOUT_S = 60.0
"""Without a further byte for this long the host is taken for dead, whatever its connection says."""


async def hold(
    connection: Connection,
    job: JobContext,
    what: DomainJob,
    phase: Phase,
    call: Callable[[Any, *Ts], R],
    *args: *Ts,
    timeout_s: float = HOLD_TIMEOUT_S,
) -> R:
    """The result of a call that does the job itself; Aborted where it was cancelled."""
    job.report(Progress(phase))
    watch = _Watch(lambda: connection, job, what, phase)
    async with Scope("long call") as scope:
        scope.run(watch.run())
        return await connection.run(call, *args, lane=LONG, timeout_s=timeout_s, on_wait=watch.on_wait)


async def follow(
    hosts: HostService,
    host_id: HostId,
    job: JobContext,
    what: DomainJob,
    phase: Phase,
    begin: Callable[[Any, *Ts], object],
    *args: *Ts,
    timeout_s: float = BEGIN_TIMEOUT_S,
) -> JobEnd | None:
    """Begin a job and see it to its end: COMPLETED or READY; None where it ended and nobody told how.

    A connection that breaks meanwhile is waited for: the host goes on by itself. Raises Aborted, LibvirtFailure
    with the host's words, and what `begin` raises.
    """
    loop = asyncio.get_running_loop()
    told: asyncio.Future[tuple[JobEnd, str]] = loop.create_future()

    def hear(news: HostEvents) -> None:
        for event in news.events if news.host_id == host_id else ():
            end = domain_jobs.end_told(event, what)
            if end is not None and not told.done():
                told.set_result(end)

    job.report(Progress(phase))
    watch = _Watch(lambda: hosts.connection(host_id), job, what, phase)
    # Before it begins: a short one ends before the answer to its beginning is here.
    subscription = hosts.events.subscribe(hear)
    try:
        connection = hosts.connection(host_id)
        await connection.run(begin, *args, lane=SLOW, timeout_s=timeout_s, on_wait=watch.on_wait)
        async with Scope("long call") as scope:
            looking = scope.run(watch.run(until_over=True))
            while True:
                await asyncio.wait((told, looking), return_when=asyncio.FIRST_COMPLETED)
                if looking.done() and looking.result():
                    # Told while the connection was broken: nobody tells it again.
                    return JobEnd.READY
                await asyncio.wait((told,), timeout=LAST_WORD_S)
                if looking.done() or told.result()[0] is JobEnd.READY or not await watch.is_there():
                    break
                # It was the end of an earlier one on the same disk, told late.
                told = loop.create_future()
    finally:
        subscription.cancel()
    end, words = told.result() if told.done() else (None, "")
    if end in (JobEnd.COMPLETED, JobEnd.READY):
        return end
    if end is JobEnd.CANCELED or job.is_cancelled:
        raise Aborted(words)
    if end is JobEnd.FAILED:
        raise LibvirtFailure(words, host=connection.config.name)
    return None


async def stream(
    connection: Connection,
    job: JobContext,
    meter: Meter,
    call: Callable[[Any, *Ts, Tell, IsCancelled], R],
    *args: *Ts,
    pool: str | None = None,
    subject: str = "",
) -> R:
    """The result of a call that sends or receives a stream, and gets how to tell and what to ask after `args`.

    Raises Aborted where it was cancelled, TimedOut where the host takes or gives nothing for STALL_TIMEOUT_S.
    """
    meter.tell(0)
    deadline = asyncio.timeout(STALL_TIMEOUT_S)
    flow = _Flow(meter, job, deadline)
    try:
        async with deadline:
            return await connection.run(
                call,
                *args,
                flow.tell,
                flow.is_cancelled,
                lane=LONG,
                pool=pool,
                timeout_s=None,
                on_wait=flow.on_wait,
            )
    except TimeoutError as error:
        raise TimedOut(f"nothing moved for {STALL_TIMEOUT_S:g} s", subject=subject) from error
    except VmguiError as error:
        if flow.is_cancelled():
            # Breaking a stream off makes libvirt speak of errors of its own.
            raise Aborted from error
        raise error.about(subject=subject) from None
    finally:
        flow.stop.set()


class Meter:
    """Counts what has gone through all streams of a job and tells the job; loop thread only."""

    def __init__(self, job: JobContext, phase: Phase, total_bytes: int) -> None:
        self._job = job
        self._phase = phase
        self._total_bytes = total_bytes
        self._earlier_bytes = 0
        self._rate = _Rate()

    def tell(self, bytes_done: int) -> None:
        """So many bytes of the current stream have gone through."""
        done_bytes = self._earlier_bytes + bytes_done
        rate = self._rate.after(done_bytes)
        self._job.report(_with_rate(Progress(self._phase, done_bytes, self._total_bytes), rate))

    def end(self, bytes_done: int) -> None:
        """The current stream has ended."""
        self.tell(bytes_done)
        self._earlier_bytes += bytes_done


class _Rate:
    """Bytes per second, over the last few seconds."""

    def __init__(self) -> None:
        self._samples: deque[tuple[float, int]] = deque([(time.monotonic(), 0)])

    def after(self, done_bytes: int) -> float | None:
        now_s = time.monotonic()
        self._samples.append((now_s, done_bytes))
        while len(self._samples) > 2 and now_s - self._samples[0][0] > RATE_WINDOW_S:
            self._samples.popleft()
        since_s, before_bytes = self._samples[0]
        return (done_bytes - before_bytes) / (now_s - since_s) if now_s > since_s else None


def _with_rate(progress: Progress, bytes_per_s: float | None) -> Progress:
    done, total = progress.done_bytes, progress.total_bytes
    left = total - done if done is not None and total is not None else None
    seconds_left = left / bytes_per_s if bytes_per_s and left is not None else None
    return replace(progress, bytes_per_s=bytes_per_s, seconds_left=seconds_left)


class _Watch:
    """Looks at libvirt's job while it lasts, and aborts it where a person asks to stop."""

    def __init__(
        self, connection: Callable[[], Connection], job: JobContext, what: DomainJob, phase: Phase
    ) -> None:
        self._connection = connection
        self._job = job
        self._what = what
        self._phase = phase
        self._waits = False
        self._rate = _Rate()

    def on_wait(self, waits: bool, leave: Leave) -> None:
        """While it waits for its turn, a job of the machine is somebody else's."""
        self._waits = waits
        self._job.tell_waiting(waits, leave)

    async def run(self, *, until_over: bool = False) -> bool:
        """Follow the job until it is cancelled or, `until_over`, ready or gone; True: it is ready."""
        while True:
            is_cancelled = await self._job.cancelled_within(LOOK_INTERVAL_S)
            if is_cancelled:
                # Again and again: the call may not have come to where it can be aborted.
                await asyncio.sleep(ABORT_INTERVAL_S)
            if self._waits:
                continue
            try:
                if is_cancelled and await self._abort():
                    continue
                progress = await self.look()
                if until_over and (progress is None or domain_jobs.is_ready(self._what, progress)):
                    return progress is not None
            except NotFound:
                # The host itself is in the list no more; a machine that is gone has no job.
                if until_over:
                    return False
            except VmguiError as error:
                # Nothing to see at this very moment; how it ends is told by the call itself, or by an event.
                log.debug("%s: no job to look at: %s", self._what.uuid, error)

    async def _abort(self) -> bool:
        try:
            await self._connection().run(domain_jobs.abort, self._what)
        except NotFound:
            raise
        except VmguiError as error:
            log.debug("%s: nothing to abort: %s", self._what.uuid, error)
            return False
        return True

    async def is_there(self) -> bool:
        """Whether the host has it; not where it cannot be asked."""
        try:
            return await self.look() is not None
        except VmguiError:
            return False

    async def look(self) -> Progress | None:
        """Report how far the job is, and return it; None: there is no such job."""
        progress = await self._connection().run(domain_jobs.progress, self._what)
        if progress is None:
            return None
        if self._what.disk and progress.done_bytes is not None:
            progress = _with_rate(progress, self._rate.after(progress.done_bytes))
        self._job.report(replace(progress, phase=self._phase))
        return progress


class _Flow:
    """One stream's, between the worker thread and the loop."""

    def __init__(self, meter: Meter, job: JobContext, deadline: asyncio.Timeout) -> None:
        self._meter = meter
        self._job = job
        self._deadline = deadline
        self._loop = asyncio.get_running_loop()
        self._told_s = 0.0
        self.stop = threading.Event()

    def tell(self, done_bytes: int) -> None:
        now_s = time.monotonic()
        if now_s - self._told_s < TELL_INTERVAL_S:
            return
        self._told_s = now_s
        try:
            self._loop.call_soon_threadsafe(self._on_moved, done_bytes)
        except RuntimeError:
            # The loop has ended: the program is closing.
            self.stop.set()

    def _on_moved(self, done_bytes: int) -> None:
        if not self.stop.is_set():
            self._deadline.reschedule(self._loop.time() + STALL_TIMEOUT_S)
            self._meter.tell(done_bytes)

    def on_wait(self, waits: bool, leave: Leave) -> None:
        """Others are being sent to the host: while it waits for them nothing has stalled."""
        if not self.stop.is_set():
            self._deadline.reschedule(None if waits else self._loop.time() + STALL_TIMEOUT_S)
        self._job.tell_waiting(waits, leave)

    def is_cancelled(self) -> bool:
        return self.stop.is_set() or self._job.is_cancelled
