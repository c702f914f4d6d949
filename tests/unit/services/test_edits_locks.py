"""A machine's definition belongs to one call until that has come back, whoever still waits for it."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from typing import Any

import pytest

from tests.helpers.waiting import PATIENCE_S, eventually
from tests.helpers.world import World
from vmgui.hypervisor.connection import Connection
from vmgui.hypervisor.departure import Departure
from vmgui.model.domain import DomainKey
from vmgui.model.errors import Busy, ConnectionLost, InvalidConfig, TimedOut
from vmgui.services.edits_locks import DefinitionLocks

SOON_S = 0.05


class Slow:
    """A call that comes back when it is let go."""

    def __init__(self) -> None:
        self.began, self.go = threading.Event(), threading.Event()
        self.defined = False

    def __call__(self, _conn: Any, _uuid: str, departure: Departure) -> str:
        self.began.set()
        assert self.go.wait(PATIENCE_S)
        departure.leave()
        self.defined = True
        return "slow"


def sure(_conn: Any, _uuid: str, departure: Departure) -> str:
    departure.leave()
    return "done"


def refused(_conn: Any, _uuid: str, _departure: Departure) -> str:
    raise InvalidConfig


@pytest.fixture
async def at(world: World, test_driver: Callable[..., str]) -> tuple[Connection, DomainKey]:
    world.add(test_driver("a"))
    await world.connected()
    key = world.key("a")
    return world.hosts.connection(key.host_id), key


async def test_it_is_held_until_the_call_is_back(at: tuple[Connection, DomainKey]) -> None:
    locks, slow, late = DefinitionLocks(), Slow(), list[str]()
    with pytest.raises(TimedOut):
        await locks.run(*at, slow, on_late=late.append, timeout_s=SOON_S)
    assert slow.began.is_set()
    assert locks.of(at[1]).locked()
    with pytest.raises(Busy) as caught:
        await locks.run(*at, sure, on_late=late.append, timeout_s=SOON_S)
    assert caught.value.never_sent
    after = asyncio.ensure_future(locks.run(*at, sure, on_late=late.append, timeout_s=PATIENCE_S))
    slow.go.set()
    assert await after == "done"
    # Nobody waited for it: it did not define.
    assert (slow.defined, late) == (False, [])


async def test_what_was_on_its_way_is_told_late(at: tuple[Connection, DomainKey]) -> None:
    locks, go, late = DefinitionLocks(), threading.Event(), list[str]()

    def defining(_conn: Any, _uuid: str, departure: Departure) -> str:
        departure.leave()
        assert go.wait(PATIENCE_S)
        return "late"

    with pytest.raises(TimedOut):
        await locks.run(*at, defining, on_late=late.append, timeout_s=SOON_S)
    assert locks.of(at[1]).locked()
    go.set()
    await eventually(lambda: late == ["late"])
    assert not locks.of(at[1]).locked()


async def test_who_leaves_leaves_the_call_alone_with_it(at: tuple[Connection, DomainKey]) -> None:
    locks, slow, late = DefinitionLocks(), Slow(), list[str]()
    task = asyncio.ensure_future(locks.run(*at, slow, on_late=late.append, timeout_s=PATIENCE_S))
    await eventually(slow.began.is_set)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert locks.of(at[1]).locked()
    lock = locks.of(at[1])
    slow.go.set()
    await eventually(lambda: not lock.locked())
    assert (slow.defined, late) == (False, [])


async def test_a_call_that_fails_or_never_begins_holds_nothing(
    world: World, at: tuple[Connection, DomainKey]
) -> None:
    locks, late = DefinitionLocks(), list[str]()
    with pytest.raises(InvalidConfig):
        await locks.run(*at, refused, on_late=late.append, timeout_s=PATIENCE_S)
    assert await locks.run(*at, sure, on_late=late.append, timeout_s=PATIENCE_S) == "done"
    await at[0].close()
    with pytest.raises(ConnectionLost):
        await locks.run(*at, sure, on_late=late.append, timeout_s=PATIENCE_S)
    assert not locks.of(at[1]).locked()
    assert late == []
