"""Task ownership: who started a task keeps it, hears of its failure and ends it.

A pane, a dialog, a host each have a Scope. Unlike `asyncio.TaskGroup` one failure does not cancel
the siblings: it is logged and handed to `on_error`, or else told to whoever listens to `failures`, so that
a person hears of it.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

from vmgui.model.errors import forget_frames
from vmgui.services.notifier import Notifier

log = logging.getLogger(__name__)

T = TypeVar("T")

failures: Notifier[Exception] = Notifier()
"""Of tasks whose scope has no `on_error`: each is a fault of the program, and something is not going on."""


async def happens_within(event: asyncio.Event, timeout_s: float | None) -> bool:
    """Whether `event` is set, waiting at most `timeout_s` for it (None: for ever)."""
    try:
        async with asyncio.timeout(None if timeout_s is None else max(0.0, timeout_s)):
            await event.wait()
    except TimeoutError:
        return event.is_set()
    return True


class Scope:
    """Owns tasks; loop thread only."""

    def __init__(self, name: str, on_error: Callable[[Exception], None] | None = None) -> None:
        self._name = name
        self._on_error = on_error
        self._tasks: set[asyncio.Task[Any]] = set()
        self._closed = False

    def run(self, work: Coroutine[Any, Any, T]) -> asyncio.Task[T]:
        """Start `work` now; raises RuntimeError once the scope is closed."""
        if self._closed:
            work.close()
            raise RuntimeError(f"scope {self._name} is closed")
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:
            # Qt may step a task before or after the loop's life: what it starts then never runs.
            work.close()
            raise
        task = loop.create_task(work, name=f"{self._name}:{work.__qualname__}")
        self._tasks.add(task)
        task.add_done_callback(self._on_done)
        return task

    def try_run(self, work: Coroutine[Any, Any, T]) -> bool:
        """Start `work` unless the scope or the loop is closing; whether it was started."""
        try:
            asyncio.get_running_loop()
        except RuntimeError:
            # Qt delivers a last timer or event before or after the loop's life: nobody will look any more.
            work.close()
            return False
        if self.is_closed:
            work.close()
            return False
        self.run(work)
        return True

    @property
    def is_closed(self) -> bool:
        """Whether `close` or `cancel` was called."""
        return self._closed

    def cancel(self) -> None:
        """Refuse new tasks and cancel the running ones, without waiting."""
        self._closed = True
        for task in tuple(self._tasks):
            task.cancel()

    async def ended(self, *, timeout_s: float) -> None:
        """Wait until all that was started so far has ended, at most `timeout_s`; nothing is cancelled."""
        if self._tasks:
            await asyncio.wait(tuple(self._tasks), timeout=timeout_s)

    async def close(self, *, timeout_s: float | None = None) -> None:
        """Cancel everything and wait until it has ended, at most `timeout_s`."""
        self.cancel()
        current = asyncio.current_task()
        loop = asyncio.get_running_loop()
        deadline_s = None if timeout_s is None else loop.time() + timeout_s
        while rest := [task for task in self._tasks if task is not current]:
            left_s = None if deadline_s is None else max(0.0, deadline_s - loop.time())
            _, pending = await asyncio.wait(rest, timeout=left_s)
            if pending and left_s is not None and loop.time() >= (deadline_s or 0.0):
                names = ", ".join(sorted(task.get_name() for task in pending))
                log.warning("scope %s: did not end in time: %s", self._name, names)
                return

    async def __aenter__(self) -> Scope:
        return self

    async def __aexit__(self, *_exc: object) -> None:
        await self.close()

    def _on_done(self, task: asyncio.Task[Any]) -> None:
        self._tasks.discard(task)
        if task.cancelled():
            return
        error = task.exception()
        if error is None:
            return
        if self._on_error is not None and isinstance(error, Exception):
            self._on_error(error)
        else:
            log.error("task %s failed", task.get_name(), exc_info=error)
            if isinstance(error, Exception):
                forget_frames(error)
                failures.emit(error)
