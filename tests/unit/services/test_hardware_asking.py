"""A host that does not answer is left alone longer and longer."""

from __future__ import annotations

from vmgui.services.hardware_asking import AGAIN_S, MOST_S, Asking


def test_the_pause_begins_when_a_reading_ends_and_grows_with_failures() -> None:
    now_s = 0.0
    asking = Asking(lambda: now_s)
    assert asking.begin("host", "networks")
    assert not asking.begin("host", "networks")
    now_s = 60.0  # it has timed out
    asking.end("host", "networks", failed=True)
    pauses: list[float] = []
    for _ in range(8):
        assert not asking.begin("host", "networks")
        before_s = now_s
        while not asking.begin("host", "networks"):
            now_s += 5.0
        pauses.append(now_s - before_s)
        asking.end("host", "networks", failed=True)
    assert pauses == [20.0, 40.0, 80.0, 160.0, *[MOST_S] * 4]
    now_s += MOST_S
    assert asking.begin("host", "networks")
    asking.end("host", "networks")
    now_s += AGAIN_S
    assert asking.begin("host", "networks")


def test_a_host_that_is_there_again_is_asked_at_once() -> None:
    asking = Asking(lambda: 0.0)
    assert asking.begin("host", "pools")
    assert asking.begin("other", "pools")
    asking.end("host", "pools", failed=True)
    asking.forget("host")
    assert asking.begin("host", "pools")
    assert not asking.begin("other", "pools")
    asking.end("gone", "pools")
