"""Calls between two hosts of the test driver: both places or none, and never two that wait for each other."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Callable, Generator, Iterator
from contextlib import contextmanager
from pathlib import Path

import libvirt
import pytest

from tests.helpers.waiting import eventually
from tests.unit.hypervisor.recording import Recorder, host, private_uri
from vmgui.hypervisor import between
from vmgui.hypervisor.between import run_between
from vmgui.hypervisor.connection import Connection
from vmgui.hypervisor.domains import list_domains
from vmgui.hypervisor.lane import Leave
from vmgui.hypervisor.lanes import LONG
from vmgui.model.errors import Aborted, ConnectionLost, NotFound, TimedOut

Pair = tuple[Connection, Connection]


@pytest.fixture
async def pair(tmp_path: Path) -> AsyncIterator[Pair]:
    made: list[Connection] = []
    for name in ("a", "b"):
        directory = tmp_path / name
        directory.mkdir()
        connection = Connection(host(private_uri(directory), name), Recorder())
        await connection.open()
        made.append(connection)
    yield made[0], made[1]
    for connection in made:
        await connection.close()


class Gate:
    """Calls that stay under way until they are let go."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self.go = threading.Event()
        self.begun: list[tuple[str, ...]] = []

    def hold(self, _conn: libvirt.virConnect, name: str = "") -> str:
        with self._lock:
            self.begun.append((name,))
        assert self.go.wait(120)
        return name

    def move(self, source: libvirt.virConnect, destination: libvirt.virConnect, name: str = "") -> str:
        with self._lock:
            self.begun.append((source.getURI(), destination.getURI(), name))
        assert self.go.wait(120)
        return name


def uris(*connections: Connection) -> tuple[str, ...]:
    return tuple(connection.config.uri for connection in connections)


async def filled(connection: Connection, gate: Gate, count: int = LONG.threads) -> list[asyncio.Task[str]]:
    before = len(gate.begun)
    calls = [
        asyncio.ensure_future(connection.run(gate.hold, lane=LONG, timeout_s=None)) for _ in range(count)
    ]
    await eventually(lambda: len(gate.begun) == before + count)
    return calls


@pytest.mark.parametrize("turned", [False, True])
async def test_a_call_gets_both_connections_in_its_own_order(pair: Pair, *, turned: bool) -> None:
    source, destination = reversed(pair) if turned else pair

    def move(one: libvirt.virConnect, other: libvirt.virConnect, word: str) -> tuple[str, str, str]:
        return one.getURI(), other.getURI(), word

    assert await run_between(source, destination, move, "x", timeout_s=60) == (
        *uris(source, destination),
        "x",
    )
    assert source.abandoned_calls == destination.abandoned_calls == 0


async def test_what_fails_fails_once_and_frees_both(pair: Pair) -> None:
    def fail(source: libvirt.virConnect, _destination: libvirt.virConnect) -> None:
        source.lookupByName("nobody")

    for timeout_s in (60, None):
        with pytest.raises(NotFound) as caught:
            await run_between(*pair, fail, timeout_s=timeout_s)
        assert not caught.value.never_sent
        assert [connection.abandoned_calls for connection in pair] == [0, 0]


async def test_it_departs_only_with_both_and_waits_with_empty_hands(pair: Pair) -> None:
    """The second host is full: so many as the first has places wait for it, and take none of those."""
    first, second = pair
    full, gate, moved = Gate(), Gate(), Gate()
    others = await filled(second, full)
    waited: list[bool] = []

    def on_wait(waits: bool, _leave: Leave) -> None:
        waited.append(waits)

    calls = [
        asyncio.ensure_future(run_between(first, second, moved.move, on_wait=on_wait))
        for _ in range(LONG.threads)
    ]
    await eventually(lambda: len(waited) == LONG.threads)
    beside = await filled(first, gate)
    # The second has places now, and the first has none.
    full.go.set()
    await asyncio.gather(*others)
    others = await filled(second, gate)
    assert (moved.begun, waited) == ([], [True] * LONG.threads)
    gate.go.set()
    moved.go.set()
    await asyncio.gather(*beside, *others, *calls)
    assert waited == [True] * LONG.threads + [False] * LONG.threads
    assert [connection.abandoned_calls for connection in pair] == [0, 0]


