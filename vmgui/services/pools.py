"""A host's storage pools, read so that one that hangs hides none of the others.

libvirt's list of pools waits for each of them. Where that list does not come, the pools that were there when it
last did are asked one by one: those that answer are as good as ever, the others are told as silent, with
since when. They are asked again only when what hangs has come back (hypervisor/stuck_calls.py).
"""

from __future__ import annotations

import asyncio
import logging
from dataclasses import replace

from vmgui.hypervisor import storage
from vmgui.hypervisor.connection import Connection
from vmgui.hypervisor.lanes import POOLS
from vmgui.hypervisor.stuck_calls import ALL_POOLS
from vmgui.model.errors import (
    Busy,
    ConnectionLost,
    HostUnreachable,
    NotFound,
    PoolSilent,
    StorageFailure,
    TimedOut,
    VmguiError,
)
from vmgui.model.fleet import PoolUse
from vmgui.model.storage import Pool, PoolContents, Volume

log = logging.getLogger(__name__)

LIST_TIMEOUT_S = 10.0
LOOK_TIMEOUT_S = 5.0
VOLUMES_TIMEOUT_S = 10.0

_NO_ANSWER = (PoolSilent, TimedOut, Busy)


async def list_pools(connection: Connection, *, timeout_s: float = LIST_TIMEOUT_S) -> tuple[Pool, ...]:
    """All pools; those that do not answer as last seen, with `silent_since_s`.

    Raises PoolSilent or TimedOut where none was ever listed, ConnectionLost ...
    """
    try:
        pools = await connection.run(storage.list_pools, pool=ALL_POOLS, timeout_s=timeout_s)
    except _NO_ANSWER as error:
        known = connection.known_pools
        if not known:
            raise
        log.info("%s: its pools are asked one by one: %s", connection.config.name, error)
        looks = await asyncio.gather(*(_look(connection, pool) for pool in known))
        pools = tuple(pool for pool in looks if pool is not None)
    connection.remember_pools(pools)
    return pools


async def list_volumes(connection: Connection, pool: str) -> tuple[Volume, ...]:
    """An active pool's volumes as of its last refresh; raises PoolSilent, TimedOut, InvalidState ..."""
    return await connection.run(storage.list_volumes, pool, pool=pool, timeout_s=VOLUMES_TIMEOUT_S)


async def read_contents(connection: Connection, pool: str) -> PoolContents:
    """The same, and how many are left out of it for their names."""
    return await connection.run(storage.read_contents, pool, pool=pool, timeout_s=VOLUMES_TIMEOUT_S)


async def refresh(connection: Connection, pool: str, *, timeout_s: float = VOLUMES_TIMEOUT_S) -> None:
    """Have a pool's list of volumes made anew; raises PoolSilent, TimedOut, InvalidState, Unsupported ..."""
    await connection.run(storage.refresh_pool, pool, pool=pool, timeout_s=timeout_s)


async def find_volume(connection: Connection, path: str) -> Volume | None:
    """The volume at `path`, or None if no active pool that answers has it."""
    if not connection.silent_pools:
        return await connection.run(storage.find_volume, path, pool=ALL_POOLS)
    directory = path.rpartition("/")[0]
    for pool in await list_pools(connection):
        if pool.active and pool.answers and pool.target_path.rstrip("/") == directory:
            volumes = await list_volumes(connection, pool.name)
            return next((volume for volume in volumes if volume.path == path), None)
    return None


async def delete_at(connection: Connection, path: str, *, timeout_s: float) -> None:
    """Delete the volume at `path`, of a host where a pool does not answer, without asking that; StorageFailure ..."""
    volume = await find_volume(connection, path)
    if volume is None:
        # It may well be there, where nobody can look now.
        raise StorageFailure("no storage pool that answers has it", subject=path)
    await connection.run(
        storage.delete_volume_in, volume.pool, volume.name, lane=POOLS, pool=volume.pool, timeout_s=timeout_s
    )


async def use_of(
    connection: Connection, pool: Pool, *, volumes_deadline_s: float, timeout_s: float
) -> PoolUse:
    """What a pool's volumes may grow to; not known where it is not active or does not answer."""
    if not pool.active or not pool.answers:
        return PoolUse(pool)
    try:
        return await connection.run(
            storage.pool_use, pool, volumes_deadline_s, pool=pool.name, timeout_s=timeout_s
        )
    except (ConnectionLost, HostUnreachable):
        raise
    except _NO_ANSWER:
        return PoolUse(_silent(connection, pool))
    except VmguiError as error:
        log.info("%s: volumes of pool %s are not known: %s", connection.config.name, pool.name, error)
        return PoolUse(pool)


async def _look(connection: Connection, before: Pool) -> Pool | None:
    try:
        return await connection.run(
            storage.read_pool, before.name, pool=before.name, timeout_s=LOOK_TIMEOUT_S
        )
    except NotFound:
        return None
    except (ConnectionLost, HostUnreachable):
        raise
    except _NO_ANSWER:
        return _silent(connection, before)
    except VmguiError as error:
        return storage.unread_pool(before.name, error.detail)


def _silent(connection: Connection, pool: Pool) -> Pool:
    """Where nobody waits in it (too many calls are out elsewhere) it is as last seen."""
    return replace(pool, silent_since_s=connection.silent_pools.get(pool.name, pool.silent_since_s))
