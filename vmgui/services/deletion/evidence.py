"""What a host knows that decides which files may go, and the plans that follow from it.

The host is asked anew each time, whatever is known of its pools already (services/host_watches.py).
"""

from __future__ import annotations

import asyncio
import logging
import posixpath
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import partial

from vmgui.hypervisor.connection import Connection
from vmgui.hypervisor.deletion import FoundMachine, examine, wanted_files
from vmgui.hypervisor.lane import OnWait
from vmgui.hypervisor.lanes import SLOW
from vmgui.hypervisor.storage_evidence import FoundStorage, WantedFile, look_at_storage
from vmgui.hypervisor.stuck_calls import ALL_POOLS
from vmgui.model.deletion import DeletionPlan, UnreadPool
from vmgui.model.domain import DomainKey
from vmgui.model.errors import Busy, ConnectionLost, HostUnreachable, PoolSilent, TimedOut, VmguiError
from vmgui.model.host import HostId
from vmgui.policy.deletion import Evidence, OtherMachine, Verdicts
from vmgui.services import local_images
from vmgui.services.background import in_thread

log = logging.getLogger(__name__)

EXAMINE_LIMIT_S = 60.0
EXAMINE_TIMEOUT_S = 90.0
STORAGE_LIMIT_S = 30.0
STORAGE_TIMEOUT_S = 40.0
"""Of all pools together, when none hangs."""
POOL_TIMEOUT_S = 20.0
LOCAL_LIMIT_S = 20.0
_NOTHING = local_images.Looked({}, frozenset())


@dataclass(frozen=True, slots=True)
class Findings:
    """All that a host says."""

    machines: tuple[FoundMachine, ...]
    not_examined: tuple[str, ...]
    storage: FoundStorage


async def find_evidence(
    connection: Connection,
    uuids: Collection[str] = (),
    paths: Iterable[str] = (),
    *,
    only_quick: bool = False,
    on_wait: OnWait | None = None,
) -> tuple[Findings, Evidence]:
    """All machines and files of a host, those at `paths` too, and more about the machines with these UUIDs.

    `only_quick`: slow pools are taken as last seen. `on_wait`: see Connection.run.
    """
    paths = tuple(paths)
    seen = await connection.run(
        examine, uuids, EXAMINE_LIMIT_S, lane=SLOW, timeout_s=EXAMINE_TIMEOUT_S, on_wait=on_wait
    )
    wanted = wanted_files(seen.machines, uuids, paths)
    storage = await _look_at_storage(connection, wanted, only_quick=only_quick)
    found = Findings(seen.machines, seen.not_examined, storage)
    here = await _look_here(connection, found, paths)
    return found, Evidence(
        volumes=tuple(storage.volumes),
        local_files=here.files,
        gone=here.gone - here.missing,
        missing=here.missing | frozenset(storage.missing),
        away=here.away,
        perhaps_away=here.perhaps_away,
        others=tuple(
            OtherMachine(one.name, one.configs, one.is_running, one.uuid, one.paths, one.kept_disks)
            for one in found.machines
        ),
        pool_directories=tuple(storage.directories),
        closed_directories=tuple(storage.closed),
        not_examined=found.not_examined,
        resting_pools=storage.resting,
        active_pools=storage.pools,
        is_partial=bool(storage.unread),
    )


async def _look_at_storage(
    connection: Connection, wanted: tuple[WantedFile, ...], *, only_quick: bool
) -> FoundStorage:
    """Where one pool hangs, the others are looked at one by one: what is in it is not known then."""
    look = partial(look_at_storage, only_quick=only_quick)
    try:
        return await connection.run(
            look, wanted, STORAGE_LIMIT_S, pool=ALL_POOLS, timeout_s=STORAGE_TIMEOUT_S
        )
    except (PoolSilent, TimedOut, Busy) as error:
        log.info("%s: its pools are looked at one by one: %s", connection.config.name, error)
    found = FoundStorage()

    async def one(pool: str) -> None:
        look = partial(look_at_storage, only_quick=only_quick, only_pool=pool)
        try:
            seen = await connection.run(look, wanted, POOL_TIMEOUT_S, pool=pool, timeout_s=POOL_TIMEOUT_S)
        except (ConnectionLost, HostUnreachable):
            raise
        except VmguiError as error:
            silent_since_s = connection.silent_pools.get(pool, 0.0)
            found.unread.append(UnreadPool(pool, error.detail, silent_since_s))
        else:
            found.add(seen)

    # Not a group of tasks: a lost connection is to be told as what it is.
    await asyncio.gather(*(one(pool.name) for pool in connection.known_pools))
    return found


