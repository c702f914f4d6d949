"""What is taken back, and what of it is said to stay."""

from __future__ import annotations

from collections.abc import Callable

import libvirt

from tests.unit.hypervisor.recording import UUID
from vmgui.hypervisor.edits_steps import StepMade, Steps
from vmgui.model.errors import InvalidState, PartlyDone, PermissionDenied

FAILED = InvalidState("no")


class Few(Steps):
    def add(self, take_back: Callable[[], object] | None = None) -> StepMade:
        return self._will_make("it", take_back)


def refused() -> None:
    raise PermissionDenied("read-only")


def few(conn: libvirt.virConnect) -> Few:
    return Few(conn.lookupByUUIDString(UUID), "test")


def test_what_has_not_come_about_does_not_stay(conn: libvirt.virConnect) -> None:
    steps = few(conn)
    steps.add(refused).stays = lambda: False
    assert steps.taken_back(FAILED) is FAILED
    steps = few(conn)
    steps.add(refused).stays = lambda: True
    assert isinstance(steps.taken_back(FAILED), PartlyDone)


def test_a_machine_that_is_off_or_gone_has_nothing_of_it(conn: libvirt.virConnect) -> None:
    steps = few(conn)
    steps.add(refused)
    conn.lookupByUUIDString(UUID).destroy()
    assert steps.taken_back(FAILED) is FAILED
    conn.lookupByUUIDString(UUID).undefine()
    assert steps.taken_back(FAILED) is FAILED


def test_nor_has_its_next_run(conn: libvirt.virConnect) -> None:
    steps = few(conn)
    steps.add(refused)
    conn.lookupByUUIDString(UUID).destroy()
    conn.lookupByUUIDString(UUID).create()
    assert steps.taken_back(FAILED) is FAILED
    lasting = steps.add(refused)
    lasting.ends_with_it = False
    assert isinstance(steps.taken_back(FAILED), PartlyDone)
