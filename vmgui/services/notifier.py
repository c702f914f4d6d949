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

    def __init__(self, on_use: Callable[[bool], None] | None = None) -> None:
        """`on_use`: called with True by the first subscriber, with False when the last has gone."""
        self._callbacks: dict[int, Callable[[T], None]] = {}
        self._next = 0
        self._on_use = on_use

    @property
    def is_used(self) -> bool:
        """Whether anybody is subscribed."""
        return bool(self._callbacks)

    def subscribe(self, callback: Callable[[T], None]) -> Subscription:
        """Call `callback` with every value from now on."""
        token = self._next
        self._next += 1
        self._callbacks[token] = callback
        if self._on_use is not None and len(self._callbacks) == 1:
            self._on_use(True)

        def cancel() -> None:
            known = self._callbacks.pop(token, None)
            if self._on_use is not None and known is not None and not self._callbacks:
                self._on_use(False)

        return Subscription(cancel)

    def emit(self, value: T) -> None:
        """Tell everybody."""
        for callback in tuple(self._callbacks.values()):
            try:
                callback(value)
            except Exception:
                log.exception("a subscriber failed")
