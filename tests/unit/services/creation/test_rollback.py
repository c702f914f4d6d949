"""Taking back: newest first, to the end, whatever happens meanwhile."""

from __future__ import annotations

import asyncio

import pytest

from vmgui.model.errors import Busy, ConnectionLost, HostUnreachable, VmguiError
from vmgui.services.creation.rollback import Rollback, finish
from vmgui.services.scope import Scope


class Steps:
    """Undo functions that note their calls, and fail as told."""

    def __init__(self, *, connected: bool = True, comes_back: bool = True) -> None:
        self.done: list[str] = []
        self.connected = connected
        self.comes_back = comes_back
        self.waits = 0
        self.rollback = Rollback(self.reconnect)

    async def reconnect(self) -> None:
        self.waits += 1
        if not self.comes_back:
            raise HostUnreachable("gone")
        self.connected = True

    def add(self, name: str, error: VmguiError | None = None) -> None:
        async def undo() -> None:
            if not self.connected:
                raise ConnectionLost("no connection")
            if error is not None:
                raise error
            self.done.append(name)

        self.rollback.add(name, undo)


async def test_newest_first() -> None:
    steps = Steps()
    for name in "abc":
        steps.add(name)
    assert await steps.rollback.run() == ()
    assert steps.done == ["c", "b", "a"]


async def test_what_turned_out_not_to_be_ours_is_left() -> None:
    steps = Steps()
    steps.add("a")
    steps.add("theirs")
    steps.rollback.drop_last()
    await steps.rollback.run()
    assert steps.done == ["a"]


async def test_one_failure_stops_nothing_and_is_told() -> None:
    steps = Steps()
    steps.add("a")
    steps.add("b", Busy("in use"))
    steps.add("c")
    left = await steps.rollback.run()
    assert steps.done == ["c", "a"]
    assert [(leftover.what, leftover.error.detail) for leftover in left] == [("b", "in use")]


async def test_it_waits_once_for_a_lost_connection() -> None:
    steps = Steps(connected=False)
    steps.add("a")
    steps.add("b")
    assert await steps.rollback.run() == ()
    assert (steps.done, steps.waits) == (["b", "a"], 1)


async def test_a_host_that_stays_away_leaves_all_and_is_waited_for_once() -> None:
    steps = Steps(connected=False, comes_back=False)
    steps.add("a")
    steps.add("b")
    left = await steps.rollback.run()
    assert [leftover.what for leftover in left] == ["b", "a"]
    assert steps.waits == 1


async def test_cancelling_the_waiter_does_not_stop_the_work() -> None:
    entered, go = asyncio.Event(), asyncio.Event()

    async def work() -> str:
        entered.set()
        await go.wait()
        return "done"

    async with Scope("test") as scope:
        inner = scope.run(work())
        waiter = scope.run(finish(inner))
        await entered.wait()
        for _ in range(3):
            waiter.cancel()
            await asyncio.sleep(0)
        assert not inner.done()
        go.set()
        with pytest.raises(asyncio.CancelledError):
            await waiter
        assert inner.result() == "done"
