"""Counters of running machines, all of a host in one call (virConnectGetAllDomainStats)."""

from __future__ import annotations

import time
from collections.abc import Iterable
from typing import Any

import libvirt

from vmgui.hypervisor.domains import all_stats
from vmgui.hypervisor.errors import is_unsupported
from vmgui.hypervisor.handles import running_handles
from vmgui.model.domain import DomainSample

SAMPLE_STATS = (
    libvirt.VIR_DOMAIN_STATS_STATE
    | libvirt.VIR_DOMAIN_STATS_CPU_TOTAL
    | libvirt.VIR_DOMAIN_STATS_BALLOON
    | libvirt.VIR_DOMAIN_STATS_BLOCK
    | libvirt.VIR_DOMAIN_STATS_INTERFACE
)
_RUNNING = frozenset(
    {
        libvirt.VIR_DOMAIN_RUNNING,
        libvirt.VIR_DOMAIN_BLOCKED,
        libvirt.VIR_DOMAIN_PAUSED,
        libvirt.VIR_DOMAIN_SHUTDOWN,
        libvirt.VIR_DOMAIN_PMSUSPENDED,
    }
)
# Devices of one machine; libvirt's own limits are far below.
MAX_DEVICES = 1024
SLICE = 250


def sample_all(conn: libvirt.virConnect) -> dict[str, DomainSample]:
    """A sample of every running machine, by UUID."""
    at_s = time.monotonic()
    found = all_stats(conn, SAMPLE_STATS, only=libvirt.VIR_CONNECT_GET_ALL_DOMAINS_STATS_ACTIVE)
    return _samples(found, at_s)


def sample_in_slices(conn: libvirt.virConnect) -> dict[str, DomainSample]:
    """The same of a host with thousands, some hundred at a time; empty where the driver cannot do that.

    libvirt's binding makes Python objects of a whole answer without letting anybody else run: of 10,000 machines,
    with nothing but their state, 60 to 150 ms in which the window stands still.
    """
    running = conn.listAllDomains(libvirt.VIR_CONNECT_LIST_DOMAINS_ACTIVE)
    found: dict[str, DomainSample] = {}
    for start in range(0, len(running), SLICE):
        some = _sample_these(conn, running[start : start + SLICE])
        if not some and not found:
            return {}
        found.update(some)
    return found


def sample(conn: libvirt.virConnect, uuids: Iterable[str]) -> dict[str, DomainSample]:
    """A sample of these machines as far as they run; for a few on a host with many.

    One call, however many they are; one more when others are asked about than before.
    """
    domains = running_handles(conn, uuids)
    return _sample_these(conn, domains) if domains else {}


def _sample_these(conn: libvirt.virConnect, domains: list[libvirt.virDomain]) -> dict[str, DomainSample]:
    at_s = time.monotonic()
    flags = libvirt.VIR_CONNECT_GET_ALL_DOMAINS_STATS_NOWAIT
    try:
        found = conn.domainListGetStats(domains, SAMPLE_STATS, flags)
    except libvirt.libvirtError as error:
        if is_unsupported(error):
            return {}
        raise
    return _samples(found, at_s)


def _samples(found: list[tuple[libvirt.virDomain, dict[str, Any]]], at_s: float) -> dict[str, DomainSample]:
    return {
        domain.UUIDString(): _sample(stats, at_s)
        for domain, stats in found
        # Of a machine that is off libvirt 9.0 tells the CPU time of some other control group.
        if stats.get("state.state") in _RUNNING
    }


def _sample(stats: dict[str, Any], at_s: float) -> DomainSample:
    return DomainSample(
        at_s=at_s,
        cpu_time_ns=stats.get("cpu.time"),
        memory_used_kib=_memory_used_kib(stats),
        disk_read_bytes=_sum(stats, "block", "rd.bytes"),
        disk_write_bytes=_sum(stats, "block", "wr.bytes"),
        net_rx_bytes=_sum(stats, "net", "rx.bytes"),
        net_tx_bytes=_sum(stats, "net", "tx.bytes"),
    )


def _memory_used_kib(stats: dict[str, Any]) -> int | None:
    """As the guest sees it (its balloon driver tells), else what the process holds."""
    available = stats.get("balloon.available")
    unused = stats.get("balloon.usable", stats.get("balloon.unused"))
    # last-update 0: the guest never told, the numbers are empty.
    if available and unused is not None and stats.get("balloon.last-update", 1):
        return max(0, available - unused)
    return stats.get("balloon.rss")


def _sum(stats: dict[str, Any], group: str, name: str) -> int | None:
    count = min(stats.get(f"{group}.count", 0), MAX_DEVICES)
    values = [stats.get(f"{group}.{index}.{name}") for index in range(count)]
    known = [value for value in values if value is not None]
    return sum(known) if known else None
