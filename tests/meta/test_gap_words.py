"""What a test from outside says of a window that stood still: where our own code was, and where it really stuck."""

import traceback

from tests.e2e.program import interesting

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


def test_a_gap_without_a_stack_says_so() -> None:
    assert "interpreter was held" in interesting("")
