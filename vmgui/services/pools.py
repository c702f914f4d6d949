"""A host's storage pools, read so that one that hangs hides none of the others.

libvirt's list of pools waits for each of them. Where that list does not come, the pools that were there when it
last did are asked one by one: those that answer are as good as ever, the others are told as silent, with
since when. They are asked again only when what hangs has come back (hypervisor/stuck_calls.py).

The functions ask the host whenever they are called: for the watches, and for a deletion, which must not go by what
was known before.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import partial

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
from vmgui.model.event import EventKind, HostEvent
from vmgui.model.fleet import PoolUse
from vmgui.model.host import HostId, HostInfo
from vmgui.model.storage import Pool, PoolContents, Volume
from vmgui.services.host_watch import EVERY_S, UNTOLD_GOOD_FOR_S, HostWatch, Known, Thing, mended
from vmgui.services.hosts import HostService
from vmgui.services.inventory import Inventory

log = logging.getLogger(__name__)

LIST_TIMEOUT_S = 10.0
LOOK_TIMEOUT_S = 5.0
VOLUMES_TIMEOUT_S = 10.0
USE_DEADLINE_S = 15.0
USE_TIMEOUT_S = 25.0
SILENT_EVERY_S = 5.0
USE_REST_S = 20.0

_NO_ANSWER = (PoolSilent, TimedOut, Busy)


class PoolWatch(HostWatch[tuple[Pool, ...]]):
    """All pools of a host, those that do not answer as last seen; empty where its driver has none.

    How full they are nothing tells. Where they are asked one by one, each is shown as soon as it has answered.
    """

    kind = EventKind.POOL
    good_for_s = UNTOLD_GOOD_FOR_S

    async def _read(
        self, connection: Connection, thing: Thing, before: tuple[Pool, ...] | None, told: frozenset[str]
    ) -> tuple[Pool, ...]:
        if before is None:
            show = partial(self._show, thing)
            return await list_pools(connection, timeout_s=LIST_TIMEOUT_S, show=show, anew=True)
        named = {pool.name: pool for pool in before}
        looks = await asyncio.gather(*(_look(connection, name, named.get(name), anew=True) for name in told))
        pools = mended(before, dict(zip(told, looks, strict=True)))
        connection.remember_pools(pools)
        return pools

    def _has(self, info: HostInfo) -> bool:
        return info.features.storage_pools

    def _holds(self, connection: Connection, value: tuple[Pool, ...]) -> bool:
        """That a pool hangs, and that it does so no more, shows in other calls first."""
        silent = connection.silent_pools
        return all(bool(pool.silent_since_s) == (pool.name in silent) for pool in value)

    def _pause_s(self, known: Known[tuple[Pool, ...]]) -> float:
        return _pause_s(self._every_s, known.error, known.value or ())


class PoolUseWatch(HostWatch[tuple[PoolUse, ...]]):
    """What the volumes of a host's pools may grow to: a call for each of them."""

    kind = EventKind.POOL
    rest_s = USE_REST_S

    def __init__(
        self, hosts: HostService, inventory: Inventory, pools: PoolWatch, *, every_s: float = EVERY_S
    ) -> None:
        super().__init__(hosts, inventory, every_s=every_s)
        self._pools = pools

    async def _read(
        self, connection: Connection, thing: Thing, before: tuple[PoolUse, ...] | None, told: frozenset[str]
    ) -> tuple[PoolUse, ...]:
        known = {use.pool.name: use for use in before or () if use.pool.name not in told}
        pools = await self._pools.fresh(thing[0])
        asked = [pool for pool in pools if pool.name not in known]
        uses = await asyncio.gather(*(_use_of(connection, pool) for pool in asked))
        known.update((use.pool.name, use) for use in uses)
        return tuple(replace(known[pool.name], pool=pool) for pool in pools)

    def _has(self, info: HostInfo) -> bool:
        return info.features.storage_pools

    def _pause_s(self, known: Known[tuple[PoolUse, ...]]) -> float:
        return _pause_s(self._every_s, known.error, (use.pool for use in known.value or ()))


