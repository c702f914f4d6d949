"""Virtual network and host interface XML (formatnetwork, and libvirt's netcf format)."""

from __future__ import annotations

from dataclasses import dataclass

from vmgui.libvirtxml.safe import attribute_of, parse, text_of
from vmgui.model.errors import InvalidConfig


@dataclass(frozen=True, slots=True)
class NetworkXml:
    """What only a network's XML tells."""

    forward: str  # nat, route, bridge, open ...; empty: isolated
    bridge: str


def parse_network(xml: str) -> NetworkXml:
    """Forward mode and bridge of a network; raises InvalidConfig."""
    root = parse(xml)
    if root.tag != "network":
        raise InvalidConfig(f"a <network> is expected, not <{root.tag}>")
    forward = root.find("forward")
    return NetworkXml(
        # `<forward/>` without a mode means nat.
        forward=forward.get("mode", "nat") if forward is not None else "",
        bridge=attribute_of(root, "bridge", "name"),
    )


@dataclass(frozen=True, slots=True)
class InterfaceXml:
    """What only a host interface's XML tells."""

    kind: str  # ethernet, bridge, bond, vlan


def parse_interface(xml: str) -> InterfaceXml:
    """The kind of a host's network interface; raises InvalidConfig."""
    root = parse(xml)
    if root.tag != "interface":
        raise InvalidConfig(f"an <interface> is expected, not <{root.tag}>")
    return InterfaceXml(kind=root.get("type", ""))


def port_owner(xml: str) -> str:
    """The UUID of the machine a network's port belongs to (formatnetworkport); raises InvalidConfig."""
    return text_of(parse(xml), "owner/uuid")
