"""When a display is tried again."""

from vmgui.policy.console import pause_s, was_steady


def test_tries_slow_down_and_never_stop() -> None:
    assert [pause_s(failed) for failed in range(1, 9)] == [0.5, 1, 2, 4, 8, 16, 30, 30]
    assert pause_s(10_000) == 30


def test_only_what_lasted_makes_the_next_try_a_first_one() -> None:
    assert not was_steady(0.0)
    assert not was_steady(9.9)
    assert was_steady(10.0)
