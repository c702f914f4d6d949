"""Taking back what a job made: only what is proven to be ours, and used by nobody else (model/rollback.py)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import libvirt

from vmgui.hypervisor.definition import undefine
from vmgui.hypervisor.errors import is_gone, is_unsupported
from vmgui.hypervisor.tags import is_protected
from vmgui.libvirtxml.domain import parse_domain
from vmgui.libvirtxml.mentions import names_in
from vmgui.libvirtxml.network import parse_network, port_owner
from vmgui.libvirtxml.storage import parse_pool, parse_volume
from vmgui.model.errors import InvalidConfig, NotProvenOurs, StillUsed
from vmgui.model.rollback import Fate, Made, MadeKind
from vmgui.model.storage import Volume
from vmgui.policy.creation import BLOCK_POOLS


@dataclass(frozen=True, slots=True)
class Asked:
    """How it is to be done. `machine_uuid`: the machine all of it was made for, which needs it no longer.

    `is_claimed`: another attempt counts on it. `is_late`: days may have passed: what has been used since stays,
    and so do pools and networks, for nobody knows who has come to count on them. `only_look`: say what would
    become of it, and touch nothing.
    """

    machine_uuid: str
    is_claimed: bool = False
    is_late: bool = False
    only_look: bool = False


def take_back(conn: libvirt.virConnect, made: Made, asked: Asked) -> Fate:
    """Remove or stop a thing; raises NotProvenOurs or StillUsed where it must stay. Slow lane, or that of pools.

    Pools are not refreshed for it: a file half uploaded makes libvirt stop the whole pool.
    """
    try:
        return _BY_KIND[made.kind](conn, made, asked)
    except libvirt.libvirtError as error:
        if is_gone(error):
            return Fate.GONE
        raise


def machines_that_need(conn: libvirt.virConnect, path: str, except_uuid: str) -> tuple[str, ...]:
    """Names of the machines that name a file, running or in their configuration."""
    return tuple(name for name, names in _machines(conn, except_uuid) if path in names)


def _machine(conn: libvirt.virConnect, made: Made, asked: Asked) -> Fate:
    domain = conn.lookupByUUIDString(made.uuid)
    if not made.is_proven:
        raise NotProvenOurs("a machine of that UUID is there", subject=made.name)
    is_active = bool(domain.isActive())
    if asked.is_late and (is_active or (domain.isPersistent() and domain.hasManagedSaveImage(0))):
        raise StillUsed("it has been started", subject=made.name)
    if asked.is_late and domain.name() != made.name:
        raise StillUsed(f"it is called {domain.name()} now", subject=made.name)
    if asked.is_late and is_protected(domain):
        raise StillUsed("it is protected", subject=made.name)
    if asked.only_look:
        return Fate.REMOVED
    if is_active:
        domain.destroy()
    if domain.isPersistent():
        undefine(conn, made.uuid, nvram=True, managed_save=True, snapshots=True, checkpoints=True, tpm=True)
    return Fate.REMOVED


def _volume(conn: libvirt.virConnect, made: Made, asked: Asked) -> Fate:
    pool = conn.storagePoolLookupByUUIDString(made.uuid)
    handle = pool.storageVolLookupByName(made.name)
    volume = parse_volume(handle.XMLDesc(), pool.name())
    if not made.is_proven:
        raise NotProvenOurs("a volume of that name is there", subject=made.name)
    if not _is_same(made, volume, is_block=parse_pool(pool.XMLDesc()).kind in BLOCK_POOLS):
        raise NotProvenOurs("another volume of that name is there now", subject=made.name)
    if asked.is_late and made.modified_unix_s and volume.modified_unix_s != made.modified_unix_s:
        raise StillUsed("it has been written to", subject=made.name)
    place = f"{pool.name()}/{made.name}"
    for name, names in _machines(conn, asked.machine_uuid):
        if volume.path in names or place in names:
            raise StillUsed(f"virtual machine {name} uses it", subject=made.name)
    for other in _volumes(pool):
        if other.backing_path == volume.path:
            raise StillUsed(f"volume {other.name} is based on it", subject=made.name)
    if not asked.only_look:
        handle.delete()
    return Fate.REMOVED


def _is_same(made: Made, volume: Volume, *, is_block: bool) -> bool:
    if made.key != volume.key:
        return False
    # Of what was filled libvirt tells what is in it; block devices are rounded up and know no format.
    return (
        made.is_filled
        or is_block
        or (made.format, made.capacity_bytes) == (volume.format, volume.capacity_bytes)
    )


def _made_pool(conn: libvirt.virConnect, made: Made, asked: Asked) -> Fate:
    pool = conn.storagePoolLookupByUUIDString(made.uuid)
    if asked.is_late or _needs_pool(conn, pool, made, asked):
        return Fate.KEPT
    if not asked.only_look:
        forget_pool(pool)
    return Fate.REMOVED


def _started_pool(conn: libvirt.virConnect, made: Made, asked: Asked) -> Fate:
    pool = conn.storagePoolLookupByUUIDString(made.uuid)
    if not pool.isActive():
        return Fate.GONE
    if not made.is_proven:
        raise NotProvenOurs("the pool is running", subject=made.name)
    if asked.is_late or _needs_pool(conn, pool, made, asked) or _runs_on_files_of(conn, pool, asked):
        return Fate.KEPT
    if not asked.only_look:
        pool.destroy()
    return Fate.REMOVED


def _needs_pool(conn: libvirt.virConnect, pool: libvirt.virStoragePool, made: Made, asked: Asked) -> bool:
    """Whether something came into it since we made or started it, or is named as being in it."""
    if asked.is_claimed:
        return True
    if pool.isActive() and not set(pool.listVolumes()) <= set(made.others):
        return True
    if made.kind is MadeKind.POOL_STARTED:
        return False
    inside = f"{pool.name()}/"
    return any(each.startswith(inside) for _, names in _machines(conn, asked.machine_uuid) for each in names)


def _runs_on_files_of(conn: libvirt.virConnect, pool: libvirt.virStoragePool, asked: Asked) -> bool:
    directory = parse_pool(pool.XMLDesc()).target_path.rstrip("/")
    inside = (f"{pool.name()}/", f"{directory}/")
    return any(
        each.startswith(inside)
        for _, names in _machines(conn, asked.machine_uuid, only_running=True)
        for each in names
    )


def _started_network(conn: libvirt.virConnect, made: Made, asked: Asked) -> Fate:
    network = conn.networkLookupByUUIDString(made.uuid)
    if not network.isActive():
        return Fate.GONE
    if not made.is_proven:
        raise NotProvenOurs("the network is running", subject=made.name)
    if asked.is_late or asked.is_claimed or _is_plugged_into(conn, network, asked):
        return Fate.KEPT
    if not asked.only_look:
        network.destroy()
    return Fate.REMOVED


def _is_plugged_into(conn: libvirt.virConnect, network: libvirt.virNetwork, asked: Asked) -> bool:
    """Whether a running machine is on it, also by its bridge, and of any hypervisor of the host."""
    try:
        if any(_owner(port) != asked.machine_uuid for port in network.listAllPorts()):
            return True
    except libvirt.libvirtError as error:
        if not is_unsupported(error):
            raise
    name, bridge = network.name(), parse_network(network.XMLDesc()).bridge
    for _, xml in _definitions(conn, asked.machine_uuid, only_running=True):
        try:
            interfaces = parse_domain(xml).interfaces
        except InvalidConfig:
            return True
        if any((each.kind, each.source) in {("network", name), ("bridge", bridge)} for each in interfaces):
            return True
    return False


def _owner(port: libvirt.virNetworkPort) -> str:
    """The UUID of the machine a port belongs to."""
    return port_owner(port.XMLDesc())


def forget_pool(pool: libvirt.virStoragePool) -> None:
    """Stop and undefine a pool; the directory and what is in it stay."""
    if pool.isActive():
        pool.destroy()
    pool.undefine()


def _volumes(pool: libvirt.virStoragePool) -> Iterator[Volume]:
    for volume in pool.listAllVolumes():
        try:
            yield parse_volume(volume.XMLDesc(), pool.name())
        except libvirt.libvirtError as error:
            if not is_gone(error):
                raise


def _machines(
    conn: libvirt.virConnect, except_uuid: str, *, only_running: bool = False
) -> Iterator[tuple[str, frozenset[str]]]:
    """Machines and all that they name. Raises InvalidConfig for one that cannot be understood."""
    for name, xml in _definitions(conn, except_uuid, only_running=only_running):
        yield name, names_in(xml)


def _definitions(
    conn: libvirt.virConnect, except_uuid: str, *, only_running: bool
) -> Iterator[tuple[str, str]]:
    for domain in conn.listAllDomains():
        try:
            if domain.UUIDString() == except_uuid:
                continue
            if domain.isActive():
                yield domain.name(), domain.XMLDesc(0)
            if not only_running and domain.isPersistent():
                yield domain.name(), domain.XMLDesc(libvirt.VIR_DOMAIN_XML_INACTIVE)
        except libvirt.libvirtError as error:
            if not is_gone(error):
                raise


_BY_KIND: dict[MadeKind, Callable[[libvirt.virConnect, Made, Asked], Fate]] = {
    MadeKind.MACHINE: _machine,
    MadeKind.VOLUME: _volume,
    MadeKind.POOL_MADE: _made_pool,
    MadeKind.POOL_STARTED: _started_pool,
    MadeKind.NETWORK_STARTED: _started_network,
}
