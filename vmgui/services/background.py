"""Blocking work (files, subprocesses) off the loop, on daemon threads of our own.

Never `asyncio.to_thread`: its executor is joined at exit, and a thread stuck on a dead mount would
hold the program.
"""

from __future__ import annotations

import asyncio
import errno
from collections.abc import Callable
from typing import ParamSpec, TypeVar

from vmgui.hypervisor.thread_start import start_thread

P = ParamSpec("P")
R = TypeVar("R")


class NoThread(OSError):
    """The computer has no thread to give: the call was not made."""


async def in_thread(call: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
    """The result of `call`, run on a daemon thread; cancelling stops the waiting, not the call.

    Raises what it raises, and NoThread where the computer has no thread to give.
    """
    loop = asyncio.get_running_loop()
    future: asyncio.Future[R] = loop.create_future()

    def settle(result: R | None, error: BaseException | None) -> None:
        if future.done():
            return
        if error is not None:
            future.set_exception(error)
        else:
            future.set_result(result)  # type: ignore[arg-type]

    def to_loop(result: R | None, error: BaseException | None) -> None:
        try:
            loop.call_soon_threadsafe(settle, result, error)
        except RuntimeError:
            # The loop has ended: nobody waits any more.
            return

    def not_started(error: Exception) -> None:
        to_loop(None, NoThread(errno.EAGAIN, f"no thread can be started: {error}"))

    def work() -> None:
        result: R | None = None
        error: BaseException | None = None
        try:
            result = call(*args, **kwargs)
        except BaseException as caught:  # noqa: BLE001 - handed to the waiting coroutine
            error = caught
        to_loop(result, error)

    name = getattr(call, "__qualname__", "call")
    start_thread(work, name=f"vmgui-file:{name}", on_failure=not_started)
    return await future
