"""What a host and its machine types can do, read when somebody wants to see it; nothing is kept."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from vmgui.hypervisor.node import capabilities_xml, domain_capabilities_xml
from vmgui.libvirtxml.capabilities import parse_domain_capabilities
from vmgui.model.host import DomainCapabilities, HostId
from vmgui.services.hosts import HostService

TIMEOUT_S = 30.0


@dataclass(frozen=True, slots=True)
class MachineCapabilities:
    """One machine type, and the document that says so."""

    capabilities: DomainCapabilities
    xml: str


class CapabilityService:
    """Loop thread only."""

    def __init__(self, hosts: HostService) -> None:
        self._hosts = hosts

    async def host_xml(self, host_id: HostId) -> str:
        """The host's own document; raises VmguiError."""
        return await self._hosts.connection(host_id).run(capabilities_xml, timeout_s=TIMEOUT_S)

    async def machine(
        self, host_id: HostId, arch: str, machine: str, domain_type: str
    ) -> MachineCapabilities:
        """What a machine type offers; raises Unsupported where the driver cannot tell."""
        connection = self._hosts.connection(host_id)
        return await connection.run(_machine, arch, machine, domain_type, timeout_s=TIMEOUT_S)


def _machine(conn: Any, arch: str, machine: str, domain_type: str) -> MachineCapabilities:
    xml = domain_capabilities_xml(conn, arch, machine, domain_type)
    return MachineCapabilities(parse_domain_capabilities(xml), xml)
