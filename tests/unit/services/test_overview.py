"""What is read of one machine."""

from __future__ import annotations

import pytest

from tests.helpers.world import World
from tests.unit.services.conftest import DEFAULT_URI
from vmgui.model.domain import DomainKey
from vmgui.model.errors import HostUnreachable, NotFound
from vmgui.services.overview import OverviewService


async def test_xml_guest_and_picture(world: World) -> None:
    service = OverviewService(world.hosts)
    world.add(DEFAULT_URI)
    await world.connected()
    config = await service.config(world.key())
    assert config.name == "test"
    assert config.uuid == world.key().uuid
    assert "<domain" in config.xml
    assert (await service.config(world.key(), inactive=True)).name == "test"
    assert not (await service.guest_info(world.key())).agent_running
    mime, picture = await service.screenshot(world.key())
    assert mime.startswith("image/")
    assert picture


async def test_a_machine_or_host_that_is_gone_is_said(world: World) -> None:
    service = OverviewService(world.hosts)
    world.add(DEFAULT_URI)
    await world.connected()
    gone = DomainKey("h1", "00000000-0000-0000-0000-000000000001")
    with pytest.raises(NotFound):
        await service.config(gone)
    key = world.key()
    world.hosts.disconnect("h1")
    with pytest.raises(HostUnreachable):
        await service.config(key)
