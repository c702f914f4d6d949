"""Lanes: calls that hang cost a thread, never the loop, the other calls or the exit."""

import asyncio
import gc
import threading
import weakref
from functools import partial

import pytest

from tests.helpers.waiting import eventually
from vmgui.hypervisor.lane import Lane, Leave, OnWait
from vmgui.hypervisor.stuck_calls import ALL_POOLS, MAX_STUCK, StuckCalls
from vmgui.model.errors import Aborted, Busy, ConnectionLost, OutOfThreads, PoolSilent, TimedOut


class Gate:
    """A call that blocks until let through."""

    def __init__(self) -> None:
        self.begun = threading.Event()
        self.opened = threading.Event()
        self.calls = 0

    def __call__(self) -> str:
        self.calls += 1
        self.begun.set()
        assert self.opened.wait(120)
        return "through"


def refuse_to_start(_thread: threading.Thread) -> None:
    raise RuntimeError("can't start new thread")


def threads_of(name: str) -> list[threading.Thread]:
    return [thread for thread in threading.enumerate() if thread.name.startswith(name)]


async def test_results_and_errors_come_back() -> None:
    lane = Lane("t", 2)

    def fail() -> None:
        raise Aborted("so it is")

    assert await lane.run(lambda: 7, timeout_s=60) == 7
    with pytest.raises(Aborted, match="so it is"):
        await lane.run(fail, timeout_s=60)
    lane.close()


async def test_runs_off_the_loop_and_at_most_so_many_at_a_time() -> None:
    lane = Lane("t", 3)
    lock = threading.Lock()
    three = threading.Barrier(3)
    now = most = 0

    def work() -> int:
        nonlocal now, most
        with lock:
            now += 1
            most = max(most, now)
        three.wait(60)  # each needs two others beside it
        with lock:
            now -= 1
        return threading.get_ident()

    threads = await asyncio.gather(*(lane.run(work, timeout_s=60) for _ in range(30)))
    assert most == 3
    assert len(set(threads)) == 3
    assert threading.get_ident() not in threads
    lane.close()


async def test_one_call_needs_one_thread() -> None:
    lane = Lane("one", 4)
    for _ in range(5):
        await lane.run(lambda: None, timeout_s=60)
        await eventually(lambda: lane._idle == 1)
    assert len(threads_of("one")) == 1
    lane.close()


async def test_a_stuck_call_times_out_and_its_thread_is_replaced() -> None:
    lane = Lane("t", 1)
    gate = Gate()
    with pytest.raises(TimedOut):
        await lane.run(gate, timeout_s=0.1)
    assert lane.abandoned == 1
    assert await lane.run(lambda: "next", timeout_s=60) == "next"
    gate.opened.set()
    await eventually(lambda: lane.abandoned == 0)
    assert await lane.run(lambda: "still", timeout_s=60) == "still"
    lane.close()


async def test_the_queue_behind_a_stuck_call_moves_on() -> None:
    lane = Lane("t", 1)
    gate = Gate()
    stuck = asyncio.ensure_future(lane.run(gate, timeout_s=0.2))
    behind = asyncio.ensure_future(lane.run(lambda: "behind", timeout_s=60))
    with pytest.raises(TimedOut):
        await stuck
    assert await behind == "behind"
    gate.opened.set()
    lane.close()


async def test_a_call_that_waits_for_a_thread_has_its_deadline_too() -> None:
    lane = Lane("t", 1)
    gate = Gate()
    made = threading.Event()
    stuck = asyncio.ensure_future(lane.run(gate, timeout_s=None))
    await eventually(gate.begun.is_set)
    with pytest.raises(TimedOut):
        await lane.run(made.set, timeout_s=0.05)
    gate.opened.set()
    assert await stuck == "through"
    await lane.run(lambda: None, timeout_s=5)
    # Given up in the queue, it was never made, and no thread is lost with it.
    assert not made.is_set()
    assert lane.abandoned == 0
    lane.close()


