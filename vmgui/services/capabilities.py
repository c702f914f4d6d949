"""What a host and its machine types can do. libvirt says so at length (up to 100 KB for a machine type) and always
the same while its daemon runs: read once for each connection, when somebody wants to know."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from vmgui.hypervisor.connection import Connection
from vmgui.hypervisor.node import capabilities_xml, domain_capabilities_xml
from vmgui.libvirtxml.capabilities import parse_capabilities, parse_domain_capabilities
from vmgui.model.host import DomainCapabilities, GuestCapability
from vmgui.services.host_watch import HostWatch, Thing

TIMEOUT_S = 30.0


@dataclass(frozen=True, slots=True)
class MachineCapabilities:
    """One machine type, and the document that says so."""

    capabilities: DomainCapabilities
    xml: str


@dataclass(frozen=True, slots=True)
class OwnCapabilities:
    """What machines a host can run, and the document that says so, with much else."""

    guests: tuple[GuestCapability, ...]
    xml: str


class CapabilityWatch(HostWatch[OwnCapabilities]):
    """A host's own document. It has numbers that change (huge pages), of which nothing tells."""

    async def _read(
        self, connection: Connection, thing: Thing, before: OwnCapabilities | None, told: frozenset[str]
    ) -> OwnCapabilities:
        return await connection.run(_own, timeout_s=TIMEOUT_S)


class MachineTypeWatch(HostWatch[MachineCapabilities]):
    """What a machine type offers, by architecture, machine and domain type; Unsupported where the driver cannot tell.

    An emulator may be exchanged while its daemon runs: once an hour is often enough.
    """

    good_for_s = 3600.0

    async def _read(
        self,
        connection: Connection,
        thing: Thing,
        before: MachineCapabilities | None,
        told: frozenset[str],
    ) -> MachineCapabilities:
        _, arch, machine, domain_type = thing
        return await connection.run(_machine, arch, machine, domain_type, timeout_s=TIMEOUT_S)


def _own(conn: Any) -> OwnCapabilities:
    xml = capabilities_xml(conn)
    return OwnCapabilities(parse_capabilities(xml).guests, xml)


def _machine(conn: Any, arch: str, machine: str, domain_type: str) -> MachineCapabilities:
    xml = domain_capabilities_xml(conn, arch, machine, domain_type)
    return MachineCapabilities(parse_domain_capabilities(xml), xml)
