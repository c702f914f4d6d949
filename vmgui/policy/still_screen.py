"""When a guest's screen counts as standing still: it waits for somebody, whatever it shows."""

from __future__ import annotations

from collections.abc import Sequence

_BLINKING = 2
"""A cursor makes two pictures of one screen."""


def still_s(looks: Sequence[tuple[float, bytes]]) -> float:
    """How long no more than a cursor has moved; `looks` are times and pictures, oldest first."""
    if not looks:
        return 0.0
    seen: set[bytes] = set()
    since_s = looks[-1][0]
    for at_s, picture in reversed(looks):
        seen.add(picture)
        if len(seen) > _BLINKING:
            break
        since_s = at_s
    return looks[-1][0] - since_s
