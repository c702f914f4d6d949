"""The way to a real display: a socket on this computer, a port over the network, or the reason for neither."""

from __future__ import annotations

import socket
from collections.abc import AsyncIterator

import pytest

from tests.helpers.world import World
from tests.lab.domain_xml import Vnc
from tests.lab.generations import every_generation
from tests.lab.lab_host import LabHost
from vmgui.model.console import ConsoleKind, NoConsole
from vmgui.services.background import in_thread
from vmgui.services.console import ConsoleService


@pytest.fixture
async def world(event_loop: object, lab_host: LabHost) -> AsyncIterator[World]:
    made = World()
    made.add(lab_host.unix_uri, "local")
    made.add(lab_host.tcp_uri, "remote")
    await made.connected("local")
    await made.connected("remote")
    yield made
    await made.close()


def greeting(connected: socket.socket) -> bytes:
    with connected:
        connected.settimeout(10)
        return connected.recv(12)


@every_generation
async def test_a_display_on_this_computer_comes_as_a_socket(world: World, lab_host: LabHost) -> None:
    lab_host.define_tiny("web", vnc=Vnc(), start=True)
    await world.seen("web", "local")
    target = await ConsoleService(world.hosts).open(world.key("web", "local"))
    assert target.kind is ConsoleKind.FD
    assert (await in_thread(greeting, socket.socket(fileno=target.fd))).startswith(b"RFB 003")


@every_generation
async def test_a_display_over_the_network_comes_as_host_and_port(world: World, lab_host: LabHost) -> None:
    lab_host.define_tiny("web", vnc=Vnc(listen="0.0.0.0"), start=True)  # noqa: S104 - inside the lab
    await world.seen("web", "remote")
    target = await ConsoleService(world.hosts).open(world.key("web", "remote"))
    assert target.kind is ConsoleKind.TCP
    connected = await in_thread(socket.create_connection, (target.host, target.port), 10)
    assert (await in_thread(greeting, connected)).startswith(b"RFB 003")
    # Asking for a display did no harm to the connection.
    assert world.hosts.connection("remote").is_open


@every_generation
async def test_reasons_on_a_remote_host(world: World, lab_host: LabHost) -> None:
    lab_host.define_tiny("inward", vnc=Vnc(listen="127.0.0.1"), start=True)
    lab_host.define_tiny("blind", start=True)
    lab_host.define_tiny("off", vnc=Vnc())
    service = ConsoleService(world.hosts)
    for name, reason in (
        ("inward", NoConsole.LOOPBACK_ONLY),
        ("blind", NoConsole.NO_GRAPHICS),
        ("off", NoConsole.NOT_RUNNING),
    ):
        await world.seen(name, "remote")
        assert (await service.open(world.key(name, "remote"))).reason is reason
