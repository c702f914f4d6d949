"""Finds the fewest inserts and removes that make the wanted rows of the rows that are shown."""

from __future__ import annotations

from collections.abc import Container, Sequence
from typing import Protocol

MANY_RUNS = 64
"""More separate runs than this: replace all rows at once (else `at_most` says)."""

Range = tuple[int, int]
"""First and last position, both included."""


class Numbered(Protocol):
    """A row."""

    id: int


def steps(
    shown: Sequence[Numbered], wanted: Sequence[Numbered], at_most: int = MANY_RUNS
) -> tuple[list[Range], list[Range]]:
    """What to remove from `shown` (last range first), then what to insert of `wanted` (first range first)."""
    everything = ([(0, len(shown) - 1)] if shown else [], [(0, len(wanted) - 1)] if wanted else [])
    if not shown or not wanted:
        return everything
    keep = {row.id for row in wanted}
    had = {row.id for row in shown}
    removed = runs(shown, had - keep)
    added = runs(wanted, keep - had)
    if len(removed) + len(added) > at_most:
        return everything
    return removed, added


def runs(rows: Sequence[Numbered], chosen: Container[int]) -> list[Range]:
    """Where the rows of these ids stand, as few ranges as possible."""
    if not chosen:
        return []
    found: list[Range] = []
    start = -1
    for at, row in enumerate(rows):
        if row.id in chosen:
            if start < 0:
                start = at
        elif start >= 0:
            found.append((start, at - 1))
            start = -1
    if start >= 0:
        found.append((start, len(rows) - 1))
    return found
