"""The wizard on real services, connected to libvirt's own test driver."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field

import pytest

from tests.helpers.waiting import eventually
from vmgui.model.host import HostConfig, HostId, HostState
from vmgui.model.job import Job
from vmgui.services.creation import CreationService
from vmgui.services.host_watches import HostWatches
from vmgui.services.hosts import HostService
from vmgui.services.inventory import Inventory
from vmgui.services.jobs import JobService
from vmgui.services.os_variants import OsVariants
from vmgui.services.rollback import RollbackService
from vmgui.ui.creation.view import View
from vmgui.ui.creation.wizard import CreationWizard


@dataclass
class Workshop:
    """Services and one wizard."""

    os_variants: OsVariants
    inventory: Inventory = field(default_factory=Inventory)
    jobs: JobService = field(default_factory=JobService)
    hosts: HostService = field(init=False)
    watches: HostWatches = field(init=False)
    creation: CreationService = field(init=False)
    wizard: CreationWizard = field(init=False)

    def __post_init__(self) -> None:
        self.hosts = HostService(self.inventory, self.jobs)
        rollback = RollbackService(self.hosts, self.inventory, self.jobs)
        self.watches = HostWatches(self.hosts, self.inventory)
        self.creation = CreationService(
            self.hosts, self.inventory, self.jobs, self.os_variants, rollback, self.watches
        )
        self.wizard = CreationWizard(self.creation, self.inventory)

    @property
    def view(self) -> View:
        return self.wizard.session.view

    async def connect(self, uri: str = "test:///default", host_id: HostId = "a") -> None:
        self.hosts.add(HostConfig(host_id, f"host-{host_id}", uri))
        await eventually(lambda: self.inventory.hosts[host_id].state is HostState.CONNECTED)

    async def open(self, host_id: HostId | None = None) -> None:
        """Open the wizard and wait for what the host has."""
        self.wizard.open_for(host_id)
        await eventually(lambda: self.view.new is not None)

    async def settled(self) -> View:
        """The view once all files have been looked at."""
        await eventually(lambda: self.view.new is not None and not self.view.looking_at)
        return self.view

    async def job(self, job_id: int) -> Job:
        return await self.jobs.wait(job_id)

    async def close(self) -> None:
        await self.wizard.shut_down()
        self.wizard.deleteLater()
        await self.jobs.close()
        await self.watches.close()
        await self.hosts.close()


@pytest.fixture(scope="session")
async def os_variants(event_loop: object) -> OsVariants:
    """osinfo-db, read once for all tests."""
    variants = OsVariants()
    await variants.load()
    return variants


@pytest.fixture
async def workshop(os_variants: OsVariants) -> AsyncIterator[Workshop]:
    made = Workshop(os_variants)
    await made.connect()
    yield made
    await made.close()
