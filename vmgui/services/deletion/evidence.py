"""What a host knows that decides which files may go, and the plans that follow from it."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Collection, Iterable
from functools import partial

from vmgui.hypervisor.connection import Connection
from vmgui.hypervisor.deletion import Findings, examine
from vmgui.model.deletion import DeletionPlan
from vmgui.model.domain import DomainKey
from vmgui.model.errors import TimedOut
from vmgui.model.host import HostId
from vmgui.policy.deletion import Evidence, OtherMachine, Verdicts
from vmgui.services import local_images
from vmgui.services.background import in_thread

EXAMINE_LIMIT_S = 60.0
EXAMINE_TIMEOUT_S = 90.0
LOCAL_LIMIT_S = 20.0
_NOTHING = local_images.Looked({}, frozenset())


async def find_evidence(
    connection: Connection,
    uuids: Collection[str] = (),
    paths: Iterable[str] = (),
    *,
    only_quick: bool = False,
) -> tuple[Findings, Evidence]:
    """All machines and files of a host, those at `paths` too, and more about the machines with these UUIDs.

    `only_quick`: slow pools are taken as last seen.
    """
    paths = tuple(paths)
    look = partial(examine, paths=paths, only_quick=only_quick)
    found = await connection.run(look, uuids, EXAMINE_LIMIT_S, slow=True, timeout_s=EXAMINE_TIMEOUT_S)
    here = await _look_here(connection, found, paths)
    return found, Evidence(
        volumes=found.volumes,
        local_files=here.files,
        gone=here.gone,
        others=tuple(
            OtherMachine(one.name, one.configs, one.is_running, one.uuid, one.paths) for one in found.machines
        ),
        pool_directories=found.pool_directories,
        not_examined=found.not_examined,
        resting_pools=found.resting_pools,
    )


async def _look_here(connection: Connection, found: Findings, paths: tuple[str, ...]) -> local_images.Looked:
    """What those of the host's files are that are files of this computer, too."""
    if not (has_plain_files(connection) or local_images.has_our_files(connection)):
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
    volumes = [volume.path for volume in found.volumes]
    try:
        async with asyncio.timeout(LOCAL_LIMIT_S):
            return await in_thread(local_images.look_at, sorted(sources), volumes)
    except TimeoutError:
        if has_plain_files(connection):
            raise TimedOut(f"its files took longer than {LOCAL_LIMIT_S:g} s to look at") from None
        # A mount that hangs here: the host itself has told of its pools.
        return _NOTHING


async def find_plans(
    connection: Connection, host_id: HostId, keys: Collection[DomainKey]
) -> tuple[dict[DomainKey, DeletionPlan], Findings]:
    """The plans of those machines of a host that exist; one look at the host for all of them."""
    uuids = frozenset(key.uuid for key in keys)
    found, evidence = await find_evidence(connection, uuids)
    # Of thousands of machines this takes a while.
    return await in_thread(_plans, host_id, uuids, found, evidence), found


def _plans(
    host_id: HostId, uuids: frozenset[str], found: Findings, evidence: Evidence
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
            files=verdicts.doomed_files(machine.configs, machine.uuid),
            # Two machines on one NVRAM file: it goes with the last of them.
            nvram_path=nvram_path
            if nvram_users[nvram_path] == 1 and verdicts.is_free(nvram_path, machine.uuid)
            else "",
            has_tpm_state=any(config.has_tpm for config in machine.configs),
            snapshots=machine.snapshots,
            checkpoints=machine.checkpoints,
            has_managed_save=machine.has_managed_save,
            pools_not_read=found.pools_not_read,
        )
    return plans


def has_plain_files(connection: Connection) -> bool:
    """Whether disks are files of this computer: the hypervisor in our own process, which has no pools."""
    info = connection.info
    return bool(connection.facts.embed_root) and (info is None or not info.features.storage_pools)
