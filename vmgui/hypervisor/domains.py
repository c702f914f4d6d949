"""Virtual machines: the rows of the list, one row, one machine's XML.

The list costs next to a constant number of calls, however many machines there are: one for the statistics of
each thousand and one per property that libvirt only lets us filter by (persistent, autostart, managed save).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, cast

import libvirt

from vmgui.hypervisor.answers import in_turn
from vmgui.hypervisor.errors import is_gone, is_unsupported
from vmgui.model.domain import Domain, DomainKey, DomainState, PauseReason
from vmgui.model.host import HostId

_STATES = {
    libvirt.VIR_DOMAIN_NOSTATE: DomainState.UNKNOWN,
    libvirt.VIR_DOMAIN_RUNNING: DomainState.RUNNING,
    libvirt.VIR_DOMAIN_BLOCKED: DomainState.BLOCKED,
    libvirt.VIR_DOMAIN_PAUSED: DomainState.PAUSED,
    libvirt.VIR_DOMAIN_SHUTDOWN: DomainState.SHUTTING_DOWN,
    libvirt.VIR_DOMAIN_SHUTOFF: DomainState.OFF,
    libvirt.VIR_DOMAIN_CRASHED: DomainState.CRASHED,
    libvirt.VIR_DOMAIN_PMSUSPENDED: DomainState.SUSPENDED,
}

_PAUSE_REASONS = {
    "USER": PauseReason.USER,
    "IOERROR": PauseReason.IO_ERROR,
    "SAVE": PauseReason.SAVING,
    "DUMP": PauseReason.SAVING,
    "MIGRATION": PauseReason.MIGRATING,
    "POSTCOPY": PauseReason.MIGRATING,
    "SNAPSHOT": PauseReason.SNAPSHOT,
    "FROM_SNAPSHOT": PauseReason.SNAPSHOT,
    "CRASHED": PauseReason.CRASHED,
    "WATCHDOG": PauseReason.WATCHDOG,
    "STARTING_UP": PauseReason.STARTING_UP,
    "POSTCOPY_FAILED": PauseReason.POSTCOPY_FAILED,
}
_OFF_REASONS = {
    "CRASHED": PauseReason.CRASHED,
}


def _reasons(prefix: str, names: Mapping[str, PauseReason]) -> dict[int, PauseReason]:
    return {
        getattr(libvirt, prefix + name): reason
        for name, reason in names.items()
        if hasattr(libvirt, prefix + name)
    }


_REASONS: dict[DomainState, dict[int, PauseReason]] = {
    DomainState.PAUSED: _reasons("VIR_DOMAIN_PAUSED_", _PAUSE_REASONS),
    DomainState.OFF: _reasons("VIR_DOMAIN_SHUTOFF_", _OFF_REASONS),
}

PROBE_NAME_PREFIX = "vmgui-kvm-probe-"
PROBE_NAME_HEX = 8
_PROBE_NAME = re.compile(rf"{PROBE_NAME_PREFIX}[0-9a-f]{{{PROBE_NAME_HEX}}}")

LIST_STATS = libvirt.VIR_DOMAIN_STATS_STATE | libvirt.VIR_DOMAIN_STATS_VCPU | libvirt.VIR_DOMAIN_STATS_BALLOON

# Machines by their 16 raw bytes of UUID: cheaper to get than its text. (The binding calls them a str.)
_Ids = frozenset[str]
_Stats = tuple[libvirt.virDomain, dict[str, Any]]

LISTED_AT_ONCE = 1000
"""libvirt's binding makes Python objects of a whole answer without letting anybody else run: of so many, some ms."""


def is_probe(name: str, *, is_persistent: bool) -> bool:
    """Whether it is a throw-away machine of kvm_probe: they live for seconds, are not a person's, and no list shows
    them. A person's machine may have such a name all the same, and it is defined."""
    return not is_persistent and _PROBE_NAME.fullmatch(name) is not None


def list_domains(conn: libvirt.virConnect, host_id: HostId) -> tuple[Domain, ...]:
    """All machines of the host, in no particular order."""
    persistent = _filtered(conn, libvirt.VIR_CONNECT_LIST_DOMAINS_PERSISTENT)
    autostart = _filtered(conn, libvirt.VIR_CONNECT_LIST_DOMAINS_AUTOSTART)
    saved = _filtered(conn, libvirt.VIR_CONNECT_LIST_DOMAINS_MANAGEDSAVE)
    found = [
        (domain, full)
        for domain, stats in _list_stats(conn, len(persistent) > LISTED_AT_ONCE)
        if (full := _completed(domain, stats))
    ]
    with in_turn:
        return tuple(
            _row(host_id, domain, stats, persistent, autostart, saved)
            for domain, stats in found
            if not is_probe(domain.name(), is_persistent=domain.UUID() in persistent)
        )


def read_domain(conn: libvirt.virConnect, host_id: HostId, uuid: str) -> Domain | None:
    """One machine; None if it does not exist (any more)."""
    try:
        domain = conn.lookupByUUIDString(uuid)
        if is_probe(domain.name(), is_persistent=bool(domain.isPersistent())):
            return None
        ids: _Ids = frozenset({domain.UUID()})
        told = _stats_of(conn, [domain])
        stats = _completed(domain, told[0][1] if told else {})
        if stats is None:
            return None
        return _row(
            host_id,
            domain,
            stats,
            ids if domain.isPersistent() else frozenset(),
            ids if _flag(domain.autostart) else frozenset(),
            ids if _flag(domain.hasManagedSaveImage) else frozenset(),
        )
    except libvirt.libvirtError as error:
        if is_gone(error):
            return None
        raise


