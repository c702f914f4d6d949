"""What a job has made so far and how to take it back, newest first, whatever happens meanwhile."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TypeVar

from vmgui.model.errors import (
    Busy,
    ConnectionLost,
    HostUnreachable,
    InvalidState,
    NotProvenOurs,
    PoolSilent,
    TimedOut,
    VmguiError,
)
from vmgui.model.rollback import Fate, Made, MadeKind

log = logging.getLogger(__name__)

T = TypeVar("T")

TakeBack = Callable[[Made], Awaitable[Fate]]
Save = Callable[[tuple[Made, ...]], Awaitable[None]]

BUSY_TIMEOUT_S = 60.0
"""The host lets go of a volume that was being filled only when it has seen the connection's end, and a pool is asked
again only a while after a connection broke under a call about it."""
BUSY_INTERVAL_S = 0.5
_BROKEN = (ConnectionLost, HostUnreachable)
_BUSY = (Busy, InvalidState, PoolSilent)


@dataclass(frozen=True, slots=True)
class Leftover:
    """Something that could not be taken back; `is_for_later`: only because the host was away."""

    made: Made
    error: VmguiError

    @property
    def is_for_later(self) -> bool:
        return isinstance(self.error, (*_BROKEN, TimedOut, PoolSilent))


async def _save_nowhere(_made: tuple[Made, ...]) -> None:
    return


class Rollback:
    """What is to be taken back; `save` gets all of it before each thing is made, and whenever it changes."""

    def __init__(
        self,
        take_back: TakeBack,
        reconnect: Callable[[], Awaitable[None]],
        save: Save = _save_nowhere,
        made: tuple[Made, ...] = (),
    ) -> None:
        self._made = list(made)
        self._take_back = take_back
        self._reconnect = reconnect
        self._save = save

    @property
    def made(self) -> tuple[Made, ...]:
        """What has been made, or may have been, oldest first."""
        return tuple(self._made)

    async def add(self, made: Made) -> None:
        """Something is about to be made."""
        self._made.append(made)
        await self._save(self.made)

    async def prove(self, made: Made, proven: Made) -> None:
        """The host has answered: it is ours, and `proven` tells what it is known by."""
        self._made[self._made.index(made)] = proven
        await self._save(self.made)

    async def drop(self, made: Made) -> None:
        """It was not made, or not by us."""
        self._made.remove(made)
        await self._save(self.made)

    async def run(self, on_fate: Callable[[Made, Fate], None] | None = None) -> tuple[Leftover, ...]:
        """Take everything back; what is left. After a broken connection it waits for a new one once.

        What is left only because the host was away stays in `made`. Where our machine stays, so does all it was
        made of: it is not left without its disk or network.
        """
        left: list[Leftover] = []
        may_wait = True
        for made in tuple(reversed(self._made)):
            while True:
                if machine := next((each for each in left if _is_our_machine(each)), None):
                    left.append(Leftover(made, machine.error))
                    break
                try:
                    fate = await self._take_back_when_free(made)
                except _BROKEN as error:
                    if may_wait:
                        may_wait = False
                        try:
                            await self._reconnect()
                        except VmguiError as failure:
                            log.info("no connection to clean up: %s", failure)
                        else:
                            continue
                    left.append(Leftover(made, error))
                except VmguiError as error:
                    log.warning("cannot remove %s: %s", made.name, error)
                    left.append(Leftover(made, error))
                else:
                    log.info("taking back %s (%s): %s", made.name, made.kind.value, fate.value)
                    if on_fate is not None:
                        on_fate(made, fate)
                break
            if not (left and left[-1].made == made and left[-1].is_for_later):
                await self.drop(made)
        return tuple(left)

    async def _take_back_when_free(self, made: Made) -> Fate:
        deadline_s = time.monotonic() + BUSY_TIMEOUT_S
        while True:
            try:
                return await self._take_back(made)
            except _BUSY:
                if time.monotonic() >= deadline_s:
                    raise
            await asyncio.sleep(BUSY_INTERVAL_S)


def _is_our_machine(leftover: Leftover) -> bool:
    return leftover.made.kind is MadeKind.MACHINE and not isinstance(leftover.error, NotProvenOurs)


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
