"""Where a display is, for every way a host can be reached and a display can listen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import cast

import libvirt
import pytest

from tests.helpers.waiting import eventually
from tests.helpers.world import World
from tests.unit.services.conftest import DEFAULT_URI
from vmgui.hypervisor.connection import Connection
from vmgui.hypervisor.descriptor import OpenDescriptor
from vmgui.hypervisor.ssh.way import NoWay, Place
from vmgui.hypervisor.uri import read_uri
from vmgui.model.console import ConsoleKind, ConsoleTarget, NoConsole
from vmgui.model.device import Graphics
from vmgui.model.domain import DomainKey
from vmgui.model.errors import NotFound
from vmgui.model.host import HostConfig
from vmgui.services.console import ConsoleService, no_vnc, ssh_place, tcp_target

EVERYWHERE = "0.0.0.0"  # noqa: S104 - read from a host, not listened on


def display(listen: str, port: int = 5901, *, socket_path: str = "", password: bool = False) -> Graphics:
    return Graphics("vnc", port, -1, listen, socket_path, password)


@pytest.mark.parametrize(
    ("listen", "hostname", "address"),
    [
        ("10.0.0.7", "server", "10.0.0.7"),
        (EVERYWHERE, "server", "server"),
        ("::", "server", "server"),
        ("", "10.77.1.11", "10.77.1.11"),
        ("[fd00::1]", "server", "fd00::1"),
        ("::", "fe80::7%eth0", "fe80::7%eth0"),
        ("fe80::7", "fe80::7%eth0", "fe80::7%eth0"),
        ("fe80::7", "server", "fe80::7"),
    ],
)
def test_a_display_of_a_remote_host(listen: str, hostname: str, address: str) -> None:
    target = tcp_target(display(listen), hostname, is_local=False)
    assert (target.kind, target.host, target.port) == (ConsoleKind.TCP, address, 5901)


def test_a_certificate_knows_nothing_of_our_interfaces() -> None:
    target = tcp_target(display("::"), "fe80::7%eth0", is_local=False)
    assert (target.server_name, target.where) == ("fe80::7", "[fe80::7%eth0]:5901")


@pytest.mark.parametrize("listen", ["127.0.0.1", "localhost", "::1", "127.0.1.1"])
def test_a_display_only_a_remote_host_itself_can_reach(listen: str) -> None:
    target = tcp_target(display(listen), "server", is_local=False)
    assert (target.kind, target.reason) == (ConsoleKind.NONE, NoConsole.LOOPBACK_ONLY)
    assert tcp_target(display(listen), "", is_local=True).kind is ConsoleKind.TCP


def test_a_display_without_port_or_with_a_socket_only() -> None:
    assert tcp_target(display(EVERYWHERE, -1), "server", is_local=False).reason is NoConsole.NO_PORT
    socket = display("", -1, socket_path="/run/x")
    assert tcp_target(socket, "server", is_local=False).reason is NoConsole.SOCKET_ONLY


MACHINE = """<domain type='test'><name>{name}</name><memory>1024</memory><os><type>hvm</type></os>
  <devices>{graphics}</devices></domain>"""


def test_a_display_without_any_address_is_not_about_to_start() -> None:
    none = replace(display("", -1), listens=False)
    assert tcp_target(none, "server", is_local=False).reason is NoConsole.NOT_LISTENING
    assert ssh_place(none) is None


@pytest.mark.parametrize(
    ("listen", "port", "socket_path", "place"),
    [
        ("127.0.0.1", 5901, "", "127.0.0.1:5901"),
        ("localhost", 5901, "", "localhost:5901"),
        ("::1", 5901, "", "[::1]:5901"),
        ("[fd00::7]", 5901, "", "[fd00::7]:5901"),
        (EVERYWHERE, 5901, "", "localhost:5901"),
        ("", 5901, "", "localhost:5901"),
        ("10.0.0.7", 5901, "", "10.0.0.7:5901"),
        ("", -1, "/run/x y", "/run/x y"),
    ],
)
def test_where_the_host_itself_reaches_a_display(
    listen: str, port: int, socket_path: str, place: str
) -> None:
    assert str(ssh_place(display(listen, port, socket_path=socket_path))) == place


class NoWayOn:
    """A connection to a host whose ssh server forbids the way on."""

    def __init__(self, uri: str) -> None:
        self.config = HostConfig("h1", "host", uri)
        self.facts = read_uri(uri)
        self.asked: list[Place] = []

    async def open_way(self, place: Place) -> OpenDescriptor:
        self.asked.append(place)
        raise NoWay("administratively prohibited")


async def through_ssh(world: World, connection: NoWayOn, shown: Graphics) -> ConsoleTarget:
    return await ConsoleService(world.hosts)._through_ssh(cast(Connection, connection), shown)


@pytest.fixture
def ssh_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], object]:
    script = tmp_path / "ssh"
    script.write_text('#!/bin/sh\ncat "$0.settings"\n')
    script.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    return (tmp_path / "ssh.settings").write_text


async def test_past_ssh_the_host_behind_the_alias_is_dialled(
    world: World, ssh_says: Callable[[str], object]
) -> None:
    connection = NoWayOn("qemu+ssh://KVM-Lab/system")
    ssh_says("hostname kvm7.example.org\nport 22\n")
    target = await through_ssh(world, connection, display(EVERYWHERE))
    assert (target.kind, target.host) == (ConsoleKind.TCP, "kvm7.example.org")
    assert (target.where, target.server_name) == ("kvm7.example.org:5901", "kvm7.example.org")
    ssh_says("hostname 10.0.0.7\nport 22\n")
    target = await through_ssh(world, connection, display(EVERYWHERE))
    # An address is no name of a certificate: that may be for the name the person wrote.
    assert (target.host, target.server_name) == ("10.0.0.7", "kvm-lab")


async def test_behind_another_host_nobody_is_dialled_past_ssh(
    world: World, ssh_says: Callable[[str], object]
) -> None:
    ssh_says("hostname kvm7\nport 22\nproxyjump gate\n")
    target = await through_ssh(world, NoWayOn("qemu+ssh://KVM-Lab/system"), display(EVERYWHERE))
    assert (target.kind, target.reason) == (ConsoleKind.NONE, NoConsole.NO_WAY)
    assert (target.where, target.detail) == ("localhost:5901", "administratively prohibited")


@pytest.mark.parametrize("way", ["libssh", "libssh2"])
async def test_where_a_library_logs_in_openssh_is_not_blamed(world: World, way: str) -> None:
    connection = NoWayOn(f"qemu+{way}://host/system")
    target = await through_ssh(world, connection, display(EVERYWHERE))
    assert (target.kind, target.host) == (ConsoleKind.TCP, "host")
    assert connection.asked == []
    # It may have the same key, which is tried; else it is said what leads there.
    target = await through_ssh(world, connection, display("127.0.0.1"))
    assert (target.kind, target.reason) == (ConsoleKind.NONE, NoConsole.LOOPBACK_ONLY)
    assert connection.asked == [Place("127.0.0.1", 5901)]


@pytest.mark.parametrize("kind", ["sdl", "egl-headless", "dbus", "rdp", "something new"])
def test_a_display_of_another_kind_is_called_what_it_is(kind: str) -> None:
    other = replace(display(EVERYWHERE), kind=kind)
    assert (no_vnc((other,)).reason, no_vnc((other,)).display) == (NoConsole.OTHER_DISPLAY, kind)
    assert no_vnc((other, replace(other, kind="spice"))).reason is NoConsole.ONLY_SPICE


async def test_reasons_for_no_display(world: World, other: libvirt.virConnect) -> None:
    service = ConsoleService(world.hosts)
    other.createXML(MACHINE.format(name="spice", graphics="<graphics type='spice' port='5900'/>"), 0)
    other.createXML(MACHINE.format(name="blind", graphics=""), 0)
    other.createXML(MACHINE.format(name="vnc", graphics="<graphics type='vnc' port='5999'/>"), 0)
    world.add(DEFAULT_URI)
    await world.connected()
    assert (await service.open(world.key("spice"))).reason is NoConsole.ONLY_SPICE
    assert (await service.open(world.key("blind"))).reason is NoConsole.NO_GRAPHICS
    target = await service.open(world.key("vnc"))
    assert (target.kind, target.port) == (ConsoleKind.TCP, 5999)
    other.lookupByName("test").destroy()
    await eventually(lambda: not world.find("test").state.is_active)
    assert (await service.open(world.key("test"))).reason is NoConsole.NOT_RUNNING
    for name in ("spice", "blind", "vnc"):
        other.lookupByName(name).destroy()
    with pytest.raises(NotFound):
        await service.open(DomainKey("h1", "00000000-0000-0000-0000-000000000001"))
    world.hosts.disconnect("h1")
    assert (await service.open(world.key("test"))).reason is NoConsole.HOST_OFFLINE
