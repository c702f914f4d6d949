"""What a change is in words: everything has some, and names of others cannot act."""

from __future__ import annotations

from string import Formatter

import pytest

from vmgui.model.edit import Change, Plan, Remedy, Setting, SettingKey, Value, When, Why
from vmgui.policy.settings import RULES
from vmgui.words import edits as words

MEMORY, VCPUS = SettingKey(Setting.MEMORY_KIB), SettingKey(Setting.VCPUS)
SIZE = SettingKey(Setting.DISK_BYTES, "vda")
GIB = 2**20


def change(key: SettingKey = MEMORY, when: When = When.NOW, **more: object) -> Change:
    return Change(key, 2 * GIB, 2 * GIB, 4 * GIB, when, **more)  # type: ignore[arg-type]


def test_everything_has_words() -> None:
    assert words.NAMES.keys() == set(Setting)
    assert list(words.NAMES) == list(RULES)
    assert len({name.text for name in words.NAMES.values()}) == len(Setting)
    noted = {
        Why.STARVES,
        Why.OVERCOMMITS,
        Why.GUEST_MUST_FOLLOW,
        Why.SHARED_GROUP,
        Why.TOPOLOGY_FOLLOWS,
        Why.FOLLOWS,
    }
    for why in Why:
        if why in noted | {Why.NOT_ON_HOST}:
            (sentence,) = words.note_words(change(notes=((why, 3),)))
            assert sentence.endswith(".")
        if why not in noted:
            clause = words.reason_words(change(why=why, figure=GIB))
            assert clause
            assert not clause.endswith(".")
            assert not [field for _, field, _, _ in Formatter().parse(clause) if field]
    for remedy in Remedy:
        assert words.remedy_words(change(remedy=remedy))
    for when in When:
        assert words.verdict_words(change(when=when))


def test_a_change_in_one_line() -> None:
    assert words.change_words(change()) == "Memory: 2 GiB → 4 GiB, now"
    impossible = change(when=When.IMPOSSIBLE, why=Why.ABOVE_MEMORY_MAX, figure=3 * GIB)
    assert words.change_words(impossible) == "Memory: 2 GiB → 4 GiB, impossible: the maximum is 3 GiB"
    later = change(when=When.NEXT_START, why=Why.PAUSED)
    assert words.verdict_words(later) == "at the next start: the guest is paused and cannot follow"
    assert words.verdict_words(change(saves=False)) == "now, until the machine stops"
    assert words.remedy_words(change(remedy=Remedy.RAISE_MEMORY_MAX)) == (
        "Raise the maximum to 4 GiB, at the next start"
    )
    assert words.remedy_words(change()) == ""


def test_it_begins_with_what_is_so() -> None:
    later = Change(VCPUS, 2, 3, 4, When.NEXT_START)
    assert words.change_words(later) == "CPUs: 3 → 4, at the next start"
    assert words.change_words(Change(VCPUS, 2, 3, 4, When.NOW)).startswith("CPUs: 2 → 4")
    assert words.change_words(Change(VCPUS, 2, None, 4, When.IMPOSSIBLE)).startswith("CPUs: 2 → 4")


@pytest.mark.parametrize(
    ("setting", "value", "text"),
    [
        (Setting.VCPUS, 4, "4"),
        (Setting.CPU_WEIGHT, None, "default"),
        (Setting.CPU_LIMIT_PERCENT, 50, "50 %"),
        (Setting.CPU_LIMIT_PERCENT, None, "no limit"),
        (Setting.DISK_BYTES, 2**30, "1 GiB"),
        (Setting.READ_BYTES_PER_S, 5_000_000, "5 MB/s"),
        (Setting.READ_IOPS, 500, "500 IOPS"),
        (Setting.IN_AVERAGE_KB_PER_S, 1000, "1 MB/s"),
        (Setting.IN_BURST_KIB, 1024, "1 MiB"),
    ],
)
def test_values(setting: Setting, value: Value, text: str) -> None:
    assert words.value_words(setting, value) == text


@pytest.mark.parametrize("setting", Setting)
def test_two_values_never_read_the_same(setting: Setting) -> None:
    before, _, after = words.difference_words(setting, 2**33, 2**33 + 1).partition(" → ")
    assert before != after


def test_what_else_is_to_be_known() -> None:
    grown = Change(SIZE, 2**30, 2**30, 2**31, When.NOW, notes=((Why.GUEST_MUST_FOLLOW, None),))
    assert words.plan_lines(Plan((grown,), (), {})) == [
        "Size of vda: 1 GiB → 2 GiB, now. Make the partition and file system larger inside the guest."
    ]
    many = Change(VCPUS, 2, 2, 9, When.NOW, notes=((Why.OVERCOMMITS, 4),))
    assert words.note_words(many) == [
        "The host has 4 CPUs. More than that makes the machine slower, not faster."
    ]


def test_a_plan_in_one_sentence() -> None:
    later = Change(VCPUS, 2, 2, 4, When.NEXT_START)
    # lupdate's numerus forms are those of the language; without one the source is shown.
    text = words.plan_words(Plan((change(), later), (), {}))
    assert text.startswith("1 change")
    assert text.endswith(" now: memory; 1 at the next start: CPUs")
    assert (
        words.plan_words(Plan((later, change()), (), {})) == text
    )  # what the end is cut off of is done later
    assert words.plan_words(Plan((later,), (), {})).endswith(" at the next start: CPUs")
    assert words.kept_words(Plan((change(), later), (), {})).endswith(" kept: memory and CPUs")
    assert words.kept_words(Plan((), (), {})) == ""
    never = Change(VCPUS, 2, 2, 4, When.IMPOSSIBLE, Why.ABOVE_VCPUS_MAX, 3)
    assert words.plan_words(Plan((change(), never), (), {})) == "Not possible: CPUs"
    assert words.plan_words(Plan((), (), {})) == ""


def test_names_of_others_cannot_act() -> None:
    key = SettingKey(Setting.DISK_BYTES, "vda\u202e\n<b>{figure}")
    hostile = Change(key, 1, 1, 2, When.NOW, notes=((Why.OVERCOMMITS, 4),))
    for text in (
        words.key_words(key),
        words.change_words(hostile),
        words.plan_words(Plan((hostile,), (), {})),
        *words.plan_lines(Plan((hostile,), (), {})),
    ):
        assert text.isprintable()
        assert "{figure}" in text


def test_why_it_waits_is_what_it_runs_with() -> None:
    """ "The maximum is 2 GiB" would be wrong under a maximum that is being raised."""
    for key, figure, text in ((MEMORY, 2 * GIB, "2 GiB"), (VCPUS, 2, "2")):
        waits = change(key, When.NEXT_START, why=Why.ABOVE_RUNNING_MAX, figure=figure)
        assert words.reason_words(waits) == f"it runs with a maximum of {text}"


def test_limits_for_both_directions_have_one_name() -> None:
    both = [name.text for setting, name in words.NAMES.items() if setting.name.startswith("TOTAL")]
    assert all(name.startswith("Total ") for name in both)
    assert "a total limit" in words.reason_words(change(why=Why.TOTAL_AND_SINGLE))
