"""Collects what a host offers: asked when the wizard opens, not kept up to date behind a person's back."""

from __future__ import annotations

import asyncio
import ipaddress
import logging
import os
import shutil
import socket
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from vmgui.hypervisor import creation as hypervisor_creation
from vmgui.hypervisor.connection import Connection
from vmgui.hypervisor.node import domain_capabilities
from vmgui.hypervisor.uri import Transport, UriFacts, zone_of
from vmgui.model.errors import (
    Busy,
    ConnectionLost,
    HostUnreachable,
    NotFound,
    PoolSilent,
    TimedOut,
    Unsupported,
    VmguiError,
)
from vmgui.model.host import DomainCapabilities, Host, HostInfo
from vmgui.model.offer import HostOffer
from vmgui.model.os_variant import GENERIC
from vmgui.model.storage import Pool, PoolContents, Volume
from vmgui.policy import creation as policy
from vmgui.services import pools as pool_service
from vmgui.services.background import in_thread
from vmgui.services.local_images import has_our_files
from vmgui.store.paths import data_dir

log = logging.getLogger(__name__)

MEANS_TIMEOUT_S = 30.0
CAPABILITIES_TIMEOUT_S = 30.0
RESOLVE_TIMEOUT_S = 5.0
SYSTEM_POOL_PATH = "/var/lib/libvirt/images"
FIRST_POOL = "default"


async def collect_offer(connection: Connection, host: Host) -> HostOffer:
    """All of it at the same time; a pool that does not answer is just not listed with its volumes."""
    facts = connection.facts
    info = connection.info or host.info
    means_task = connection.run(hypervisor_creation.read_means, host.id, timeout_s=MEANS_TIMEOUT_S)
    means, capabilities, address, listed = await asyncio.gather(
        means_task, _capabilities(connection, host), _listen_address(facts), _pools(connection)
    )
    shares_files = has_our_files(connection)
    pools = listed or ()
    volumes = await _volumes(connection, [pool.name for pool in pools if pool.active and pool.answers])
    first = None
    if (
        listed is not None
        and not any(pool.name == FIRST_POOL for pool in pools)
        and not policy.offered_pools(HostOffer(host, pools=pools))
    ):
        first = await _first_pool(facts, info, shares_files)
    active = [domain for domain in means.domains if domain.state.is_active]
    is_embedded = bool(facts.embed_root)
    directory = Path(facts.embed_root or data_dir()) / "disks"
    return HostOffer(
        host=host,
        names=frozenset(domain.name for domain in means.domains),
        uuids=frozenset(domain.key.uuid for domain in means.domains),
        pools=pools if first is None else (first, *pools),
        pools_silent_since_s=min(connection.silent_pools.values(), default=0.0) if listed is None else 0.0,
        volumes=volumes,
        networks=means.networks,
        bridges=means.bridges,
        capabilities=capabilities,
        cpus=max(1, info.cpus if info is not None else 1),
        vcpus_committed=sum(domain.vcpus for domain in active),
        memory_total_kib=means.usage.memory_total_kib or (info.memory_kib if info is not None else 0),
        memory_free_kib=means.usage.memory_free_kib,
        is_privileged=not facts.is_session and not is_embedded,
        shares_files=shares_files,
        listen_address=address,
        default_directory=str(directory)
        if shares_files and not (info and info.features.storage_pools)
        else "",
    )


async def read_volumes(connection: Connection, pool: str) -> tuple[Volume, ...]:
    """A pool's volumes as they are now; what cannot be refreshed is listed as last seen."""
    return (await read_contents(connection, pool)).volumes


async def read_contents(connection: Connection, pool: str) -> PoolContents:
    """The same, and how many files are left out for their names."""
    try:
        await pool_service.refresh(connection, pool)
    except (ConnectionLost, HostUnreachable, NotFound, PoolSilent):
        raise
    except VmguiError as error:
        log.info("pool %s is not refreshed: %s", pool, error)
    return await pool_service.read_contents(connection, pool)


