"""Changes in words."""

from __future__ import annotations

from dataclasses import replace

import pytest

from vmgui.model.domain import DomainKey
from vmgui.model.undo import Author, Caution, Difference, Entry, Foresight, What
from vmgui.words import undo as words

ENTRY = Entry(
    1,
    DomainKey("h", "u"),
    0.0,
    Author.OTHERS,
    "<a/>",
    "<b/>",
    False,
    (),
    (Difference(What.MEMORY, before=1, after=2),),
)


@pytest.mark.parametrize(
    ("difference", "said"),
    [
        (Difference(What.MEMORY, before=2097152, after=4194304), "Memory 2 GiB → 4 GiB"),
        (Difference(What.VCPUS, before=2, after=4), "CPUs 2 → 4"),
        (Difference(What.CPU_LIMIT, before=None, after=50), "CPU limit no limit → 50 %"),
        (Difference(What.CPU_WEIGHT, before=100, after=None), "CPU weight 100 → default"),
        (Difference(What.TAGS, before="", after="a, b"), "Tags: nothing → a, b"),
        (Difference(What.NOTES, before="x" * 1000, after=""), "Notes changed"),
        (Difference(What.PROTECTED, before=0, after=1), "Protected"),
        (Difference(What.PROTECTED, before=1, after=0), "Not protected any more"),
        (Difference(What.ADDED, "disk", "vdb", "disk"), "Disk vdb added"),
        (Difference(What.REMOVED, "disk", "sda", "cdrom"), "CD drive sda removed"),
        (Difference(What.CHANGED, "interface", "52:54:00:00:00:01"), "Network card 52:54:00:00:00:01 changed"),
        (Difference(What.SOURCE, "disk", "sda", "cdrom", "", "/iso"), "CD drive sda: /iso inserted"),
        (Difference(What.SOURCE, "disk", "sda", "cdrom", "/iso", ""), "CD drive sda: /iso ejected"),
        (Difference(What.SOURCE, "disk", "vda", "disk", "/a", "/b"), "Disk vda: /a → /b"),
        (Difference(What.LIMITS, "disk", "vda", "disk"), "Disk vda: limits changed"),
        (Difference(What.GREW, "disk", "vda", "disk", 1 << 30, 2 << 30), "Disk vda: 1 GiB → 2 GiB"),
        (Difference(What.ADDED, "unheard-of", ""), "Device added"),
        (Difference(What.CPU), "CPU model, layout or pinning changed"),
        (Difference(What.OTHER), "XML changed"),
        (Difference(What.TITLE, before="a\n{b}", after="\u202ec"), "Title: a\\n{b} → \\u202ec"),
    ],
)  # fmt: skip
def test_each_difference(difference: Difference, said: str) -> None:
    assert words.difference_words(difference) == said


@pytest.mark.parametrize("caution", Caution)
def test_each_caution_names_what_it_is_about(caution: Caution) -> None:
    said = words.caution_words(caution, "vnc")
    assert said.endswith(".")
    assert "{" not in said


def test_the_question_has_all_that_is_to_be_known() -> None:
    back = tuple(Difference(What.ADDED, "disk", f"vd{letter}", "disk") for letter in "abcdefghij")
    foresight = Foresight(
        ENTRY,
        "",
        "",
        "",
        back,
        back[:1],
        ((Caution.DISK_RETURNS, "vda"),),
        is_active=True,
        has_saved_state=True,
    )
    question = words.question(foresight, "web{0}", is_last=True)
    assert question.title == "Undo the last change of web{0}?"
    assert "• and 2 more changes" in question.text
    assert "This also takes back later changes: Disk vda added" in question.text
    assert "saved state keeps" in question.text
    assert "It is running" not in question.text
    assert not question.danger
    open_display = replace(foresight, cautions=((Caution.PASSWORD_MISSING, "vnc"),))
    assert words.question(open_display, "web", is_last=False).danger


def test_one_found_later_was_made_before() -> None:
    assert words.when_words(replace(ENTRY, is_late=True)) == f"before {words.when_words(ENTRY)}"
    assert words.author_words(ENTRY) == "Another program"
    assert words.author_words(replace(ENTRY, author=Author.US)) == "vmgui"
