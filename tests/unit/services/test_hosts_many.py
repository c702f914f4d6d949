"""A hundred hosts of which thirty are dead, each in its own way: the others do not notice."""

from __future__ import annotations

import contextlib
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.helpers.figures import figure
from tests.helpers.loop_gaps import measured
from tests.helpers.silent_servers import swallowing
from tests.helpers.waiting import eventually
from tests.helpers.world import World
from vmgui.model.host import HostConfig, HostState

ALIVE = 70
DEAD = 30


@contextmanager
def dead_uris(count: int, folder: Path) -> Iterator[list[str]]:
    """Refused, silent, swallowing, without a socket, without a name: so many in turn."""
    with contextlib.ExitStack() as stack:
        silent = stack.enter_context(socket.create_server(("127.0.0.1", 0), backlog=200))
        swallowing_port = stack.enter_context(swallowing())
        with socket.create_server(("127.0.0.1", 0)) as server:
            refusing = server.getsockname()[1]
        kinds = (
            f"qemu+tcp://127.0.0.1:{refusing}/system",
            f"qemu+tcp://127.0.0.1:{silent.getsockname()[1]}/system",
            f"qemu+tls://127.0.0.1:{silent.getsockname()[1]}/system",
            f"qemu+tcp://127.0.0.1:{swallowing_port}/system",
            f"qemu+unix:///system?socket={folder}/nowhere",
            "qemu+tcp://no-such-host.invalid/system",
        )
        yield [kinds[number % len(kinds)] for number in range(count)]


async def start_up(alive: list[str], dead: list[str]) -> tuple[World, float]:
    """All hosts at once, as the program adds them; how long until the living ones are connected."""
    world = World()
    order = [(f"dead-{number}", uri) for number, uri in enumerate(dead)]
    order += [(f"alive-{number}", uri) for number, uri in enumerate(alive)]
    started_s = time.perf_counter()
    for host_id, uri in order:
        world.hosts.add(HostConfig(host_id, host_id, uri))
    await eventually(
        lambda: all(
            host.state is HostState.CONNECTED
            for host_id, host in world.inventory.hosts.items()
            if host_id.startswith("alive")
        ),
        interval_s=0.005,
    )
    return world, time.perf_counter() - started_s


async def end(world: World) -> float:
    started_s = time.perf_counter()
    await world.close()
    return time.perf_counter() - started_s


async def test_thirty_dead_of_a_hundred(
    event_loop: object, test_driver: Callable[..., str], tmp_path: Path
) -> None:
    alive = [test_driver(*(f"vm-{number}" for number in range(20))) for _ in range(ALIVE)]
    async with measured() as watch:
        world, alone_s = await start_up(alive, [])
        await end(world)
        with dead_uris(DEAD, tmp_path) as dead:
            world, together_s = await start_up(alive, dead)
            # The living were connected while the silent and the swallowing still owed their answers.
            waiting = [host for host in world.inventory.hosts.values() if host.state is HostState.CONNECTING]
            assert len(waiting) >= DEAD // 3
            watch.restart()
            await end(world)
            watch.record("closing with thirty dead hosts of a hundred")
            # What they owe is still waited for, by threads that nobody waits for.
            assert any(thread.name.startswith("vmgui-") for thread in threading.enumerate())
    figure("start of seventy hosts beside thirty dead ones, against alone", together_s / alone_s, "x")
    await eventually(lambda: not any("-close" in thread.name for thread in threading.enumerate()))


async def test_the_dead_are_told_from_each_other(event_loop: object, tmp_path: Path) -> None:
    with dead_uris(6, tmp_path) as dead:
        world, _ = await start_up([], dead)
        await eventually(lambda: world.host("dead-0").state is HostState.UNREACHABLE)
        await eventually(lambda: world.host("dead-5").state is HostState.UNREACHABLE)
        # Silence is borne for a while.
        assert world.host("dead-1").state is HostState.CONNECTING
        refused = world.host("dead-0")
        assert "refused" in str(refused.error)
        assert "no-such-host" in str(world.host("dead-5").error)
        await end(world)
