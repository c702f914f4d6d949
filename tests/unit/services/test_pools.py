"""One pool that hangs: the others are listed all the same, and it is told with since when. On the test driver."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import libvirt
import pytest

from tests.helpers.clock import FakeClock
from tests.helpers.waiting import eventually
from tests.helpers.world import World
from vmgui.hypervisor import storage
from vmgui.hypervisor.connection import Connection
from vmgui.hypervisor.lanes import POOLS
from vmgui.model.creation import NewVolume
from vmgui.model.errors import PoolSilent, TimedOut
from vmgui.model.event import EventKind, HostEvent
from vmgui.model.storage import Pool
from vmgui.services import host_watch, pools
from vmgui.services.hosts import HostEvents

BAD = "nfs"


class Server:
    """What a pool of the name `BAD` waits for, as libvirtd does: the list of pools waits for it, too."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.answers = threading.Event()
        self.answers.set()
        self.hung = 0
        self.most_hung = 0
        self._lock = threading.Lock()
        for name in ("list_pools", "read_pool", "list_volumes", "refresh_pool", "find_volume", "pool_use"):
            monkeypatch.setattr(storage, name, self._waiting(getattr(storage, name)))

    def _waiting(self, real: Any) -> Any:
        def call(conn: libvirt.virConnect, *args: object) -> object:
            first = args[0] if args else None
            name = first.name if isinstance(first, Pool) else first
            if name == BAD or real.__name__ in ("list_pools", "find_volume"):
                self.wait()
            return real(conn, *args)

        return call

    def wait(self) -> None:
        with self._lock:
            self.hung += not self.answers.is_set()
            self.most_hung = max(self.most_hung, self.hung)
        assert self.answers.wait(60)
        with self._lock:
            self.hung = 0


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    monkeypatch.setattr(pools, "LIST_TIMEOUT_S", 0.5)
    monkeypatch.setattr(pools, "LOOK_TIMEOUT_S", 0.5)
    made = Server(monkeypatch)
    yield made
    made.answers.set()


@pytest.fixture
async def connection(world: World, other: libvirt.virConnect, tmp_path: Path) -> Connection:
    if BAD not in other.listStoragePools():
        other.storagePoolCreateXML(
            f"<pool type='dir'><name>{BAD}</name><target><path>{tmp_path}</path></target></pool>"
        )
    world.add("test:///default")
    await world.connected()
    return world.hosts.connection("h1")


async def listed(connection: Connection) -> dict[str, Pool]:
    return {pool.name: pool for pool in await pools.list_pools(connection, timeout_s=pools.LIST_TIMEOUT_S)}


async def test_all_is_well(connection: Connection, server: Server) -> None:
    found = await listed(connection)
    assert set(found) == {BAD, "default-pool"}
    assert all(pool.answers for pool in found.values())


async def test_the_others_are_listed_and_it_is_told(connection: Connection, server: Server) -> None:
    before = await listed(connection)
    server.answers.clear()
    found = await listed(connection)
    assert found["default-pool"] == before["default-pool"]
    assert not found[BAD].answers
    assert found[BAD].silent_since_s > 0
    # As last seen, else.
    assert replace(found[BAD], silent_since_s=0.0) == before[BAD]
    # The list and the pool: two calls hang, and no more will, however often it is asked.
    assert server.hung == 2
    for _ in range(5):
        again = await listed(connection)
        assert again[BAD].silent_since_s == found[BAD].silent_since_s
        with pytest.raises(PoolSilent):
            await pools.list_volumes(connection, BAD)
        with pytest.raises(PoolSilent):
            await pools.refresh(connection, BAD)
    assert server.most_hung == 2
    assert await pools.list_volumes(connection, "default-pool") == ()
    assert await pools.find_volume(connection, "/nowhere/at/all") is None

    server.answers.set()
    await eventually(lambda: not connection.silent_pools)
    assert (await listed(connection))[BAD] == before[BAD]


async def test_reconnecting_neither_asks_it_nor_forgets_it(
    world: World, connection: Connection, server: Server
) -> None:
    before = await listed(connection)
    server.answers.clear()
    await listed(connection)
    for _ in range(3):
        world.hosts.disconnect("h1")
        world.hosts.connect("h1")
        await world.connected()
        again = world.hosts.connection("h1")
        assert again is not connection
        assert again.abandoned_calls == 2
        found = await listed(again)
        assert found["default-pool"] == before["default-pool"]
        assert not found[BAD].answers
    assert server.most_hung == 2
    server.answers.set()
    await eventually(lambda: world.hosts.connection("h1").abandoned_calls == 0)
    assert (await listed(world.hosts.connection("h1")))[BAD].answers


