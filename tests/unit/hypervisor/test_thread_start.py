"""Threads start, one after the other, and nobody waits for them."""

from __future__ import annotations

import threading

import pytest

from tests.helpers.waiting import eventually_blocking
from vmgui.hypervisor.thread_start import start_thread


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
