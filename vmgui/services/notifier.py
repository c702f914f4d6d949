"""Plain observers for services: no Qt, no threads, called in order on the loop thread."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Generic, TypeVar

log = logging.getLogger(__name__)

T = TypeVar("T")


class Subscription:
    """Ends with `cancel()`; the notifier holds the callback strongly until then."""

    def __init__(self, cancel: Callable[[], None]) -> None:
        self._cancel = cancel

    def cancel(self) -> None:
        """Stop being told; calling twice is harmless."""
        self._cancel()


class Notifier(Generic[T]):
    """Tells every subscriber of each value; one that raises is logged and harms nobody else."""

    def __init__(self) -> None:
        self._callbacks: dict[int, Callable[[T], None]] = {}
        self._next = 0

    def subscribe(self, callback: Callable[[T], None]) -> Subscription:
        """Call `callback` with every value from now on."""
        token = self._next
        self._next += 1
        self._callbacks[token] = callback

        def cancel() -> None:
            self._callbacks.pop(token, None)

        return Subscription(cancel)

    def emit(self, value: T) -> None:
        """Tell everybody."""
        for callback in tuple(self._callbacks.values()):
            try:
                callback(value)
            except Exception:
                log.exception("a subscriber failed")
