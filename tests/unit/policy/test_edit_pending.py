"""What will be otherwise after the next start: back from it, and there at once."""

from dataclasses import replace

from tests.unit.policy.test_edit import (
    GIB,
    MEMORY,
    MEMORY_MAX,
    OFF,
    PAUSED,
    RUNNING,
    TRANSIENT,
    VCPUS,
    VCPUS_MAX,
    running,
    values,
    vda,
)
from vmgui.model.edit import Reach, SetMemory, Setting
from vmgui.policy.edit import plan
from vmgui.policy.edit_pending import hastened, pending, reverted


def test_pending_and_back() -> None:
    machine = replace(RUNNING, saved=values(VCPUS=6, VCPUS_MAX=8, READ_IOPS=7, READ_IOPS_MAX=9))
    keys = (VCPUS, VCPUS_MAX, vda(Setting.READ_IOPS), vda(Setting.READ_IOPS_MAX))
    assert set(pending(machine)) == set(keys)
    assert pending(OFF) == pending(TRANSIENT) == ()
    for key in keys:
        found = plan(machine, reverted(machine, key), Reach.NEXT_START)
        assert found.is_possible
        assert found.calls == ()
        assert machine.live is not None
        assert found.saved[key] == machine.live[key]
    # The maximum alone would be below the count.
    assert reverted(machine, VCPUS_MAX) == {VCPUS_MAX: 4, VCPUS: 2}
    assert reverted(machine, VCPUS) == {VCPUS: 2}
    assert reverted(OFF, VCPUS) == {}


def test_going_back_takes_along_what_excludes_it() -> None:
    machine = replace(running(READ_IOPS=7), saved=values(TOTAL_IOPS=9, TOTAL_IOPS_MAX=10))
    wishes = reverted(machine, vda(Setting.READ_IOPS))
    found = plan(machine, wishes, Reach.NEXT_START)
    assert found.is_possible
    assert found.saved[vda(Setting.TOTAL_IOPS)] is None


def test_what_waits_is_made_so_at_once_where_that_can_be() -> None:
    machine = replace(running(MEMORY_KIB=GIB), saved=values(MEMORY_KIB=2 * GIB, MEMORY_MAX_KIB=8 * GIB))
    assert hastened(machine, MEMORY) == {MEMORY: 2 * GIB}
    found = plan(machine, hastened(machine, MEMORY), Reach.NOW)
    assert (found.calls, found.saved) == ((SetMemory(2 * GIB),), {})
    assert hastened(machine, MEMORY_MAX) == {}  # fixed while it runs
    assert hastened(machine, VCPUS) == {}  # it is so
    assert hastened(replace(PAUSED, saved=machine.saved, live=machine.live), MEMORY) == {}
    assert hastened(OFF, MEMORY) == hastened(TRANSIENT, MEMORY) == {}


def test_what_is_made_so_at_once_takes_along_what_hangs_together_with_it() -> None:
    total, burst = vda(Setting.TOTAL_IOPS), vda(Setting.TOTAL_IOPS_MAX)
    machine = replace(running(READ_IOPS=7), saved=values(TOTAL_IOPS=9, TOTAL_IOPS_MAX=10))
    assert hastened(machine, total) == {total: 9, burst: 10, vda(Setting.READ_IOPS): None}
