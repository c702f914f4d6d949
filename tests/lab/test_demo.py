"""How the demo sees that its guest asks for a login: on the line, or where that is barred, on the screen."""

from __future__ import annotations

import pytest

from tests.helpers.world import World
from tests.lab.domain_xml import Vnc
from tests.lab.lab_host import LabHost
from vmgui.model.domain import DomainKey
from vmgui.model.errors import InvalidState, TimedOut
from vmgui.services import demo
from vmgui.services.creation import CreationService
from vmgui.services.demo import DemoService
from vmgui.services.os_variants import OsVariants
from vmgui.services.rollback import RollbackService


async def a_guest(world: World, host: LabHost) -> tuple[DemoService, DomainKey]:
    world.add(host.unix_uri)
    await world.connected()
    host.define_tiny("tiny", start=True, vnc=Vnc())
    key = await world.seen("tiny")
    rollback = RollbackService(world.hosts, world.inventory, world.jobs)
    creation = CreationService(
        world.hosts, world.inventory, world.jobs, OsVariants(), rollback, world.watches
    )
    return DemoService(world.hosts, world.inventory, world.jobs, creation), key


async def test_a_line_that_is_locked_does_not_hold_it_up(
    world: World, host_a: LabHost, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As when somebody's killed emulator has left the lock of a terminal, which only its owner may remove."""
    service, key = await a_guest(world, host_a)
    host_a.run(["mkdir", *(f"/var/lock/LCK.._pts_{number}" for number in range(64))])
    monkeypatch.setattr(demo, "STILL_S", 0.2)
    monkeypatch.setattr(demo, "_LOOK_INTERVAL_S", 0.1)
    try:
        await service.wait_for_login(key, timeout_s=60)
        with pytest.raises(TimedOut):
            await service.wait_for_login(key, timeout_s=0.01)
        host_a.run(["sh", "-c", "kill $(cat /run/libvirt/qemu/tiny.pid)"])
        with pytest.raises(InvalidState):
            await service.wait_for_login(key, timeout_s=60)
    finally:
        host_a.run(["sh", "-c", "rmdir /var/lock/LCK..*"])
