"""Starts daemon threads without waiting for them.

`Thread.start` returns only when the new thread has had a processor and Python's lock: on a busy computer that
stops the window for a tenth of a second, and a start with many hosts needs dozens. One thread does the waiting.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from queue import SimpleQueue

log = logging.getLogger(__name__)

NAME = "thread-starter"
"""Lives as long as the process."""

_waiting: SimpleQueue[threading.Thread] = SimpleQueue()
_lock = threading.Lock()
_is_running = False


def start_thread(target: Callable[..., object], *args: object, name: str) -> None:
    """Have a daemon thread run `target(*args)` soon; any thread, never blocks."""
    global _is_running
    _waiting.put(threading.Thread(target=target, args=args, name=name, daemon=True))
    with _lock:
        if _is_running:
            return
        _is_running = True
    threading.Thread(target=_start_for_ever, name=NAME, daemon=True).start()


def _start_for_ever() -> None:
    while True:
        thread = _waiting.get()
        try:
            thread.start()
        except RuntimeError as error:
            # No more threads are to be had: whoever waits for this one has a deadline.
            log.error("the thread %s cannot be started: %s", thread.name, error)  # noqa: TRY400
        # Kept until the next comes, it would keep what it works on.
        del thread
