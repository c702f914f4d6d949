"""What a change does: a table of every reason, and properties of any plan."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vmgui.model.edit import (
    CardFacts,
    Change,
    DiskFacts,
    EditedMachine,
    GrowDisk,
    HostMeans,
    OnlineVcpus,
    Plan,
    PlugVcpus,
    Reach,
    Remedy,
    SetBandwidth,
    SetCpuShare,
    SetDiskLimits,
    SetMemory,
    Setting,
    SettingKey,
    Topology,
    Value,
    When,
    Why,
)
from vmgui.policy.edit import base, followed_by, overtaken, plan, remedied
from vmgui.policy.edit_calls import DISK_PARAMETERS
from vmgui.policy.edit_pending import pending
from vmgui.policy.settings import RULES, Owner
from vmgui.policy.virsh import commands

GIB, MAC = 2**20, "52:54:00:00:00:01"
VCPUS, VCPUS_MAX = SettingKey(Setting.VCPUS), SettingKey(Setting.VCPUS_MAX)
MEMORY, MEMORY_MAX = SettingKey(Setting.MEMORY_KIB), SettingKey(Setting.MEMORY_MAX_KIB)
WEIGHT, LIMIT = SettingKey(Setting.CPU_WEIGHT), SettingKey(Setting.CPU_LIMIT_PERCENT)
SIZE = SettingKey(Setting.DISK_BYTES, "vda")


def vda(setting: Setting, target: str = "vda") -> SettingKey:
    return SettingKey(setting, target)


def card(setting: Setting, mac: str = MAC) -> SettingKey:
    return SettingKey(setting, mac)


def values(targets: tuple[str, ...] = ("vda", "vdb", "sda"), **given: Any) -> dict[SettingKey, Value]:
    """Of every setting; `given` by the names of `Setting`."""
    found: dict[SettingKey, Value] = {VCPUS: 2, VCPUS_MAX: 4, MEMORY: 2 * GIB, MEMORY_MAX: 4 * GIB}
    found |= {WEIGHT: None, LIMIT: None}
    for setting, rules in RULES.items():
        if setting is Setting.DISK_BYTES:
            continue
        if rules.owner is Owner.DISK:
            found |= {SettingKey(setting, target): None for target in targets}
        if rules.owner is Owner.CARD:
            found |= {SettingKey(setting, mac): None for mac in (MAC, "52:54:00:00:00:02")}
    for name, value in given.items():
        setting = Setting[name]
        of = {Owner.MACHINE: "", Owner.DISK: "vda", Owner.CARD: MAC}[RULES[setting].owner]
        found[SettingKey(setting, of)] = value
    return found


OFF = EditedMachine(
    uuid="b5a6cd83-4a4f-4f62-9d6c-2f4c1ad3a1f4",
    name="web",
    saved=values(),
    disks=(
        DiskFacts("vda", source="/pool/web.qcow2", size_bytes=10 * 2**30, is_volume=True),
        DiskFacts("vdb", source="/elsewhere/data.img", size_bytes=2**30),
        DiskFacts("sda", device="cdrom", source="/pool/cd.iso", is_read_only=True, size_bytes=2**20),
    ),
    cards=(CardFacts(MAC, "network", "default"), CardFacts("52:54:00:00:00:02", "user")),
    host=HostMeans(cpus=4, memory_kib=16 * GIB, vcpus_most=288, has_cpu_share=True),
)
RUNNING = replace(OFF, live=values(), vcpus_plugged=2, has_agent=True, period_us=100_000)
QUIET = replace(RUNNING, has_agent=False)
PAUSED = replace(RUNNING, is_paused=True)
SAVED = replace(OFF, has_saved_state=True)
TRANSIENT = replace(RUNNING, saved=None)
MIGRATING = replace(RUNNING, is_migrating=True)


def running(**given: Any) -> EditedMachine:
    """With these values, live and saved."""
    return replace(RUNNING, live=values(**given), saved=values(**given))


def grouped(**given: Any) -> EditedMachine:
    """With vda and vdb in one group of limits."""
    disks = tuple(
        replace(disk, group="g", saved_group="g") if disk.target != "sda" else disk for disk in OFF.disks
    )
    return replace(running(**given), disks=disks)


def first_disk(machine: EditedMachine, **facts: Any) -> EditedMachine:
    return replace(machine, disks=(replace(machine.disks[0], **facts), *machine.disks[1:]))


def of_device(machine: EditedMachine, size_bytes: int) -> EditedMachine:
    return first_disk(machine, is_device=True, device_bytes=size_bytes)


def host(machine: EditedMachine, **means: Any) -> EditedMachine:
    return replace(machine, host=replace(machine.host, **means))


def only(found: Plan) -> Change:
    assert len(found.changes) == 1
    return found.changes[0]


# Machine, wish, value, reach -> when, why, figure, remedy.
B, N, L = Reach.BOTH, Reach.NOW, Reach.NEXT_START
NOW, LATER, NEVER = When.NOW, When.NEXT_START, When.IMPOSSIBLE
JUDGED: list[tuple[EditedMachine, SettingKey, Value, Reach, When, Why | None, int | None, Remedy | None]] = [
    (OFF, VCPUS, 4, B, LATER, None, None, None),
    (OFF, VCPUS, 4, L, LATER, None, None, None),
    (OFF, VCPUS, 4, N, NEVER, Why.NOT_RUNNING, None, Remedy.START),
    (OFF, VCPUS, 5, B, NEVER, Why.ABOVE_VCPUS_MAX, 4, Remedy.RAISE_VCPUS_MAX),
    (replace(OFF, has_numa=True), VCPUS, 5, B, NEVER, Why.ABOVE_VCPUS_MAX, 4, None),
    (OFF, VCPUS, 0, B, NEVER, Why.TOO_LITTLE, 1, None),
    (OFF, VCPUS, None, B, NEVER, Why.TOO_LITTLE, 1, None),
    (OFF, VCPUS_MAX, 289, B, NEVER, Why.TOO_MUCH, 288, None),
    (OFF, VCPUS_MAX, 1, B, NEVER, Why.BELOW_VCPUS, 2, Remedy.LOWER_VCPUS),
    (replace(OFF, has_numa=True), VCPUS_MAX, 8, B, NEVER, Why.HAS_NUMA, None, None),
    (MIGRATING, VCPUS, 4, B, NEVER, Why.MIGRATING, None, None),
    (MIGRATING, VCPUS_MAX, 8, L, NEVER, Why.MIGRATING, None, None),
    (MIGRATING, SIZE, 20 * 2**30, B, NEVER, Why.MIGRATING, None, None),
    (RUNNING, VCPUS, 4, B, NOW, None, None, None),
    (RUNNING, VCPUS, 1, B, NOW, None, None, None),
    (QUIET, VCPUS, 3, B, NOW, None, None, None),
    (QUIET, VCPUS, 1, B, LATER, Why.NEEDS_AGENT, None, None),
    (QUIET, VCPUS, 1, N, NEVER, Why.NEEDS_AGENT, None, None),
    (PAUSED, VCPUS, 1, B, LATER, Why.PAUSED, None, None),
    (RUNNING, VCPUS, 5, N, NEVER, Why.ABOVE_VCPUS_MAX, 4, None),
    (replace(RUNNING, saved=values(VCPUS_MAX=8)), VCPUS, 6, B, LATER, Why.ABOVE_RUNNING_MAX, 4, None),
    (RUNNING, VCPUS, 4, L, LATER, Why.ASKED, None, None),
    (RUNNING, VCPUS_MAX, 8, B, LATER, Why.FIXED_WHILE_RUNNING, None, None),
    (RUNNING, VCPUS_MAX, 8, N, NEVER, Why.FIXED_WHILE_RUNNING, None, None),
    (TRANSIENT, VCPUS_MAX, 8, B, NEVER, Why.FIXED_WHILE_RUNNING, None, None),
    (TRANSIENT, VCPUS, 4, L, NEVER, Why.TRANSIENT, None, None),
    (TRANSIENT, VCPUS, 4, B, NOW, None, None, None),
    (TRANSIENT, VCPUS, 5, B, NEVER, Why.ABOVE_VCPUS_MAX, 4, None),
    (SAVED, VCPUS, 4, B, LATER, Why.HAS_SAVED_STATE, None, Remedy.DISCARD_SAVED),
    (OFF, MEMORY, 4 * GIB, B, LATER, None, None, None),
    (OFF, MEMORY, 5 * GIB, B, NEVER, Why.ABOVE_MEMORY_MAX, 4 * GIB, Remedy.RAISE_MEMORY_MAX),
    (OFF, MEMORY, 17 * GIB, B, NEVER, Why.MORE_THAN_HOST, 16 * GIB, None),
    (OFF, MEMORY_MAX, 17 * GIB, B, NEVER, Why.MORE_THAN_HOST, 16 * GIB, None),
    (replace(OFF, saved=values(MEMORY_MAX_KIB=30 * GIB)), MEMORY_MAX, 20 * GIB, B, LATER, None, None, None),
    (OFF, MEMORY_MAX, GIB, B, NEVER, Why.BELOW_MEMORY, 2 * GIB, Remedy.LOWER_MEMORY),
    (replace(OFF, has_numa=True), MEMORY_MAX, 8 * GIB, B, NEVER, Why.HAS_NUMA, None, None),
    (OFF, MEMORY, 1, B, NEVER, Why.TOO_LITTLE, 1024, None),
    (RUNNING, MEMORY, 3 * GIB, B, NOW, None, None, None),
    (PAUSED, MEMORY, 3 * GIB, B, LATER, Why.PAUSED, None, None),
    (replace(RUNNING, has_balloon=False), MEMORY, 4 * GIB, B, LATER, Why.NO_BALLOON, None, None),
    (replace(RUNNING, has_balloon=False), MEMORY, GIB, B, NEVER, Why.NO_BALLOON, None, None),
    (replace(RUNNING, saved=values(MEMORY_MAX_KIB=8 * GIB)), MEMORY, 6 * GIB, B, LATER, Why.ABOVE_RUNNING_MAX, 4 * GIB, None),
    (RUNNING, WEIGHT, 200, B, NOW, None, None, None),
    (RUNNING, WEIGHT, 10_001, B, NEVER, Why.TOO_MUCH, 10_000, None),
    (host(RUNNING, weight_most=262_144), WEIGHT, 1, B, NEVER, Why.TOO_LITTLE, 2, None),
    (host(RUNNING, has_cpu_share=False), WEIGHT, 200, B, NEVER, Why.NOT_ON_HOST, None, None),
    (host(OFF, has_cpu_share=False), LIMIT, 50, B, NEVER, Why.NOT_ON_HOST, None, None),
    (
        *(host(replace(OFF, saved=values(CPU_LIMIT_PERCENT=50)), has_cpu_share=False), LIMIT, None, B),
        *(LATER, None, None, None),
    ),
    (host(running(CPU_LIMIT_PERCENT=50), has_cpu_share=False), LIMIT, None, B, LATER, Why.HOST_CANNOT_NOW, None, None),
    (RUNNING, LIMIT, 50, B, NOW, None, None, None),
    (RUNNING, LIMIT, 101, B, NEVER, Why.TOO_MUCH, 100, None),
    (replace(RUNNING, period_us=10_000), LIMIT, 9, B, NEVER, Why.TOO_LITTLE, 10, None),
    (RUNNING, SIZE, 20 * 2**30, B, NOW, None, None, None),
    (RUNNING, SIZE, 20 * 2**30, N, NOW, None, None, None),
    (RUNNING, SIZE, 20 * 2**30, L, NEVER, Why.ONLY_AT_ONCE, None, None),
    (RUNNING, SIZE, 2**30, B, NEVER, Why.SHRINKS, 10 * 2**30, None),
    (RUNNING, SIZE, 5, B, NEVER, Why.TOO_LITTLE, 512, None),
    (RUNNING, SIZE, 2**60, B, NEVER, Why.TOO_MUCH, 2**53, None),
    (RUNNING, vda(Setting.DISK_BYTES, "sda"), 2**40, B, NEVER, Why.READ_ONLY_DISK, None, None),
    (RUNNING, vda(Setting.DISK_BYTES, "vdz"), 2**40, B, NEVER, Why.GONE, None, None),
    (OFF, SIZE, 20 * 2**30, B, NOW, None, None, None),
    (OFF, vda(Setting.DISK_BYTES, "vdb"), 2**40, B, NEVER, Why.NO_VOLUME, None, Remedy.START),
    (of_device(RUNNING, 12 * 2**30), SIZE, 20 * 2**30, B, NEVER, Why.DEVICE_SIZE, 12 * 2**30, None),
    (of_device(RUNNING, 12 * 2**30), SIZE, 12 * 2**30, B, NOW, None, None, None),
    (of_device(OFF, 10 * 2**30), SIZE, 20 * 2**30, B, NEVER, Why.DEVICE_SIZE, 10 * 2**30, None),
    (first_disk(OFF, is_in_use=True), SIZE, 20 * 2**30, B, NEVER, Why.IN_USE, None, None),
    (first_disk(RUNNING, source=""), vda(Setting.READ_IOPS), 100, B, LATER, Why.NO_MEDIUM, None, None),
    (first_disk(RUNNING, source=""), vda(Setting.READ_IOPS), 100, N, NEVER, Why.NO_MEDIUM, None, None),
    (SAVED, SIZE, 20 * 2**30, B, NEVER, Why.HAS_SAVED_STATE, None, Remedy.DISCARD_SAVED),
    (replace(RUNNING, disks=(DiskFacts("vda"),)), SIZE, 2**30, B, NEVER, Why.SIZE_UNKNOWN, None, None),
    (RUNNING, vda(Setting.READ_IOPS), 100, B, NOW, None, None, None),
    (RUNNING, vda(Setting.READ_IOPS), 10**15 + 1, B, NEVER, Why.TOO_MUCH, 10**15, None),
    (RUNNING, vda(Setting.READ_IOPS, "vdz"), 100, B, NEVER, Why.GONE, None, None),
    (host(RUNNING, has_disk_limits=False), vda(Setting.READ_IOPS), 100, B, NEVER, Why.NOT_ON_HOST, None, None),
    (running(READ_IOPS=100), vda(Setting.TOTAL_IOPS), 100, B, NEVER, Why.TOTAL_AND_SINGLE, None, None),
    (running(TOTAL_IOPS=100), vda(Setting.READ_IOPS), 100, B, NEVER, Why.TOTAL_AND_SINGLE, None, None),
    (running(TOTAL_IOPS=100), vda(Setting.READ_BYTES_PER_S), 100, B, NOW, None, None, None),
    (RUNNING, vda(Setting.READ_IOPS_MAX), 100, B, NEVER, Why.BURST_WITHOUT_LIMIT, None, None),
    (running(READ_IOPS=100), vda(Setting.READ_IOPS_MAX), 99, B, NEVER, Why.BURST_BELOW_LIMIT, 100, None),
    (running(READ_IOPS=100), vda(Setting.READ_IOPS_MAX), 100, B, NOW, None, None, None),
    (
        *(running(READ_IOPS=100, READ_IOPS_MAX=150), vda(Setting.READ_IOPS), 200, B),
        *(NEVER, Why.BURST_BELOW_LIMIT, 200, None),
    ),
    (RUNNING, card(Setting.IN_AVERAGE_KB_PER_S), 100, B, NOW, None, None, None),
    (RUNNING, card(Setting.IN_AVERAGE_KB_PER_S, "52:54:00:00:00:02"), 1, B, NEVER, Why.NOT_FOR_CARD, None, None),
    (RUNNING, card(Setting.IN_AVERAGE_KB_PER_S, "52:54:00:00:00:09"), 1, B, NEVER, Why.GONE, None, None),
    (host(RUNNING, has_bandwidth=False), card(Setting.OUT_AVERAGE_KB_PER_S), 1, B, NEVER, Why.NOT_ON_HOST, None, None),
    (RUNNING, card(Setting.IN_PEAK_KB_PER_S), 100, B, NEVER, Why.BURST_WITHOUT_LIMIT, None, None),
    (running(IN_AVERAGE_KB_PER_S=9), card(Setting.IN_PEAK_KB_PER_S), 8, B, NEVER, Why.BURST_BELOW_LIMIT, 9, None),
    (running(IN_AVERAGE_KB_PER_S=9), card(Setting.IN_BURST_KIB), 8, B, NOW, None, None, None),
    (running(IN_AVERAGE_KB_PER_S=9), card(Setting.IN_AVERAGE_KB_PER_S), 2**32, B, NEVER, Why.TOO_MUCH, 2**32 - 1, None),
]  # fmt: skip


@pytest.mark.parametrize(
    ("machine", "key", "to", "reach", "when", "why", "figure", "remedy"),
    JUDGED,
    ids=[
        f"{number}-{row[1]}-{row[5].value if row[5] else row[4].value}" for number, row in enumerate(JUDGED)
    ],
)
def test_a_change_is_judged(
    machine: EditedMachine,
    key: SettingKey,
    to: Value,
    reach: Reach,
    when: When,
    why: Why | None,
    figure: int | None,
    remedy: Remedy | None,
) -> None:
    found = plan(machine, {key: to}, reach)
    change = only(found)
    assert (change.key, change.when, change.why, change.figure, change.remedy) == (
        key,
        when,
        why,
        figure,
        remedy,
    )
    assert found.is_possible is (when is not When.IMPOSSIBLE)
    assert bool(found.calls) is (when is When.NOW)
    is_size = key.setting is Setting.DISK_BYTES
    is_saved = found.is_possible and machine.saved is not None and reach is not Reach.NOW and not is_size
    assert found.saved == ({key: to} if is_saved else {})


@pytest.mark.parametrize("is_saved", [False, True])
def test_disks_follow_only_where_they_are_in_one_group(is_saved: bool) -> None:
    group = {"saved_group" if is_saved else "group": "g"}
    machine = running(READ_IOPS=500)
    machine = replace(machine, disks=tuple(replace(disk, **group) for disk in machine.disks[:2]))
    key, other = vda(Setting.READ_IOPS), vda(Setting.READ_IOPS, "vdb")
    found = plan(machine, {key: 100})
    follower = next(change for change in found.changes if change.key == other)
    assert (follower.when, follower.saves) == ((LATER, True) if is_saved else (NOW, False))
    assert found.saved == ({key: 100, other: 100} if is_saved else {key: 100})
    (call,) = found.calls
    assert isinstance(call, SetDiskLimits)
    assert (call.target, call.group) == ("vda", "" if is_saved else "g")
    config = [line for line in commands(machine, found) if "--config" in line]
    assert any("--group-name g" in line for line in config) is is_saved


def test_of_a_host_that_may_not_limit_cards_it_is_said() -> None:
    key = card(Setting.OUT_AVERAGE_KB_PER_S)
    for machine, reach, noted in ((OFF, B, True), (RUNNING, L, True), (RUNNING, B, False)):
        change = only(plan(host(machine, has_bandwidth=None), {key: 100}, reach))
        assert ((Why.NOT_ON_HOST, None) in change.notes) is noted
    assert only(plan(OFF, {key: 100})).notes == ()


def test_every_reason_is_given_by_some_change() -> None:
    noted = {Why.STARVES, Why.OVERCOMMITS, Why.GUEST_MUST_FOLLOW, Why.SHARED_GROUP}
    noted |= {Why.TOPOLOGY_FOLLOWS, Why.FOLLOWS}
    assert {row[5] for row in JUDGED} | noted >= set(Why)


CALLS: list[tuple[EditedMachine, dict[SettingKey, Value], tuple[object, ...]]] = [
    (RUNNING, {VCPUS: 4}, (PlugVcpus(4), OnlineVcpus(4))),
    (QUIET, {VCPUS: 4}, (PlugVcpus(4),)),
    (PAUSED, {VCPUS: 4}, (PlugVcpus(4),)),
    (RUNNING, {VCPUS: 1}, (OnlineVcpus(1),)),
    # Taken out by the agent and raised again: nothing is plugged.
    (replace(RUNNING, live=values(VCPUS=1)), {VCPUS: 2}, (OnlineVcpus(2),)),
    (replace(RUNNING, live=values(VCPUS=1)), {VCPUS: 3}, (PlugVcpus(3), OnlineVcpus(3))),
    (RUNNING, {MEMORY: GIB}, (SetMemory(GIB),)),
    (RUNNING, {WEIGHT: 200, LIMIT: 50}, (SetCpuShare(200, None, 50_000),)),
    (replace(RUNNING, period_us=20_000), {LIMIT: 50}, (SetCpuShare(None, None, 10_000),)),
    (
        running(CPU_WEIGHT=200, CPU_LIMIT_PERCENT=5),
        {WEIGHT: None, LIMIT: None},
        (SetCpuShare(100, None, -1),),
    ),
    (host(running(CPU_WEIGHT=200), weight_most=262_144), {WEIGHT: 0}, (SetCpuShare(1024, None, None),)),
    (RUNNING, {SIZE: 20 * 2**30 + 1}, (GrowDisk("vda", 20 * 2**30 + 512),)),
    (OFF, {SIZE: 20 * 2**30}, (GrowDisk("vda", 20 * 2**30),)),
    (
        running(WRITE_IOPS=7),
        {vda(Setting.READ_IOPS): 9},
        (SetDiskLimits("vda", (("total_iops_sec", 0), ("read_iops_sec", 9), ("write_iops_sec", 7))),),
    ),
    (
        running(READ_IOPS=9, READ_IOPS_MAX=10),
        {vda(Setting.READ_IOPS): None},
        (
            SetDiskLimits(
                "vda",
                (
                    *(("total_iops_sec", 0), ("read_iops_sec", 0), ("write_iops_sec", 0)),
                    *(("total_iops_sec_max", 0), ("read_iops_sec_max", 0), ("write_iops_sec_max", 0)),
                    *(("read_iops_sec_max_length", 0), ("size_iops_sec", 0)),
                ),
            ),
        ),
    ),
    (
        grouped(),
        {vda(Setting.READ_IOPS, "vdb"): 9},
        (SetDiskLimits("vdb", (("total_iops_sec", 0), ("read_iops_sec", 9), ("write_iops_sec", 0)), "g"),),
    ),
    (
        running(IN_AVERAGE_KB_PER_S=5, IN_BURST_KIB=6),
        {card(Setting.IN_PEAK_KB_PER_S): 7},
        (SetBandwidth(MAC, (("inbound.average", 5), ("inbound.peak", 7), ("inbound.burst", 6))),),
    ),
]


@pytest.mark.parametrize(("machine", "wishes", "calls"), CALLS)
def test_what_is_called(
    machine: EditedMachine, wishes: dict[SettingKey, Value], calls: tuple[object, ...]
) -> None:
    found = plan(machine, wishes)
    assert found.is_possible
    assert found.calls == calls


def test_what_can_be_taken_back_is_called_first() -> None:
    wishes: dict[SettingKey, Value] = {
        SIZE: 2**40,
        VCPUS: 4,
        WEIGHT: 9,
        MEMORY: GIB,
        vda(Setting.READ_IOPS): 5,
    }
    kinds = [type(call) for call in plan(RUNNING, wishes).calls]
    assert kinds == [SetMemory, SetCpuShare, SetDiskLimits, PlugVcpus, OnlineVcpus, GrowDisk]


def test_what_is_so_already_is_no_change() -> None:
    for machine in (OFF, RUNNING, TRANSIENT):
        present = {**(machine.live or machine.saved or {}), SIZE: 10 * 2**30}
        assert plan(machine, present) == Plan((), (), {})


@pytest.mark.parametrize("machine", [OFF, RUNNING, TRANSIENT], ids=["off", "running", "transient"])
@pytest.mark.parametrize(
    ("limit", "burst"),
    [
        (vda(Setting.READ_IOPS), vda(Setting.READ_IOPS_MAX)),
        (card(Setting.IN_AVERAGE_KB_PER_S), card(Setting.IN_PEAK_KB_PER_S)),
    ],
    ids=["burst", "peak"],
)
def test_a_limit_does_not_go_from_under_a_burst_that_is_asked_for_as_it_is(
    machine: EditedMachine, limit: SettingKey, burst: SettingKey
) -> None:
    given = {**values(), limit: 100, burst: 200}
    machine = replace(machine, live=machine.live and given, saved=machine.saved and given)
    change = only(plan(machine, {limit: None, burst: 200}))
    assert (change.key, change.when, change.why) == (limit, NEVER, Why.BURST_WITHOUT_LIMIT)
    assert plan(machine, {limit: None, burst: None}).is_possible
    assert plan(machine, {limit: None}).is_possible


def test_a_groups_limit_does_not_go_from_under_the_burst_of_another_disk() -> None:
    machine = grouped(READ_IOPS=100, READ_IOPS_MAX=200)
    wishes: dict[SettingKey, Value] = {
        vda(Setting.READ_IOPS): None,
        vda(Setting.READ_IOPS_MAX, "vdb"): 200,
    }
    assert not plan(machine, wishes).is_possible


def test_a_weight_taken_away_while_running_is_there_as_the_default() -> None:
    machine = replace(RUNNING, live=values(CPU_WEIGHT=100))
    assert plan(machine, {WEIGHT: None}) == Plan((), (), {})
    assert pending(machine) == ()


def test_only_what_differs_is_changed() -> None:
    ahead = replace(RUNNING, live=values(MEMORY_KIB=GIB))
    found = plan(ahead, {MEMORY: GIB})
    assert (only(found).when, found.calls, found.saved) == (When.NEXT_START, (), {MEMORY: GIB})
    found = plan(ahead, {MEMORY: 2 * GIB})
    assert (only(found).when, only(found).saves, found.saved) == (When.NOW, True, {})


def test_now_only_is_not_saved() -> None:
    found = plan(RUNNING, {MEMORY: GIB}, Reach.NOW)
    assert (only(found).saves, found.saved) == (False, {})


def test_a_maximum_and_what_it_makes_possible_go_together() -> None:
    found = plan(RUNNING, {VCPUS: 6, VCPUS_MAX: 8, MEMORY: 6 * GIB, MEMORY_MAX: 6 * GIB})
    assert [change.when for change in found.changes] == [When.NEXT_START] * 4
    assert found.saved == {VCPUS: 6, VCPUS_MAX: 8, MEMORY: 6 * GIB, MEMORY_MAX: 6 * GIB}


@pytest.mark.parametrize(
    ("wishes", "key"),
    [
        ({VCPUS: 9}, VCPUS),
        ({VCPUS_MAX: 1}, VCPUS_MAX),
        ({MEMORY: 9 * GIB}, MEMORY),
        ({MEMORY_MAX: GIB}, MEMORY_MAX),
    ],
)
def test_the_remedy_makes_it_possible(wishes: dict[SettingKey, Value], key: SettingKey) -> None:
    for machine in (OFF, RUNNING):
        change = only(plan(machine, wishes))
        assert change.remedy is not None
        assert plan(machine, remedied(machine, wishes, change.remedy, key)).is_possible


def test_other_remedies_are_no_wishes() -> None:
    assert remedied(OFF, {VCPUS: 3}, Remedy.START, VCPUS) == {VCPUS: 3}


def test_a_burst_goes_with_its_limit_and_is_told() -> None:
    machine = running(
        READ_IOPS=9, READ_IOPS_MAX=10, IN_AVERAGE_KB_PER_S=5, IN_PEAK_KB_PER_S=6, IN_BURST_KIB=7
    )
    found = plan(machine, {vda(Setting.READ_IOPS): 0, card(Setting.IN_AVERAGE_KB_PER_S): None})
    followed = {change.key for change in found.changes if (Why.FOLLOWS, None) in change.notes}
    gone = {vda(Setting.READ_IOPS_MAX), card(Setting.IN_PEAK_KB_PER_S), card(Setting.IN_BURST_KIB)}
    assert followed == gone
    assert found.saved == dict.fromkeys((vda(Setting.READ_IOPS), card(Setting.IN_AVERAGE_KB_PER_S), *gone))


def test_all_disks_of_a_group_change_alike() -> None:
    found = plan(grouped(), {vda(Setting.READ_IOPS): 9})
    assert found.saved == {vda(Setting.READ_IOPS): 9, vda(Setting.READ_IOPS, "vdb"): 9}
    assert [[why for why, _ in change.notes] for change in found.changes] == [
        [Why.SHARED_GROUP],
        [Why.FOLLOWS, Why.SHARED_GROUP],
    ]
    apart = plan(grouped(), {vda(Setting.READ_IOPS): 9, vda(Setting.READ_IOPS, "vdb"): 8})
    assert {change.why for change in apart.changes} == {Why.SHARED_GROUP}


def test_notes() -> None:
    def notes(machine: EditedMachine, key: SettingKey, to: int) -> tuple[tuple[Why, int | None], ...]:
        return only(plan(machine, {key: to})).notes

    assert notes(RUNNING, SIZE, 2**40) == ((Why.GUEST_MUST_FOLLOW, None),)
    assert notes(running(VCPUS_MAX=8), VCPUS, 5) == ((Why.OVERCOMMITS, 4),)
    assert notes(host(OFF, has_cpu_share=None), WEIGHT, 5) == ((Why.NOT_ON_HOST, None),)
    assert notes(replace(OFF, topology=Topology(2, None, None, 2, 1)), VCPUS_MAX, 6) == (
        (Why.TOPOLOGY_FOLLOWS, 3),
    )
    assert notes(replace(OFF, topology=Topology(2, None, None, 3, 1)), VCPUS_MAX, 6) == ()


@pytest.mark.parametrize(
    ("before", "most", "after"),
    [
        (Topology(2, None, None, 2, 1), 8, Topology(4, None, None, 2, 1)),
        (Topology(2, 1, 1, 2, 2), 12, Topology(3, 1, 1, 2, 2)),
        (Topology(2, 2, 2, 2, 2), 12, Topology(12, 1, 1, 1, 1)),
        (Topology(1, None, None, 4, 2), 3, Topology(3, None, None, 1, 1)),
        (Topology(None, None, None, 4, None), 4, Topology(None, None, None, 4, None)),
    ],
)
def test_the_sockets_follow(before: Topology, most: int, after: Topology) -> None:
    assert followed_by(before, most) == after


@pytest.mark.parametrize(
    ("machine", "kib", "is_warned_of"),
    [
        (RUNNING, GIB // 2, False),
        (RUNNING, GIB // 2 - 1, True),
        (running(MEMORY_KIB=GIB // 4), GIB // 8, False),
        (running(MEMORY_KIB=GIB // 4), GIB // 8 - 1, True),
        (running(MEMORY_KIB=GIB // 32), GIB // 16, False),  # it gets more
        (OFF, GIB // 32, False),
    ],
)
def test_a_running_guest_that_is_left_little_memory_is_warned_of(
    machine: EditedMachine, kib: int, is_warned_of: bool
) -> None:
    assert ((Why.STARVES, None) in only(plan(machine, {MEMORY: kib})).notes) is is_warned_of


def test_what_somebody_else_changed_is_seen() -> None:
    was = base(RUNNING, (VCPUS, MEMORY, SIZE))
    assert overtaken(was, RUNNING) == ()
    assert overtaken(was, replace(RUNNING, saved=values(VCPUS=3))) == (VCPUS,)
    assert overtaken(was, replace(RUNNING, live=values(MEMORY_KIB=GIB))) == (MEMORY,)
    grown = (replace(OFF.disks[0], size_bytes=2**40), *OFF.disks[1:])
    assert overtaken(was, replace(RUNNING, disks=grown)) == (SIZE,)
    assert overtaken(was, OFF) == (VCPUS, MEMORY)


# Properties -----------------------------------------------------------------------------------------------------

_NUMBERS = st.none() | st.integers(-1, 10) | st.sampled_from((GIB, 3 * GIB, 9 * GIB, 2**33, 10**15, 2**60))
_KEYS = st.sampled_from([*values(), SIZE, vda(Setting.DISK_BYTES, "sda"), vda(Setting.READ_IOPS, "gone")])
_WISHES = st.dictionaries(_KEYS, _NUMBERS, max_size=8)


@st.composite
def machines(draw: st.DrawFn) -> EditedMachine:
    def of() -> dict[SettingKey, Value]:
        limits = draw(st.sets(st.sampled_from(sorted(DISK_PARAMETERS, key=str)), max_size=3))
        most, limit = draw(st.integers(1, 8)), draw(st.integers(1, 9))
        counts: dict[SettingKey, Value] = {VCPUS_MAX: most, VCPUS: draw(st.integers(1, most))}
        return {**values(), **counts, **dict.fromkeys(map(vda, limits), limit)}

    is_active, is_kept = draw(st.sampled_from(((True, True), (True, False), (False, True))))
    return replace(
        draw(st.sampled_from((RUNNING, grouped()))),
        live=of() if is_active else None,
        saved=of() if is_kept else None,
        has_agent=draw(st.booleans()),
        has_balloon=draw(st.booleans()),
        has_numa=draw(st.booleans()),
        is_paused=is_active and draw(st.booleans()),
        has_saved_state=not is_active and draw(st.booleans()),
        host=HostMeans(has_cpu_share=draw(st.sampled_from((None, True, False)))),
    )


@given(machines(), _WISHES, st.sampled_from(Reach))
def test_any_plan(machine: EditedMachine, wishes: dict[SettingKey, Value], reach: Reach) -> None:
    found = plan(machine, wishes, reach)
    if not found.is_possible:
        assert (found.calls, found.saved) == ((), {})
        return
    told = {change.key for change in found.changes}
    assert told >= found.saved.keys()
    for key, to in found.saved.items():
        assert reach is not Reach.NOW
        assert to != (machine.saved or {})[key]
        assert to != 0
    if not machine.is_active or reach is Reach.NEXT_START:
        assert all(isinstance(call, GrowDisk) for call in found.calls)
    for call in found.calls:
        if isinstance(call, GrowDisk):
            assert call.size_bytes > 10 * 2**30
        if isinstance(call, PlugVcpus):
            assert (machine.live or {})[VCPUS_MAX] >= call.count > (machine.vcpus_plugged or 0)  # type: ignore[operator]
    for change in found.changes:
        assert change.why is None or change.when is not When.NOW
        if change.when is When.NOW:
            assert change.key.setting is Setting.DISK_BYTES or machine.is_active
    # Carried out, it is so.
    after = replace(
        machine,
        live=None
        if machine.live is None
        else {**machine.live, **{one.key: one.to for one in found.changes if one.when is When.NOW}},
        saved=None if machine.saved is None else {**machine.saved, **found.saved},
        vcpus_plugged=max(
            [machine.vcpus_plugged or 0, *(call.count for call in found.calls if isinstance(call, PlugVcpus))]
        ),
        disks=tuple(
            replace(
                disk,
                size_bytes=max(
                    [
                        disk.size_bytes or 0,
                        *(
                            change.to or 0
                            for change in found.changes
                            if change.key == SettingKey(Setting.DISK_BYTES, disk.target)
                        ),
                    ]
                ),
            )
            for disk in machine.disks
        ),
    )
    again = plan(after, wishes, reach)
    assert (again.calls, again.saved) == ((), {})
