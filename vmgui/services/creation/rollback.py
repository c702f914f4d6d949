"""What a job has made so far and how to take it back, newest first, whatever happens meanwhile."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TypeVar

from vmgui.model.errors import ConnectionLost, HostUnreachable, VmguiError

log = logging.getLogger(__name__)

T = TypeVar("T")

Undo = Callable[[], Awaitable[None]]

_BROKEN = (ConnectionLost, HostUnreachable)


@dataclass(frozen=True, slots=True)
class Leftover:
    """Something that could not be taken back; `what` is its name as a person knows it."""

    what: str
    error: VmguiError


@dataclass(slots=True)
class _Step:
    what: str
    undo: Undo


class Rollback:
    """Steps to take back; an undo must cope with its thing being gone already."""

    def __init__(self, reconnect: Callable[[], Awaitable[None]]) -> None:
        self._steps: list[_Step] = []
        self._reconnect = reconnect

    @property
    def names(self) -> tuple[str, ...]:
        """What has been made, oldest first."""
        return tuple(step.what for step in self._steps)

    def add(self, what: str, undo: Undo) -> None:
        """Remember how to take back what is about to be made, or has been."""
        self._steps.append(_Step(what, undo))

    def drop_last(self) -> None:
        """The last one turned out not to be ours, or not to have been made."""
        self._steps.pop()

    async def run(self) -> tuple[Leftover, ...]:
        """Take everything back; what is left. After a broken connection it waits for a new one once."""
        left: list[Leftover] = []
        may_wait = True
        while self._steps:
            step = self._steps.pop()
            try:
                await step.undo()
            except _BROKEN as error:
                if may_wait:
                    may_wait = False
                    try:
                        await self._reconnect()
                    except VmguiError as failure:
                        log.info("no connection to clean up: %s", failure)
                    else:
                        self._steps.append(step)
                        continue
                left.append(Leftover(step.what, error))
            except VmguiError as error:
                log.warning("cannot remove %s: %s", step.what, error)
                left.append(Leftover(step.what, error))
        return tuple(left)


async def finish(work: asyncio.Task[T]) -> T:
    """The result of `work` even if the waiting task is cancelled meanwhile; cancelled only after that."""
    cancelled: asyncio.CancelledError | None = None
    while not work.done():
        try:
            await asyncio.shield(work)
        except asyncio.CancelledError as error:
            if work.cancelled():
                raise
            cancelled = error
    if cancelled is not None:
        raise cancelled
    return work.result()