class VolumeWatch(HostWatch[PoolContents]):
    """The volumes of one active pool, as of the pool's last refresh; read when somebody wants them.

    Volumes that others make or delete nothing tells: that their names are the same is asked each time.
    Raises PoolSilent, TimedOut, InvalidState ...
    """

    kind = EventKind.POOL

    async def _read(
        self, connection: Connection, thing: Thing, before: PoolContents | None, told: frozenset[str]
    ) -> PoolContents:
        pool = thing[1]
        return await connection.run(
            storage.read_contents, pool, pool=pool, timeout_s=VOLUMES_TIMEOUT_S, anew=True
        )

    def _concerns(self, thing: Thing, event: HostEvent) -> bool:
        return event.name in ("", thing[1])

    async def of(self, host_id: HostId, pool: str) -> tuple[Volume, ...]:
        """All that are there now; their sizes may be a minute old."""
        known = self.get(host_id, pool)
        if known.is_true and known.value is not None:
            connection = self._hosts.connection(host_id)
            names = await connection.run(
                storage.volume_names, pool, pool=pool, timeout_s=VOLUMES_TIMEOUT_S, anew=True
            )
            if names != frozenset(volume.name for volume in known.value.volumes):
                return (await self.fresh(host_id, pool, max_age_s=0.0)).volumes
        return (await self.fresh(host_id, pool)).volumes

    async def refreshed(self, host_id: HostId, pool: str) -> PoolContents:
        """What is in the pool now, looked at by the host anew; where that cannot be, as last seen by it."""
        connection = self._hosts.connection(host_id)
        try:
            await refresh(connection, pool)
        except (ConnectionLost, HostUnreachable, NotFound, PoolSilent):
            raise
        except VmguiError as error:
            log.info("pool %s is not refreshed: %s", pool, error)
        return await self.fresh(host_id, pool, max_age_s=0.0)


def _pause_s(every_s: float, error: VmguiError | None, pools: Iterable[Pool]) -> float:
    """A pool that does not answer is not asked (hypervisor/stuck_calls.py), and shall not be missed when it does."""
    is_silent = any(pool.silent_since_s for pool in pools) or isinstance(error, PoolSilent)
    return min(every_s, SILENT_EVERY_S) if is_silent else every_s


async def list_pools(
    connection: Connection,
    *,
    timeout_s: float = LIST_TIMEOUT_S,
    show: Callable[[tuple[Pool, ...]], None] | None = None,
    anew: bool = False,
) -> tuple[Pool, ...]:
    """All pools; those that do not answer as last seen, with `silent_since_s`.

    `show` gets them after each answer where they are asked one by one. `anew`: see Connection.run.
    Raises PoolSilent or TimedOut where none was ever listed, ConnectionLost ...
    """
    try:
        pools = await connection.run(storage.list_pools, pool=ALL_POOLS, timeout_s=timeout_s, anew=anew)
    except _NO_ANSWER as error:
        known = connection.known_pools
        if not known:
            raise
        log.info("%s: its pools are asked one by one: %s", connection.config.name, error)
        seen: dict[str, Pool | None] = {}

        async def one(pool: Pool) -> None:
            seen[pool.name] = await _look(connection, pool.name, pool, anew=anew)
            if show is not None:
                show(mended(known, seen))

        await asyncio.gather(*(one(pool) for pool in known))
        pools = mended(known, seen)
    connection.remember_pools(pools)
    return pools


async def list_volumes(connection: Connection, pool: str) -> tuple[Volume, ...]:
    """An active pool's volumes as of its last refresh; raises PoolSilent, TimedOut, InvalidState ..."""
    return await connection.run(storage.list_volumes, pool, pool=pool, timeout_s=VOLUMES_TIMEOUT_S)


async def refresh(connection: Connection, pool: str, *, timeout_s: float = VOLUMES_TIMEOUT_S) -> None:
    """Have a pool's list of volumes made anew; raises PoolSilent, TimedOut, InvalidState, Unsupported ..."""
    await connection.run(storage.refresh_pool, pool, pool=pool, timeout_s=timeout_s, anew=True)


async def find_volume(connection: Connection, path: str) -> Volume | None:
    """The volume at `path`, or None if no active pool that answers has it."""
    if not connection.silent_pools:
        return await connection.run(storage.find_volume, path, pool=ALL_POOLS, anew=True)
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


async def _use_of(connection: Connection, pool: Pool) -> PoolUse:
    """What a pool's volumes may grow to; not known where it is not active or does not answer."""
    if not pool.active or not pool.answers:
        return PoolUse(pool)
    try:
        return await connection.run(
            storage.pool_use, pool, USE_DEADLINE_S, pool=pool.name, timeout_s=USE_TIMEOUT_S, anew=True
        )
    except (ConnectionLost, HostUnreachable):
        raise
    except _NO_ANSWER:
        return PoolUse(_silent(connection, pool))
    except VmguiError as error:
        log.info("%s: volumes of pool %s are not known: %s", connection.config.name, pool.name, error)
        return PoolUse(pool)


async def _look(connection: Connection, name: str, before: Pool | None, *, anew: bool) -> Pool | None:
    try:
        return await connection.run(storage.read_pool, name, pool=name, timeout_s=LOOK_TIMEOUT_S, anew=anew)
    except NotFound:
        return None
    except (ConnectionLost, HostUnreachable):
        raise
    except _NO_ANSWER:
        return _silent(connection, before or storage.unread_pool(name, ""))
    except VmguiError as error:
        return storage.unread_pool(name, error.detail)


def _silent(connection: Connection, pool: Pool) -> Pool:
    """Where nobody waits in it (too many calls are out elsewhere) it is as last seen."""
    return replace(pool, silent_since_s=connection.silent_pools.get(pool.name, pool.silent_since_s))
