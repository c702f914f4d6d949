"""What hosts told in an earlier run is shown until they tell anew."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.helpers.waiting import eventually
from tests.helpers.world import World
from vmgui.model.domain import DomainKey
from vmgui.model.errors import HostUnreachable
from vmgui.model.host import HostConfig, HostState
from vmgui.model.job import JobKind
from vmgui.policy.health import Freshness, freshness
from vmgui.policy.lifecycle import Refusal, refusal
from vmgui.services.background import in_thread
from vmgui.services.last_seen import LastSeenService
from vmgui.store.last_seen import LastSeenStore


@pytest.fixture
def store(tmp_path: Path) -> LastSeenStore:
    return LastSeenStore(tmp_path / "last-seen")


async def run_once(store: LastSeenStore, uri: str, host_id: str = "h1") -> None:
    """A run of the program that sees the host and ends."""
    world = World()
    kept = LastSeenService(world.inventory, store)
    kept.start([host_id])
    world.add(uri, host_id)
    await world.connected(host_id)
    await kept.close()
    await world.close()


async def test_shown_at_the_next_start_without_a_connection(
    world: World, store: LastSeenStore, test_driver: Callable[..., str]
) -> None:
    uri = test_driver("web", "db", running=True)
    await run_once(store, uri)
    world.hosts.add(HostConfig("h1", "first", uri, autoconnect=False))
    kept = LastSeenService(world.inventory, store)
    kept.start(["h1"])
    await eventually(lambda: len(world.inventory.domains) == 2)
    host, machine = world.host(), world.find("web")
    assert host.state is HostState.DISCONNECTED
    assert host.info is not None
    assert host.info.driver.upper() == "TEST"
    assert 0 <= time.monotonic() - host.updated_s < 60
    assert machine.vcpus == 2
    assert freshness(host, time.monotonic()) is Freshness.OFFLINE
    assert all(refusal(machine, kind, host) is Refusal.HOST_OFFLINE for kind in JobKind)
    with pytest.raises(HostUnreachable):
        world.hosts.connection("h1")
    await kept.close()


async def test_the_host_knows_better(
    world: World, store: LastSeenStore, test_driver: Callable[..., str]
) -> None:
    uri = test_driver("web", "gone")
    await run_once(store, uri)
    node = Path(uri.removeprefix("test://"))
    text = await in_thread(node.read_text)
    await in_thread(node.write_text, text.replace("<name>gone</name>", "<name>new</name>"))
    world.add(uri)
    kept = LastSeenService(world.inventory, store)
    kept.start(["h1"])
    await world.connected()
    await eventually(lambda: {row.name for row in world.inventory.domains_of("h1")} == {"web", "new"})
    # Nor does what is read late come after what the host told.
    await in_thread(store.load, "h1")
    assert {row.name for row in world.inventory.domains_of("h1")} == {"web", "new"}
    await kept.close()


async def test_another_address_is_another_host(
    world: World, store: LastSeenStore, test_driver: Callable[..., str]
) -> None:
    await run_once(store, test_driver("web"))
    world.hosts.add(HostConfig("h1", "first", "test:///default", autoconnect=False))
    kept = LastSeenService(world.inventory, store)
    kept.start(["h1"])
    await in_thread(store.load, "h1")
    await eventually(lambda: len([task for task in kept._scope._tasks if not task.done()]) == 1)
    assert not world.inventory.domains
    await kept.close()


async def test_written_now_and_then_and_only_what_changed(
    world: World, store: LastSeenStore, test_driver: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    saved: list[str] = []
    real = store.save
    monkeypatch.setattr(store, "save", lambda host_id, seen: (real(host_id, seen), saved.append(host_id)))
    kept = LastSeenService(world.inventory, store, interval_s=0.05)
    kept.start(["h1", "h2"])
    world.add(test_driver("a"), "h1")
    world.add(test_driver("b"), "h2")
    await world.connected("h1")
    await world.connected("h2")
    await eventually(lambda: set(saved) == {"h1", "h2"})
    await eventually(lambda: not kept._dirty)
    before = len(saved)
    assert kept.xml(world.key("a", "h1")) == ""
    kept.keep_xml(world.key("a", "h1"), "<domain/>")
    await eventually(lambda: len(saved) > before)
    kept.keep_xml(world.key("a", "h1"), "<domain/>")
    assert saved[before:] == ["h1"]
    seen = await in_thread(store.load, "h1")
    assert seen is not None
    assert seen.xmls == {world.key("a", "h1").uuid: "<domain/>"}
    await kept.close()


async def test_a_removed_host_is_forgotten(
    world: World, store: LastSeenStore, test_driver: Callable[..., str]
) -> None:
    uri = test_driver("web")
    await run_once(store, uri)
    world.add(uri)
    kept = LastSeenService(world.inventory, store)
    kept.start(["h1"])
    await world.connected()
    world.hosts.remove("h1")
    await eventually(lambda: in_thread(lambda: store.load("h1") is None))
    await kept.close()


async def test_definitions_are_kept_and_few(
    world: World, store: LastSeenStore, test_driver: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("vmgui.services.last_seen.MAX_XMLS", 2)
    uri = test_driver("web")
    kept = LastSeenService(world.inventory, store)
    world.add(uri)
    await world.connected()
    key = world.key("web")
    kept.keep_xml(key, "<domain/>")
    assert kept.xml(key) == "<domain/>"
    for number in range(3):
        kept.keep_xml(DomainKey("h1", str(number)), "x")
    assert kept.xml(key) == ""
    await kept.close()


async def test_nothing_is_kept_where_there_is_no_place(world: World, test_driver: Callable[..., str]) -> None:
    kept = LastSeenService(world.inventory, None)
    kept.start(["h1"])
    world.add(test_driver("web"))
    await world.connected()
    await kept.close()
