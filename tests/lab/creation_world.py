"""The services a wizard uses, connected to one lab host; for the tests that make machines."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

from tests.helpers.looks import entries
from tests.helpers.waiting import eventually
from tests.lab.lab_host import LabHost
from vmgui.model.creation import FileRef, NewDomain, SourceKind
from vmgui.model.domain import DomainKey
from vmgui.model.host import HostConfig, HostState, KvmState
from vmgui.model.job import Job, JobState, Phase
from vmgui.model.offer import HostOffer, Medium
from vmgui.model.os_variant import GENERIC_LINUX
from vmgui.policy.creation import defaults
from vmgui.services.background import in_thread
from vmgui.services.creation import CreationService
from vmgui.services.host_watches import HostWatches
from vmgui.services.hosts import HostService
from vmgui.services.inventory import Inventory
from vmgui.services.jobs import JobService
from vmgui.services.os_variants import OsVariants
from vmgui.services.rollback import RollbackService
from vmgui.services.scope import Scope
from vmgui.store.hosts import KvmStore
from vmgui.store.rollback import RollbackStore

MIB = 1024 * 1024


class KvmIsKnown(KvmStore):
    """The lab's KVM lies; finding out takes six seconds and a machine that is not ours."""

    def __init__(self) -> None:
        """Keeps nothing."""

    def get(self, fingerprint: str) -> KvmState | None:
        return KvmState.LIES


@dataclass
class World:
    """The services a wizard uses, connected to one lab host."""

    lab: LabHost
    notes: RollbackStore | None = None
    inventory: Inventory = field(default_factory=Inventory)
    jobs: JobService = field(default_factory=JobService)
    hosts: HostService = field(init=False)
    rollback: RollbackService = field(init=False)
    watches: HostWatches = field(init=False)
    creation: CreationService = field(init=False)
    seen: list[Job] = field(default_factory=list)
    scope: Scope = field(default_factory=lambda: Scope("test"))

    def __post_init__(self) -> None:
        self.hosts = HostService(self.inventory, self.jobs, kvm_store=KvmIsKnown())
        self.rollback = RollbackService(self.hosts, self.inventory, self.jobs, self.notes)
        self.watches = HostWatches(self.hosts, self.inventory)
        self.creation = CreationService(
            self.hosts, self.inventory, self.jobs, OsVariants(), self.rollback, self.watches
        )
        self.jobs.changed.subscribe(self.seen.append)

    async def connect(self, uri: str) -> None:
        self.hosts.add(HostConfig("h", self.lab.name, uri), save=False)
        await eventually(lambda: self.inventory.hosts["h"].state is HostState.CONNECTED)

    async def offer(self) -> HostOffer:
        return await self.creation.offer("h")

    async def wish(
        self, source: SourceKind, medium: Medium | None = None, name: str = "made", **changes: object
    ) -> NewDomain:
        """The defaults for a Linux, small, with some answers changed."""
        new = defaults(await self.offer(), source, GENERIC_LINUX, medium, name=name)
        small = {"memory_kib": 256 * 1024, "memory_max_kib": 512 * 1024, "vcpus": 1}
        return replace(new, **(small | changes))  # type: ignore[arg-type]

    async def create(self, new: NewDomain) -> Job:
        return await self.jobs.wait(self.creation.create(new))

    async def made(self, new: NewDomain) -> DomainKey:
        job = await self.create(new)
        assert job.state is JobState.DONE, (job.error, getattr(job.error, "detail", ""))
        key = job.results[0].key
        assert key is not None
        return key

    def xml(self, name: str) -> str:
        with self.lab.connect() as connection:
            return connection.lookupByName(name).XMLDesc()

    def things(self) -> dict[str, set[str]]:
        """Everything a creation could leave behind."""
        with self.lab.connect() as connection:
            pools = connection.listAllStoragePools()
            volumes: set[str] = set()
            for pool in (pool for pool in pools if pool.isActive()):
                pool.refresh()
                volumes |= {f"{pool.name()}/{name}" for name in pool.listVolumes()}
            files = [
                *entries(self.lab.images_path),
                *entries(self.lab.plan.root / "lib" / "qemu" / "nvram"),
            ]
            return {
                "machines": {domain.name() for domain in connection.listAllDomains()},
                "pools": {pool.name() for pool in pools},
                "volumes": volumes,
                "networks": {
                    network.name() for network in connection.listAllNetworks() if network.isActive()
                },
                "files": {file.name for file in files},
            }

    async def serial_until(self, key: DomainKey, text: bytes, timeout_s: float) -> None:
        got = bytearray()
        stream = await self.hosts.connection("h").open_serial(key.uuid, got.extend, lambda _error: None)
        try:
            await eventually(lambda: text in got, timeout_s)
        finally:
            stream.close()

    async def close(self) -> None:
        await self.scope.close()
        await self.jobs.close()
        await self.rollback.close()
        await self.hosts.close()


def big_file(folder: Path, mib: int, name: str = "big.iso") -> FileRef:
    """Bytes that differ from place to place, so that a copy with a hole or a shift is found out."""
    path = folder / name
    with path.open("wb") as file:
        for number in range(mib):
            file.write(hashlib.sha256(bytes([number % 256, number // 256])).digest() * (MIB // 32))
    return FileRef(str(path), local=True, upload_pool="default")


def cancel_in(world: World, phase: Phase) -> None:
    """Cancel the job as soon as it says it is in that phase."""

    def look(job: Job) -> None:
        if job.progress.phase is phase and job.state is JobState.RUNNING:
            asyncio.get_running_loop().call_soon(world.jobs.cancel, job.id)

    world.jobs.changed.subscribe(look)


BIG_MIB = 512
"""Progress is told five times a second: of less, nothing may be told before all has been sent."""


async def killing(world: World, kill: Callable[[], None], phase: Phase) -> asyncio.Event:
    """Kill something once the job is in that phase (and some of a file has been sent); set when done."""
    killed, wanted = asyncio.Event(), asyncio.Event()

    def look(job: Job) -> None:
        is_there = job.progress.phase is phase and (phase is not Phase.UPLOADING or job.progress.done_bytes)
        # A job that ended before gets the test to its assertions, not to its deadline.
        if is_there or job.state.is_final:
            wanted.set()

    async def do() -> None:
        await wanted.wait()
        await in_thread(kill)
        killed.set()

    world.jobs.changed.subscribe(look)
    world.scope.run(do())
    return killed
