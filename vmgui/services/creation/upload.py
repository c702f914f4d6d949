"""Sends a file of this computer into a volume of a host, with progress; cancelled within one chunk."""

from __future__ import annotations

import asyncio
import os
import threading
import time
from collections import deque
from pathlib import Path
from typing import BinaryIO

from vmgui.hypervisor.connection import Connection
from vmgui.hypervisor.lane import Leave
from vmgui.hypervisor.lanes import LONG
from vmgui.hypervisor.storage import upload_volume
from vmgui.model.errors import Aborted, NotFound, PermissionDenied, StorageFailure, TimedOut, VmguiError
from vmgui.model.job import Phase, Progress
from vmgui.services.background import in_thread
from vmgui.services.jobs import JobContext

TELL_INTERVAL_S = 0.2
RATE_WINDOW_S = 5.0
STALL_TIMEOUT_S = 60.0
"""Without a further byte for this long the host is taken for dead, whatever its connection says."""


class Meter:
    """Counts what has been sent of all files of a job and tells the job; loop thread only."""

    def __init__(self, job: JobContext, total_bytes: int) -> None:
        self._job = job
        self._total_bytes = total_bytes
        self._earlier_bytes = 0
        self._samples: deque[tuple[float, int]] = deque([(time.monotonic(), 0)])

    def tell(self, file_bytes: int) -> None:
        """So many bytes of the current file have been sent."""
        now_s, done_bytes = time.monotonic(), self._earlier_bytes + file_bytes
        self._samples.append((now_s, done_bytes))
        while len(self._samples) > 2 and now_s - self._samples[0][0] > RATE_WINDOW_S:
            self._samples.popleft()
        since_s, before_bytes = self._samples[0]
        rate = (done_bytes - before_bytes) / (now_s - since_s) if now_s > since_s else None
        left_s = (self._total_bytes - done_bytes) / rate if rate else None
        self._job.report(Progress(Phase.UPLOADING, done_bytes, self._total_bytes, rate, left_s))

    def file_done(self, file_bytes: int) -> None:
        """The current file is sent."""
        self.tell(file_bytes)
        self._earlier_bytes += file_bytes


class _Reader:
    """The file and the way to stop, for the worker thread."""

    def __init__(self, file: BinaryIO, meter: Meter, job: JobContext, deadline: asyncio.Timeout) -> None:
        self._file = file
        self._meter = meter
        self._job = job
        self._deadline = deadline
        self._loop = asyncio.get_running_loop()
        self._told_s = 0.0
        self.stop = threading.Event()

    def read(self, count: int) -> bytes:
        return self._file.read(count)

    def tell(self, sent_bytes: int) -> None:
        now_s = time.monotonic()
        if now_s - self._told_s < TELL_INTERVAL_S:
            return
        self._told_s = now_s
        try:
            self._loop.call_soon_threadsafe(self._on_sent, sent_bytes)
        except RuntimeError:
            # The loop has ended: the program is closing.
            self.stop.set()

    def _on_sent(self, sent_bytes: int) -> None:
        if not self.stop.is_set():
            self._deadline.reschedule(self._loop.time() + STALL_TIMEOUT_S)
            self._meter.tell(sent_bytes)

    def on_wait(self, waits: bool, leave: Leave) -> None:
        """Others are being sent to the host: while it waits for them nothing has stalled."""
        if not self.stop.is_set():
            self._deadline.reschedule(None if waits else self._loop.time() + STALL_TIMEOUT_S)
        self._job.tell_waiting(waits, leave)

    def is_cancelled(self) -> bool:
        return self.stop.is_set() or self._job.is_cancelled


async def send_file(
    connection: Connection,
    path: str,
    pool: str,
    volume: str,
    size_bytes: int,
    meter: Meter,
    job: JobContext,
) -> None:
    """Fill the volume with the file; raises Aborted when cancelled, NoSpace, ConnectionLost ..."""
    meter.tell(0)
    file = await in_thread(_open, path)
    deadline = asyncio.timeout(STALL_TIMEOUT_S)
    reader = _Reader(file, meter, job, deadline)
    try:
        async with deadline:
            await connection.run(
                upload_volume,
                pool,
                volume,
                reader.read,
                size_bytes,
                reader.tell,
                reader.is_cancelled,
                lane=LONG,
                pool=pool,
                timeout_s=None,
                on_wait=reader.on_wait,
            )
    except TimeoutError as error:
        raise TimedOut(f"the host took nothing for {STALL_TIMEOUT_S:g} s", subject=volume) from error
    except VmguiError as error:
        if reader.is_cancelled():
            # Breaking a stream off makes libvirt speak of errors of its own.
            raise Aborted from error
        raise error.about(subject=volume) from None
    finally:
        reader.stop.set()
        file.close()


def file_size(path: str) -> int:
    """Bytes of a file or block device; raises NotFound, PermissionDenied, StorageFailure."""
    with _open(path) as file:
        return file.seek(0, os.SEEK_END)


def _open(path: str) -> BinaryIO:
    try:
        return Path(path).open("rb")
    except FileNotFoundError as error:
        raise NotFound(str(error), subject=path) from error
    except PermissionError as error:
        raise PermissionDenied(str(error), subject=path) from error
    except OSError as error:
        raise StorageFailure(str(error), subject=path) from error
