"""Bridges of a host come and go as devices. Networks: test_host_watch.py."""

from __future__ import annotations

import libvirt
import pytest

from tests.helpers.world import World
from vmgui.model.event import EventKind, HostEvent
from vmgui.services import networks
from vmgui.services.hosts import HostEvents


async def test_bridges_are_read_again_when_a_network_device_comes(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    bridges = ["br0"]

    def list_bridges(_conn: libvirt.virConnect) -> tuple[str, ...]:
        return tuple(bridges)

    def tell(name: str) -> None:
        world.hosts.events.emit(HostEvents("h1", (HostEvent(EventKind.NODE_DEVICE, "", name, "created"),)))

    monkeypatch.setattr(networks, "list_bridges", list_bridges)
    world.add("test:///default")
    await world.connected()
    watch = world.watches.bridges
    assert await watch.fresh("h1") == ("br0",)
    bridges.append("br1")
    tell("block_sda")
    assert await watch.fresh("h1") == ("br0",)
    tell("net_br1_52_54_00_00_00_01")
    assert await watch.fresh("h1") == ("br0", "br1")
