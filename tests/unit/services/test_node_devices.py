"""A host's devices, true by events; on the test driver, which has some that can be made."""

from __future__ import annotations

import libvirt
import pytest

from tests.helpers.waiting import eventually
from tests.helpers.world import World
from vmgui.hypervisor import node_devices as hypervisor
from vmgui.services import node_devices

NEW = """<device><parent>scsi_host1</parent><capability type='scsi_host'><capability type='fc_host'>
<wwnn>1111222233334444</wwnn><wwpn>5555666677778888</wwpn></capability></capability></device>"""


async def test_only_what_comes_and_goes_is_read(
    world: World, other: libvirt.virConnect, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[str, ...]] = []

    def read(conn: libvirt.virConnect, names: list[str]) -> object:
        asked.append(tuple(names))
        return hypervisor.read_node_devices(conn, names)

    monkeypatch.setattr(node_devices, "read_node_devices", read)
    world.add("test:///default")
    await world.connected()
    watch = world.watches.node_devices
    before = await watch.fresh("h1")
    assert {device.name for device in before} >= {"computer", "scsi_host1"}
    made = other.nodeDeviceCreateXML(NEW)
    name = made.name()
    await eventually(lambda: not watch.get("h1").is_true)
    (new,) = set(await watch.fresh("h1")) - set(before)
    assert (new.name, new.parent, new.kind) == (name, "scsi_host1", "scsi_host")
    made.destroy()
    await eventually(lambda: not watch.get("h1").is_true)
    assert await watch.fresh("h1") == before
    assert asked == [(name,), (name,)]
