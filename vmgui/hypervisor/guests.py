"""What a guest tells: its addresses, and what its agent says; and the addresses that networks lent."""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Any, cast

import libvirt

from vmgui.hypervisor.errors import from_libvirt, is_cut_off, is_gone, is_unsupported
from vmgui.model.domain import AddressSource, GuestAddress, GuestInfo
from vmgui.model.errors import (
    AgentUnavailable,
    ConnectionLost,
    HostUnreachable,
    InvalidState,
    NetworkInactive,
    NotFound,
    Unsupported,
    VmguiError,
)

MAX_ADDRESSES = 64
MAX_LEASES = 20_000
MAX_TEXT = 256
AGENT_TIMEOUT_S = 3

_SOURCES = {
    AddressSource.LEASE: libvirt.VIR_DOMAIN_INTERFACE_ADDRESSES_SRC_LEASE,
    AddressSource.AGENT: libvirt.VIR_DOMAIN_INTERFACE_ADDRESSES_SRC_AGENT,
    AddressSource.ARP: libvirt.VIR_DOMAIN_INTERFACE_ADDRESSES_SRC_ARP,
}


def read_leases(conn: libvirt.virConnect) -> dict[str, tuple[str, ...]]:
    """The addresses that the host's networks have lent, by MAC; one call per network."""
    found: dict[str, list[str]] = {}
    try:
        networks = conn.listAllNetworks(libvirt.VIR_CONNECT_LIST_NETWORKS_ACTIVE)
    except libvirt.libvirtError as error:
        if is_unsupported(error):
            return {}
        raise
    count = 0
    for network in networks:
        try:
            leases = cast("list[dict[str, Any]]", network.DHCPLeases())
        except libvirt.libvirtError as error:
            if is_cut_off(error):
                raise
            continue
        for lease in leases[: MAX_LEASES - count]:
            mac, address = str(lease.get("mac") or "").lower(), str(lease.get("ipaddr") or "")
            if mac and address:
                found.setdefault(mac, []).append(address)
        count += len(leases)
    return {mac: tuple(dict.fromkeys(addresses)) for mac, addresses in found.items()}


def ask_addresses(
    conn: libvirt.virConnect, sources: Mapping[str, AddressSource], budget_s: float
) -> dict[str, tuple[GuestAddress, ...] | None]:
    """What each running machine's source says, by UUID: one machine after the other, as many as `budget_s` allows.

    None: the source does not answer (an agent that hangs: after AGENT_TIMEOUT_S; no table of neighbours). A
    machine that is gone says nothing.
    """
    end_s = time.monotonic() + budget_s
    found: dict[str, tuple[GuestAddress, ...] | None] = {}
    for uuid, source in sources.items():
        if found and time.monotonic() >= end_s:
            break
        try:
            domain = conn.lookupByUUIDString(uuid)
            if source is AddressSource.AGENT and not bound_agent(domain):
                # It might hold a thread for ever.
                found[uuid] = None
                continue
            found[uuid] = _read_addresses(domain, source)
        except libvirt.libvirtError as error:
            kind = from_libvirt(error)
            if isinstance(kind, (ConnectionLost, HostUnreachable)):
                raise
            # Switched off in this moment says nothing of the source.
            found[uuid] = () if isinstance(kind, (NotFound, InvalidState, NetworkInactive)) else None
    return found


def guest_info(conn: libvirt.virConnect, uuid: str) -> GuestInfo:
    """What the guest says of itself; what it does not say stays empty. Up to some seconds."""
    domain = conn.lookupByUUIDString(uuid)
    addresses = _addresses(domain, AddressSource.LEASE) or _addresses(domain, AddressSource.ARP)
    bound_agent(domain)
    types = libvirt.VIR_DOMAIN_GUEST_INFO_OS | libvirt.VIR_DOMAIN_GUEST_INFO_HOSTNAME
    try:
        told = cast("dict[str, Any]", domain.guestInfo(types, 0))
    except libvirt.libvirtError as error:
        if not _is_silence(error):
            raise
        return GuestInfo(addresses=addresses)
    return GuestInfo(
        os_name=_text(told.get("os.pretty-name") or told.get("os.name")),
        hostname=_text(told.get("hostname")),
        agent_running=True,
        addresses=_addresses(domain, AddressSource.AGENT) or addresses,
    )


def _addresses(domain: libvirt.virDomain, source: AddressSource) -> tuple[GuestAddress, ...]:
    try:
        return _read_addresses(domain, source)
    except libvirt.libvirtError as error:
        # The table of neighbours cannot be read on hosts with a new kernel and an old libvirt.
        if not (_is_silence(error) or (source is AddressSource.ARP and not _is_end(error))):
            raise
        return ()


def _read_addresses(domain: libvirt.virDomain, source: AddressSource) -> tuple[GuestAddress, ...]:
    found = cast("dict[str, dict[str, Any]]", domain.interfaceAddresses(_SOURCES[source]))
    addresses = [
        GuestAddress(
            interface=_text(name),
            mac=_text(interface.get("hwaddr")),
            address=_text(address.get("addr")),
            prefix=int(address.get("prefix", 0)),
            source=source,
        )
        for name, interface in (found or {}).items()
        if name != "lo"
        for address in interface.get("addrs") or ()
    ]
    return tuple(addresses[:MAX_ADDRESSES])


def bound_agent(domain: libvirt.virDomain, timeout_s: int = AGENT_TIMEOUT_S) -> bool:
    """An agent that hangs must not hold a thread: libvirt's own limit. False: it has none."""
    try:
        domain.agentSetResponseTimeout(timeout_s)
    except libvirt.libvirtError as error:
        if not _is_silence(error):
            raise
        return False
    return True


def _is_end(error: libvirt.libvirtError) -> bool:
    """Whether the machine or the host is not there any more."""
    return is_gone(error) or is_cut_off(error)


def _is_silence(error: libvirt.libvirtError) -> bool:
    """Whether it only means that the guest (or this driver) does not tell."""
    if is_gone(error):
        return False
    kind: VmguiError = from_libvirt(error)
    return isinstance(kind, (AgentUnavailable, Unsupported, InvalidState, NetworkInactive))


def _text(value: object) -> str:
    """A guest's word: shortened, without control characters."""
    text = str(value or "")[:MAX_TEXT]
    return "".join(character for character in text if character.isprintable())
