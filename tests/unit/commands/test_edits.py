"""A machine's resources as a form: what it asks, what answers wish for, what is said of them."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from vmgui.commands import edits
from vmgui.commands.fields import Amount, Limit, Sentence
from vmgui.model.domain import Domain, DomainKey, DomainState
from vmgui.model.edit import (
    CardFacts,
    DiskFacts,
    EditedMachine,
    HostMeans,
    Remedy,
    Setting,
    SettingKey,
    Value,
)  # fmt: skip
from vmgui.policy.edit import plan
from vmgui.words.note import Level, Note

GIB = 1024**3
GIB_KIB = 1024**2
MAC = "52:54:00:00:00:01"
OF_MACHINE: Mapping[Setting, Value] = {
    Setting.VCPUS: 2,
    Setting.VCPUS_MAX: 4,
    Setting.MEMORY_KIB: 2 * GIB_KIB,
    Setting.MEMORY_MAX_KIB: 2 * GIB_KIB,
    Setting.CPU_WEIGHT: None,
    Setting.CPU_LIMIT_PERCENT: None,
}


def values(**others: Value) -> dict[SettingKey, Value]:
    """Of a machine with a disk and a card, with some of them others: `memory_kib=1`."""
    found = {SettingKey(setting): value for setting, value in OF_MACHINE.items()}
    found.update({SettingKey(setting, "vda"): None for setting in edits.DISK_LIMITS})
    found.update({SettingKey(setting, MAC): None for setting in edits.CARD_LIMITS})
    for name, value in others.items():
        setting = Setting[name.upper()]
        found[next(key for key in found if key.setting is setting)] = value
    return found


def machine(live: dict[SettingKey, Value] | None = None, **more: object) -> EditedMachine:
    made = EditedMachine(
        uuid="u",
        name="web-01",
        live=live,
        saved=values(),
        disks=(DiskFacts("vda", source="/images/web.qcow2", size_bytes=20 * GIB, is_volume=True),),
        cards=(CardFacts(MAC, "network", "default"),),
        host=HostMeans(cpus=8, memory_kib=16 * GIB_KIB, has_cpu_share=True),
    )
    return replace(made, **more)  # pyright: ignore[reportArgumentType]


def answered(of: EditedMachine, **others: Value) -> dict[str, Value]:
    """All answers, with some of them others: `memory_kib=1`."""
    answers = dict(edits.truth(of))
    for name, value in others.items():
        setting = Setting[name.upper()]
        answers[next(known for known in answers if edits.key_of(known).setting is setting)] = value
    return answers


def notes(of: EditedMachine, **others: Value) -> dict[str, Note]:
    found = edits.judge(plan(of, edits.wishes(of, answered(of, **others))))
    return {note.field: note for note in found}


# Fields.


def test_a_field_is_called_as_the_log_calls_the_setting() -> None:
    for key in edits.keys(machine()):
        assert edits.key_of(edits.name_of(key)) == key
    assert edits.name_of(SettingKey(Setting.DISK_BYTES, "vda")) == "vda:size"


def test_form_has_sliders_and_folds_the_rest() -> None:
    of = machine()
    assert [field.name for field in edits.sliders(of)] == [
        *("vcpus", "vcpus-max", "memory", "memory-max", "vda:size")
    ]
    parts = edits.parts(of)
    assert [(part.name, part.of) for part in parts] == [
        *(("cpu-share", ""), ("disk-vda", "vda"), (f"card-{MAC}", MAC))
    ]
    asked = [*edits.sliders(of), *(field for part in parts for field in part.fields)]
    about = [field for field in asked if isinstance(field, Sentence)]
    assert [field.name for field in about] == [f"{part.name}-about" for part in parts]
    asked = [field for field in asked if field not in about]
    assert [field.name for field in asked] == list(edits.truth(of))
    assert all(isinstance(field, Amount | Limit) for field in asked)
    assert "web.qcow2" in str(parts[1].title)


def test_two_forms_of_the_same_machine_are_equal() -> None:
    assert edits.parts(machine()) == edits.parts(machine(values()))
    assert edits.sliders(machine()) == edits.sliders(machine(values()))


def test_what_cannot_grow_has_no_slider_and_what_cannot_be_limited_says_so() -> None:
    of = machine(
        disks=(
            DiskFacts("vda", is_read_only=True, size_bytes=GIB),
            DiskFacts("vdb", size_bytes=None),
            DiskFacts("sda", device="cdrom", size_bytes=GIB),
        ),
        cards=(CardFacts(MAC, "user"),),
    )
    assert [field.name for field in edits.sliders(of)][4:] == []
    assert [part.name for part in edits.parts(of)] == ["cpu-share", "disk-vda", "disk-vdb", f"card-{MAC}"]
    (why,) = edits.parts(of)[-1].fields
    assert isinstance(why, Sentence)


def test_hostile_names_are_made_visible() -> None:
    of = machine(disks=(DiskFacts("vda", source="/x/\u202egpj.exe", size_bytes=GIB),))
    assert "\u202e" not in str(edits.parts(of)[1].title)


def test_a_burst_is_asked_for_where_there_is_a_limit() -> None:
    of = machine()
    burst = next(field for field in edits.parts(of)[1].fields if field.name == "vda:read-bps-burst")
    assert burst.shown is not None
    assert not burst.shown(answered(of))
    assert burst.shown(answered(of, read_bytes_per_s=5))
    assert burst.shown(answered(of, read_bytes_per_s_max=5))


# Sliders.


def test_sliders_show_what_the_host_has_and_others_were_given() -> None:
    use = edits.HostUse(3, 4 * GIB_KIB)
    offers = edits.offers(machine(), use)
    assert (offers["vcpus"].total, offers["vcpus"].others, offers["vcpus"].most) == (8, 3, 8)
    memory = offers["memory"]
    assert (memory.total, memory.others, memory.most) == (16 * GIB_KIB, 4 * GIB_KIB, 16 * GIB_KIB)
    assert (memory.total_words, memory.others_words) == (
        "",
        "given to others",
    )  # the host stands in the header
    assert offers["memory-max"].total == 0  # a maximum is taken from nobody
    assert offers["vda:size"].least == 20 * GIB
    assert offers["vda:size"].most > 20 * GIB


def test_a_host_that_tells_nothing_has_sliders_too() -> None:
    offers = edits.offers(machine(host=HostMeans()), edits.HostUse())
    assert offers["vcpus"].most == 4  # its own maximum
    assert all(offer.most > offer.least for offer in offers.values())


def test_others_are_those_that_run() -> None:
    def domain(uuid: str, state: DomainState) -> Domain:
        return Domain(DomainKey("h", uuid), uuid, state, vcpus=2, memory_kib=100)

    domains = [
        domain("me", DomainState.RUNNING),
        domain("a", DomainState.RUNNING),
        domain("b", DomainState.PAUSED),
        domain("c", DomainState.OFF),
    ]
    assert edits.host_use(domains, DomainKey("h", "me")) == edits.HostUse(4, 200)


# Wishes.


def test_only_what_is_answered_otherwise_is_a_wish() -> None:
    of = machine(values())
    assert edits.wishes(of, edits.truth(of)) == {}
    assert edits.wishes(of, answered(of, memory_kib=GIB_KIB)) == {SettingKey(Setting.MEMORY_KIB): GIB_KIB}
    assert edits.wishes(of, {"vanished:size": 3}) == {}


def test_what_is_pending_is_no_wish() -> None:
    of = machine(values(vcpus_max=2), saved=values(vcpus_max=8))
    assert edits.truth(of)["vcpus-max"] == 8  # what it will have
    assert edits.wishes(of, edits.truth(of)) == {}
    assert edits.wishes(of, answered(of, vcpus_max=2)) == {SettingKey(Setting.VCPUS_MAX): 2}


def test_what_is_kept_nowhere_shows_what_is_so_now() -> None:
    of = machine(values(vcpus=3), saved=None)
    assert edits.truth(of)["vcpus"] == 3


# What is said.


def test_marks_say_when() -> None:
    of = machine(values())
    asked = answered(of, memory_kib=GIB_KIB, memory_max_kib=4 * GIB_KIB, disk_bytes=GIB)
    marks = {mark.field: mark for mark in edits.marks(of, plan(of, edits.wishes(of, asked)))}
    assert {name: str(mark.chip) for name, mark in marks.items()} == {
        "memory": "now",
        "memory-max": "at the next start",
        "vda:size": "impossible",
    }
    assert marks["vda:size"].tone is Level.ERROR
    assert not any(mark.pending or mark.can_revert for mark in marks.values())


def test_what_is_pending_says_both_and_can_be_reverted() -> None:
    of = machine(values(), saved=values(memory_max_kib=4 * GIB_KIB))
    (mark,) = edits.marks(of, plan(of, {}))
    assert mark.field == "memory-max"
    assert mark.pending == "Now 2 GiB, after the next start 4 GiB"
    assert mark.can_revert
    (mark,) = edits.marks(of, plan(of, edits.wishes(of, answered(of, memory_max_kib=8 * GIB_KIB))))
    assert str(mark.chip) == "at the next start"
    assert mark.pending == "Now 2 GiB, after the next start 4 GiB"


def test_impossible_has_a_button_that_mends_it() -> None:
    of = machine(values())
    note = notes(of, memory_kib=4 * GIB_KIB)["memory"]
    assert note.level is Level.ERROR
    assert "2 GiB" in note.text
    assert note.fix
    asked = answered(of, memory_kib=4 * GIB_KIB)
    mended = edits.mended(of, asked, "memory")
    assert isinstance(mended, Mapping)
    assert mended == {"memory": 4 * GIB_KIB, "memory-max": 4 * GIB_KIB}
    after = plan(of, edits.wishes(of, {**asked, **mended}))
    assert after.is_possible
    assert not any(note.level.blocks for note in edits.judge(after))


def test_what_helps_can_be_a_command() -> None:
    of = machine(disks=(DiskFacts("vda", source="/web.qcow2", size_bytes=GIB),))
    assert notes(of, disk_bytes=2 * GIB)["vda:size"].fix
    assert edits.mended(of, answered(of, disk_bytes=2 * GIB), "vda:size") is Remedy.START
    assert edits.mended(of, answered(of), "vda:size") is None


@pytest.mark.parametrize(
    ("others", "level"),
    [
        ({"vcpus_max": 6}, Level.INFO),  # fixed while it runs
        ({"vcpus": 1}, Level.INFO),  # needs the agent
        ({"disk_bytes": 40 * GIB}, Level.WARNING),  # the guest must follow
        ({"disk_bytes": GIB}, Level.ERROR),
        ({"memory_kib": 99 * GIB_KIB}, Level.ERROR),
        ({"read_bytes_per_s": 5, "total_bytes_per_s": 5}, Level.ERROR),
    ],
)
def test_how_it_is_meant(others: dict[str, int], level: Level) -> None:
    found = notes(machine(values()), **others)
    assert {note.level for note in found.values()} == {level}
    assert all(note.text for note in found.values())


def test_of_a_machine_that_is_kept_nowhere_it_is_said_how_long_it_lasts() -> None:
    note = notes(machine(values(), saved=None), memory_kib=GIB_KIB)["memory"]
    assert note.level is Level.INFO
    assert note.text == "This machine exists only while it runs: the change is lost when it stops."


def test_what_applies_at_once_needs_no_words() -> None:
    assert notes(machine(values()), memory_kib=GIB_KIB) == {}


def test_what_was_changed_meanwhile() -> None:
    before, after = machine(values()), machine(values(), saved=values(memory_kib=3 * GIB_KIB, vcpus=1))
    assert edits.overtaken(before, after, "vcpus-max") == ""
    assert edits.overtaken(before, after, "memory") == "memory (now 3 GiB)"
    assert edits.overtaken(before, machine(values(memory_kib=GIB_KIB)), "memory") == "memory (now 1 GiB)"


def test_what_is_pending_can_be_made_so_at_once_where_that_is_possible() -> None:
    of = machine(values(memory_kib=GIB_KIB), saved=values(memory_max_kib=4 * GIB_KIB))
    marks = {mark.field: mark for mark in edits.marks(of, plan(of, {}))}
    assert {name: (mark.can_revert, mark.can_hasten) for name, mark in marks.items()} == {
        "memory": (True, True),
        "memory-max": (True, False),
    }
    asked = edits.wishes(of, answered(of, memory_kib=GIB_KIB // 2))
    assert not any(mark.can_hasten for mark in edits.marks(of, plan(of, asked)) if mark.field == "memory")


def test_the_maximum_that_a_note_tells_is_the_one_it_runs_with() -> None:
    of = machine(values())
    found = notes(of, memory_kib=4 * GIB_KIB, memory_max_kib=4 * GIB_KIB)
    assert found["memory"].text == "It runs with a maximum of 2 GiB."


def test_a_slip_that_leaves_a_running_guest_no_memory_is_warned_of() -> None:
    note = notes(machine(values()), memory_kib=10 * 1024)["memory"]
    assert note == Note("memory", "The guest may stop programs for lack of memory.", Level.WARNING)


def test_what_is_asked_for_is_said_under_each_title() -> None:
    def about(of: EditedMachine) -> list[str]:
        return [str(part.fields[0].label) for part in edits.parts(of)]

    shares, disk, card = about(machine())
    assert "(1 to 10000, by default 100)" in shares
    assert "not both" in disk
    assert "peak" in card
    shares = about(machine(host=HostMeans(weight_most=262_144)))[0]
    assert "(2 to 262144, by default 1024)" in shares
