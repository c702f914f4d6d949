"""Virtual networks, and the host's bridges a machine can be plugged into."""

from __future__ import annotations

from collections.abc import Iterable

import libvirt

from vmgui.hypervisor.errors import is_gone, is_unsupported
from vmgui.libvirtxml.network import parse_interface, parse_network
from vmgui.model.network import Network


def list_networks(conn: libvirt.virConnect) -> tuple[Network, ...]:
    """All virtual networks; empty where the driver has none (the embedded one)."""
    try:
        networks = conn.listAllNetworks()
    except libvirt.libvirtError as error:
        if is_unsupported(error):
            return ()
        raise
    found: list[Network] = []
    for network in networks:
        try:
            found.append(_network(network))
        except libvirt.libvirtError as error:
            if not is_gone(error):
                raise
    return tuple(found)


def read_networks(conn: libvirt.virConnect, names: Iterable[str]) -> dict[str, Network | None]:
    """Those of these names; None: there is none."""
    found: dict[str, Network | None] = {}
    for name in names:
        try:
            found[name] = _network(conn.networkLookupByName(name))
        except libvirt.libvirtError as error:
            if not is_gone(error):
                raise
            found[name] = None
    return found


def _network(network: libvirt.virNetwork) -> Network:
    more = parse_network(network.XMLDesc())
    return Network(
        name=network.name(),
        uuid=network.UUIDString(),
        active=bool(network.isActive()),
        autostart=bool(network.autostart()),
        forward=more.forward,
        bridge=more.bridge,
        persistent=bool(network.isPersistent()),
    )


def start_network(conn: libvirt.virConnect, name: str) -> bool:
    """Have a defined network running; whether it was us who started it."""
    network = conn.networkLookupByName(name)
    if network.isActive():
        return False
    try:
        network.create()
    except libvirt.libvirtError:
        # Somebody else was faster.
        if network.isActive():
            return False
        raise
    return True


def list_bridges(conn: libvirt.virConnect) -> tuple[str, ...]:
    """Names of the host's bridges that are up; empty where the host does not tell."""
    try:
        interfaces = conn.listAllInterfaces(libvirt.VIR_CONNECT_LIST_INTERFACES_ACTIVE)
    except libvirt.libvirtError as error:
        if is_unsupported(error):
            return ()
        raise
    return tuple(sorted(interface.name() for interface in interfaces if _is_bridge(interface)))


def list_filters(conn: libvirt.virConnect) -> tuple[str, ...]:
    """Names of the host's network filters; empty where it has none to tell of (a user's own hypervisor)."""
    try:
        return tuple(sorted(filter_.name() for filter_ in conn.listAllNWFilters()))
    except libvirt.libvirtError as error:
        if is_unsupported(error):
            return ()
        raise


def _is_bridge(interface: libvirt.virInterface) -> bool:
    try:
        return parse_interface(interface.XMLDesc()).kind == "bridge"
    except libvirt.libvirtError as error:
        if is_gone(error):
            return False
        raise
