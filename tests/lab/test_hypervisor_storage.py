"""Pools and volumes of a real host: uploads, a full disk, files nobody manages."""

from __future__ import annotations

import asyncio
import hashlib
import io
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.helpers.waiting import eventually
from tests.lab.generations import every_generation
from tests.lab.lab_host import LabHost
from vmgui.hypervisor import domains, networks, storage
from vmgui.hypervisor.connection import Connection
from vmgui.hypervisor.lanes import SLOW
from vmgui.model.creation import NewVolume
from vmgui.model.errors import (
    Aborted,
    AlreadyExists,
    ConnectionLost,
    InvalidConfig,
    NoSpace,
    NotFound,
    VmguiError,
)
from vmgui.services.background import in_thread

MIB = 1024 * 1024


def never() -> bool:
    return False


async def upload(
    connection: Connection,
    volume: NewVolume,
    read: Callable[[int], bytes],
    total_bytes: int,
    *,
    progress: Callable[[int], None] = lambda _sent: None,
    cancelled: Callable[[], bool] = never,
) -> None:
    await connection.run(
        storage.upload_volume,
        volume.pool,
        volume.name,
        read,
        total_bytes,
        progress,
        cancelled,
        lane=SLOW,
        timeout_s=None,
    )


async def test_pools_and_networks(connection: Connection, host_a: LabHost) -> None:
    pools = {pool.name: pool for pool in await connection.run(storage.list_pools)}
    assert pools["default"].active
    assert pools["default"].kind == "dir"
    assert pools["default"].target_path == host_a.images_dir
    assert pools["default"].available_bytes > 0
    (network,) = await connection.run(networks.list_networks)
    assert (network.name, network.active, network.forward) == ("default", True, "nat")
    await connection.run(networks.list_bridges)


@every_generation
async def test_a_volume_comes_and_goes(connection: Connection, lab_host: LabHost) -> None:
    new = NewVolume("default", "röt <disk> & more.qcow2", 64 * MIB, "qcow2")
    made = await connection.run(storage.create_volume, new)
    assert (made.format, made.capacity_bytes, made.pool) == ("qcow2", 64 * MIB, "default")
    assert made.path == f"{lab_host.images_dir}/{new.name}"
    assert made in await connection.run(storage.list_volumes, "default")
    assert await connection.run(storage.find_volume, made.path) == made
    with pytest.raises(AlreadyExists):
        await connection.run(storage.create_volume, new)
    await connection.run(storage.delete_volume, made.path)
    assert await connection.run(storage.find_volume, made.path) is None
    with pytest.raises(NotFound):
        await connection.run(storage.delete_volume, made.path)


@pytest.mark.parametrize("name", ["", "../escape", "a/b", "\x01"])
async def test_names_that_are_none(connection: Connection, name: str) -> None:
    with pytest.raises(VmguiError) as caught:
        await connection.run(storage.create_volume, NewVolume("default", name, MIB, "raw"))
    assert not isinstance(caught.value, ConnectionLost)


