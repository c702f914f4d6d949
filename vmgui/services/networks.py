"""A host's virtual networks, and its bridges that a machine can be plugged into."""

from __future__ import annotations

from vmgui.hypervisor.connection import Connection
from vmgui.hypervisor.networks import list_bridges, list_filters, list_networks, read_networks
from vmgui.model.event import EventKind
from vmgui.model.host import HostInfo
from vmgui.model.network import Network
from vmgui.services.host_watch import UNTOLD_GOOD_FOR_S, HostWatch, Thing, mended

TIMEOUT_S = 30.0


class NetworkWatch(HostWatch[tuple[Network, ...]]):
    """All virtual networks of a host; empty where its driver has none. Of a change of autostart nothing tells."""

    kind = EventKind.NETWORK

    async def _read(
        self,
        connection: Connection,
        thing: Thing,
        before: tuple[Network, ...] | None,
        told: frozenset[str],
    ) -> tuple[Network, ...]:
        if before is None:
            return await connection.run(list_networks, timeout_s=TIMEOUT_S)
        return mended(before, await connection.run(read_networks, sorted(told), timeout_s=TIMEOUT_S))

    def _has(self, info: HostInfo) -> bool:
        return info.features.networks


class BridgeWatch(HostWatch[tuple[str, ...]]):
    """Names of a host's bridges that are up. One that is made or removed is a device that comes or goes; that one is
    set up or down nothing tells."""

    kind = EventKind.NODE_DEVICE
    good_for_s = UNTOLD_GOOD_FOR_S

    async def _read(
        self, connection: Connection, thing: Thing, before: tuple[str, ...] | None, told: frozenset[str]
    ) -> tuple[str, ...]:
        if before is not None and not any(name.startswith("net_") for name in told):
            return before
        return await connection.run(list_bridges, timeout_s=TIMEOUT_S)

    def _has(self, info: HostInfo) -> bool:
        return info.features.interfaces


class FilterWatch(HostWatch[tuple[str, ...]]):
    """Names of a host's network filters, of which nothing tells."""

    async def _read(
        self, connection: Connection, thing: Thing, before: tuple[str, ...] | None, told: frozenset[str]
    ) -> tuple[str, ...]:
        return await connection.run(list_filters, timeout_s=TIMEOUT_S)

    def _has(self, info: HostInfo) -> bool:
        return info.features.networks
