"""The commands that do what a plan does, as a shell and virsh take them."""

from __future__ import annotations

import shlex
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.policy.test_edit import (
    LIMIT,
    MAC,
    MEMORY,
    MEMORY_MAX,
    OFF,
    QUIET,
    RUNNING,
    SIZE,
    VCPUS,
    VCPUS_MAX,
    WEIGHT,
    card,
    grouped,
    running,
    vda,
)  # fmt: skip
from vmgui.model.edit import CardFacts, EditedMachine, Setting, SettingKey, Topology, Value
from vmgui.policy.edit import plan
from vmgui.policy.virsh import commands

GIB = 2**20


COMMANDS: list[tuple[EditedMachine, dict[SettingKey, Value], list[str]]] = [
    (QUIET, {VCPUS: 4}, ["virsh setvcpus web 4 --live --config"]),
    (RUNNING, {VCPUS: 1}, ["virsh setvcpus web 1 --guest", "virsh setvcpus web 1 --config"]),
    (RUNNING, {MEMORY: GIB}, ["virsh setmem web 1048576 --live --config"]),
    (
        OFF,
        {VCPUS: 8, VCPUS_MAX: 8, MEMORY: 8 * GIB, MEMORY_MAX: 8 * GIB},
        [
            "virsh setvcpus web 8 --maximum --config",
            "virsh setvcpus web 8 --config",
            "virsh setmaxmem web 8388608 --config",
            "virsh setmem web 8388608 --config",
        ],
    ),
    (
        replace(OFF, topology=Topology(1, None, None, 2, 2)),
        {VCPUS_MAX: 8},
        [
            '# virsh edit web: <topology sockets="2" cores="2" threads="2"/>',
            "virsh setvcpus web 8 --maximum --config",
        ],
    ),
    (RUNNING, {WEIGHT: 9, LIMIT: 5}, ["virsh schedinfo web cpu_shares=9 vcpu_quota=5000 --live --config"]),
    (
        running(CPU_WEIGHT=9, CPU_LIMIT_PERCENT=5),
        {WEIGHT: None, LIMIT: None},
        [
            "virsh schedinfo web cpu_shares=100 vcpu_quota=-1 --live",
            "# virsh edit web: take out <shares>",
            "virsh schedinfo web vcpu_quota=-1 --config",
        ],
    ),
    (RUNNING, {SIZE: 2**40}, ["virsh blockresize web vda 1099511627776B"]),
    (OFF, {SIZE: 2**40}, ["virsh vol-resize /pool/web.qcow2 1099511627776B"]),
    (
        replace(OFF, disks=(replace(OFF.disks[0], source="pool one/web.qcow2"),)),
        {SIZE: 2**40},
        ["virsh vol-resize web.qcow2 1099511627776B --pool 'pool one'"],
    ),
    (
        grouped(WRITE_IOPS=7),
        {vda(Setting.READ_IOPS): 9, vda(Setting.READ_IOPS, "vdb"): 9, vda(Setting.WRITE_IOPS, "vdb"): 7},
        [
            "virsh blkdeviotune web vda --total-iops-sec 0 --read-iops-sec 9 --write-iops-sec 7"
            " --group-name g --live --config"
        ],
    ),
    (
        running(IN_AVERAGE_KB_PER_S=5),
        {card(Setting.OUT_AVERAGE_KB_PER_S): 6},
        [f"virsh domiftune web {MAC} --outbound 6,0,0 --live --config"],
    ),
    # Whoever copies this is asked for what is promised.
    (
        replace(RUNNING, cards=(CardFacts(MAC, "network", has_floor=True),)),
        {card(Setting.IN_AVERAGE_KB_PER_S): 6},
        [f"virsh domiftune web {MAC} --inbound 6,0,0,FLOOR --live --config"],
    ),
]


@pytest.mark.parametrize(("machine", "wishes", "lines"), COMMANDS)
def test_commands(machine: EditedMachine, wishes: dict[SettingKey, Value], lines: list[str]) -> None:
    assert list(commands(machine, plan(machine, wishes))) == lines


def test_nothing_to_do() -> None:
    assert commands(OFF, plan(OFF, {VCPUS: 99})) == ()


@pytest.mark.parametrize(
    ("name", "is_said"),
    [
        *(("web", True), ("web 01", True), ("wéb", True), ("7", False), ("-rf", False), (" web", False)),
        *(("web ", False), ("a\nb", False), ("$(reboot)", False), ("", False), ("a;b", False)),
        ("b5a6cd83-4a4f-4f62-9d6c-2f4c1ad3a1f5", False),
    ],
)
def test_a_name_that_virsh_would_take_for_something_else_is_not_said(name: str, *, is_said: bool) -> None:
    machine = replace(OFF, name=name)
    (line,) = commands(machine, plan(machine, {VCPUS: 3}))
    assert shlex.split(line) == ["virsh", "setvcpus", name if is_said else OFF.uuid, "3", "--config"]


@given(st.text(max_size=8), st.text(min_size=1, max_size=8))
def test_each_is_one_line_and_quoted(name: str, source: str) -> None:
    machine = replace(OFF, name=name, disks=(replace(OFF.disks[0], source=f"/{source}"),))
    line, *more = commands(machine, plan(machine, {SIZE: 2**40}))
    assert not more
    assert shlex.split(line) == ["virsh", "vol-resize", f"/{source}", "1099511627776B"]
    topology = replace(machine, topology=Topology(1, None, None, 3, 1))
    for line in commands(topology, plan(topology, {VCPUS_MAX: 8, WEIGHT: 5})):
        assert len(line.splitlines()) == 1
