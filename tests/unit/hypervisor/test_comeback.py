"""A host that comes back is noticed, one that was never away is not; on real sockets."""

from __future__ import annotations

import asyncio
import contextlib
import os
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from tests.helpers.waiting import eventually
from vmgui.hypervisor import comeback
from vmgui.hypervisor.comeback import CannotTell, resolve, until_back


@pytest.fixture
def knocks(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """Whether somebody accepted, one knock after the other; they follow each other soon."""
    ended: list[bool] = []
    knock = comeback._somebody_accepts

    async def noted(places: tuple[comeback.Place, ...]) -> bool:
        accepted = await knock(places)
        ended.append(accepted)
        return accepted

    monkeypatch.setattr(comeback, "_somebody_accepts", noted)
    monkeypatch.setattr(comeback, "INTERVAL_S", 0.1)
    return ended


async def knocked(knocks: list[bool], count: int = 3) -> None:
    """Until so many knocks more have ended."""
    wanted = len(knocks) + count
    await eventually(lambda: len(knocks) >= wanted)


@asynccontextmanager
async def waiting(uri: str) -> AsyncIterator[asyncio.Task[None]]:
    task = asyncio.get_running_loop().create_task(until_back(uri))
    try:
        yield task
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return server.getsockname()[1]


@pytest.mark.parametrize("transport", ["tcp", "tls"])
@pytest.mark.parametrize("name", ["127.0.0.1", "localhost"])
async def test_a_port_that_accepts_again(
    event_loop: object, knocks: list[bool], transport: str, name: str
) -> None:
    port = free_port()
    async with waiting(f"qemu+{transport}://{name}:{port}/system") as task:
        await knocked(knocks)
        assert not task.done()
        with socket.create_server(("127.0.0.1", port)):
            await task


async def test_a_socket_that_is_there_again(event_loop: object, knocks: list[bool], tmp_path: Path) -> None:
    path = tmp_path / "libvirt-sock"
    async with waiting(f"qemu+unix:///system?socket={path}") as task:
        await knocked(knocks)
        assert not task.done()
        with socket.socket(socket.AF_UNIX) as server:
            server.bind(str(path))
            server.listen()
            await task


async def test_who_swallows_and_then_accepts(event_loop: object, knocks: list[bool]) -> None:
    """A full queue drops what comes, as a cut wire does."""
    with socket.socket() as server, contextlib.ExitStack() as filling:
        server.bind(("127.0.0.1", 0))
        server.listen(0)
        for _ in range(3):
            filler = filling.enter_context(socket.socket())
            filler.setblocking(False)
            filler.connect_ex(server.getsockname())
        async with waiting(f"qemu+tcp://127.0.0.1:{server.getsockname()[1]}/system") as task:
            await knocked(knocks, 1)
            assert not task.done()
            server.listen(50)
            server.setblocking(False)
            while not task.done():
                with contextlib.suppress(BlockingIOError):
                    filling.enter_context(server.accept()[0])
                await asyncio.sleep(0.02)


async def test_who_accepts_from_the_start_was_not_away(event_loop: object, knocks: list[bool]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        async with waiting(f"qemu+tcp://127.0.0.1:{server.getsockname()[1]}/system") as task:
            await eventually(lambda: knocks == [True])
            # Somebody else is knocked at again and again meanwhile.
            async with waiting(f"qemu+tcp://127.0.0.1:{free_port()}/system"):
                await knocked(knocks)
            assert knocks.count(True) == 1
            assert not task.done()
        server.setblocking(False)
        server.accept()[0].close()
        # It was asked once, and is left alone: a living daemon's log is no place for knocks.
        with pytest.raises(BlockingIOError):
            server.accept()


@pytest.mark.parametrize("uri", ["test:///default", "nonsense", "qemu+ext://host/system"])
async def test_where_nobody_can_tell(event_loop: object, knocks: list[bool], uri: str) -> None:
    async with waiting(uri) as task, waiting(f"qemu+tcp://127.0.0.1:{free_port()}/system"):
        await knocked(knocks)
        assert not task.done()


async def test_a_name_that_is_resolved_again(
    event_loop: object, knocks: list[bool], monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        real, known, failed = socket.getaddrinfo, False, 0

        def getaddrinfo(host: str, *args: object, **more: object) -> object:
            nonlocal failed
            if not known:
                failed += 1
                raise socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")
            return real("127.0.0.1", *args, **more)  # type: ignore[arg-type]

        monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
        async with waiting(f"qemu+tcp://some-host:{port}/system") as task:
            await eventually(lambda: failed >= 2)
            assert not task.done()
            known = True
            await task


async def test_nothing_is_left_of_many_knocks(event_loop: object, knocks: list[bool]) -> None:
    before = len(os.listdir("/proc/self/fd"))
    port = free_port()
    async with contextlib.AsyncExitStack() as stack:
        for _ in range(30):
            await stack.enter_async_context(waiting(f"qemu+tcp://127.0.0.1:{port}/system"))
        await knocked(knocks, 200)
    await eventually(lambda: len(os.listdir("/proc/self/fd")) <= before)


def ssh_that_says(folder: Path, words: str) -> Path:
    script = folder / "ssh"
    script.write_text(f"#!/bin/sh\necho \"$@\" > '{folder}/asked'\nprintf '{words}'\n")
    script.chmod(0o755)
    return script


def test_ssh_is_asked_where_it_goes(tmp_path: Path) -> None:
    script = ssh_that_says(tmp_path, "user root\\nhostname 127.0.0.2\\nport 2222\\nproxyusefdpass no\\n")
    places = resolve(f"qemu+ssh://root@Alias:23/system?command={script}")
    assert [place.address for place in places] == [("127.0.0.2", 2222)]
    assert (tmp_path / "asked").read_text().split() == ["-G", "-p", "23", "-l", "root", "--", "Alias"]


@pytest.mark.parametrize("words", ["hostname h\\nport 22\\nproxyjump other\\n", "usage: not ssh\\n", ""])
def test_ssh_through_another_host_cannot_be_knocked_at(tmp_path: Path, words: str) -> None:
    script = ssh_that_says(tmp_path, words)
    with pytest.raises(CannotTell):
        resolve(f"qemu+ssh://alias/system?command={script}")
    with pytest.raises(CannotTell):
        resolve("qemu+ssh://alias/system?command=/nonexistent/ssh")


def test_local_sockets_by_driver(monkeypatch: pytest.MonkeyPatch) -> None:
    system = [place.address for place in comeback._sockets("qemu:///system")]
    assert system == ["/run/libvirt/virtqemud-sock", "/run/libvirt/libvirt-sock"]
    monkeypatch.setattr(comeback.os, "geteuid", lambda: 1000)
    monkeypatch.setenv("XDG_RUNTIME_DIR", "/run/user/1000")
    session = [place.address for place in comeback._sockets("lxc:///session")]
    assert session == ["/run/user/1000/libvirt/virtlxcd-sock", "/run/user/1000/libvirt/libvirt-sock"]