def pass_deadlines(lane: Lane) -> None:
    """The calls that threads are in have lasted too long."""
    for call in tuple(lane._calls):
        if call.worker is not None:
            lane._on_deadline(call)


async def given_up(lane: Lane, count: int, pool: str | None = None) -> list[Gate]:
    """So many calls that nobody waits for any more; a thread is in each."""
    gates: list[Gate] = []
    for _ in range(count):
        gate = Gate()
        call = asyncio.ensure_future(lane.run(gate, timeout_s=600, pool=pool))
        await eventually(gate.begun.is_set)
        pass_deadlines(lane)
        with pytest.raises(TimedOut):
            await call
        gates.append(gate)
    return gates


async def test_eight_given_up_calls_stop_nothing() -> None:
    lane = Lane("t", 4)
    gates = await given_up(lane, 8)
    results = await asyncio.gather(*(lane.run(lambda: "well", timeout_s=10) for _ in range(20)))
    assert results == ["well"] * 20
    for gate in gates:
        gate.opened.set()
    lane.close()


async def test_so_many_given_up_calls_that_the_host_would_answer_nobody_are_the_last() -> None:
    stuck = StuckCalls()
    lane = Lane("t", 4, stuck)
    gates = await given_up(lane, MAX_STUCK)
    made = threading.Event()
    # On whatever lane and connection.
    for other in (lane, Lane("other", 4, stuck)):
        with pytest.raises(Busy):
            await other.run(made.set, timeout_s=10)
    for gate in gates:
        gate.opened.set()
    await eventually(lambda: lane.abandoned == 0 and stuck.count == 0)
    assert not made.is_set()
    assert await lane.run(lambda: "well again", timeout_s=5) == "well again"
    lane.close()


async def test_a_pool_with_a_call_stuck_in_it_is_not_asked_again_and_others_are() -> None:
    stuck = StuckCalls()
    lane = Lane("t", 2, stuck)
    (gate,) = await given_up(lane, 1, pool="nfs")
    asked: list[str] = []
    reopened = Lane("reopened", 2, stuck)
    for other in (lane, reopened):
        for pool in ("nfs", ALL_POOLS):
            with pytest.raises(PoolSilent) as silent:
                await other.run(partial(asked.append, pool), timeout_s=5, pool=pool)
            assert silent.value.subject == "nfs"
        assert await other.run(lambda: "well", timeout_s=5, pool="default") == "well"
    assert asked == []
    assert list(stuck.silent_pools) == ["nfs"]
    gate.opened.set()
    await eventually(lambda: not stuck.silent_pools)
    assert await lane.run(lambda: "back", timeout_s=5, pool="nfs") == "back"
    lane.close()
    reopened.close()


async def test_what_is_being_asked_is_not_asked_twice() -> None:
    lane = Lane("t", 4)
    gate = Gate()
    calls = [
        asyncio.ensure_future(lane.run(gate, timeout_s=20, pool="p", what=("p", "volumes"))) for _ in range(3)
    ]
    await eventually(gate.begun.is_set)
    # Who leaves takes nothing from the others.
    calls[0].cancel()
    gate.opened.set()
    assert await asyncio.gather(*calls[1:]) == ["through"] * 2
    assert gate.calls == 1
    assert await lane.run(gate, timeout_s=20, pool="p", what=("p", "volumes")) == "through"
    assert gate.calls == 2
    lane.close()


async def test_what_has_left_is_no_answer_for_who_has_to_know_anew() -> None:
    lane = Lane("t", 4)
    gate = Gate()

    def ask(*, anew: bool) -> asyncio.Future[str]:
        return asyncio.ensure_future(lane.run(gate, timeout_s=60, pool="p", what="volumes", anew=anew))

    calls = [ask(anew=False)]
    await eventually(gate.begun.is_set)
    # The first of these stands in line, and what stands in line serves them all.
    calls += (ask(anew=anew) for anew in (True, True, False))
    await eventually(lambda: len(lane._queue) == 1)
    gate.opened.set()
    assert await asyncio.gather(*calls) == ["through"] * 4
    assert gate.calls == 2
    lane.close()