def read_xml(conn: libvirt.virConnect, uuid: str, *, inactive: bool = False, secure: bool = False) -> str:
    """A machine's XML; `inactive`: as it will be at the next start; `secure`: with passwords.

    XML that is to be defined again must be read secure: the machine would else lose its display's password.
    """
    flags = libvirt.VIR_DOMAIN_XML_INACTIVE if inactive else 0
    if secure:
        flags |= libvirt.VIR_DOMAIN_XML_SECURE
    return conn.lookupByUUIDString(uuid).XMLDesc(flags)


def all_stats(conn: libvirt.virConnect, groups: int, *, only: int = 0) -> list[_Stats]:
    """virConnectGetAllDomainStats without waiting for busy machines, as far as the driver goes.

    `only`: VIR_CONNECT_GET_ALL_DOMAINS_STATS_ACTIVE ..., a filter that the driver may ignore.
    """
    try:
        found = conn.getAllDomainStats(groups, libvirt.VIR_CONNECT_GET_ALL_DOMAINS_STATS_NOWAIT | only)
    except libvirt.libvirtError as error:
        if not is_unsupported(error) and error.get_error_code() != libvirt.VIR_ERR_INVALID_ARG:
            raise
        try:
            found = conn.getAllDomainStats(groups, 0)
        except libvirt.libvirtError as again:
            if not is_unsupported(again):
                raise
            # Drivers without statistics (ESX, VirtualBox): state and size come from each machine.
            found = [(domain, cast("dict[str, Any]", {})) for domain in conn.listAllDomains()]
    return found


def _list_stats(conn: libvirt.virConnect, are_many: bool) -> list[_Stats]:
    if not are_many:
        return all_stats(conn, LIST_STATS)
    domains = conn.listAllDomains()
    found: list[_Stats] = []
    for start in range(0, len(domains), LISTED_AT_ONCE):
        some = _stats_of(conn, domains[start : start + LISTED_AT_ONCE])
        if some is None:
            return all_stats(conn, LIST_STATS)
        found += some
    return found


def _stats_of(conn: libvirt.virConnect, domains: list[libvirt.virDomain]) -> list[_Stats] | None:
    """Statistics of the machines that still exist; None: the driver cannot tell."""
    flags = libvirt.VIR_CONNECT_GET_ALL_DOMAINS_STATS_NOWAIT
    try:
        return conn.domainListGetStats(domains, LIST_STATS, flags)
    except libvirt.libvirtError as error:
        if is_unsupported(error) or error.get_error_code() == libvirt.VIR_ERR_INVALID_ARG:
            return None
        raise


def _filtered(conn: libvirt.virConnect, flag: int) -> _Ids:
    try:
        return frozenset(domain.UUID() for domain in conn.listAllDomains(flag))
    except libvirt.libvirtError as error:
        if is_unsupported(error):
            return frozenset()
        raise


def _completed(domain: libvirt.virDomain, stats: dict[str, Any]) -> dict[str, Any] | None:
    """What the driver (or a busy machine) left out is asked for; None: the machine is gone."""
    try:
        if "state.state" not in stats:
            number, why = cast("tuple[int, int]", tuple(domain.state()))
            stats = stats | {"state.state": number, "state.reason": why}
        if "vcpu.current" not in stats or "balloon.maximum" not in stats:
            _, max_kib, kib, vcpus, _ = cast("tuple[int, int, int, int, int]", domain.info())
            told = {"vcpu.current": vcpus, "balloon.maximum": max_kib, "balloon.current": kib}
            stats = told | stats
    except libvirt.libvirtError as error:
        if is_gone(error):
            return None
        raise
    return stats


def _row(
    host_id: HostId,
    domain: libvirt.virDomain,
    stats: dict[str, Any],
    persistent: _Ids,
    autostart: _Ids,
    saved: _Ids,
) -> Domain:
    """Only what is known already: nothing here asks the host."""
    unique = domain.UUID()
    state = _STATES.get(stats["state.state"], DomainState.UNKNOWN)
    reason = _REASONS.get(state, {}).get(stats.get("state.reason", 0), PauseReason.NONE)
    if state is DomainState.OFF and unique in saved:
        state = DomainState.SAVED
    vcpus: int = stats["vcpu.current"]
    memory_max_kib: int = stats["balloon.maximum"]
    memory_kib = stats.get("balloon.current")
    return Domain(
        key=DomainKey(host_id, domain.UUIDString()),
        name=domain.name(),
        state=state,
        reason=reason,
        persistent=unique in persistent,
        autostart=unique in autostart,
        vcpus=vcpus,
        vcpus_max=stats.get("vcpu.maximum", vcpus),
        memory_kib=memory_kib if memory_kib is not None else memory_max_kib,
        memory_max_kib=memory_max_kib,
    )


def _flag(call: Any) -> bool:
    try:
        return bool(call())
    except libvirt.libvirtError as error:
        # A transient machine has neither autostart nor a saved state.
        if is_unsupported(error) or error.get_error_code() == libvirt.VIR_ERR_OPERATION_INVALID:
            return False
        raise