@every_generation
async def test_an_upload_arrives_whole_and_tells_how_far_it_is(
    connection: Connection, lab_host: LabHost
) -> None:
    data = bytes(range(256)) * (40 * MIB // 256) + b"end"
    new = NewVolume("default", "up.img", len(data), "raw")
    await connection.run(storage.create_volume, new)
    told: list[int] = []
    await upload(connection, new, io.BytesIO(data).read, len(data), progress=told.append)
    assert told == sorted(told)
    assert told[-1] == len(data)
    assert len(told) >= 40
    arrived = lab_host.images_path / "up.img"
    assert hashlib.sha256(arrived.read_bytes()).digest() == hashlib.sha256(data).digest()


async def test_an_upload_is_cancelled_and_reads_go_on_meanwhile(connection: Connection) -> None:
    new = NewVolume("default", "up.img", 2048 * MIB, "raw")
    await connection.run(storage.create_volume, new)
    stop = threading.Event()
    sent: list[int] = []
    going = asyncio.ensure_future(
        upload(connection, new, bytes, new.capacity_bytes, progress=sent.append, cancelled=stop.is_set)
    )
    await eventually(lambda: len(sent) > 3)
    assert await connection.run(domains.list_domains, "h", timeout_s=60.0) == ()
    stop.set()
    with pytest.raises(Aborted):
        await going
    assert sent[-1] < new.capacity_bytes
    path = (await connection.run(storage.list_volumes, "default"))[0].path
    await connection.run(storage.delete_volume, path)
    # The connection is as good as before.
    assert await connection.run(storage.list_volumes, "default", lane=SLOW) == ()


async def test_a_file_that_got_shorter(connection: Connection) -> None:
    new = NewVolume("default", "up.img", 8 * MIB, "raw")
    await connection.run(storage.create_volume, new)
    with pytest.raises(InvalidConfig, match="could be read"):
        await upload(connection, new, io.BytesIO(bytes(MIB)).read, new.capacity_bytes)
    assert await connection.run(storage.find_volume, "/nowhere") is None


async def test_a_file_that_cannot_be_read(connection: Connection) -> None:
    new = NewVolume("default", "up.img", 8 * MIB, "raw")
    await connection.run(storage.create_volume, new)

    def fail(_size: int) -> bytes:
        raise OSError(5, "Input/output error")

    with pytest.raises(OSError, match="Input/output error"):
        await upload(connection, new, fail, new.capacity_bytes)
    assert await connection.run(domains.list_domains, "h", lane=SLOW) == ()


async def fill_up(connection: Connection) -> None:
    async def room() -> int:
        """Of the whole pool: what is free may be about to grow, by a file just removed that a helper still holds."""
        pools = await connection.run(storage.list_pools)
        return next(pool.capacity_bytes for pool in pools if pool.name == "small")

    # A daemon that another test has just restarted may not have looked at it yet.
    full = NewVolume("small", "full.img", await eventually(room) + 10 * MIB, "raw")
    await connection.run(storage.create_volume, full)
    with pytest.raises(NoSpace):
        await upload(connection, full, lambda size: b"x" * size, full.capacity_bytes)
    for volume in await connection.run(storage.list_volumes, "small"):
        await connection.run(storage.delete_volume, volume.path)


async def test_a_pool_that_fills_up(connection: Connection) -> None:
    await fill_up(connection)


@pytest.mark.long
@pytest.mark.timeout(900)
async def test_a_host_that_says_all_was_written_is_not_believed(connection: Connection) -> None:
    """libvirtd loses the error in one of sixty or so."""
    for _ in range(60):
        await fill_up(connection)


async def test_what_ends_in_zeros_is_read_back_where_the_last_of_it_stands(connection: Connection) -> None:
    new = NewVolume("default", "up.img", 6 * MIB, "raw")
    await connection.run(storage.create_volume, new)
    rest = bytearray(b"x" * MIB + bytes(MIB) + b"y" * MIB + bytes(3 * MIB))

    def read(size: int) -> bytes:
        chunk = bytes(rest[:size])
        del rest[:size]
        return chunk

    await upload(connection, new, read, new.capacity_bytes)
    empty = NewVolume("default", "zeros.img", 2 * MIB, "raw")
    await connection.run(storage.create_volume, empty)
    await upload(connection, empty, bytes, empty.capacity_bytes)


async def test_a_daemon_killed_in_the_middle(connection: Connection, host_a: LabHost) -> None:
    new = NewVolume("default", "up.img", 4096 * MIB, "raw")
    await connection.run(storage.create_volume, new)
    sent: list[int] = []
    going = asyncio.ensure_future(upload(connection, new, bytes, new.capacity_bytes, progress=sent.append))
    await eventually(lambda: len(sent) > 3)
    await in_thread(host_a.kill_daemon)
    with pytest.raises(ConnectionLost):
        await going
    await in_thread(host_a.start_daemon)


async def test_files_made_behind_the_pools_back(connection: Connection, host_a: LabHost) -> None:
    path = Path(host_a.images_dir) / "late.raw"
    (host_a.images_path / "late.raw").write_bytes(bytes(MIB))
    assert await connection.run(storage.find_volume, str(path)) is None
    await connection.run(storage.refresh_pool, "default")
    found = await connection.run(storage.find_volume, str(path))
    assert found is not None
    assert found.capacity_bytes == MIB
