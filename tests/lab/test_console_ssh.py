"""Screens of hosts that are reached by ssh: through the one login, wherever the display listens."""

from __future__ import annotations

import asyncio
import os
import shutil
import socket
import statistics
import struct
import time
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from tests.helpers.figures import figure
from tests.helpers.waiting import eventually
from tests.helpers.world import World
from tests.lab.domain_xml import Vnc
from tests.lab.lab import Lab
from tests.lab.lab_host import LabHost
from tests.lab.ssh_daemon import SshDaemon, ssh_daemon, ssh_processes
from vmgui.hypervisor.ssh.way import NoWay, Place
from vmgui.libvirtxml.domain import parse_domain
from vmgui.model.console import Barrier, ConsoleKind, ConsoleTarget, NoConsole
from vmgui.services.background import in_thread
from vmgui.services.console import ConsoleService
from vmgui.services.ssh import SshLogins

# As libvirt makes it of a machine's name.
SOCKET_DISPLAY = "<graphics type='vnc' socket='/run/lab/a b:100%-vnc'/>"


@pytest.fixture
def sockets() -> Iterator[Path]:
    # pytest's own folders are too deep for a socket.
    folder = Path(f"/tmp/vmgui-lab-way-{os.getpid()}")
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
async def world(event_loop: object, sockets: Path) -> AsyncIterator[World]:
    made = World()
    yield made
    await made.close()
    await eventually(lambda: not ssh_processes(sockets))


async def connect(world: World, daemon: SshDaemon, sockets: Path, host: LabHost) -> ConsoleService:
    key = daemon.keys / "ssh" / "client"
    world.hosts.ssh = SshLogins(bases=[sockets], program=daemon.program())
    world.add(f"{daemon.uri}?keyfile={key}")
    await world.connected()
    return ConsoleService(world.hosts)


def greeting(target: ConsoleTarget) -> bytes:
    with socket.socket(fileno=target.fd) as connected:
        connected.settimeout(30)
        return connected.recv(12)


def left_in(sockets: Path) -> set[str]:
    return {path.name for path in sockets.glob("*/*/*")}


