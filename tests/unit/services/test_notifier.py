"""Observers hear in order, harm nobody and leave when they want."""

from __future__ import annotations

import pytest

from vmgui.services.notifier import Notifier


def test_everybody_hears_in_order() -> None:
    notifier: Notifier[int] = Notifier()
    heard: list[tuple[str, int]] = []
    notifier.subscribe(lambda value: heard.append(("a", value)))
    notifier.subscribe(lambda value: heard.append(("b", value)))
    notifier.emit(1)
    notifier.emit(2)
    assert heard == [("a", 1), ("b", 1), ("a", 2), ("b", 2)]


def test_who_cancels_hears_no_more_and_may_do_so_twice() -> None:
    notifier: Notifier[int] = Notifier()
    heard: list[int] = []
    subscription = notifier.subscribe(heard.append)
    subscription.cancel()
    subscription.cancel()
    notifier.emit(1)
    assert not heard


def test_one_that_fails_is_logged_and_the_next_still_hears(caplog: pytest.LogCaptureFixture) -> None:
    notifier: Notifier[int] = Notifier()
    heard: list[int] = []

    def fail(_value: int) -> None:
        raise KeyError("broken")

    notifier.subscribe(fail)
    notifier.subscribe(heard.append)
    notifier.emit(1)
    assert heard == [1]
    assert "broken" in caplog.text


def test_subscribing_and_leaving_while_told_is_safe() -> None:
    notifier: Notifier[int] = Notifier()
    heard: list[str] = []

    def once(_value: int) -> None:
        heard.append("once")
        subscription.cancel()
        notifier.subscribe(lambda _value: heard.append("late"))

    subscription = notifier.subscribe(once)
    notifier.emit(1)
    notifier.emit(2)
    assert heard == ["once", "late"]


def test_the_first_and_the_last_subscriber_are_told_of() -> None:
    used: list[bool] = []
    notifier: Notifier[int] = Notifier(used.append)
    assert not notifier.is_used
    first = notifier.subscribe(lambda _value: None)
    second = notifier.subscribe(lambda _value: None)
    assert used == [True]
    first.cancel()
    first.cancel()
    assert notifier.is_used
    second.cancel()
    assert used == [True, False]
    notifier.subscribe(lambda _value: None).cancel()
    assert used == [True, False, True, False]
