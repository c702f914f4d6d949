"""Lanes: calls that hang cost a thread, never the loop, the other calls or the exit."""

import asyncio
import gc
import threading
import time
import weakref

import pytest

from tests.helpers.waiting import eventually
from vmgui.hypervisor.lanes import MAX_ABANDONED, Lane
from vmgui.model.errors import Aborted, ConnectionLost, TimedOut


class Gate:
    """A call that blocks until let through."""

    def __init__(self) -> None:
        self.begun = threading.Event()
        self.opened = threading.Event()

    def __call__(self) -> str:
        self.begun.set()
        assert self.opened.wait(20)
        return "through"


def threads_of(name: str) -> list[threading.Thread]:
    return [thread for thread in threading.enumerate() if thread.name.startswith(name)]


async def test_results_and_errors_come_back() -> None:
    lane = Lane("t", 2)

    def fail() -> None:
        raise Aborted("so it is")

    assert await lane.run(lambda: 7, timeout_s=5) == 7
    with pytest.raises(Aborted, match="so it is"):
        await lane.run(fail, timeout_s=5)
    lane.close()


async def test_runs_off_the_loop_and_at_most_so_many_at_a_time() -> None:
    lane = Lane("t", 3)
    lock = threading.Lock()
    now = most = 0

    def work() -> int:
        nonlocal now, most
        with lock:
            now += 1
            most = max(most, now)
        time.sleep(0.01)
        with lock:
            now -= 1
        return threading.get_ident()

    threads = await asyncio.gather(*(lane.run(work, timeout_s=10) for _ in range(30)))
    assert most == 3
    assert len(set(threads)) == 3
    assert threading.get_ident() not in threads
    lane.close()


async def test_one_call_needs_one_thread() -> None:
    lane = Lane("one", 4)
    for _ in range(5):
        await lane.run(lambda: None, timeout_s=5)
        await eventually(lambda: lane._idle == 1)
    assert len(threads_of("one")) == 1
    lane.close()


async def test_a_stuck_call_times_out_and_its_thread_is_replaced() -> None:
    lane = Lane("t", 1)
    gate = Gate()
    with pytest.raises(TimedOut):
        await lane.run(gate, timeout_s=0.1)
    assert lane.abandoned == 1
    assert await lane.run(lambda: "next", timeout_s=5) == "next"
    gate.opened.set()
    await eventually(lambda: lane.abandoned == 0)
    assert await lane.run(lambda: "still", timeout_s=5) == "still"
    lane.close()


async def test_the_queue_behind_a_stuck_call_moves_on() -> None:
    lane = Lane("t", 1)
    gate = Gate()
    stuck = asyncio.ensure_future(lane.run(gate, timeout_s=0.2))
    behind = asyncio.ensure_future(lane.run(lambda: "behind", timeout_s=5))
    with pytest.raises(TimedOut):
        await stuck
    assert await behind == "behind"
    gate.opened.set()
    lane.close()


async def test_waiting_for_a_thread_counts_unless_told_otherwise() -> None:
    lane = Lane("t", 1)
    gate = Gate()
    stuck = asyncio.ensure_future(lane.run(gate, timeout_s=None))
    await eventually(gate.begun.is_set)
    with pytest.raises(TimedOut):
        await lane.run(lambda: None, timeout_s=0.05)
    patient = asyncio.ensure_future(lane.run(lambda: "in the end", timeout_s=0.5, from_start=True))
    await asyncio.sleep(0.7)
    assert not patient.done()
    gate.opened.set()
    assert await stuck == "through"
    assert await patient == "in the end"
    lane.close()


async def test_a_deadline_from_the_start_is_kept() -> None:
    lane = Lane("t", 1)
    gate = Gate()
    with pytest.raises(TimedOut):
        await lane.run(gate, timeout_s=0.1, from_start=True)
    gate.opened.set()
    lane.close()


async def test_too_many_stuck_calls_are_answered_at_once() -> None:
    lane = Lane("t", 4)
    gates = [Gate() for _ in range(MAX_ABANDONED)]
    results = await asyncio.gather(
        *(lane.run(gate, timeout_s=0.1, from_start=True) for gate in gates), return_exceptions=True
    )
    assert all(isinstance(result, TimedOut) for result in results)
    started = time.monotonic()
    with pytest.raises(TimedOut):
        await lane.run(lambda: None, timeout_s=10)
    assert time.monotonic() - started < 0.1
    for gate in gates:
        gate.opened.set()
    await eventually(lambda: lane.abandoned == 0)
    assert await lane.run(lambda: "well again", timeout_s=5) == "well again"
    lane.close()


async def test_a_cancelled_wait_in_the_queue_is_never_made() -> None:
    lane = Lane("t", 1)
    gate = Gate()
    made = threading.Event()
    first = asyncio.ensure_future(lane.run(gate, timeout_s=10))
    await eventually(gate.begun.is_set)
    second = asyncio.ensure_future(lane.run(made.set, timeout_s=10))
    await asyncio.sleep(0)
    second.cancel()
    with pytest.raises(asyncio.CancelledError):
        await second
    gate.opened.set()
    await first
    await lane.run(lambda: None, timeout_s=5)
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
    assert await lane.run(lambda: 1, timeout_s=5) == 1
    gate.opened.set()
    lane.close()


async def test_fail_all_ends_every_wait_now() -> None:
    lane = Lane("t", 1)
    gate = Gate()
    calls = [asyncio.ensure_future(lane.run(gate, timeout_s=30)) for _ in range(5)]
    await eventually(gate.begun.is_set)
    started = time.monotonic()
    lane.fail_all(ConnectionLost)
    results = await asyncio.gather(*calls, return_exceptions=True)
    assert all(isinstance(result, ConnectionLost) for result in results)
    assert time.monotonic() - started < 0.5
    lane.close()
    gate.opened.set()


async def test_close_ends_the_threads_and_refuses_calls() -> None:
    lane = Lane("ends", 4)
    await asyncio.gather(*(lane.run(lambda: time.sleep(0.01), timeout_s=5) for _ in range(8)))
    assert len(threads_of("ends")) == 4
    lane.close()
    await eventually(lambda: not threads_of("ends"))
    with pytest.raises(RuntimeError):
        await lane.run(lambda: None, timeout_s=5)


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
        await lane.run(fail, timeout_s=5)
    gc.collect()
    assert kept.value.detail
    assert dead[0]() is None
    lane.close()
