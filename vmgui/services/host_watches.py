"""All that is known of hosts but for their machines: nobody reads it elsewhere for himself.

What decides about deletion reads the host anew by itself (services/deletion/evidence.py): it must not go by anything
that was known before. Leases of networks are addresses of machines (services/tags.py).
"""

from __future__ import annotations

from vmgui.services.capabilities import CapabilityWatch, MachineTypeWatch
from vmgui.services.hosts import HostService
from vmgui.services.inventory import Inventory
from vmgui.services.networks import BridgeWatch, FilterWatch, NetworkWatch
from vmgui.services.node_devices import NodeDeviceWatch
from vmgui.services.pools import PoolUseWatch, PoolWatch, VolumeWatch


class HostWatches:
    """One of each for all hosts; loop thread only."""

    def __init__(self, hosts: HostService, inventory: Inventory) -> None:
        self.pools = PoolWatch(hosts, inventory)
        self.pool_uses = PoolUseWatch(hosts, inventory, self.pools)
        self.volumes = VolumeWatch(hosts, inventory)
        self.networks = NetworkWatch(hosts, inventory)
        self.bridges = BridgeWatch(hosts, inventory)
        self.filters = FilterWatch(hosts, inventory)
        self.node_devices = NodeDeviceWatch(hosts, inventory)
        self.capabilities = CapabilityWatch(hosts, inventory)
        self.machine_types = MachineTypeWatch(hosts, inventory)

    async def close(self) -> None:
        """Stop."""
        for watch in (
            self.pool_uses,
            self.pools,
            self.volumes,
            self.networks,
            self.bridges,
            self.filters,
            self.node_devices,
            self.capabilities,
            self.machine_types,
        ):
            await watch.close()
