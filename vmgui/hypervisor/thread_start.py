"""Starts daemon threads without waiting for them.

`Thread.start` returns only when the new thread has had a processor and Python's lock: on a busy computer that
stops the window for a tenth of a second, and a start with many hosts needs dozens. One thread does the waiting.

A computer may have no more threads to give (a limit of the person's processes, memory): whoever asked is told,
and the next one is tried again.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from queue import Empty, SimpleQueue
from typing import NamedTuple

log = logging.getLogger(__name__)

NAME = "thread-starter"
"""Lives as long as the process."""

OnFailure = Callable[[Exception], object]


class _Asked(NamedTuple):
    thread: threading.Thread
    on_failure: OnFailure | None


_waiting: SimpleQueue[_Asked] = SimpleQueue()
_lock = threading.Lock()
_is_running = False


def start_thread(
    target: Callable[..., object], *args: object, name: str, on_failure: OnFailure | None = None
) -> None:
    """Have a daemon thread run `target(*args)` soon; any thread, never blocks.

    `on_failure` is called with the reason where it cannot be started, in any thread, this one too.
    """
    global _is_running
    _waiting.put(_Asked(threading.Thread(target=target, args=args, name=name, daemon=True), on_failure))
    with _lock:
        if _is_running:
            return
        _is_running = True
    starter = threading.Thread(target=_start_for_ever, name=NAME, daemon=True)
    try:
        starter.start()
    except (RuntimeError, MemoryError, OSError) as error:
        with _lock:
            _is_running = False
        _fail_all(error)


def _fail_all(error: Exception) -> None:
    while True:
        try:
            asked = _waiting.get_nowait()
        except Empty:
            return
        _fail(asked, error)


def _fail(asked: _Asked, error: Exception) -> None:
    log.error("the thread %s cannot be started: %s", asked.thread.name, error)
    if asked.on_failure is None:
        return
    try:
        asked.on_failure(error)
    except Exception:
        log.exception("telling that the thread %s cannot be started failed", asked.thread.name)


def _start_for_ever() -> None:
    while True:
        asked = _waiting.get()
        try:
            asked.thread.start()
        except (RuntimeError, MemoryError, OSError) as error:
            # No more threads are to be had.
            _fail(asked, error)
        # Kept until the next comes, it would keep what it works on.
        del asked
