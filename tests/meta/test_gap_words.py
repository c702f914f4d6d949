"""What a test from outside says of a window that stood still: where our own code was, and where it really stuck."""

import traceback

import pytest

from tests.e2e.processor_waits import ProcessorWaits
from tests.e2e.program import Stall, interesting

DEEP = "".join(f'  File "/usr/lib/python3.11/asyncio/x.py", line {n}, in run\n    run()\n' for n in range(8))
OURS = "".join(
    f'  File "/src/vmgui/ui/a{n}.py", line {n}, in build\n    layout.addWidget(x)\n' for n in range(9)
)
INNERMOST = '  File "/usr/lib/python3.11/pathlib.py", line 9, in open\n    io.open(self)\n'


def test_our_own_frames_and_the_innermost_are_shown_for_each_look() -> None:
    words = interesting(f"after 27 ms\n{DEEP}{OURS}{INNERMOST}after 55 ms\n{DEEP}")
    assert "asyncio" not in words.partition("after 55 ms")[0]
    assert [name for name in ("a3", "a4", "a8", "pathlib") if name in words] == ["a4", "a8", "pathlib"]
    assert words.startswith("after 27 ms\n")
    assert "line 7, in run" in words.partition("after 55 ms")[2]


def test_a_real_stack_keeps_its_innermost_line() -> None:
    assert "test_a_real_stack" in interesting("after 26 ms\n" + "".join(traceback.format_stack()))


def test_a_machine_that_is_overloaded_all_the_while_counts_double() -> None:
    assert not Stall(272.0, 129.0, 397.0, "").is_over(75.0)
    assert Stall(272.0, 151.0, 397.0, "").is_over(75.0)
    assert Stall(100.0, 76.0, 20.0, "").is_over(75.0)
    assert Stall(100.0, 5.0, 20.0, "").is_over(75.0), "what nobody can account for is ours"
    assert not Stall(100.0, 5.0, 90.0, "").is_over(75.0)


def test_a_computer_that_does_less_at_that_time_is_given_as_much_more_but_not_without_end() -> None:
    assert not Stall(100.0, 90.0, 5.0, "", 1.3).is_over(75.0)
    assert Stall(110.0, 100.0, 5.0, "", 1.3).is_over(75.0)
    assert Stall(200.0, 151.0, 5.0, "", 9.0).is_over(75.0)


def test_slowness_is_told_against_the_best_of_the_run() -> None:
    waits = ProcessorWaits([])
    waits._times = [float(number) for number in range(40)]
    waits._work_s = [0.0005] * 20 + [0.0008] * 20
    assert waits.slowness_between(5.0, 6.0) == 1.0
    assert waits.slowness_between(30.0, 31.0) == pytest.approx(1.6)
    assert waits.slowness_between(90.0, 91.0) == 1.0, "nothing is known of that time"
    assert ProcessorWaits([]).slowness_between(0.0, 1.0) == 1.0


def test_a_gap_without_a_stack_says_so() -> None:
    assert "interpreter was held" in interesting("")