async def test_where_none_was_ever_listed_it_is_told_and_not_asked_again(
    connection: Connection, server: Server
) -> None:
    server.answers.clear()
    with pytest.raises(TimedOut):
        await listed(connection)
    for _ in range(3):
        with pytest.raises(PoolSilent) as silent:
            await listed(connection)
        assert silent.value.since_s > 0
        assert silent.value.subject == ""
    assert server.most_hung == 1


async def test_who_asks_at_the_same_time_asks_once(connection: Connection, server: Server) -> None:
    server.answers.clear()
    asks = [asyncio.ensure_future(pools.list_pools(connection, timeout_s=60)) for _ in range(5)]
    await eventually(lambda: server.hung == 1)
    server.answers.set()
    answers = await asyncio.gather(*asks)
    assert server.most_hung == 1
    assert len(set(answers)) == 1


async def test_a_pool_that_cannot_be_read_hides_no_other(
    connection: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = storage.parse_pool

    def parse(xml: str) -> object:
        return b"\xe7".decode() if f"<name>{BAD}</name>" in xml else real(xml)

    monkeypatch.setattr(storage, "parse_pool", parse)
    found = await listed(connection)
    assert found["default-pool"].answers
    assert "UTF-8" in found[BAD].problem


async def test_a_file_whose_name_is_no_text_hides_no_other(
    connection: Connection, other: libvirt.virConnect, monkeypatch: pytest.MonkeyPatch
) -> None:
    pool = other.storagePoolLookupByName("default-pool")
    for name in ("fine.img", "strange.img"):
        pool.createXML(f"<volume><name>{name}</name><capacity>1</capacity></volume>")
    real = storage.parse_volume

    def parse(xml: str, pool: str) -> object:
        return b"\xe7".decode() if "strange" in xml else real(xml, pool)

    try:
        with monkeypatch.context() as patch:
            patch.setattr(storage, "parse_volume", parse)
            found = await pools.list_volumes(connection, "default-pool")
        assert [volume.name for volume in found] == ["fine.img"]
    finally:
        for volume in pool.listAllVolumes():
            volume.delete()


# The watches -----------------------------------------------------------------------------------------------------


async def test_each_pool_is_shown_as_soon_as_it_has_answered(
    world: World, connection: Connection, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One is slow: the news of the other do not wait for it."""
    watch = world.watches.pools
    before = {pool.name: pool for pool in await watch.fresh("h1")}
    server.answers.clear()
    monkeypatch.setattr(pools, "LOOK_TIMEOUT_S", 60.0)
    stuck = connection._stuck.add("another", 5.0)
    try:
        monkeypatch.setattr(storage, "_pool", lambda pool: replace(before[pool.name()], available_bytes=7))
        asked = asyncio.ensure_future(watch.fresh("h1", max_age_s=0.0))
        await eventually(lambda: any(pool.available_bytes == 7 for pool in watch.get("h1").value or ()))
        assert not asked.done()
        shown = {pool.name: pool for pool in watch.get("h1").value or ()}
        assert shown[BAD] == before[BAD]
        server.answers.set()
        assert {pool.available_bytes for pool in await asked} == {7}
    finally:
        connection._stuck.remove(stuck, is_answered=True)


async def test_that_a_pool_hangs_is_known_at_once(
    world: World, connection: Connection, server: Server
) -> None:
    watch = world.watches.pools
    assert all(pool.answers for pool in await watch.fresh("h1"))
    stuck = connection._stuck.add(BAD, 5.0)
    assert [pool.name for pool in await watch.fresh("h1") if not pool.answers] == [BAD]
    connection._stuck.remove(stuck, is_answered=True)
    assert all(pool.answers for pool in await watch.fresh("h1"))


async def test_what_was_asked_for_before_is_no_news(
    world: World, connection: Connection, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def counted(real: Any) -> Any:
        def call(conn: libvirt.virConnect, *args: object) -> object:
            asked.append(real.__name__)
            return real(conn, *args)

        return call

    for name in ("list_pools", "refresh_pool"):
        monkeypatch.setattr(storage, name, counted(getattr(storage, name)))
    server.answers.clear()
    lists = [asyncio.ensure_future(pools.list_pools(connection, timeout_s=60.0))]
    refreshes = [asyncio.ensure_future(pools.refresh(connection, BAD, timeout_s=60.0))]
    await eventually(lambda: len(asked) == server.hung == 2)
    lists.append(asyncio.ensure_future(world.watches.pools.fresh("h1")))
    monkeypatch.setattr(pools, "LIST_TIMEOUT_S", 60.0)
    # The second waits behind the first, and the third asks for the same.
    refreshes += (asyncio.ensure_future(pools.refresh(connection, BAD, timeout_s=60.0)) for _ in range(2))
    opening = connection._opening
    assert opening is not None
    await eventually(lambda: len(opening.lanes[POOLS]._queue) == 2)
    server.answers.set()
    await asyncio.gather(*lists, *refreshes)
    assert len(asked) == 4


async def test_an_event_about_a_pool_asks_only_that_pool(
    world: World, connection: Connection, server: Server, other: libvirt.virConnect
) -> None:
    watch = world.watches.pools
    await watch.fresh("h1")
    server.answers.clear()
    other.storagePoolLookupByName("default-pool").destroy()
    try:
        await eventually(lambda: not watch.get("h1").is_true)
        found = {pool.name: pool for pool in await watch.fresh("h1")}
    finally:
        other.storagePoolLookupByName("default-pool").create()
    assert not found["default-pool"].active
    assert found[BAD].answers, "it was not asked"
    assert server.hung == 0
    assert {pool.name: pool for pool in connection.known_pools} == found


@pytest.fixture
def pool(other: libvirt.virConnect) -> Iterator[libvirt.virStoragePool]:
    found = other.storagePoolLookupByName("default-pool")
    yield found
    for volume in found.listAllVolumes():
        volume.delete()


def make_volume(pool: libvirt.virStoragePool, name: str, size: int = 1) -> None:
    pool.createXML(f"<volume><name>{name}</name><capacity>{size}</capacity></volume>")


async def test_volumes_are_asked_for_by_name_while_nothing_changes(
    world: World, connection: Connection, pool: libvirt.virStoragePool, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[str] = []
    real = storage.parse_volume

    def parse(xml: str, pool: str) -> object:
        read.append(pool)
        return real(xml, pool)

    monkeypatch.setattr(storage, "parse_volume", parse)
    watch = world.watches.volumes
    make_volume(pool, "one")
    for _ in range(3):
        assert [volume.name for volume in await watch.of("h1", "default-pool")] == ["one"]
    assert len(read) == 1
    assert await watch.of("h1", BAD) == ()
    # Nothing tells of it.
    make_volume(pool, "two")
    assert {volume.name for volume in await watch.of("h1", "default-pool")} == {"one", "two"}
    assert len(read) == 3
    pool.refresh()
    await eventually(lambda: not watch.get("h1", "default-pool").is_true)
    assert watch.get("h1", BAD).is_true
    await watch.of("h1", "default-pool")
    assert len(read) == 5


async def test_what_this_program_does_to_a_pool_is_known_at_once(
    world: World, connection: Connection, pool: libvirt.virStoragePool
) -> None:
    watch = world.watches.volumes
    assert await watch.of("h1", "default-pool") == ()
    new = NewVolume("default-pool", "new", 4096, "raw")
    await connection.run(storage.create_volume, new, lane=POOLS, pool="default-pool")
    assert not watch.get("h1", "default-pool").is_true
    assert [volume.name for volume in (await watch.fresh("h1", "default-pool")).volumes] == ["new"]
    # A read of it makes nothing untrue.
    await pools.list_volumes(connection, "default-pool")
    assert watch.get("h1", "default-pool").is_true


async def test_a_refresh_and_what_is_there_then(
    world: World, connection: Connection, server: Server, pool: libvirt.virStoragePool
) -> None:
    watch = world.watches.volumes
    make_volume(pool, "one")
    contents = await watch.refreshed("h1", "default-pool")
    assert [volume.name for volume in contents.volumes] == ["one"]
    await listed(connection)
    server.answers.clear()
    await listed(connection)
    with pytest.raises(PoolSilent):
        await watch.refreshed("h1", BAD)


async def test_what_volumes_may_grow_to_is_not_asked_at_every_event(
    world: World, connection: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = FakeClock()
    monkeypatch.setattr(host_watch, "time", clock)
    watch = world.watches.pool_uses

    def tell() -> None:
        event = HostEvent(EventKind.POOL, "", "default-pool", "refreshed")
        world.hosts.events.emit(HostEvents("h1", (event,)))

    told: list[tuple[str, ...]] = []
    watch.changed.subscribe(told.append)
    watch.follow("one")
    await eventually(lambda: watch.get("h1").is_true)
    for _ in range(3):
        clock.advance(5.0)
        tell()
        await clock.rounds(1)
    assert len(told) == 1
    clock.advance(5.0)
    tell()
    await eventually(lambda: watch.get("h1").is_true)
    assert len(told) == 2
    watch.unfollow("one")


async def test_what_volumes_may_grow_to(
    world: World, connection: Connection, pool: libvirt.virStoragePool, other: libvirt.virConnect
) -> None:
    make_volume(pool, "one", 5000)
    watch = world.watches.pool_uses
    uses = {use.pool.name: use for use in await watch.fresh("h1")}
    assert (uses["default-pool"].committed_bytes, uses[BAD].committed_bytes) == (5000, 0)
    make_volume(pool, "two", 7000)
    pool.refresh()
    await eventually(lambda: not watch.get("h1").is_true)
    uses = {use.pool.name: use for use in await watch.fresh("h1")}
    assert uses["default-pool"].committed_bytes == 12000
