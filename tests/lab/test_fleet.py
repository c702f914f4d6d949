"""A real host seen from afar: its pools and promises, what its machines use, and nothing asked twice of a hung one."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.helpers.waiting import eventually
from tests.helpers.world import World
from tests.lab.generations import every_generation
from tests.lab.lab_host import LabHost
from vmgui.model.errors import ConnectionLost, PoolSilent, TimedOut
from vmgui.policy.commitment import CommitmentLevel, Resource
from vmgui.services import pools as pools_module
from vmgui.services.background import in_thread
from vmgui.services.fleet import FleetService
from vmgui.services.performance import PerformanceService
from vmgui.ui.hosts.host_facts import uptime_s

GIB = 1 << 30

_UNANSWERED = TimedOut | PoolSilent | ConnectionLost


@pytest.fixture
async def performance(world: World) -> AsyncIterator[PerformanceService]:
    made = PerformanceService(world.hosts, world.inventory, interval_s=0.3)
    yield made
    await made.close()


@pytest.fixture
async def fleet(world: World, performance: PerformanceService) -> AsyncIterator[FleetService]:
    made = FleetService(world.hosts, world.inventory, performance, world.watches)
    yield made
    await made.close()


def our_uptime_s() -> float:
    return float(Path("/proc/uptime").read_text("ascii").split()[0])


async def test_pools_promises_and_consumers(
    world: World, fleet: FleetService, performance: PerformanceService, host_a: LabHost
) -> None:
    host_a.define_tiny("busy", start=True)
    host_a.define_tiny("spare")
    await in_thread(host_a.make_disk, "thin", 4 * 1024 * 1024)
    world.add(host_a.unix_uri)
    await world.connected()
    key = await world.seen("busy")
    fleet.look("test", ("h1",), with_volumes=True)
    await eventually(lambda: fleet.pools("h1").has_volumes)
    (use,) = [use for use in fleet.pools("h1").pools if use.pool.name == "default"]
    assert use.is_complete
    assert use.volumes >= 1
    assert use.committed_bytes is not None
    assert use.committed_bytes >= 4096 * GIB
    commitments = {commitment.resource: commitment for commitment in fleet.commitments("h1")}
    assert commitments[Resource.VCPUS].running == 1
    assert commitments[Resource.VCPUS].defined == 2
    assert commitments[Resource.DISK].exists >= use.pool.capacity_bytes
    assert commitments[Resource.DISK].defined_level is CommitmentLevel.OVER
    await eventually(lambda: performance.latest(key) is not None)
    report = fleet.report()
    assert (report.running, report.machines, report.measured) == (1, 2, 1)
    assert [one.domain.name for one in report.by_memory] == ["busy"]
    fleet.look_away("test")


@every_generation
async def test_numa_uptime_and_machine_types(
    world: World, performance: PerformanceService, lab_host: LabHost
) -> None:
    world.add(lab_host.unix_uri)
    await world.connected()
    info = world.host().info
    assert info is not None
    cpus = [cpu for cell in info.numa_cells for cpu in cell.cpus]
    assert len(info.numa_cells) == max(1, info.numa_nodes)
    assert len(set(cpus)) == len(cpus) == info.cpus
    assert sum(cell.memory_kib for cell in info.numa_cells) > 0
    assert info.iommu is not None
    await eventually(lambda: uptime_s(world.host()) is not None)
    # The same kernel as ours; what a hypervisor below took away is missing from its counters.
    real_s = our_uptime_s()
    found_s = uptime_s(world.host())
    assert found_s is not None
    assert real_s * 0.8 - 120 <= found_s <= real_s * 1.1 + 60

    watches = world.watches
    found = await watches.machine_types.fresh("h1", "x86_64", "q35", "qemu")
    assert "virtio" in found.capabilities.disk_buses
    offers = {offer.name: offer for offer in found.capabilities.offers}
    assert offers["disk"].supported
    assert dict(offers["disk"].choices)["bus"] == found.capabilities.disk_buses
    assert found.xml.startswith("<domainCapabilities>")
    assert "<capabilities>" in (await watches.capabilities.fresh("h1")).xml


def is_silent(fleet: FleetService) -> bool:
    report = fleet.pools("h1")
    return isinstance(report.error, _UNANSWERED) or any(use.pool.silent_since_s for use in report.pools)


async def test_a_hung_host_is_asked_once(
    world: World, fleet: FleetService, host_a: LabHost, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However often somebody looks: the question nobody answered is still open."""
    for name, value in (("SILENT_EVERY_S", 0.05), ("LIST_TIMEOUT_S", 0.5)):
        monkeypatch.setattr(pools_module, name, value)
    world.watches.pools._every_s = 0.1
    world.add(host_a.tcp_uri)
    await world.connected()
    connection = world.hosts.connection("h1")
    await in_thread(host_a.pause_daemon)
    try:
        fleet.look("test")
        # Whatever comes first: the question's own deadline, the first of all, still open, the end of a silent wire, or,
        # where the pools are known from before, that none of them answers.
        await eventually(lambda: is_silent(fleet))
        stuck = connection.abandoned_calls
        await asyncio.sleep(1.0)
        assert connection.abandoned_calls <= stuck
    finally:
        await in_thread(host_a.resume_daemon)
    await eventually(lambda: fleet.pools("h1").at_s and not is_silent(fleet))
    assert fleet.pools("h1").error is None
    fleet.look_away("test")
