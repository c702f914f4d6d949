"""A host's devices. There are hundreds, each of them a call: all are read once, then those that come, go or change."""

from __future__ import annotations

from vmgui.hypervisor.connection import Connection
from vmgui.hypervisor.node_devices import list_node_devices, read_node_devices
from vmgui.model.event import EventKind
from vmgui.model.node_device import NodeDevice
from vmgui.services.host_watch import HostWatch, Thing, mended

TIMEOUT_S = 60.0


class NodeDeviceWatch(HostWatch[tuple[NodeDevice, ...]]):
    """All devices of a host; empty where its driver has none."""

    kind = EventKind.NODE_DEVICE
    good_for_s = 600.0

    async def _read(
        self,
        connection: Connection,
        thing: Thing,
        before: tuple[NodeDevice, ...] | None,
        told: frozenset[str],
    ) -> tuple[NodeDevice, ...]:
        if before is None:
            return await connection.run(list_node_devices, timeout_s=TIMEOUT_S)
        return mended(before, await connection.run(read_node_devices, sorted(told), timeout_s=TIMEOUT_S))