async def test_who_waited_longest_goes_first(pair: Pair) -> None:
    """Calls of one host alone that come later do not keep it from its turn."""
    first, second = pair
    full, moved = Gate(), Gate()
    others = await filled(second, full)
    waits = asyncio.Event()
    moving = asyncio.ensure_future(run_between(first, second, moved.move, on_wait=lambda *_: waits.set()))
    await waits.wait()
    later = Gate()
    behind = [
        asyncio.ensure_future(second.run(later.hold, lane=LONG, timeout_s=None)) for _ in range(LONG.threads)
    ]
    await asyncio.sleep(0)
    full.go.set()
    await eventually(lambda: len(moved.begun) == 1)
    assert len(later.begun) < LONG.threads
    for gate in (moved, later):
        gate.go.set()
    await asyncio.gather(moving, *others, *behind)


async def test_two_ways_at_once_never_wait_for_each_other(pair: Pair) -> None:
    """One place is left on each host: each of the two calls would take that of its own source."""
    a, b = pair
    held, gate = Gate(), Gate()
    others = [call for connection in pair for call in await filled(connection, held, LONG.threads - 1)]
    calls = [
        asyncio.ensure_future(run_between(one, other, gate.move, timeout_s=120))
        for one, other in ((a, b), (b, a))
    ]
    await eventually(lambda: len(gate.begun) == 1)
    gate.go.set()
    await asyncio.gather(*calls)
    assert sorted(gate.begun) == sorted([(*uris(a, b), ""), (*uris(b, a), "")])
    held.go.set()
    await asyncio.gather(*others)


async def test_so_many_as_there_are_places_are_under_way_at_once(pair: Pair) -> None:
    gate = Gate()
    a, b = pair
    calls = [
        asyncio.ensure_future(run_between(*((a, b) if number % 2 else (b, a)), gate.move))
        for number in range(LONG.threads + 1)
    ]
    await eventually(lambda: len(gate.begun) == LONG.threads)
    # All else of both hosts goes on.
    for connection in pair:
        assert len(await connection.run(list_domains, "h")) == 1
    assert len(gate.begun) == LONG.threads
    gate.go.set()
    await asyncio.gather(*calls)


async def test_one_that_does_not_come_back_counts_on_both(pair: Pair) -> None:
    gate = Gate()
    with pytest.raises(TimedOut) as caught:
        await run_between(*pair, gate.move, timeout_s=0.3)
    assert not caught.value.never_sent
    assert len(gate.begun) == 1
    await eventually(lambda: [connection.abandoned_calls for connection in pair] == [1, 1])
    gate.go.set()
    await eventually(lambda: [connection.abandoned_calls for connection in pair] == [0, 0])


@pytest.mark.parametrize("full", [0, 1])
async def test_a_deadline_counts_from_the_asking_and_what_did_not_depart_never_will(
    pair: Pair, full: int
) -> None:
    gate, moved = Gate(), Gate()
    others = await filled(pair[full], gate)
    with pytest.raises(TimedOut) as caught:
        await run_between(*pair, moved.move, timeout_s=0.1)
    assert caught.value.never_sent
    gate.go.set()
    await asyncio.gather(*others)
    moved.go.set()
    await run_between(*pair, moved.move, "after", timeout_s=60)
    assert [name for *_, name in moved.begun] == ["after"]
    await eventually(lambda: [connection.abandoned_calls for connection in pair] == [0, 0])


@pytest.mark.parametrize("full", [0, 1])
async def test_who_leaves_the_line_is_never_made_and_keeps_no_place(pair: Pair, full: int) -> None:
    gate, moved = Gate(), Gate()
    others = await filled(pair[full], gate)
    leaves: list[Leave] = []

    def on_wait(waits: bool, leave: Leave) -> None:
        if waits:
            leaves.append(leave)

    moving = asyncio.ensure_future(run_between(*pair, moved.move, on_wait=on_wait))
    await eventually(lambda: leaves)
    leaves[0]()
    with pytest.raises(Aborted) as caught:
        await moving
    assert caught.value.never_sent
    gate.go.set()
    await asyncio.gather(*others)
    both = Gate()
    calls = [call for connection in pair for call in await filled(connection, both)]
    both.go.set()
    await asyncio.gather(*calls)
    assert moved.begun == []


