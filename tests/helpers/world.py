"""The services of a running program without its window, for tests that act as a person would."""

from __future__ import annotations

from dataclasses import dataclass, field

from tests.helpers.waiting import PATIENCE_S, eventually
from vmgui.model.domain import Domain, DomainKey
from vmgui.model.host import Host, HostConfig, HostId, HostState, KvmState
from vmgui.services.host_watches import HostWatches
from vmgui.services.hosts import HostService
from vmgui.services.inventory import Inventory
from vmgui.services.jobs import JobService


class RememberedKvm:
    """A memory that knows every host already: no test waits for a probe it is not about."""

    def get(self, _fingerprint: str) -> KvmState | None:
        return KvmState.LIES

    def set(self, _fingerprint: str, _state: KvmState) -> None:
        return


@dataclass
class World:
    """Inventory, jobs and hosts of one test."""

    inventory: Inventory = field(default_factory=Inventory)
    jobs: JobService = field(default_factory=JobService)
    kvm: RememberedKvm | None = field(default_factory=RememberedKvm)
    hosts: HostService = field(init=False)
    watches: HostWatches = field(init=False)

    def __post_init__(self) -> None:
        self.hosts = HostService(self.inventory, self.jobs, None, self.kvm)  # type: ignore[arg-type]
        self.watches = HostWatches(self.hosts, self.inventory)

    def add(self, uri: str, host_id: HostId = "h1", *, read_only: bool = False) -> None:
        self.hosts.add(HostConfig(host_id, f"host {host_id}", uri, read_only=read_only))

    def host(self, host_id: HostId = "h1") -> Host:
        return self.inventory.hosts[host_id]

    def find(self, name: str, host_id: HostId = "h1") -> Domain:
        return next(row for row in self.inventory.domains_of(host_id) if row.name == name)

    def key(self, name: str = "test", host_id: HostId = "h1") -> DomainKey:
        return self.find(name, host_id).key

    async def connected(self, host_id: HostId = "h1", timeout_s: float = PATIENCE_S) -> None:
        await self.state(HostState.CONNECTED, host_id, timeout_s)

    async def state(self, state: HostState, host_id: HostId = "h1", timeout_s: float = PATIENCE_S) -> None:
        await eventually(lambda: self.host(host_id).state is state, timeout_s)

    async def seen(self, name: str, host_id: HostId = "h1") -> DomainKey:
        """The machine's key once the inventory has it."""
        await eventually(lambda: any(row.name == name for row in self.inventory.domains_of(host_id)))
        return self.key(name, host_id)

    async def close(self) -> None:
        await self.jobs.close()
        await self.watches.close()
        await self.hosts.close()
