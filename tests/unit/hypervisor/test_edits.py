"""Settings of machines of the test driver, looked at and changed; what it cannot is in tests/lab/test_edits.py."""

from __future__ import annotations

import libvirt
import pytest

from tests.unit.hypervisor.recording import UUID
from vmgui.hypervisor.edits import change, look, preview
from vmgui.libvirtxml.settings import read_settings
from vmgui.model.edit import Base, Reach, Setting, SettingKey, Values, When, Why
from vmgui.model.errors import ChangedMeanwhile, InvalidConfig, InvalidState
from vmgui.policy.edit import base

MEMORY, MOST = SettingKey(Setting.MEMORY_KIB), SettingKey(Setting.MEMORY_MAX_KIB)
VCPUS, VCPUS_MAX = SettingKey(Setting.VCPUS), SettingKey(Setting.VCPUS_MAX)
IN = SettingKey(Setting.IN_AVERAGE_KB_PER_S, "aa:bb:cc:dd:ee:ff")


def seen(conn: libvirt.virConnect, wishes: Values) -> Base:
    return base(look(conn, UUID), wishes)


def saved(conn: libvirt.virConnect) -> str:
    return conn.lookupByUUIDString(UUID).XMLDesc(libvirt.VIR_DOMAIN_XML_INACTIVE)


def test_a_look_has_what_runs_and_what_is_saved(conn: libvirt.virConnect) -> None:
    machine = look(conn, UUID)
    assert (machine.name, machine.is_active, machine.has_agent) == ("test", True, False)
    for values in (machine.live, machine.saved):
        assert values is not None
        assert (values[MEMORY], values[MOST], values[VCPUS]) == (2 * 1024**2, 8 * 1024**2, 2)
    assert [disk.target for disk in machine.disks] == ["vda"]
    assert [card.mac for card in machine.cards] == ["aa:bb:cc:dd:ee:ff"]
    assert machine.host.memory_kib == 3 * 1024**2
    # The driver has no control groups.
    assert machine.host.has_cpu_share is False


def test_what_runs_and_what_is_saved_are_changed_and_told(conn: libvirt.virConnect) -> None:
    wishes = {MEMORY: 1024**2, VCPUS_MAX: 4}
    done = change(conn, UUID, wishes, seen(conn, wishes), Reach.BOTH)
    machine = look(conn, UUID)
    assert machine.live is not None
    assert machine.saved is not None
    assert (machine.live[MEMORY], machine.saved[MEMORY]) == (1024**2, 1024**2)
    assert (machine.live[VCPUS_MAX], machine.saved[VCPUS_MAX]) == (2, 4)
    assert done.plan is not None
    assert [one.when for one in done.plan.changes] == [When.NOW, When.NEXT_START]
    assert read_settings(done.before).values[VCPUS_MAX] == 2
    assert done.after == saved(conn)


def test_what_is_so_already_defines_nothing(conn: libvirt.virConnect) -> None:
    done = change(conn, UUID, {VCPUS: 2}, (), Reach.BOTH)
    assert (done.before, done.after) == ("", "")


def test_only_now_defines_nothing(conn: libvirt.virConnect) -> None:
    before = saved(conn)
    done = change(conn, UUID, {MEMORY: 1024**2}, (), Reach.NOW)
    assert (done.before, done.after) == ("", "")
    assert saved(conn) == before


def test_the_impossible_is_not_done_in_part(conn: libvirt.virConnect) -> None:
    before = saved(conn)
    wishes = {MEMORY: 1024**2, VCPUS: 3}
    with pytest.raises(InvalidConfig, match=r"vcpus: above_vcpus_max \(2\)"):
        change(conn, UUID, wishes, seen(conn, wishes), Reach.BOTH)
    assert saved(conn) == before
    assert look(conn, UUID).value(MEMORY) == 2 * 1024**2
    # With one impossible wish nothing is done.
    found = preview(conn, UUID, {MEMORY: 1024**2, VCPUS_MAX: 100_000}, Reach.BOTH)
    assert (found.live_diff, found.saved_diff, found.virsh) == ("", "", ())


def test_that_it_is_off_is_no_fault_of_the_wish(conn: libvirt.virConnect) -> None:
    conn.lookupByUUIDString(UUID).destroy()
    with pytest.raises(InvalidState, match="not_running"):
        change(conn, UUID, {MEMORY: 1024**2}, (), Reach.NOW)


def test_what_somebody_else_changed_is_not_overwritten(conn: libvirt.virConnect) -> None:
    wishes = {VCPUS_MAX: 4, MEMORY: 1024**2}
    was = seen(conn, wishes)
    conn.defineXML(saved(conn).replace(">2</vcpu>", ">3</vcpu>"))
    with pytest.raises(ChangedMeanwhile, match=r"^vcpus-max$"):
        change(conn, UUID, wishes, was, Reach.BOTH)
    assert look(conn, UUID).value(MEMORY) == 2 * 1024**2


def test_memory_that_a_guest_gave_back_by_itself_is_nobodys_change(conn: libvirt.virConnect) -> None:
    wishes = {MEMORY: 1024**2}
    was = seen(conn, wishes)
    conn.lookupByUUIDString(UUID).setMemoryFlags(3 * 512 * 1024, libvirt.VIR_DOMAIN_AFFECT_LIVE)
    change(conn, UUID, wishes, was, Reach.BOTH)
    was = seen(conn, wishes)
    conn.lookupByUUIDString(UUID).setMemoryFlags(3 * 512 * 1024, libvirt.VIR_DOMAIN_AFFECT_CONFIG)
    with pytest.raises(ChangedMeanwhile):
        change(conn, UUID, {MEMORY: 2 * 1024**2}, was, Reach.BOTH)


def test_a_preview_says_what_both_definitions_become_and_does_nothing(conn: libvirt.virConnect) -> None:
    before = saved(conn)
    found = preview(conn, UUID, {MEMORY: 1024**2, VCPUS_MAX: 4}, Reach.BOTH)
    assert "1048576</currentMemory>" in found.live_diff
    assert "</vcpu>" not in "".join(line for line in found.live_diff.splitlines() if line[0] in "+-")
    assert "1048576</currentMemory>" in found.saved_diff
    assert ">4</vcpu>" in found.saved_diff
    assert found.virsh
    assert saved(conn) == before
    assert look(conn, UUID).value(MEMORY) == 2 * 1024**2


def test_a_limit_on_a_host_that_has_no_means_is_not_saved(conn: libvirt.virConnect) -> None:
    """It would not start."""
    for state in ("running", "off"):
        if state == "off":
            conn.lookupByUUIDString(UUID).destroy()
        (one,) = preview(conn, UUID, {SettingKey(Setting.CPU_LIMIT_PERCENT): 50}, Reach.BOTH).plan.changes
        assert (one.when, one.why) == (When.IMPOSSIBLE, Why.NOT_ON_HOST), state


def test_a_card_is_limited(conn: libvirt.virConnect) -> None:
    change(conn, UUID, {IN: 1000}, (), Reach.BOTH)
    machine = look(conn, UUID)
    assert machine.live is not None
    assert machine.saved is not None
    assert (machine.live[IN], machine.saved[IN]) == (1000, 1000)
