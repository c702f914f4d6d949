"""Whose turn it is to be sampled: with many hosts those somebody looks at, and the others one after the other."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from tests.helpers.waiting import eventually
from tests.helpers.world import World
from vmgui.services import performance as performance_module
from vmgui.services.performance import PerformanceService

HOSTS = 8


async def test_hosts_nobody_looks_at_take_turns(
    world: World, test_driver: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(performance_module, "UNSEEN_HOSTS", 2)
    # It samples by itself only after a time no test waits for.
    service = PerformanceService(world.hosts, world.inventory, interval_s=3600)
    for number in range(HOSTS):
        world.add(test_driver(f"vm{number}", running=True), f"h{number}")
    for number in range(HOSTS):
        await world.connected(f"h{number}")
    await eventually(lambda: not service._under_way)
    now_s = time.monotonic() + 1
    turns = [service._due(now_s + at) for at in range(HOSTS // 2)]
    assert all(len(turn) == 2 for turn in turns)
    assert sorted(host_id for turn in turns for host_id in turn) == [f"h{number}" for number in range(HOSTS)]
    service.watch("list", {world.key("vm5", "h5")})
    service.host_history("h6")
    looked_at_s = service._asked_s["h6"]
    for at in range(3):
        turn = service._due(looked_at_s + at)
        assert {"h5", "h6"} <= set(turn)
        assert len(turn) == 4
    assert len(service._due(looked_at_s + performance_module.LOOKED_AT_S + 1)) == 3
    service.unwatch("list")
    await service.close()


async def test_few_hosts_are_all_sampled_every_time(world: World, test_driver: Callable[..., str]) -> None:
    service = PerformanceService(world.hosts, world.inventory, interval_s=3600)
    for number in range(3):
        world.add(test_driver(f"vm{number}", running=True), f"h{number}")
        await world.connected(f"h{number}")
    await eventually(lambda: not service._under_way)
    assert service._due(1.0) == service._due(2.0) == ["h0", "h1", "h2"]
    await service.close()