async def _look_here(connection: Connection, found: Findings, paths: tuple[str, ...]) -> local_images.Looked:
    """What those of the host's files are that are files of this computer, too."""
    is_in_process = has_plain_files(connection)
    if not is_in_process and (not found.storage.volumes or not local_images.has_our_files(connection)):
        return _NOTHING
    sources = {
        name
        for machine in found.machines
        for config in machine.configs
        for disk in config.disks
        if disk.source_type in {"file", "block"}
        for name in (disk.source, *disk.backing_chain, *disk.more_files)
    }
    sources.update(paths, (path for machine in found.machines for path in machine.paths))
    volumes = [volume.path for volume in found.storage.volumes]
    try:
        async with asyncio.timeout(LOCAL_LIMIT_S):
            looked = await in_thread(local_images.look_at, sorted(sources), volumes)
    except TimeoutError:
        if is_in_process:
            raise TimedOut(f"its files took longer than {LOCAL_LIMIT_S:g} s to look at") from None
        # A mount that hangs here: the host itself has told of its pools.
        return _NOTHING
    if is_in_process:
        return looked
    # A daemon may see files that this program, in a sandbox, does not: what is not here says something only
    # where there is something that the daemon has shown, too.
    seen = {posixpath.dirname(path) for path in volumes if path in looked.files}
    storage = found.storage
    # Where the host says of a directory that it is not there, or what is in it, the two agree on what is away.
    known = seen | {*storage.no_directories, *storage.directories, *map(posixpath.dirname, storage.missing)}
    away = frozenset(path for path in looked.away if posixpath.dirname(path) in known)
    return local_images.Looked(
        looked.files,
        frozenset(path for path in looked.gone if posixpath.dirname(path) in seen),
        away=away,
        perhaps_away=looked.away - away,
    )


async def find_plans(
    connection: Connection,
    host_id: HostId,
    keys: Collection[DomainKey],
    going: Collection[DomainKey],
    on_wait: OnWait | None = None,
) -> tuple[dict[DomainKey, DeletionPlan], Findings]:
    """The plans of those machines of a host that exist; one look at the host for all of them.

    `going`: machines of any host that go with them.
    """
    uuids = frozenset(key.uuid for key in keys)
    found, evidence = await find_evidence(connection, uuids, on_wait=on_wait)
    # Of thousands of machines this takes a while.
    on_host = frozenset(key.uuid for key in going if key.host_id == host_id)
    return await in_thread(_plans, host_id, uuids, on_host, found, evidence), found


def _plans(
    host_id: HostId, uuids: frozenset[str], going: frozenset[str], found: Findings, evidence: Evidence
) -> dict[DomainKey, DeletionPlan]:
    verdicts = Verdicts(evidence)
    nvram_users = Counter(
        path for machine in found.machines for path in {config.nvram_path for config in machine.configs}
    )
    plans: dict[DomainKey, DeletionPlan] = {}
    for machine in found.machines:
        if machine.uuid not in uuids:
            continue
        nvram_path = next((config.nvram_path for config in machine.configs if config.nvram_path), "")
        key = DomainKey(host_id, machine.uuid)
        plans[key] = DeletionPlan(
            key=key,
            name=machine.name,
            active=machine.is_running,
            files=verdicts.doomed_files(machine.configs, machine.uuid, going),
            # Two machines on one NVRAM file: it goes with the last of them.
            nvram_path=nvram_path
            if nvram_users[nvram_path] == 1 and verdicts.is_free(nvram_path, machine.uuid)
            else "",
            has_tpm_state=any(config.has_tpm for config in machine.configs),
            snapshots=machine.snapshots,
            checkpoints=machine.checkpoints,
            has_managed_save=machine.has_managed_save,
            is_protected=any(config.is_protected for config in machine.configs),
            pools_not_read=tuple(found.storage.unread),
            nameless=tuple(sorted(found.storage.nameless.items())),
        )
    return plans


def has_plain_files(connection: Connection) -> bool:
    """Whether disks are files of this computer: the hypervisor in our own process, which has no pools."""
    info = connection.info
    return bool(connection.facts.embed_root) and (info is None or not info.features.storage_pools)
