"""Threads start, one after the other, and nobody waits for them."""

from __future__ import annotations

import threading
from queue import SimpleQueue

import pytest

from tests.helpers.waiting import eventually_blocking
from vmgui.hypervisor import thread_start
from vmgui.hypervisor.thread_start import start_thread
from vmgui.services.background import in_thread


def test_they_run_with_what_they_were_given() -> None:
    ran: list[tuple[int, str]] = []

    def work(number: int) -> None:
        ran.append((number, threading.current_thread().name))

    for number in range(50):
        start_thread(work, number, name=f"t-{number}")
    eventually_blocking(lambda: len(ran) == 50)
    assert sorted(ran) == sorted((number, f"t-{number}") for number in range(50))


def test_nobody_waits_for_a_slow_start(monkeypatch: pytest.MonkeyPatch) -> None:
    real = threading.Thread.start
    ran = threading.Event()
    start_thread(ran.set, name="first")
    assert ran.wait(10)
    ran.clear()

    go_on = threading.Event()

    def slow(thread: threading.Thread) -> None:
        assert go_on.wait(10)
        real(thread)

    monkeypatch.setattr(threading.Thread, "start", slow)
    start_thread(ran.set, name="late")
    assert not ran.is_set(), "whoever asked has gone on long before"
    go_on.set()
    assert ran.wait(10)


def test_one_that_cannot_be_started_harms_no_other(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    real = threading.Thread.start
    ran = threading.Event()

    def start(thread: threading.Thread) -> None:
        if thread.name == "too many":
            raise RuntimeError("can't start new thread")
        real(thread)

    monkeypatch.setattr(threading.Thread, "start", start)
    start_thread(ran.set, name="too many")
    start_thread(ran.set, name="fine")
    assert ran.wait(10)
    assert "too many" in caplog.text


def refuse(_thread: threading.Thread) -> None:
    raise RuntimeError("can't start new thread")


def test_whoever_asked_for_one_that_cannot_be_started_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[Exception] = []
    with monkeypatch.context() as patch:
        patch.setattr(threading.Thread, "start", refuse)
        start_thread(int, name="too many", on_failure=told.append)
        eventually_blocking(lambda: told)
    assert "can't start" in str(told[0])


def test_not_even_the_first_thread_can_be_had_and_later_it_can(monkeypatch: pytest.MonkeyPatch) -> None:
    """As in a process in which nothing was started yet."""
    monkeypatch.setattr(thread_start, "_is_running", False)
    monkeypatch.setattr(thread_start, "_waiting", SimpleQueue())
    told: list[Exception] = []
    with monkeypatch.context() as patch:
        patch.setattr(threading.Thread, "start", refuse)
        start_thread(int, name="first", on_failure=told.append)
        assert len(told) == 1
    ran = threading.Event()

    def end_starter(thread: threading.Thread) -> None:
        # A second one that lives as long as the process would be a leak of this test's.
        assert thread.name == thread_start.NAME
        ran.set()

    monkeypatch.setattr(threading.Thread, "start", end_starter)
    start_thread(int, name="next")
    assert ran.is_set()


async def test_work_in_a_thread_that_cannot_be_started_fails_like_a_file(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(threading.Thread, "start", refuse)
        with pytest.raises(OSError, match="no thread can be started"):
            await in_thread(int)
    assert await in_thread(int) == 0
