"""Taking back: newest first, to the end, whatever happens meanwhile; and no creation stops what another needs."""

from __future__ import annotations

import asyncio

import pytest

from vmgui.model.errors import (
    ConnectionLost,
    HostUnreachable,
    InvalidState,
    NotProvenOurs,
    PermissionDenied,
    StillUsed,
    TimedOut,
    VmguiError,
)
from vmgui.model.rollback import Fate, Made, MadeKind
from vmgui.services.rollback import rollback as module
from vmgui.services.rollback.claims import Claims
from vmgui.services.rollback.rollback import Rollback, finish
from vmgui.services.scope import Scope


class Steps:
    """A host that notes what is taken back, and fails as told."""

    def __init__(self, *, connected: bool = True, comes_back: bool = True) -> None:
        self.done: list[str] = []
        self.saved: list[list[str]] = []
        self.errors: dict[str, list[VmguiError]] = {}
        self.connected = connected
        self.comes_back = comes_back
        self.waits = 0
        self.rollback = Rollback(self.take_back, self.reconnect, self.save)

    async def take_back(self, made: Made) -> Fate:
        if not self.connected:
            raise ConnectionLost("no connection")
        errors = self.errors.get(made.name, [])
        if errors:
            raise errors.pop(0)
        self.done.append(made.name)
        return Fate.REMOVED

    async def reconnect(self) -> None:
        self.waits += 1
        if not self.comes_back:
            raise HostUnreachable("gone")
        self.connected = True

    async def save(self, made: tuple[Made, ...]) -> None:
        self.saved.append([each.name for each in made])

    async def add(self, *names: str) -> None:
        for name in names:
            await self.rollback.add(thing(name))

    async def run(self) -> list[str]:
        return [leftover.made.name for leftover in await self.rollback.run()]


def thing(name: str) -> Made:
    return Made(MadeKind.VOLUME, name)


async def test_newest_first() -> None:
    steps = Steps()
    await steps.add(*"abc")
    assert await steps.run() == []
    assert steps.done == ["c", "b", "a"]


async def test_it_is_kept_before_it_is_made_and_until_it_is_taken_back() -> None:
    steps = Steps()
    await steps.add("a", "b")
    await steps.run()
    assert steps.saved == [["a"], ["a", "b"], ["a"], []]


async def test_what_turned_out_not_to_be_ours_is_left() -> None:
    steps = Steps()
    await steps.add("a", "theirs")
    await steps.rollback.drop(thing("theirs"))
    await steps.run()
    assert steps.done == ["a"]


async def test_one_failure_stops_nothing_and_is_told() -> None:
    steps = Steps()
    await steps.add(*"abc")
    steps.errors["b"] = [NotProvenOurs("of another")]
    assert await steps.run() == ["b"]
    assert steps.done == ["c", "a"]
    assert steps.rollback.made == ()


@pytest.mark.parametrize("error", [PermissionDenied("no"), StillUsed("it runs"), TimedOut("no answer")])
async def test_a_machine_that_stays_keeps_what_it_was_made_of(error: VmguiError) -> None:
    """Its disk is not taken from it, nor is the network stopped under it."""
    steps = Steps()
    await steps.add("disk", "net")
    machine = Made(MadeKind.MACHINE, "web", is_proven=True)
    await steps.rollback.add(machine)
    steps.errors["web"] = [error]
    left = await steps.rollback.run()
    assert {leftover.made.name: type(leftover.error) for leftover in left} == dict.fromkeys(
        ("web", "net", "disk"), type(error)
    )
    assert steps.done == []
    assert steps.rollback.made == (
        (thing("disk"), thing("net"), machine) if isinstance(error, TimedOut) else ()
    )


async def test_a_machine_of_somebody_else_keeps_nothing_of_ours() -> None:
    steps = Steps()
    await steps.add("disk")
    await steps.rollback.add(Made(MadeKind.MACHINE, "web"))
    steps.errors["web"] = [NotProvenOurs("a machine of that UUID is there")]
    assert await steps.run() == ["web"]
    assert steps.done == ["disk"]


async def test_what_the_host_still_holds_is_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "BUSY_INTERVAL_S", 0.0)
    steps = Steps()
    await steps.add("a")
    steps.errors["a"] = [InvalidState("still in use"), InvalidState("still in use")]
    assert await steps.run() == []
    steps.errors["b"] = [InvalidState("still in use")]
    monkeypatch.setattr(module, "BUSY_TIMEOUT_S", 0.0)
    await steps.add("b")
    assert await steps.run() == ["b"]


async def test_it_waits_once_for_a_lost_connection() -> None:
    steps = Steps(connected=False)
    await steps.add("a", "b")
    assert await steps.run() == []
    assert (steps.done, steps.waits) == (["b", "a"], 1)


async def test_a_host_that_stays_away_leaves_all_for_later_and_is_waited_for_once() -> None:
    steps = Steps(connected=False, comes_back=False)
    await steps.add("a", "b")
    assert await steps.run() == ["b", "a"]
    assert steps.waits == 1
    assert steps.rollback.made == (thing("a"), thing("b"))


async def test_no_answer_in_time_is_left_for_later_too() -> None:
    steps = Steps()
    await steps.add("a", "b")
    steps.errors["b"] = [TimedOut("no answer")]
    assert await steps.run() == ["b"]
    assert steps.rollback.made == (thing("b"),)


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


def test_a_claim_is_of_one_host_and_lasts_as_long_as_its_creation() -> None:
    claims = Claims()
    with claims.of("h", "one", {"network default"}), claims.of("h", "two", {"network default", "pool a"}):
        assert claims.is_claimed("h", "pool a")
    with claims.of("h", "one", {"network default"}):
        assert claims.is_claimed("h", "network default")
        assert not claims.is_claimed("h", "pool a")
        assert not claims.is_claimed("other", "network default")
    assert not claims.is_claimed("h", "network default")
