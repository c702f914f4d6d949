"""The thread of a store, where the computer has one to give."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

log = logging.getLogger(__name__)


def try_to_start(target: Callable[[], object], name: str) -> threading.Thread | None:
    """A daemon thread that runs `target`; None where none can be had now: try again with the next thing to do."""
    thread = threading.Thread(target=target, name=name, daemon=True)
    try:
        thread.start()
    except (RuntimeError, MemoryError, OSError) as error:
        log.warning("the thread %s cannot be started: %s", name, error)
        return None
    return thread