async def _pools(connection: Connection) -> tuple[Pool, ...] | None:
    """None: the pools do not answer, and which there are is not known."""
    try:
        return await pool_service.list_pools(connection)
    except (PoolSilent, TimedOut, Busy) as error:
        log.warning("%s: its pools are not known: %s", connection.config.name, error)
        return None


async def _volumes(connection: Connection, pools: Sequence[str]) -> dict[str, tuple[Volume, ...]]:
    async def one(pool: str) -> tuple[str, tuple[Volume, ...] | None]:
        try:
            return pool, await pool_service.list_volumes(connection, pool)
        except (ConnectionLost, HostUnreachable):
            raise
        except VmguiError as error:
            log.info("volumes of pool %s are not known: %s", pool, error)
            return pool, None

    answers = await asyncio.gather(*(one(pool) for pool in pools))
    return {pool: volumes for pool, volumes in answers if volumes is not None}


async def _capabilities(connection: Connection, host: Host) -> tuple[DomainCapabilities, ...]:
    """For machines that a person is likely to make: the host's own architecture, today's board and the old one."""
    wanted = dict.fromkeys(
        (guest.arch, policy.default_machine(guest, system), domain_type)
        for guest in policy.own_guests(host)
        for system in (GENERIC, replace(GENERIC, is_legacy=True))
        for domain_type in guest.domain_types
        if domain_type in ("kvm", "qemu")
    )

    async def one(arch: str, machine: str, domain_type: str) -> DomainCapabilities | None:
        try:
            return await connection.run(
                domain_capabilities, arch, machine, domain_type, timeout_s=CAPABILITIES_TIMEOUT_S
            )
        except (Unsupported, TimedOut, VmguiError) as error:
            log.info("%s %s %s: capabilities are not known: %s", arch, machine, domain_type, error)
            return None

    found = await asyncio.gather(*(one(*choice) for choice in wanted))
    return tuple(capabilities for capabilities in found if capabilities is not None)


async def _listen_address(facts: UriFacts) -> str:
    """The host's address as this computer reaches it, where the display has to be on the network."""
    if facts.transport not in (Transport.TCP, Transport.TLS) or not facts.hostname:
        return ""
    try:
        return _as_the_host_has_it(str(ipaddress.ip_address(facts.hostname)))
    except ValueError:
        pass
    try:
        async with asyncio.timeout(RESOLVE_TIMEOUT_S):
            found = await in_thread(socket.getaddrinfo, facts.hostname, None, type=socket.SOCK_STREAM)
    except (OSError, TimeoutError) as error:
        log.info("the address of %s is not known: %s", facts.hostname, error)
        return facts.hostname
    return _as_the_host_has_it(str(found[0][4][0])) if found else facts.hostname


def _as_the_host_has_it(address: str) -> str:
    """Which interface of the host a link-local address belongs to is not known here: any of its addresses, then."""
    return "::" if zone_of(address) else address


async def _first_pool(facts: UriFacts, info: HostInfo | None, shares_files: bool) -> Pool | None:
    """libvirt comes without any pool: the usual one is made when it is first used."""
    if info is None or not info.features.storage_pools or info.driver.upper() != "QEMU":
        return None
    path = SYSTEM_POOL_PATH
    if facts.is_session:
        path = await in_thread(os.path.expanduser, "~/.local/share/libvirt/images")
    capacity, free = await in_thread(_space, path) if shares_files else (0, 0)
    return Pool(
        name=FIRST_POOL,
        uuid="",
        kind="dir",
        active=False,
        target_path=path,
        capacity_bytes=capacity,
        allocation_bytes=capacity - free,
        available_bytes=free,
    )


def _space(path: str) -> tuple[int, int]:
    """Capacity and free bytes where a directory is, or would be made."""
    place = Path(path)
    while not os.path.isdir(place) and place != place.parent:
        place = place.parent
    try:
        usage = shutil.disk_usage(place)
    except OSError:
        return 0, 0
    return usage.total, usage.free if os.access(place, os.X_OK) else 0
