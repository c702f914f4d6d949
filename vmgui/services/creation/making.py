"""The job that makes a virtual machine: check, upload, allocate, define, start; or take all of it back.

What a call that broke off may have done is not known (ConnectionLost, TimedOut): it counts as made, and taking
it back copes with its not being there. A call that was refused made nothing; nothing of another's is touched.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any, TypeVar, TypeVarTuple

from vmgui.hypervisor import creation as hypervisor_creation
from vmgui.hypervisor import definition, lifecycle
from vmgui.hypervisor.connection import Connection
from vmgui.hypervisor.domains import read_domain
from vmgui.hypervisor.networks import start_network
from vmgui.hypervisor.storage import create_volume
from vmgui.libvirtxml.new_domain import build_domain, complete_domain, read_identity
from vmgui.model.creation import FileRef, NetworkKind, NewDomain, NewVolume, Source, Sources
from vmgui.model.domain import DomainKey
from vmgui.model.errors import (
    AlreadyExists,
    ConnectionLost,
    HostUnreachable,
    NotFound,
    PartlyDone,
    TimedOut,
    VmguiError,
)
from vmgui.model.host import HostState, KvmState
from vmgui.model.job import Phase, Progress
from vmgui.model.offer import HostOffer
from vmgui.policy.creation import upload_name
from vmgui.policy.creation_sources import planned_sources
from vmgui.services.background import in_thread
from vmgui.services.creation.disk_use import refuse_disk_in_use
from vmgui.services.creation.display_password import new_password
from vmgui.services.creation.local_disk import make_disk, remove_disk
from vmgui.services.creation.offer import collect_offer, read_volumes
from vmgui.services.creation.rollback import Rollback, finish
from vmgui.services.creation.upload import Meter, file_size, send_file
from vmgui.services.hosts import HostService
from vmgui.services.inventory import Inventory
from vmgui.services.jobs import JobContext
from vmgui.services.os_variants import OsVariants
from vmgui.services.scope import Scope, happens_within

log = logging.getLogger(__name__)

T = TypeVar("T")
R = TypeVar("R")
Ts = TypeVarTuple("Ts")

RECONNECT_TIMEOUT_S = 30.0
RECONNECT_TRY_INTERVAL_S = 2.0
ALLOCATE_TIMEOUT_S = 600.0
START_TIMEOUT_S = 300.0
KVM_ANSWER_TIMEOUT_S = 20.0
CALL_TIMEOUT_S = 60.0

_UNCERTAIN = (ConnectionLost, TimedOut, HostUnreachable)


class Making:
    """One machine to be made; the work of one job (and of its retries)."""

    def __init__(
        self,
        new: NewDomain,
        uuid: str,
        hosts: HostService,
        inventory: Inventory,
        os_variants: OsVariants,
        cleaning: Scope,
    ) -> None:
        self._new = new
        self._uuid = uuid
        self._hosts = hosts
        self._inventory = inventory
        self._os_variants = os_variants
        self._cleaning = cleaning
        self.key: DomainKey | None = None

    async def run(self, job: JobContext) -> None:
        """Make it; raises what went wrong, PartlyDone only if something could not be taken back."""
        rollback = Rollback(self._wait_for_connection)
        self.key = None
        try:
            await self._make(job, rollback)
        except BaseException as error:
            self.key = None
            await self._take_back(job, rollback, error)
            raise

    async def _take_back(self, job: JobContext, rollback: Rollback, error: BaseException) -> None:
        if not rollback.names:
            return
        job.report(Progress(Phase.CLEANING_UP))
        left = await finish(self._cleaning.run(rollback.run()))
        if not left or not isinstance(error, Exception):
            return
        detail = error.detail if isinstance(error, VmguiError) else str(error)
        raise PartlyDone(
            detail,
            done=(),
            failed=tuple((leftover.what, leftover.error) for leftover in left),
            subject=self._new.name,
        ) from error

    async def _make(self, job: JobContext, rollback: Rollback) -> None:
        new = self._new
        job.report(Progress(Phase.CHECKING))
        if new.domain_type == "kvm" and not new.xml and not await self._kvm_works(job):
            job.log("hardware acceleration cannot be used on this host: emulated")
            new = self._new = replace(new, domain_type="qemu")
        offer = await collect_offer(self._connection(), self._inventory.hosts[new.host_id])
        offer = await self._with_true_volumes(offer)
        await self._check(offer)
        job.check_cancelled()
        await self._make_pools(offer, rollback)
        await self._start_network(offer, rollback)
        planned = planned_sources(new, offer)
        sources = await self._place_files(job, offer, planned, rollback)
        job.check_cancelled()
        job.report(Progress(Phase.DEFINING))
        await refuse_disk_in_use(self._connection(), new)
        uuid = await self._define(self._xml(offer, planned, sources), rollback)
        job.check_cancelled()
        if new.start:
            job.report(Progress(Phase.STARTING))
            await self._calling(lifecycle.start, uuid, timeout_s=START_TIMEOUT_S)()
            job.check_cancelled()

    async def _kvm_works(self, job: JobContext) -> bool:
        """Whether the host's acceleration is as good as it says; waits while that is being found out."""
        deadline_s = time.monotonic() + KVM_ANSWER_TIMEOUT_S
        changed = asyncio.Event()
        subscription = self._inventory.changes.subscribe(lambda _: changed.set())
        try:
            while (host := self._inventory.hosts.get(self._new.host_id)) is not None:
                changed.clear()
                job.check_cancelled()
                left_s = deadline_s - time.monotonic()
                if host.kvm is not KvmState.UNKNOWN or left_s <= 0:
                    return host.kvm in (KvmState.WORKS, KvmState.UNKNOWN)
                await happens_within(changed, min(left_s, 0.5))
        finally:
            subscription.cancel()
        return True

    # Check ------------------------------------------------------------------------------------------------

    async def _check(self, offer: HostOffer) -> None:
        """Names may have been taken since the person chose them."""
        new = self._new
        name, uuid = new.name, ""
        if new.xml:
            identity = read_identity(new.xml)
            name, uuid = identity.name, identity.uuid
        if name in offer.names:
            raise AlreadyExists("a virtual machine of that name exists", subject=name)
        if uuid and await self._connection().run(read_domain, new.host_id, uuid) is not None:
            raise AlreadyExists(f"a virtual machine with the UUID {uuid} exists", subject=name)
        volume = new.new_volume
        if volume is not None and not volume.directory:
            if offer.pool(volume.pool) is None:
                raise NotFound("no such storage pool", subject=volume.pool)
            if any(other.name == volume.name for other in offer.volumes.get(volume.pool, ())):
                raise AlreadyExists("a volume of that name exists", subject=volume.name)

    async def _with_true_volumes(self, offer: HostOffer) -> HostOffer:
        """What really is in the pools that get something new: nothing there may be written over or removed."""
        volumes = dict(offer.volumes)
        for pool in offer.pools:
            if pool.active and pool.name in self._pools_used():
                volumes[pool.name] = await read_volumes(self._connection(), pool.name)
        return replace(offer, volumes=volumes)

    def _pools_used(self) -> set[str]:
        used = {ref.upload_pool for ref in _files(self._new) if ref.local and ref.upload_pool}
        if self._new.new_volume is not None and self._new.new_volume.pool:
            used.add(self._new.new_volume.pool)
        return used

    # Means ------------------------------------------------------------------------------------------------

    async def _make_pools(self, offer: HostOffer, rollback: Rollback) -> None:
        for pool in offer.pools:
            if pool.name in self._pools_used() and not pool.uuid:
                await self._step(
                    rollback,
                    pool.name,
                    self._calling(hypervisor_creation.make_directory_pool, pool.name, pool.target_path),
                    self._calling(hypervisor_creation.forget_pool, pool.name),
                )

    async def _start_network(self, offer: HostOffer, rollback: Rollback) -> None:
        nic = self._new.interface
        network = offer.network(nic.source) if nic.kind is NetworkKind.VIRTUAL else None
        if network is None or network.active or self._new.xml:
            return
        await self._step(
            rollback,
            network.name,
            self._calling(start_network, network.name),
            self._calling(hypervisor_creation.stop_network, network.name),
        )

    # Files ------------------------------------------------------------------------------------------------

    async def _place_files(
        self, job: JobContext, offer: HostOffer, planned: Sources, rollback: Rollback
    ) -> Sources:
        new = self._new
        uploads = [ref for ref in _files(new) if ref.local and ref.upload_pool]
        sizes = {ref: await in_thread(file_size, ref.path) for ref in uploads}
        meter = Meter(job, sum(sizes.values()))
        placed: dict[FileRef, str] = {}
        for ref in uploads:
            if ref not in placed:
                placed[ref] = await self._upload(job, offer, ref, sizes[ref], meter, rollback)
        disk = planned.disk
        if new.disk_image is not None:
            disk = _moved(disk, placed.get(new.disk_image))
        elif new.new_volume is not None and disk is not None:
            job.check_cancelled()
            job.report(Progress(Phase.ALLOCATING))
            disk = _moved(disk, await self._allocate(new.new_volume, disk, rollback))
        return Sources(
            disk=disk,
            cdrom=_moved(planned.cdrom, placed.get(new.cdrom) if new.cdrom else None),
            kernel=_moved(planned.kernel, placed.get(new.kernel) if new.kernel else None),
            initrd=_moved(planned.initrd, placed.get(new.initrd) if new.initrd else None),
        )

    async def _upload(
        self,
        job: JobContext,
        offer: HostOffer,
        ref: FileRef,
        size_bytes: int,
        meter: Meter,
        rollback: Rollback,
    ) -> str:
        """Copy a file of this computer into a pool; its path on the host."""
        pool = offer.pool(ref.upload_pool)
        if pool is None:
            raise NotFound("no such storage pool", subject=ref.upload_pool)
        name = upload_name(ref, pool, offer)
        # Whatever is in it, it is copied byte by byte: libvirt looks at the contents afterwards.
        volume = NewVolume(pool.name, name, size_bytes, "raw")
        made = await self._make_volume(volume, rollback)
        await send_file(self._connection(), ref.path, pool.name, name, size_bytes, meter, job)
        meter.file_done(size_bytes)
        return made

    async def _allocate(self, volume: NewVolume, planned: Source, rollback: Rollback) -> str:
        if not volume.directory:
            return await self._make_volume(volume, rollback)
        await self._step(
            rollback,
            planned.path,
            _threading(make_disk, planned.path, volume.format, volume.capacity_bytes),
            _threading(remove_disk, planned.path),
        )
        return planned.path

    async def _make_volume(self, volume: NewVolume, rollback: Rollback) -> str:
        made = await self._step(
            rollback,
            volume.name,
            self._calling(create_volume, volume, timeout_s=ALLOCATE_TIMEOUT_S),
            self._calling(hypervisor_creation.delete_volume_of, volume.pool, volume.name),
        )
        return made.path

    # Machine ----------------------------------------------------------------------------------------------

    def _xml(self, offer: HostOffer, planned: Sources, sources: Sources) -> str:
        new = self._new
        if new.xml:
            pairs = (
                (planned.disk, sources.disk),
                (planned.cdrom, sources.cdrom),
                (planned.kernel, sources.kernel),
                (planned.initrd, sources.initrd),
            )
            moved = {
                before.path: after.path
                for before, after in pairs
                if before is not None and after is not None and before.path != after.path
            }
            return complete_domain(new.xml, self._uuid, moved, new_password())
        capabilities = offer.capabilities_of(new.arch, new.machine, new.domain_type)
        os = self._os_variants.get(new.os_id)
        return build_domain(new, sources, capabilities, os, uuid=self._uuid, vnc_password=new_password())

    async def _define(self, xml: str, rollback: Rollback) -> str:
        uuid = read_identity(xml).uuid
        await self._step(
            rollback,
            self._new.name,
            self._calling(definition.define, xml),
            self._calling(hypervisor_creation.remove_machine, uuid),
        )
        self.key = DomainKey(self._new.host_id, uuid)
        if self._new.autostart:
            await self._calling(definition.set_autostart, uuid, True)()
        return uuid

    # Tools ------------------------------------------------------------------------------------------------

    async def _step(
        self,
        rollback: Rollback,
        what: str,
        do: Callable[[], Awaitable[T]],
        undo: Callable[[], Awaitable[None]],
    ) -> T:
        """Do something that can be undone; it counts as done unless it was surely refused."""
        rollback.add(what, undo)
        try:
            # To its end, even if the program is closing: what is under way could not be taken back.
            return await finish(self._cleaning.run(_awaited(do)))
        except _UNCERTAIN:
            raise
        except VmguiError:
            rollback.drop_last()
            raise

    def _calling(
        self,
        call: Callable[[Any, *Ts], R],
        *args: *Ts,
        timeout_s: float = CALL_TIMEOUT_S,
    ) -> Callable[[], Awaitable[R]]:
        """The call, to be made later on whatever connection there is then."""

        async def make() -> R:
            return await self._connection().run(call, *args, slow=True, timeout_s=timeout_s)

        return make

    def _connection(self) -> Connection:
        return self._hosts.connection(self._new.host_id)

    async def _wait_for_connection(self) -> None:
        """Return when the host is connected again; raises HostUnreachable if that takes too long."""
        host_id = self._new.host_id
        changed = asyncio.Event()
        subscription = self._inventory.changes.subscribe(lambda _: changed.set())
        deadline_s = time.monotonic() + RECONNECT_TIMEOUT_S
        next_try_s = 0.0
        try:
            while True:
                changed.clear()
                host = self._inventory.hosts.get(host_id)
                if host is not None and host.state is HostState.CONNECTED:
                    try:
                        await self._connection().run(hypervisor_creation.ask)
                    except VmguiError as error:
                        log.info("still waiting for %s: %s", host.name, error)
                    else:
                        return
                left_s = deadline_s - time.monotonic()
                if left_s <= 0 or host is None:
                    raise HostUnreachable("not connected again in time")
                if host.state is HostState.UNREACHABLE and time.monotonic() >= next_try_s:
                    next_try_s = time.monotonic() + RECONNECT_TRY_INTERVAL_S
                    self._hosts.retry_now(host_id)
                await happens_within(changed, min(left_s, RECONNECT_TRY_INTERVAL_S))
        finally:
            subscription.cancel()


def _files(new: NewDomain) -> tuple[FileRef, ...]:
    files = (new.cdrom, new.disk_image, new.kernel, new.initrd)
    return tuple(ref for ref in files if ref is not None and ref.path)


def _moved(source: Source | None, path: str | None) -> Source | None:
    return source if source is None or path is None else replace(source, path=path)


async def _awaited(do: Callable[[], Awaitable[T]]) -> T:
    return await do()


def _threading(call: Callable[[*Ts], R], *args: *Ts) -> Callable[[], Awaitable[R]]:
    async def make() -> R:
        return await in_thread(call, *args)

    return make
