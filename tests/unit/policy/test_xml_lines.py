"""Texts compared and put together by their lines."""

import difflib

from hypothesis import given
from hypothesis import strategies as st

from vmgui.model.xml import XmlPlace
from vmgui.policy.xml_lines import changed_lines, diff, hunks, merge

lines = st.lists(st.sampled_from(["<a>", "<b/>", "  <c/>", "</a>", "", "x\u2028y"]), max_size=12)


def text(*of: str) -> str:
    return "".join(f"{line}\n" for line in of)


@given(lines, lines)
def test_the_hunks_make_the_newer_of_the_older(before: list[str], after: list[str]) -> None:
    made: list[str] = []
    at = 0
    for hunk in hunks(before, after):
        made += before[at : hunk.start] + after[hunk.new_start : hunk.new_end]
        at = hunk.end
    assert made + before[at:] == after


@given(lines, lines)
def test_the_diff_has_every_line_that_went_and_came(before: list[str], after: list[str]) -> None:
    told = diff(text(*before), text(*after)).split("\n")
    known = list(difflib.ndiff(before or [""], after or [""]))
    # What is the same at both ends is left out first, so the ways may differ, the sums do not.
    gone = sum(line.startswith("-") for line in told) - sum(line.startswith("+") for line in told)
    assert gone == sum(line.startswith("- ") for line in known) - sum(line.startswith("+ ") for line in known)
    assert bool(diff(text(*before), text(*after))) == ((before or [""]) != (after or [""]))


def test_a_diff_as_every_tool_writes_it() -> None:
    before = [f"line {number}" for number in range(1, 31)]
    after = [*before[:4], "other", *before[5:20], *before[22:]]
    expected = list(difflib.unified_diff(before, after, lineterm=""))[2:]
    assert diff(text(*before), text(*after)).splitlines() == expected
    assert diff("a\n", "a\n") == ""


def test_the_changed_lines_are_told_and_the_edges_of_a_gap() -> None:
    assert changed_lines(text("a", "b", "c"), text("a", "x", "y", "c")) == [XmlPlace(2, 3)]
    assert changed_lines(text("a", "b", "c", "d"), text("a", "d")) == [XmlPlace(1, 2)]
    assert changed_lines(text("a", "b"), text("a")) == [XmlPlace(1, 1)]


BASE = text("<domain>", "<name/>", "<vcpu>1</vcpu>", "<memory>2</memory>", "<os/>", "</domain>")


def test_changes_at_different_places_are_put_together() -> None:
    mine = BASE.replace("<vcpu>1", "<vcpu>4")
    theirs = BASE.replace("<os/>", "<os/>\n<clock/>").replace("<name/>", "<name>web</name>")
    merged = merge(BASE, mine, theirs)
    assert merged.kept == ()
    assert merged.text == theirs.replace("<vcpu>1", "<vcpu>4")


def test_changes_of_neighbours_are_put_together() -> None:
    mine, theirs = BASE.replace("<vcpu>1", "<vcpu>4"), BASE.replace("<memory>2", "<memory>8")
    assert merge(BASE, mine, theirs).text == mine.replace("<memory>2", "<memory>8")
    assert merge(BASE, theirs, mine).text == merge(BASE, mine, theirs).text


def test_where_both_changed_the_same_mine_stays_and_is_told() -> None:
    mine, theirs = BASE.replace("<vcpu>1", "<vcpu>4"), BASE.replace("<vcpu>1", "<vcpu>2")
    merged = merge(BASE, mine, theirs)
    assert (merged.text, merged.kept) == (mine, (XmlPlace(3, 3),))
    gone = BASE.replace("<vcpu>1</vcpu>\n", "")
    assert merge(BASE, gone, theirs).text == gone
    assert len(merge(BASE, gone, theirs).kept) == 1


def test_the_same_change_of_both_is_none_to_tell() -> None:
    mine = BASE.replace("<vcpu>1", "<vcpu>4")
    merged = merge(BASE, mine, mine)
    assert (merged.text, merged.kept) == (mine, ())


def test_two_that_add_lines_at_one_place_are_told() -> None:
    mine, theirs = (BASE.replace("<os/>", f"<os/>\n<{name}/>") for name in ("mine", "theirs"))
    assert merge(BASE, mine, theirs).kept


@given(lines, lines, lines)
def test_who_changed_nothing_gets_what_the_other_wrote(
    one: list[str], other: list[str], third: list[str]
) -> None:
    base, mine, theirs = (text(*of) for of in (one, other, third))
    assert merge(base, base, theirs).text == theirs
    assert merge(base, mine, base).text == mine
    merge(base, mine, theirs)
