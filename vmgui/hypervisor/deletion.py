"""What a host's machines need of its storage, read in one go.

One list of machines and one pass over their XML, their snapshots and saved states; bounded in number and time. What
could not be read is named, so that whoever judges stays on the safe side.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

import libvirt

from vmgui.hypervisor.errors import is_gone, is_unsupported
from vmgui.hypervisor.storage_evidence import WantedFile
from vmgui.libvirtxml.domain import parse_disks, parse_domain, parse_paths
from vmgui.model.device import Disk
from vmgui.model.domain import DomainConfig
from vmgui.model.errors import ConnectionLost, InvalidConfig

log = logging.getLogger(__name__)

MAX_MACHINES = 10_000


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
    paths: frozenset[str] = frozenset()  # all that its XML, its snapshots and its saved state name
    kept_disks: tuple[Disk, ...] = ()  # of its snapshots and its saved state


@dataclass(frozen=True, slots=True)
class _Kept:
    """What snapshots and a saved state of a machine need."""

    paths: frozenset[str] = frozenset()
    disks: tuple[Disk, ...] = ()

    def __or__(self, other: _Kept) -> _Kept:
        return _Kept(self.paths | other.paths, tuple(dict.fromkeys((*self.disks, *other.disks))))


@dataclass(frozen=True, slots=True)
class Machines:
    """The machines found; `not_examined` names those that could not be read."""

    machines: tuple[FoundMachine, ...]
    not_examined: tuple[str, ...]


def examine(conn: libvirt.virConnect, uuids: Iterable[str], time_limit_s: float) -> Machines:
    """All machines of the host, and more about those with these UUIDs, if they exist. Slow lane.

    Raises what kept one of the asked machines from being read: nothing may be decided without it.
    """
    deadline_s = time.monotonic() + time_limit_s
    not_examined: list[str] = []
    asked = tuple(_asked(conn, uuids))
    others = tuple(_others(conn, {machine.uuid for machine in asked}, deadline_s, not_examined))
    more = _kept_states(conn, deadline_s, not_examined)
    if not conn.isAlive():
        # What failed says nothing about the machines.
        raise ConnectionLost("the connection broke while its machines were looked at")
    machines = tuple(_with(machine, more.get(machine.uuid, _Kept())) for machine in (*asked, *others))
    return Machines(machines, tuple(dict.fromkeys(not_examined)))


def wanted_files(
    machines: Iterable[FoundMachine], uuids: Iterable[str], paths: Iterable[str]
) -> tuple[WantedFile, ...]:
    """What is to be looked for: the machines' disks, those with these UUIDs being asked about, and `paths`."""
    own = frozenset(uuids)
    return (
        *(WantedFile(path, is_own=True) for path in paths),
        *(file for machine in machines for file in _wanted(machine, is_own=machine.uuid in own)),
    )


def _wanted(machine: FoundMachine, *, is_own: bool) -> Iterator[WantedFile]:
    of_configs = (disk for config in machine.configs for disk in config.disks)
    for disk in (*of_configs, *machine.kept_disks):
        if disk.source_type not in ("file", "volume") or not disk.source:
            continue
        if disk.device in ("cdrom", "floppy"):
            continue
        yield WantedFile(disk.source, disk.format, is_own=is_own)
        for name in (*disk.backing_chain, *disk.more_files):
            yield WantedFile(name)


def _with(machine: FoundMachine, kept: _Kept) -> FoundMachine:
    return replace(machine, paths=machine.paths | kept.paths, kept_disks=kept.disks)


def _kept_states(conn: libvirt.virConnect, deadline_s: float, not_examined: list[str]) -> dict[str, _Kept]:
    """What snapshots and saved states of machines need, by the machines' UUIDs."""
    found: dict[str, _Kept] = {}
    kinds: tuple[tuple[int, Callable[[libvirt.virDomain], Iterator[str]]], ...] = (
        (libvirt.VIR_CONNECT_LIST_DOMAINS_HAS_SNAPSHOT, _of_snapshots),
        (libvirt.VIR_CONNECT_LIST_DOMAINS_MANAGEDSAVE, _of_saved_state),
    )
    for flag, read in kinds:
        try:
            domains = conn.listAllDomains(flag)
        except libvirt.libvirtError as error:
            if is_unsupported(error) or error.get_error_code() == libvirt.VIR_ERR_INVALID_ARG:
                continue
            raise
        for domain in domains:
            uuid = domain.UUIDString()
            if time.monotonic() > deadline_s:
                not_examined.append(domain.name())
                continue
            try:
                for xml in read(domain):
                    found[uuid] = found.get(uuid, _Kept()) | _Kept(parse_paths(xml), parse_disks(xml))
            except (libvirt.libvirtError, InvalidConfig) as error:
                if isinstance(error, libvirt.libvirtError) and (is_gone(error) or is_unsupported(error)):
                    continue
                log.info("%s: what it keeps is not known: %s", domain.name(), error)
                not_examined.append(domain.name())
    return found


def _of_snapshots(domain: libvirt.virDomain) -> Iterator[str]:
    return (snapshot.getXMLDesc() for snapshot in domain.listAllSnapshots())


def _of_saved_state(domain: libvirt.virDomain) -> Iterator[str]:
    yield domain.managedSaveGetXMLDesc()


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
    texts: list[str] = []
    if is_running:
        texts.append(domain.XMLDesc(0))
    if is_persistent:
        texts.append(domain.XMLDesc(libvirt.VIR_DOMAIN_XML_INACTIVE))
    return FoundMachine(
        domain.UUIDString(),
        domain.name(),
        is_running,
        is_persistent,
        tuple(map(parse_domain, texts)),
        paths=frozenset(path for xml in texts for path in parse_paths(xml)),
    )


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
