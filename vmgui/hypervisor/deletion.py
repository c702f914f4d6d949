"""Everything a host knows that decides which files may be deleted, read in one go.

One list of machines and one pass over their XML, every active pool refreshed and read; bounded in number and
time. What could not be read is named, so that whoever judges stays on the safe side.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

import libvirt

from vmgui.hypervisor.errors import is_gone, is_unsupported
from vmgui.libvirtxml.domain import parse_domain
from vmgui.libvirtxml.storage import parse_pool, parse_volume
from vmgui.model.domain import DomainConfig
from vmgui.model.errors import InvalidConfig
from vmgui.model.storage import Volume

log = logging.getLogger(__name__)

MAX_MACHINES = 10_000
MAX_VOLUMES = 50_000
_QUICK_POOLS = frozenset({"dir", "fs", "logical", "zfs"})


@dataclass(frozen=True, slots=True)
class FoundMachine:
    """One machine's definitions, live first where it runs; the rest only of those asked about."""

    uuid: str
    name: str
    is_running: bool
    is_persistent: bool
    configs: tuple[DomainConfig, ...]
    snapshots: tuple[str, ...] = ()
    checkpoints: tuple[str, ...] = ()
    has_managed_save: bool = False


@dataclass(frozen=True, slots=True)
class Findings:
    """What was found; `not_examined` names the machines and pools that could not be read."""

    machines: tuple[FoundMachine, ...]
    volumes: tuple[Volume, ...]
    pool_directories: tuple[str, ...]
    not_examined: tuple[str, ...]
    pool_sources: Mapping[str, str] = field(default_factory=dict[str, str])
    """By the names of pools on the network."""


def examine(
    conn: libvirt.virConnect, uuids: Iterable[str], time_limit_s: float, *, only_quick: bool = False
) -> Findings:
    """All machines and volumes of the host, and more about those with these UUIDs, if they exist. Slow lane.

    `only_quick`: pools that may take long to look at anew (of network storage) are taken as last seen.
    Raises what kept one of the asked machines from being read: nothing may be decided without it.
    """
    deadline_s = time.monotonic() + time_limit_s
    not_examined: list[str] = []
    asked = tuple(_asked(conn, uuids))
    storage = _look_at_pools(conn, deadline_s, not_examined, only_quick)
    others = tuple(_others(conn, {machine.uuid for machine in asked}, deadline_s, not_examined))
    return Findings(
        (*asked, *others),
        tuple(storage.volumes),
        tuple(storage.directories),
        tuple(not_examined),
        storage.sources,
    )


def _asked(conn: libvirt.virConnect, uuids: Iterable[str]) -> Iterator[FoundMachine]:
    for uuid in uuids:
        try:
            domain = conn.lookupByUUIDString(uuid)
            machine = _machine(domain)
            yield replace(
                machine,
                snapshots=_names_of_snapshots(domain),
                checkpoints=_names_of_checkpoints(domain),
                has_managed_save=machine.is_persistent and bool(domain.hasManagedSaveImage()),
            )
        except libvirt.libvirtError as error:
            if not is_gone(error):
                raise


def _others(
    conn: libvirt.virConnect, asked: set[str], deadline_s: float, not_examined: list[str]
) -> Iterator[FoundMachine]:
    for number, domain in enumerate(conn.listAllDomains()):
        if domain.UUIDString() in asked:
            continue
        if number >= MAX_MACHINES or time.monotonic() > deadline_s:
            not_examined.append(domain.name())
            continue
        try:
            yield _machine(domain)
        except libvirt.libvirtError as error:
            if not is_gone(error):
                log.info("%s: not examined: %s", domain.name(), error)
                not_examined.append(domain.name())
        except InvalidConfig as error:
            log.info("%s: not understood: %s", domain.name(), error)
            not_examined.append(domain.name())


def _machine(domain: libvirt.virDomain) -> FoundMachine:
    is_running = bool(domain.isActive())
    is_persistent = bool(domain.isPersistent())
    configs: list[DomainConfig] = []
    if is_running:
        configs.append(parse_domain(domain.XMLDesc(0)))
    if is_persistent:
        configs.append(parse_domain(domain.XMLDesc(libvirt.VIR_DOMAIN_XML_INACTIVE)))
    return FoundMachine(domain.UUIDString(), domain.name(), is_running, is_persistent, tuple(configs))


@dataclass(frozen=True, slots=True)
class _Storage:
    volumes: list[Volume] = field(default_factory=list[Volume])
    directories: list[str] = field(default_factory=list[str])
    sources: dict[str, str] = field(default_factory=dict[str, str])


def _look_at_pools(
    conn: libvirt.virConnect, deadline_s: float, not_examined: list[str], only_quick: bool
) -> _Storage:
    seen = _Storage()
    try:
        pools = conn.listAllStoragePools(libvirt.VIR_CONNECT_LIST_STORAGE_POOLS_ACTIVE)
    except libvirt.libvirtError as error:
        if is_unsupported(error):
            return seen
        raise
    for pool in pools:
        name = pool.name()
        try:
            found = parse_pool(pool.XMLDesc())
            if not only_quick or found.kind in _QUICK_POOLS:
                # Overlays that snapshots made are in no list before their pool was looked at again.
                pool.refresh()
            if found.source:
                seen.sources[name] = found.source
            for volume in pool.listAllVolumes():
                if len(seen.volumes) >= MAX_VOLUMES or time.monotonic() > deadline_s:
                    not_examined.append(name)
                    break
                _add_volume(volume, name, seen.volumes)
            else:
                seen.directories.append(found.target_path)
        except (libvirt.libvirtError, InvalidConfig) as error:
            log.info("pool %s: not examined: %s", name, error)
            not_examined.append(name)
    return seen


def _add_volume(volume: libvirt.virStorageVol, pool: str, volumes: list[Volume]) -> None:
    try:
        volumes.append(parse_volume(volume.XMLDesc(), pool))
    except libvirt.libvirtError as error:
        if not is_gone(error):
            raise


def _names_of_snapshots(domain: libvirt.virDomain) -> tuple[str, ...]:
    try:
        return tuple(domain.snapshotListNames())
    except libvirt.libvirtError as error:
        if is_unsupported(error):
            return ()
        raise


def _names_of_checkpoints(domain: libvirt.virDomain) -> tuple[str, ...]:
    try:
        return tuple(checkpoint.getName() for checkpoint in domain.listAllCheckpoints())
    except libvirt.libvirtError as error:
        if is_unsupported(error):
            return ()
        raise
