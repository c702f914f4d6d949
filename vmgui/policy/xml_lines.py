"""Texts compared by their lines: what was changed, as a diff, and the changes of two people put together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from vmgui.model.xml import Merged, XmlPlace

CONTEXT_LINES = 3


@dataclass(frozen=True, slots=True)
class Hunk:
    """Lines [start, end) of the older text became [new_start, new_end) of the newer one, counted from 0."""

    start: int
    end: int
    new_start: int
    new_end: int


def hunks(before: Sequence[str], after: Sequence[str]) -> list[Hunk]:
    """What differs. What both begin and end with is left out first: of long texts little is left to compare."""
    least = min(len(before), len(after))
    head = 0
    while head < least and before[head] == after[head]:
        head += 1
    tail = 0
    while tail < least - head and before[-1 - tail] == after[-1 - tail]:
        tail += 1
    matcher = SequenceMatcher(
        None, before[head : len(before) - tail], after[head : len(after) - tail], autojunk=True
    )
    return [
        Hunk(head + start, head + end, head + new_start, head + new_end)
        for tag, start, end, new_start, new_end in matcher.get_opcodes()
        if tag != "equal"
    ]


def _lines(text: str) -> list[str]:
    """Without what ends each; other characters that end lines elsewhere are part of theirs."""
    return text.removesuffix("\n").split("\n")


def changed_lines(before: str, after: str) -> list[XmlPlace]:
    """The lines of `after` that are not as in `before`; where lines went, those around the gap."""
    lines = _lines(after)
    places: list[XmlPlace] = []
    for hunk in hunks(_lines(before), lines):
        if hunk.new_start < hunk.new_end:
            places.append(XmlPlace(hunk.new_start + 1, hunk.new_end))
        else:
            places.append(XmlPlace(max(1, hunk.new_start), max(1, min(len(lines), hunk.new_start + 1))))
    return places


def diff(before: str, after: str) -> str:
    """Unified, without a head; empty: nothing differs."""
    old, new = _lines(before), _lines(after)
    parts: list[str] = []
    for group in _groups(hunks(old, new)):
        first, last = group[0], group[-1]
        lead = min(CONTEXT_LINES, first.start)
        trail = min(CONTEXT_LINES, len(old) - last.end)
        start, new_start = first.start - lead, first.new_start - lead
        old_count, new_count = last.end + trail - start, last.new_end + trail - new_start
        parts.append(f"@@ -{start + 1},{old_count} +{new_start + 1},{new_count} @@")
        at = start
        for hunk in group:
            parts += [f" {line}" for line in old[at : hunk.start]]
            parts += [f"-{line}" for line in old[hunk.start : hunk.end]]
            parts += [f"+{line}" for line in new[hunk.new_start : hunk.new_end]]
            at = hunk.end
        parts += [f" {line}" for line in old[at : at + trail]]
    return "\n".join(parts) + "\n" if parts else ""


def _groups(found: Sequence[Hunk]) -> list[list[Hunk]]:
    """Those whose surroundings touch, together."""
    groups: list[list[Hunk]] = []
    for hunk in found:
        if groups and hunk.start - groups[-1][-1].end <= 2 * CONTEXT_LINES:
            groups[-1].append(hunk)
        else:
            groups.append([hunk])
    return groups


def merge(base: str, mine: str, theirs: str) -> Merged:
    """`theirs` with what `mine` changed of `base`. Where both changed the same lines mine stays, and is told."""
    base_lines, my_lines, their_lines = (_lines(text) for text in (base, mine, theirs))
    my_hunks, their_hunks = hunks(base_lines, my_lines), hunks(base_lines, their_lines)
    merged: list[str] = []
    kept: list[XmlPlace] = []
    at = 0  # in the base
    while my_hunks or their_hunks:
        ours, others = _next_cluster(my_hunks, their_hunks)
        start = min(hunk.start for hunk in (*ours, *others))
        end = max(hunk.end for hunk in (*ours, *others))
        merged += base_lines[at:start]
        mine_now = _with(base_lines, my_lines, ours, start, end)
        theirs_now = _with(base_lines, their_lines, others, start, end)
        taken = mine_now if ours else theirs_now
        if ours and others and mine_now != theirs_now:
            kept.append(XmlPlace(len(merged) + 1, len(merged) + max(1, len(taken))))
        merged += taken
        at = end
    merged += base_lines[at:]
    ends = [text.endswith("\n") for text in (base, mine, theirs)]
    has_end = ends[2] if ends[1] == ends[0] else ends[1]
    return Merged("\n".join(merged) + "\n" * has_end, tuple(kept))


def _next_cluster(mine: list[Hunk], theirs: list[Hunk]) -> tuple[list[Hunk], list[Hunk]]:
    """The first changes in the base, with all that touch them; taken out of both lists."""
    ours: list[Hunk] = []
    others: list[Hunk] = []
    last: Hunk | None = None
    end = -1
    while True:
        sides = [(left[0], left, taken) for left, taken in ((mine, ours), (theirs, others)) if left]
        if not sides:
            return ours, others
        hunk, left, taken = min(sides, key=lambda side: side[0].start)
        if last is not None and not (hunk.start < end or (hunk.start == end and _adds(hunk, last))):
            return ours, others
        taken.append(left.pop(0))
        last, end = hunk, max(end, hunk.end)


def _adds(*two: Hunk) -> bool:
    """Whether one only adds lines: where it meets another, nobody can know which goes first."""
    return any(hunk.start == hunk.end for hunk in two)


def _with(base: Sequence[str], lines: Sequence[str], own: Sequence[Hunk], start: int, end: int) -> list[str]:
    """Lines [start, end) of the base as one side has them."""
    result: list[str] = []
    at = start
    for hunk in own:
        result += base[at : hunk.start]
        result += lines[hunk.new_start : hunk.new_end]
        at = hunk.end
    return [*result, *base[at:end]]
