"""What a running machine is told to have more memory than its maximum; the other calls: test_edit.py."""

from __future__ import annotations

from dataclasses import replace

import pytest

from vmgui.model.edit import EditedMachine, PlugMemory, Reach, SetMemory, Setting, SettingKey, When, Why
from vmgui.policy.edit import plan
from vmgui.policy.edit_calls import module_for
from vmgui.policy.virsh import commands

MIB = 1024
MEMORY, MOST = SettingKey(Setting.MEMORY_KIB), SettingKey(Setting.MEMORY_MAX_KIB)
VALUES = {MEMORY: 512 * MIB, MOST: 1024 * MIB}
# With NUMA nodes, and a slot for one more module.
ROOM = EditedMachine(
    uuid="u", name="web", live=VALUES, saved=VALUES, has_numa=True, memory_room_kib=1024 * MIB
)


def test_a_module_comes_before_the_balloon_and_is_saved() -> None:
    found = plan(ROOM, {MEMORY: 1100 * MIB})
    assert [change.when for change in found.changes] == [When.NOW]
    assert found.calls == (PlugMemory(128 * MIB), SetMemory(1100 * MIB))
    assert found.saved == {MEMORY: 1100 * MIB}
    assert module_for(ROOM, 1024 * MIB) == 0, "the balloon has that much"
    assert any("attach-device" in line and str(128 * MIB) in line for line in commands(ROOM, found))


def test_without_a_balloon_only_the_module_comes() -> None:
    machine = replace(
        ROOM, has_balloon=False, live=VALUES | {MEMORY: 1024 * MIB}, saved={**VALUES, MEMORY: 1024 * MIB}
    )
    assert plan(machine, {MEMORY: 1152 * MIB}).calls == (PlugMemory(128 * MIB),)


def test_now_and_only_now_saves_nothing() -> None:
    found = plan(ROOM, {MEMORY: 1100 * MIB}, Reach.NOW)
    assert (found.calls[0], found.saved) == (PlugMemory(128 * MIB), {})


@pytest.mark.parametrize(
    ("machine", "reach"),
    [
        (replace(ROOM, memory_room_kib=0), Reach.BOTH),
        (replace(ROOM, memory_room_kib=64 * MIB), Reach.BOTH),
        (replace(ROOM, is_paused=True), Reach.BOTH),
        (replace(ROOM, live=None), Reach.BOTH),
        (ROOM, Reach.NEXT_START),
    ],
    ids=["no slot", "too little room", "paused", "off", "later"],
)
def test_where_no_module_is_possible_the_maximum_stands(machine: EditedMachine, reach: Reach) -> None:
    (change,) = plan(machine, {MEMORY: 1100 * MIB}, reach).changes
    assert (change.when, change.why, change.figure) == (When.IMPOSSIBLE, Why.ABOVE_MEMORY_MAX, 1024 * MIB)
