"""Who holds a disk that the hypervisor found locked: a running machine of its host, or of another that has the file."""

from __future__ import annotations

import asyncio
import logging

from vmgui.hypervisor.connection import Connection
from vmgui.hypervisor.definitions import Entry, NoEntry, read_definitions
from vmgui.model.definition import Hardware
from vmgui.model.domain import DomainKey
from vmgui.model.errors import DiskInUse, DiskLocked, VmguiError
from vmgui.model.host import Host, HostState
from vmgui.policy.deletion import Evidence, same_place, uses_of
from vmgui.policy.shared_storage import SLACK_S, SoughtFile
from vmgui.services.definitions import DefinitionIndex
from vmgui.services.deletion.evidence import Findings, find_evidence
from vmgui.services.deletion.same_files import is_same_computer, same_files
from vmgui.services.hosts import HostService
from vmgui.services.inventory import Inventory

log = logging.getLogger(__name__)

PATIENCE_S = 15.0
"""How long each host may take to say what its machines use."""
TWINS_PATIENCE_S = 5.0
"""How long another host may take to say whether it has the file."""


class DiskHolders:
    """Told by the index of definitions, or learnt as a deletion learns whose files are whose; loop thread only."""

    def __init__(
        self, hosts: HostService, inventory: Inventory, definitions: DefinitionIndex | None = None
    ) -> None:
        """`definitions`: a machine of the same host that names the disk itself is found there at once."""
        self._hosts = hosts
        self._inventory = inventory
        self._definitions = definitions

    async def who_holds(self, key: DomainKey, locked: DiskLocked) -> VmguiError:
        """The error of a machine that did not start, with who holds its disk, as far as connected hosts know."""
        try:
            holders = await self._find(key, locked.subject)
        except (VmguiError, TimeoutError) as error:
            log.info("who holds %s is not known: %r", locked.subject or key.uuid, error)
            return locked
        if not holders:
            return locked
        detail = "\n".join((locked.detail, *holders[1:]))
        return DiskInUse(detail, subject=holders[0], host=locked.host, code=locked.code)

    async def _find(self, key: DomainKey, path: str) -> tuple[str, ...]:
        own = self._hosts.connection(key.host_id)
        async with asyncio.timeout(PATIENCE_S):
            if holders := await self._ask_index(own, key, path):
                return holders
            paths = (path,) if path else ()
            found, evidence = await find_evidence(own, (key.uuid,), paths, only_quick=True)
        paths = paths or _disks_of(key, found)
        if holders := _running(paths, evidence, key.uuid):
            return holders
        host = self._inventory.hosts.get(key.host_id)
        others = [
            other
            for other in self._inventory.hosts.values()
            if other.id != key.host_id and other.state is HostState.CONNECTED
        ]
        if host is None or not others:
            return ()
        sought = _sought(paths, found)
        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(self._find_at(host, other, own, paths, sought)) for other in others]
        return tuple(holder for task in tasks for holder in task.result())

    async def _ask_index(self, own: Connection, key: DomainKey, path: str) -> tuple[str, ...]:
        """Running machines of the same host that name the disk; those few are read anew, not all of the host's."""
        if self._definitions is None or not path:
            return ()
        domains = self._inventory.domains
        suspects = {
            other.uuid: domains[other].name
            for other in self._definitions.tables.used_by(path)
            if other.host_id == key.host_id
            and other != key
            and other in domains
            and domains[other].state.is_active
        }
        if not suspects:
            return ()
        read = await own.run(read_definitions, tuple(suspects))
        return tuple(suspects[uuid] for uuid, entry in read.items() if _may_name(entry, path))

    async def _find_at(
        self,
        host: Host,
        other: Host,
        own: Connection,
        paths: tuple[str, ...],
        sought: tuple[SoughtFile, ...],
    ) -> tuple[str, ...]:
        """Names with their host, as a person reads them."""
        try:
            connection = self._hosts.connection(other.id)
            if not is_same_computer(host, other):
                same = await same_files(own, connection, sought, lambda _: SLACK_S, TWINS_PATIENCE_S)
                paths = tuple(same.values())
            if not paths:
                return ()
            async with asyncio.timeout(PATIENCE_S):
                _, evidence = await find_evidence(connection, paths=paths, only_quick=True)
        except (VmguiError, TimeoutError) as error:
            log.info("%s does not say who uses %s: %r", other.name, paths, error)
            return ()
        return tuple(f"{name} ({other.name})" for name in _running(paths, evidence))


def _disks_of(key: DomainKey, found: Findings) -> tuple[str, ...]:
    machine = next((machine for machine in found.machines if machine.uuid == key.uuid), None)
    configs = machine.configs if machine is not None else ()
    return tuple({disk.source: None for config in configs for disk in config.disks if disk.source})


def _may_name(entry: Entry | NoEntry, path: str) -> bool:
    """Where it was refused, what the index had read before counts."""
    return entry is NoEntry.REFUSED or (not isinstance(entry, NoEntry) and _names(entry[1], path))


def _names(hardware: Hardware, path: str) -> bool:
    place = same_place(path)
    return any(same_place(file) == place for disk in hardware.disks for file in disk.files)


def _running(paths: tuple[str, ...], evidence: Evidence, but: str = "") -> tuple[str, ...]:
    uses = (use for path in paths for use in uses_of(path, evidence))
    return tuple({use.machine: None for use in uses if use.is_running and use.uuid != but})


def _sought(paths: tuple[str, ...], found: Findings) -> tuple[SoughtFile, ...]:
    places = {same_place(path) for path in paths}
    return tuple(
        SoughtFile(volume, found.storage.sources.get(volume.pool, ""))
        for volume in found.storage.volumes
        if same_place(volume.path) in places
    )