async def test_cancelled_while_it_waits_it_keeps_no_place(pair: Pair) -> None:
    gate, moved = Gate(), Gate()
    others = await filled(pair[1], gate)
    waits = asyncio.Event()
    moving = asyncio.ensure_future(run_between(*pair, moved.move, on_wait=lambda *_: waits.set()))
    await waits.wait()
    moving.cancel()
    with pytest.raises(asyncio.CancelledError):
        await moving
    await eventually(lambda: pair[0].abandoned_calls == 0)
    calls = await filled(pair[0], gate)
    gate.go.set()
    await asyncio.gather(*others, *calls)
    assert moved.begun == []


@pytest.fixture
def connecting(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[Connection], Gate]]:
    """Has the next connection for a long call to a host wait for a gate."""
    gates: list[Gate] = []

    def slow_once(connection: Connection) -> Gate:
        assert connection._opening is not None
        session, gate = connection._opening.session, Gate()
        gates.append(gate)
        real = session.borrow

        @contextmanager
        def borrow(*, slow: bool = False) -> Generator[libvirt.virConnect]:
            with real(slow=slow) as conn:
                if slow and not gate.begun:
                    gate.hold(conn)
                yield conn

        monkeypatch.setattr(session, "borrow", borrow)
        return gate

    yield slow_once
    for gate in gates:
        gate.go.set()


async def test_a_host_that_is_slow_to_connect_keeps_no_other_call_from_its_places(
    pair: Pair, connecting: Callable[[Connection], Gate]
) -> None:
    gate, moved = connecting(pair[1]), Gate()
    slow = asyncio.ensure_future(run_between(*pair, moved.move, "slow"))
    await eventually(lambda: gate.begun)
    moved.go.set()
    assert await run_between(*pair, moved.move, "other", timeout_s=20) == "other"
    assert not slow.done()
    gate.go.set()
    assert await slow == "slow"


@pytest.mark.parametrize("slow", [0, 1])
async def test_who_waits_for_a_connection_says_so_and_can_leave(
    pair: Pair, connecting: Callable[[Connection], Gate], slow: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(between, "CONNECTING_S", 0.0)
    gate, moved = connecting(pair[slow]), Gate()
    waited: list[bool] = []
    leaves: list[Leave] = []

    def on_wait(waits: bool, leave: Leave) -> None:
        waited.append(waits)
        leaves.append(leave)

    moving = asyncio.ensure_future(run_between(*pair, moved.move, on_wait=on_wait))
    await eventually(lambda: gate.begun and leaves)
    leaves[0]()
    with pytest.raises(Aborted) as caught:
        await moving
    assert caught.value.never_sent
    assert waited == [True, False]
    assert pair[slow].abandoned_calls == 1, "nobody can end the connecting"
    gate.go.set()
    moved.go.set()
    await eventually(lambda: [connection.abandoned_calls for connection in pair] == [0, 0])
    assert await run_between(*pair, moved.move, "next") == "next"
    assert len(moved.begun) == 1


@pytest.mark.parametrize("broken", [0, 1])
async def test_a_connection_that_ends_ends_the_waiting(pair: Pair, broken: int) -> None:
    gate = Gate()
    moving = asyncio.ensure_future(run_between(*pair, gate.move, timeout_s=3600))
    await eventually(lambda: gate.begun)
    pair[broken].abandon()
    with pytest.raises(ConnectionLost) as caught:
        await moving
    assert caught.value.host == pair[broken].config.name
    assert not caught.value.never_sent
    assert pair[broken].abandoned_calls == 1
    gate.go.set()
    await eventually(lambda: [connection.abandoned_calls for connection in pair] == [0, 0])


async def test_what_is_done_is_done_though_the_first_place_was_lost(
    pair: Pair, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Even where it is heard of that before the result is: the place was left, so the call has ended."""
    first, second = pair
    run, run_second = first.run, second.run
    is_lost = asyncio.Event()

    async def lost(*args: object, **options: object) -> object:
        await run(*args, **options)  # type: ignore[arg-type]
        is_lost.set()
        raise ConnectionLost("gone")

    async def late(*args: object, **options: object) -> object:
        result = await run_second(*args, **options)  # type: ignore[arg-type]
        await is_lost.wait()
        for _ in range(20):
            await asyncio.sleep(0)
        return result

    monkeypatch.setattr(first, "run", lost)
    monkeypatch.setattr(second, "run", late)
    gate = Gate()
    gate.go.set()
    assert await run_between(*pair, gate.move, "moved") == "moved"


async def test_one_host_is_not_two(pair: Pair) -> None:
    with pytest.raises(ValueError, match="not two"):
        await run_between(pair[0], pair[0], Gate().move)