async def test_one_pool_has_one_thread_and_who_waits_for_it_is_told_with_the_first() -> None:
    lane = Lane("t", 2)
    gate = Gate()
    made = threading.Event()
    first = asyncio.ensure_future(lane.run(gate, timeout_s=300, pool="nfs", what="volumes"))
    await eventually(gate.begun.is_set)
    behind = asyncio.ensure_future(lane.run(made.set, timeout_s=600, pool="nfs", what="look"))
    # The second thread is for the other pools.
    assert await lane.run(lambda: "well", timeout_s=10, pool="default", what="look") == "well"
    pass_deadlines(lane)
    with pytest.raises(TimedOut):
        await first
    with pytest.raises(PoolSilent):
        await behind
    gate.opened.set()
    await eventually(lambda: lane.abandoned == 0)
    assert not made.is_set()
    assert await lane.run(lambda: "back", timeout_s=10, pool="nfs", what="look") == "back"
    lane.close()


async def test_a_thread_that_cannot_be_started_is_told_and_not_counted(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    lane = Lane("none", 2)
    with monkeypatch.context() as patch:
        patch.setattr(threading.Thread, "start", refuse_to_start)
        for _ in range(5):
            with pytest.raises(OutOfThreads):
                await lane.run(lambda: None, timeout_s=10)
    assert await lane.run(lambda: "well again", timeout_s=10) == "well again"
    lane.close()


async def test_a_thread_that_cannot_be_started_leaves_its_call_to_another(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    lane = Lane("one", 2)
    gate = Gate()
    first = asyncio.ensure_future(lane.run(gate, timeout_s=20))
    await eventually(gate.begun.is_set)
    with monkeypatch.context() as patch:
        patch.setattr(threading.Thread, "start", refuse_to_start)
        second = asyncio.ensure_future(lane.run(lambda: "second", timeout_s=20))
        await eventually(lambda: len(lane._workers) == 1 and lane._queue)
    gate.opened.set()
    assert await first == "through"
    assert await second == "second"
    lane.close()


async def test_a_cancelled_wait_in_the_queue_is_never_made() -> None:
    lane = Lane("t", 1)
    gate = Gate()
    made = threading.Event()
    first = asyncio.ensure_future(lane.run(gate, timeout_s=60))
    await eventually(gate.begun.is_set)
    second = asyncio.ensure_future(lane.run(made.set, timeout_s=60))
    await asyncio.sleep(0)
    second.cancel()
    with pytest.raises(asyncio.CancelledError):
        await second
    gate.opened.set()
    await first
    await lane.run(lambda: None, timeout_s=60)
    assert not made.is_set()
    lane.close()


async def test_a_cancelled_call_under_way_keeps_its_deadline() -> None:
    lane = Lane("t", 1)
    gate = Gate()
    call = asyncio.ensure_future(lane.run(gate, timeout_s=0.2))
    await eventually(gate.begun.is_set)
    call.cancel()
    with pytest.raises(asyncio.CancelledError):
        await call
    await eventually(lambda: lane.abandoned == 1)
    assert await lane.run(lambda: 1, timeout_s=60) == 1
    gate.opened.set()
    lane.close()


async def test_a_call_without_a_deadline_that_nobody_waits_for_counts_as_given_up() -> None:
    stuck = StuckCalls()
    lane = Lane("t", 1, stuck)
    gate = Gate()
    call = asyncio.ensure_future(lane.run(gate, timeout_s=None, pool="nfs"))
    await eventually(gate.begun.is_set)
    call.cancel()
    with pytest.raises(asyncio.CancelledError):
        await call
    assert list(stuck.silent_pools) == ["nfs"]
    assert await lane.run(lambda: 1, timeout_s=5) == 1
    gate.opened.set()
    await eventually(lambda: not stuck.silent_pools)
    lane.close()


async def test_the_queue_behind_a_call_that_was_cancelled_moves_on() -> None:
    """No other call comes to start a thread for it."""
    lane, gate = Lane("t", 1), Gate()
    stuck = asyncio.create_task(lane.run(gate, timeout_s=None))
    await eventually(gate.begun.is_set)
    waiting = asyncio.create_task(lane.run(lambda: 7, timeout_s=None))
    await asyncio.sleep(0)
    stuck.cancel()
    async with asyncio.timeout(120):
        assert await waiting == 7
    gate.opened.set()
    lane.close()


async def test_who_asks_after_a_broken_connection_is_not_told_of_that_one() -> None:
    lane, gate = Lane("t", 2), Gate()
    first = asyncio.create_task(lane.run(gate, timeout_s=60, what="list"))
    await eventually(gate.begun.is_set)
    lane.fail_all(lambda: ConnectionLost("broken"))
    with pytest.raises(ConnectionLost):
        await first
    assert await lane.run(lambda: "anew", timeout_s=60, what="list") == "anew"
    gate.opened.set()
    lane.close()


async def test_what_a_closed_connection_leaves_in_the_host_stays_counted() -> None:
    stuck = StuckCalls()
    lane = Lane("t", 1, stuck)
    gate = Gate()
    call = asyncio.ensure_future(lane.run(gate, timeout_s=30, pool="nfs"))
    await eventually(gate.begun.is_set)
    lane.fail_all(ConnectionLost)
    lane.close()
    with pytest.raises(ConnectionLost):
        await call
    assert stuck.count == 1
    gate.opened.set()
    await eventually(lambda: stuck.count == 0)


async def test_a_pool_whose_call_ended_with_its_connection_is_asked_at_once() -> None:
    def breaks() -> None:
        gate()
        raise ConnectionLost("the daemon was restarted")

    stuck = StuckCalls()
    lane = Lane("t", 1, stuck)
    gate = Gate()
    call = asyncio.ensure_future(lane.run(breaks, timeout_s=None, pool="default"))
    await eventually(gate.begun.is_set)
    lane.fail_all(ConnectionLost)
    lane.close()
    with pytest.raises(ConnectionLost):
        await call
    with pytest.raises(PoolSilent):
        stuck.check("default")  # its thread is still in it
    gate.opened.set()
    await eventually(lambda: not stuck._calls)
    stuck.check("default")


async def test_fail_all_ends_every_wait_now() -> None:
    lane = Lane("t", 1)
    gate = Gate()
    calls = [asyncio.ensure_future(lane.run(gate, timeout_s=None)) for _ in range(5)]
    await eventually(gate.begun.is_set)
    lane.fail_all(ConnectionLost)
    results = await asyncio.gather(*calls, return_exceptions=True)
    assert all(isinstance(result, ConnectionLost) for result in results)
    assert not gate.opened.is_set(), "none of them has waited for the one under way"
    lane.close()
    gate.opened.set()


async def test_close_ends_the_threads_and_refuses_calls() -> None:
    lane = Lane("ends", 4)
    all_four = threading.Barrier(4)
    await asyncio.gather(*(lane.run(lambda: all_four.wait(60), timeout_s=60) for _ in range(8)))
    assert len(threads_of("ends")) == 4
    lane.close()
    await eventually(lambda: not threads_of("ends"))
    with pytest.raises(RuntimeError):
        await lane.run(lambda: None, timeout_s=60)


async def test_nothing_of_a_call_is_kept_by_its_error() -> None:
    class Handle:
        pass

    lane = Lane("t", 1)
    dead: list[weakref.ref[Handle]] = []

    def fail() -> None:
        handle = Handle()
        dead.append(weakref.ref(handle))
        try:
            raise ValueError
        except ValueError as error:
            raise Aborted("kept by the jobs pane for an hour") from error

    with pytest.raises(Aborted) as kept:
        await lane.run(fail, timeout_s=60)
    gc.collect()
    assert kept.value.detail
    assert dead[0]() is None
    lane.close()


async def test_who_has_to_wait_for_others_is_told_so_and_when_it_is_over() -> None:
    lane = Lane("full", 2)
    gates = [Gate(), Gate()]
    told: dict[str, list[bool]] = {"begun": [], "waits": [], "left": []}

    def note(who: str) -> OnWait:
        return lambda waits, _leave: told[who].append(waits)

    begun = [asyncio.ensure_future(lane.run(gate, timeout_s=60, on_wait=note("begun"))) for gate in gates]
    await eventually(lambda: all(gate.begun.is_set() for gate in gates))
    last = Gate()
    waits = asyncio.ensure_future(lane.run(last, timeout_s=60, on_wait=note("waits")))
    left = asyncio.ensure_future(lane.run(Gate(), timeout_s=60, on_wait=note("left")))
    await eventually(lambda: told["left"] == [True])
    assert told == {"begun": [], "waits": [True], "left": [True]}
    left.cancel()
    gates[0].opened.set()
    await eventually(lambda: told["waits"] == [True, False])
    assert last.begun.is_set()
    last.opened.set()
    gates[1].opened.set()
    assert [await one for one in (*begun, waits)] == ["through"] * 3
    # Whoever has gone waits no more, and where a thread is free nobody does.
    assert await lane.run(lambda: 7, timeout_s=60, on_wait=note("begun")) == 7
    assert told == {"begun": [], "waits": [True, False], "left": [True, False]}
    lane.close()


async def test_who_leaves_the_line_is_never_made_and_whose_turn_has_come_cannot_leave() -> None:
    lane = Lane("line", 1)
    gate, second, left_out = Gate(), Gate(), Gate()
    told: list[tuple[str, bool]] = []
    leaves: dict[str, Leave] = {}

    def note(who: str) -> OnWait:
        def on_wait(waits: bool, leave: Leave) -> None:
            told.append((who, waits))
            assert leaves.setdefault(who, leave) is leave

        return on_wait

    first = asyncio.ensure_future(lane.run(gate, timeout_s=60))
    await eventually(gate.begun.is_set)
    waits = asyncio.ensure_future(lane.run(second, timeout_s=60, on_wait=note("waits")))
    leaves_it = asyncio.ensure_future(lane.run(left_out, timeout_s=None, on_wait=note("leaves")))
    await eventually(lambda: len(leaves) == 2)
    leaves["leaves"]()
    # At once, while the thread is still taken.
    with pytest.raises(Aborted):
        await leaves_it
    assert told == [("waits", True), ("leaves", True), ("leaves", False)]
    gate.opened.set()
    await eventually(second.begun.is_set)
    leaves["waits"]()
    second.opened.set()
    assert [await first, await waits] == ["through"] * 2
    assert told[3:] == [("waits", False)]
    # The only thread has made all there was.
    assert await lane.run(lambda: 7, timeout_s=60) == 7
    assert not left_out.begun.is_set()
    assert lane.abandoned == 0
    lane.close()


async def test_who_may_not_wait_need_not_begin_to() -> None:
    lane = Lane("line", 1)
    gate = Gate()
    first = asyncio.ensure_future(lane.run(gate, timeout_s=60))
    await eventually(gate.begun.is_set)
    told: list[bool] = []

    def leave_at_once(waits: bool, leave: Leave) -> None:
        told.append(waits)
        leave()

    with pytest.raises(Aborted):
        await lane.run(Gate(), timeout_s=60, on_wait=leave_at_once)
    assert told == [True, False]
    gate.opened.set()
    assert await first == "through"
    lane.close()
