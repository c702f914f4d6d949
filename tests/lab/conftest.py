"""What most tests of the lab begin with: the program's services, connected to the host that the test is about."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from tests.helpers.world import World
from tests.lab.lab_host import LabHost
from tests.unit.hypervisor.recording import Recorder, host
from vmgui.hypervisor.connection import Connection


@pytest.fixture
async def world(event_loop: object) -> AsyncIterator[World]:
    """Without hosts."""
    made = World()
    yield made
    await made.close()


@pytest.fixture
async def connected(lab_host: LabHost, world: World) -> World:
    """`world`, by the host's own socket; a module says for all its tests that they use it."""
    # Asked for after the host: it ends before the host is cleaned.
    world.add(lab_host.unix_uri)
    await world.connected()
    return world


@pytest.fixture(params=["unix_uri", "tcp_uri"])
async def connection(
    event_loop: object, lab_host: LabHost, request: pytest.FixtureRequest
) -> AsyncIterator[Connection]:
    """To the host that the test is about, near and far."""
    made = Connection(host(getattr(lab_host, request.param)), Recorder())
    await made.open()
    yield made
    await made.close()