def answer_s(display: socket.socket, *, rounds: int = 15) -> float:
    """The median time from a request to its picture, with a client that does no more than that (RFC 6143)."""
    with display:
        display.settimeout(60)

        def read(size: int) -> bytes:
            found = b""
            while len(found) < size:
                piece = display.recv(size - len(found))
                assert piece
                found += piece
            return found

        read(12)
        display.sendall(b"RFB 003.008\n")
        assert 1 in read(read(1)[0])
        display.sendall(b"\x01")
        assert read(4) == bytes(4)
        display.sendall(b"\x01")
        bits, name_length = struct.unpack(">4xB15xI", read(24))
        read(name_length)
        took: list[float] = []
        for _ in range(rounds):
            asked_s = time.monotonic()
            display.sendall(struct.pack(">BBHHHH", 3, 0, 0, 0, 1, 1))
            (count,) = struct.unpack(">2xH", read(4))
            for _ in range(count):
                width, height = struct.unpack(">4xHH4x", read(12))
                read(width * height * bits // 8)
            took.append(time.monotonic() - asked_s)
    return statistics.median(took)


async def test_how_much_later_a_picture_comes_through_ssh(
    world: World, lab: Lab, host_a: LabHost, sockets: Path, tmp_path: Path
) -> None:
    host_a.define_tiny("outward", vnc=Vnc(listen="0.0.0.0"), start=True)  # noqa: S104 - inside the lab
    with ssh_daemon(host_a, lab.plan.keys, tmp_path) as daemon:
        service = await connect(world, daemon, sockets, host_a)
        key = await world.seen("outward")
        target = await service.open(key)
        through_ssh = await in_thread(answer_s, socket.socket(fileno=target.fd))
        with host_a.connect() as conn:
            port = parse_domain(conn.lookupByName("outward").XMLDesc()).graphics[0].port
        direct = await in_thread(lambda: answer_s(socket.create_connection((host_a.address, port))))
        figure("a picture through ssh, later than direct", max(0.0, through_ssh - direct), "s")


async def test_every_display_comes_through_the_one_login(
    world: World, lab: Lab, host_a: LabHost, sockets: Path, tmp_path: Path
) -> None:
    host_a.define_tiny("inward", vnc=Vnc(listen="127.0.0.1"), start=True)
    host_a.define_tiny("outward", vnc=Vnc(listen="0.0.0.0"), start=True)  # noqa: S104 - inside the lab
    host_a.define_tiny("socket", devices=(SOCKET_DISPLAY,), start=True)
    with ssh_daemon(host_a, lab.plan.keys, tmp_path) as daemon:
        service = await connect(world, daemon, sockets, host_a)
        for name in ("inward", "outward", "socket"):
            target = await service.open(await world.seen(name))
            assert (target.kind, target.is_local) == (ConsoleKind.FD, False), name
            assert (await in_thread(greeting, target)).startswith(b"RFB 003"), name
        assert daemon.logins == 1
        # Neither did it harm the connection, nor is anything left that others could use.
        assert world.hosts.connection("h1").is_open
        assert left_in(sockets) == {"s", "ssh"}


async def test_a_login_that_leads_no_further_is_told(
    world: World, lab: Lab, host_a: LabHost, sockets: Path, tmp_path: Path
) -> None:
    host_a.define_tiny("inward", vnc=Vnc(listen="127.0.0.1"), start=True)
    host_a.define_tiny("outward", vnc=Vnc(listen="0.0.0.0"), start=True)  # noqa: S104 - inside the lab
    with ssh_daemon(host_a, lab.plan.keys, tmp_path, "AllowTcpForwarding no") as daemon:
        service = await connect(world, daemon, sockets, host_a)
        target = await service.open(await world.seen("inward"))
        assert (target.kind, target.reason) == (ConsoleKind.NONE, NoConsole.NO_WAY)
        assert target.where.startswith("127.0.0.1:59")
        assert target.barrier is Barrier.FORBIDDEN
        # What can be reached without it, is.
        assert (await service.open(await world.seen("outward"))).kind is ConsoleKind.TCP


async def test_where_nobody_listens_that_is_told(
    world: World, lab: Lab, host_a: LabHost, sockets: Path, tmp_path: Path
) -> None:
    with ssh_daemon(host_a, lab.plan.keys, tmp_path) as daemon:
        await connect(world, daemon, sockets, host_a)
        for _ in range(2):
            with pytest.raises(NoWay) as caught:
                await world.hosts.connection("h1").open_way(Place("127.0.0.1", 1))
            assert caught.value.barrier is Barrier.NOBODY
        # Of a socket the host does not tell which of the two it is.
        with pytest.raises(NoWay) as caught:
            await world.hosts.connection("h1").open_way(Place(path="/nowhere"))
        assert caught.value.barrier is Barrier.UNKNOWN
        assert left_in(sockets) == {"s", "ssh"}
    # A program of one's own for ssh.
    world.add(host_a.ssh_uri, "h2")
    await world.connected("h2")
    with pytest.raises(NoWay) as caught:
        await world.hosts.connection("h2").open_way(Place("127.0.0.1", 1))
    assert caught.value.barrier is Barrier.NOBODY


async def test_a_program_of_ones_own_for_ssh_leads_there_too(world: World, host_a: LabHost) -> None:
    host_a.define_tiny("inward", vnc=Vnc(listen="127.0.0.1"), start=True)
    world.add(host_a.ssh_uri)
    await world.connected()
    target = await ConsoleService(world.hosts).open(await world.seen("inward"))
    assert target.kind is ConsoleKind.FD
    assert (await in_thread(greeting, target)).startswith(b"RFB 003")


async def test_who_gives_up_leaves_nothing_open(
    world: World, lab: Lab, host_a: LabHost, sockets: Path, tmp_path: Path
) -> None:
    host_a.define_tiny("inward", vnc=Vnc(listen="127.0.0.1"), start=True)
    with ssh_daemon(host_a, lab.plan.keys, tmp_path) as daemon:
        service = await connect(world, daemon, sockets, host_a)
        key = await world.seen("inward")
        target = await service.open(key)
        assert (await in_thread(greeting, target)).startswith(b"RFB 003")
        before = len(os.listdir("/proc/self/fd"))
        for _ in range(5):
            waiter = asyncio.ensure_future(service.open(key))
            await asyncio.sleep(0)
            waiter.cancel()
            with pytest.raises(asyncio.CancelledError):
                await waiter
        await eventually(lambda: len(os.listdir("/proc/self/fd")) <= before)
