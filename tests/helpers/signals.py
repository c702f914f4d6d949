"""Await Qt signals on the test's event loop.

`qtbot.waitSignal` runs a nested Qt loop, inside which asyncio refuses to step ("Cannot enter into task");
these only suspend the test's own task. They need a running loop on Qt (any `async def` test in tests/ui,
or one that asks for the `qapp` fixture).
"""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import QObject, SignalInstance

from tests.helpers.waiting import PATIENCE_S


@dataclass
class Emission:
    """What a signal carried: one tuple of arguments for each time it was emitted."""

    calls: list[tuple[Any, ...]] = field(default_factory=list)

    @property
    def args(self) -> tuple[Any, ...]:
        """The arguments of the latest emission."""
        return self.calls[-1]


class _Catcher(QObject):
    """Receives a signal in the thread that made it: only a QObject's method is delivered that way."""

    def __init__(
        self, future: "asyncio.Future[None]", matches: Callable[..., bool] | None, emission: Emission
    ) -> None:
        super().__init__()
        self._future = future
        self._matches = matches
        self._emission = emission

    def on_emitted(self, *args: object) -> None:
        try:
            if self._matches is not None and not self._matches(*args):
                return
        except BaseException as error:
            if not self._future.done():
                self._future.set_exception(error)
            return
        self._emission.calls.append(args)
        if not self._future.done():
            self._future.set_result(None)


@asynccontextmanager
async def expect_signal(
    signal: SignalInstance, timeout_s: float = PATIENCE_S, *, matches: Callable[..., bool] | None = None
) -> AsyncIterator[Emission]:
    """Do in the block what makes the signal come; leaving the block waits for it.

    `matches` gets the signal's arguments and says whether this emission counts. Raises AssertionError on time-out.
    An error of the block itself wins over the missing signal.
    """
    future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
    emission = Emission()
    catcher = _Catcher(future, matches, emission)
    signal.connect(catcher.on_emitted)
    try:
        yield emission
        try:
            async with asyncio.timeout(timeout_s):
                await future
        except TimeoutError:
            raise AssertionError(f"{signal} was not emitted within {timeout_s:g} s") from None
    finally:
        signal.disconnect(catcher.on_emitted)
        future.cancel()


async def await_signal(
    signal: SignalInstance, timeout_s: float = PATIENCE_S, *, matches: Callable[..., bool] | None = None
) -> tuple[Any, ...]:
    """Wait for the signal's next emission and return its arguments.

    For a signal that an action of the test provokes use `expect_signal`: it is connected before the action.
    """
    async with expect_signal(signal, timeout_s, matches=matches) as emission:
        pass
    return emission.args
