"""Wait for a condition with a deadline, never for luck.

For what announces itself by a Qt signal use `tests.helpers.signals` instead: it does not poll.
"""

import asyncio
import inspect
import time
from collections.abc import Awaitable, Callable
from typing import TypeVar, cast

PATIENCE_S = 120.0
"""Ends only what hangs: on a busy computer what takes a moment may take seconds."""

T = TypeVar("T")


async def eventually(
    predicate: Callable[[], T | Awaitable], timeout_s: float = PATIENCE_S, *, interval_s: float = 0.02
) -> T:
    """Return the predicate's first true value; it may be a plain or an async function.

    Raises AssertionError with the last value when the deadline passes, so the test's report says what was seen.
    """
    deadline = time.monotonic() + timeout_s
    while True:
        value = predicate()
        if inspect.isawaitable(value):
            value = await value
        if value:
            return cast(T, value)
        if time.monotonic() >= deadline:
            name = getattr(predicate, "__qualname__", repr(predicate))
            raise AssertionError(f"{name} was still {value!r} after {timeout_s:g} s")
        await asyncio.sleep(interval_s)


def eventually_blocking(
    predicate: Callable[[], T], timeout_s: float = PATIENCE_S, *, interval_s: float = 0.02
) -> T:
    """The same for plain tests without an event loop: threads, child processes, files."""
    deadline = time.monotonic() + timeout_s
    while True:
        value = predicate()
        if value:
            return value
        if time.monotonic() >= deadline:
            name = getattr(predicate, "__qualname__", repr(predicate))
            raise AssertionError(f"{name} was still {value!r} after {timeout_s:g} s")
        time.sleep(interval_s)
