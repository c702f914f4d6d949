"""A scope keeps, reports and ends the tasks it was given."""

from __future__ import annotations

import asyncio
import gc

import pytest

from vmgui.services.scope import Scope, failures, happens_within


async def test_leaving_it_ends_its_tasks() -> None:
    ended = asyncio.Event()

    async def work() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            ended.set()

    async with Scope("test") as scope:
        scope.run(work())
        await asyncio.sleep(0)
    assert ended.is_set()


async def test_one_failure_is_reported_and_the_siblings_live() -> None:
    errors: list[Exception] = []
    failed = asyncio.Event()

    def on_error(error: Exception) -> None:
        errors.append(error)
        failed.set()

    async def fail() -> None:
        raise KeyError("broken")

    async with Scope("test", on_error) as scope:
        sibling = scope.run(asyncio.Event().wait())
        scope.run(fail())
        await failed.wait()
        assert not sibling.done()
    assert [type(error) for error in errors] == [KeyError]


async def test_without_a_listener_a_failure_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    async def fail() -> None:
        raise KeyError("broken")

    async with Scope("test") as scope:
        task = scope.run(fail())
        await asyncio.wait({task})
        await asyncio.sleep(0)
    assert "broken" in caplog.text


async def test_a_task_nobody_holds_is_not_collected() -> None:
    done = asyncio.Event()
    gate = asyncio.Event()

    async def work() -> None:
        await gate.wait()
        done.set()

    async with Scope("test") as scope:
        scope.run(work())
        await asyncio.sleep(0)
        gc.collect()
        gate.set()
        assert await happens_within(done, 5)


async def test_a_closed_scope_takes_no_work() -> None:
    scope = Scope("test")
    await scope.close()
    with pytest.raises(RuntimeError):
        scope.run(asyncio.sleep(0))
    assert scope.is_closed


async def test_work_that_closes_its_own_scope_does_not_wait_for_itself() -> None:
    scope = Scope("test")
    task = scope.run(scope.close())
    await asyncio.wait({task}, timeout=5)
    assert task.done()


async def test_closing_gives_up_at_its_deadline(caplog: pytest.LogCaptureFixture) -> None:
    release = asyncio.Event()

    async def stubborn() -> None:
        while not release.is_set():
            try:
                await release.wait()
            except asyncio.CancelledError:
                continue

    scope = Scope("test")
    scope.run(stubborn())
    await asyncio.sleep(0)
    await scope.close(timeout_s=0.05)
    assert "did not end in time" in caplog.text
    release.set()


async def test_waiting_for_an_event_has_a_deadline() -> None:
    event = asyncio.Event()
    assert not await happens_within(event, 0.01)
    event.set()
    assert await happens_within(event, 0)
    assert await happens_within(event, -1)


def test_without_a_running_loop_nothing_is_left_unawaited() -> None:
    started: list[bool] = []

    async def work() -> None:
        started.append(True)

    scope = Scope("x")
    with pytest.raises(RuntimeError, match="no running event loop"):
        scope.run(work())
    gc.collect()
    assert started == []


async def test_without_a_listener_a_failure_is_told_to_the_person(caplog: pytest.LogCaptureFixture) -> None:
    told: list[Exception] = []
    subscription = failures.subscribe(told.append)

    async def fail() -> None:
        raise KeyError("broken")

    async def leave() -> None:
        raise asyncio.CancelledError

    try:
        async with Scope("test") as scope:
            await asyncio.wait({scope.run(fail()), scope.run(leave())})
            await asyncio.sleep(0)
    finally:
        subscription.cancel()
    assert [repr(error) for error in told] == ["KeyError('broken')"]
