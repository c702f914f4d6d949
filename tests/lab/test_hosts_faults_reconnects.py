"""Nothing is left of many lost connections: no thread, no file handle, no client at the daemon."""

from __future__ import annotations

import gc
import os
import threading

import pytest

from tests.helpers.loop_gaps import measured
from tests.helpers.waiting import eventually
from tests.helpers.wire import Wire
from tests.helpers.world import World
from tests.lab.lab_host import LabHost
from vmgui.model.host import HostState
from vmgui.services.background import in_thread
from vmgui.services.performance import PerformanceService


def our_threads() -> list[str]:
    return [thread.name for thread in threading.enumerate() if thread.name.startswith("vmgui-")]


def handles() -> int:
    return len(os.listdir("/proc/self/fd"))


def clients(host: LabHost) -> int:
    """How many connections the daemon has open now."""
    listing = host.run(["virt-admin", "-c", "libvirtd:///system", "client-list", "libvirtd"]).stdout
    return sum(1 for line in listing.splitlines() if line.split() and line.split()[0].isdigit())


async def is_at_most(host: LabHost, number: int) -> bool:
    return await in_thread(clients, host) <= number


@pytest.mark.async_timeout(1200)
@pytest.mark.timeout(1300)
@pytest.mark.parametrize("count", [25, pytest.param(500, marks=pytest.mark.long)])
async def test_nothing_is_left_of_reconnects(event_loop: object, host_a: LabHost, count: int) -> None:
    host_a.define_tiny("web", start=True)
    clients_before = await in_thread(clients, host_a)
    world = World()
    performance = PerformanceService(world.hosts, world.inventory, interval_s=0.05)
    with Wire((host_a.address, 16509)) as wire:
        world.add(wire.uri)
        await world.connected()
        handles_before = 0
        async with measured():
            for number in range(count):
                # Each fifth time the wire is mute first, so that an opening hangs in it and is given up.
                wire.drop_all()
                await world.state(HostState.UNREACHABLE)
                if number % 5 == 0:
                    wire.is_mute = True
                    world.hosts.retry_now("h1")
                    await world.state(HostState.CONNECTING)
                    await eventually(lambda: wire.held)
                    world.hosts.disconnect("h1")
                    wire.is_mute = False
                    world.hosts.connect("h1")
                else:
                    world.hosts.retry_now("h1")
                await world.connected()
                if number == 9:
                    # After a few: what is made once and kept is there now.
                    handles_before = handles()
        await eventually(lambda: handles() <= handles_before + 4)
        threads = our_threads()
        # One opening has at most so many: what was lost has gone.
        assert len(threads) <= 12, threads
        await performance.close()
        await world.close()
        await eventually(lambda: not our_threads())
        gc.collect()
    await eventually(lambda: is_at_most(host_a, clients_before))
