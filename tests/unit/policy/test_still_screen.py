from __future__ import annotations

import pytest

from vmgui.policy.still_screen import still_s


@pytest.mark.parametrize(
    ("pictures", "expected_s"),
    [
        ("", 0),
        ("a", 0),
        ("aaaa", 3),
        ("abcd", 1),
        ("abcdd", 2),
        ("abcdcdcd", 5),
        ("xabab", 3),
        ("ababx", 1),
    ],
)
def test_only_a_cursor_may_move(pictures: str, expected_s: int) -> None:
    looks = [(float(at), picture.encode()) for at, picture in enumerate(pictures)]
    assert still_s(looks) == expected_s
