"""Collects what a host offers when the wizard opens: from what is known and true, else the host is asked."""

from __future__ import annotations

import asyncio
import ipaddress
import logging
import os
import shutil
import socket
import time
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from vmgui.hypervisor.connection import Connection
from vmgui.hypervisor.node import read_usage
from vmgui.hypervisor.uri import Transport, UriFacts, zone_of
from vmgui.model.domain import Domain
from vmgui.model.errors import (
    Busy,
    ConnectionLost,
    HostUnreachable,
    PoolSilent,
    TimedOut,
    VmguiError,
)
from vmgui.model.host import DomainCapabilities, Host, HostInfo, HostUsage
from vmgui.model.offer import HostOffer
from vmgui.model.os_variant import GENERIC
from vmgui.model.storage import Pool, Volume
from vmgui.policy import creation as policy
from vmgui.services.background import in_thread
from vmgui.services.host_watches import HostWatches
from vmgui.services.local_images import has_our_files
from vmgui.store.paths import data_dir

log = logging.getLogger(__name__)

USAGE_TIMEOUT_S = 30.0
USAGE_GOOD_FOR_S = 5.0
RESOLVE_TIMEOUT_S = 5.0
SYSTEM_POOL_PATH = "/var/lib/libvirt/images"
FIRST_POOL = "default"


async def collect_offer(
    watches: HostWatches, connection: Connection, host: Host, domains: Iterable[Domain], *, anew: bool = False
) -> HostOffer:
    """All of it at the same time; a pool that does not answer is just not listed with its volumes.

    `anew`: for who acts on it: what others may have changed is read now, whatever is known.
    """
    facts = connection.facts
    info = connection.info or host.info
    max_age_s = 0.0 if anew else None
    usage, networks, bridges, capabilities, address, listed = await asyncio.gather(
        _usage(connection, host),
        watches.networks.fresh(host.id, max_age_s=max_age_s),
        watches.bridges.fresh(host.id),
        _capabilities(watches, host),
        _listen_address(facts),
        _pools(watches, host, max_age_s),
    )
    shares_files = has_our_files(connection)
    pools = listed or ()
    names = [pool.name for pool in pools if pool.active and pool.answers]
    volumes = await _volumes(watches, host, names, anew=anew)
    first = None
    if (
        listed is not None
        and not any(pool.name == FIRST_POOL for pool in pools)
        and not policy.offered_pools(HostOffer(host, pools=pools))
    ):
        first = await _first_pool(facts, info, shares_files)
    domains = tuple(domains)
    active = [domain for domain in domains if domain.state.is_active]
    is_embedded = bool(facts.embed_root)
    directory = Path(facts.embed_root or data_dir()) / "disks"
    return HostOffer(
        host=host,
        names=frozenset(domain.name for domain in domains),
        uuids=frozenset(domain.key.uuid for domain in domains),
        pools=pools if first is None else (first, *pools),
        pools_silent_since_s=min(connection.silent_pools.values(), default=0.0) if listed is None else 0.0,
        volumes=volumes,
        networks=networks,
        bridges=bridges,
        capabilities=capabilities,
        cpus=max(1, info.cpus if info is not None else 1),
        vcpus_committed=sum(domain.vcpus for domain in active),
        memory_total_kib=usage.memory_total_kib or (info.memory_kib if info is not None else 0),
        memory_free_kib=usage.memory_free_kib,
        is_privileged=not facts.is_session and not is_embedded,
        shares_files=shares_files,
        listen_address=address,
        default_directory=str(directory)
        if shares_files and not (info and info.features.storage_pools)
        else "",
    )


async def _usage(connection: Connection, host: Host) -> HostUsage:
    known = host.usage
    if known is not None and time.monotonic() - known.at_s <= USAGE_GOOD_FOR_S:
        return known
    return await connection.run(read_usage, timeout_s=USAGE_TIMEOUT_S)


async def _pools(watches: HostWatches, host: Host, max_age_s: float | None) -> tuple[Pool, ...] | None:
    """None: the pools do not answer, and which there are is not known."""
    try:
        return await watches.pools.fresh(host.id, max_age_s=max_age_s)
    except (PoolSilent, TimedOut, Busy) as error:
        log.warning("%s: its pools are not known: %s", host.name, error)
        return None


async def _volumes(
    watches: HostWatches, host: Host, pools: Sequence[str], *, anew: bool
) -> dict[str, tuple[Volume, ...]]:
    async def one(pool: str) -> tuple[str, tuple[Volume, ...] | None]:
        try:
            if anew:
                return pool, (await watches.volumes.fresh(host.id, pool, max_age_s=0.0)).volumes
            return pool, await watches.volumes.of(host.id, pool)
        except (ConnectionLost, HostUnreachable):
            raise
        except VmguiError as error:
            log.info("volumes of pool %s are not known: %s", pool, error)
            return pool, None

    answers = await asyncio.gather(*(one(pool) for pool in pools))
    return {pool: volumes for pool, volumes in answers if volumes is not None}


async def _capabilities(watches: HostWatches, host: Host) -> tuple[DomainCapabilities, ...]:
    """For machines that a person is likely to make: the host's own architecture, today's board and the old one."""
    wanted = dict.fromkeys(
        (guest.arch, policy.default_machine(guest, system), domain_type)
        for guest in policy.own_guests(host)
        for system in (GENERIC, replace(GENERIC, is_legacy=True))
        for domain_type in guest.domain_types
        if domain_type in ("kvm", "qemu")
    )

    async def one(*choice: str) -> DomainCapabilities | None:
        try:
            return (await watches.machine_types.fresh(host.id, *choice)).capabilities
        except VmguiError as error:
            log.info("%s: capabilities are not known: %s", " ".join(choice), error)
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
