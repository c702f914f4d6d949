"""The job that makes a virtual machine: check, upload, allocate, define, start; or take all of it back."""

from __future__ import annotations

import uuid as uuids
from dataclasses import replace

from vmgui.hypervisor import definition, lifecycle
from vmgui.hypervisor.connection import Connection
from vmgui.hypervisor.domains import list_domains, read_domain
from vmgui.libvirtxml.new_domain import build_domain, complete_domain, read_identity
from vmgui.model.creation import NewDomain, Sources
from vmgui.model.domain import DomainKey
from vmgui.model.errors import (
    AlreadyExists,
    DiskLocked,
    NotFound,
)
from vmgui.model.host import KvmState
from vmgui.model.job import JobResult, Phase, Progress, ThingKind
from vmgui.model.offer import HostOffer
from vmgui.model.rollback import Made, MadeKind
from vmgui.policy.creation_sources import planned_sources
from vmgui.services.creation.disk_use import refuse_disk_in_use
from vmgui.services.creation.display_password import new_password
from vmgui.services.creation.means import Means, pools_used, things_used
from vmgui.services.creation.offer import collect_offer
from vmgui.services.creation.placing import Placing
from vmgui.services.disk_holders import DiskHolders
from vmgui.services.host_watches import HostWatches
from vmgui.services.hosts import HostService
from vmgui.services.inventory import Inventory
from vmgui.services.jobs import JobContext
from vmgui.services.os_variants import OsVariants
from vmgui.services.rollback import RollbackService, Steps

LIST_TIMEOUT_S = 30.0
START_TIMEOUT_S = 300.0
KVM_ANSWER_TIMEOUT_S = 20.0


class Making:
    """One machine to be made; the work of one job (and of its retries)."""

    def __init__(
        self,
        new: NewDomain,
        hosts: HostService,
        inventory: Inventory,
        os_variants: OsVariants,
        rollback: RollbackService,
        watches: HostWatches,
    ) -> None:
        self._new = new
        self._uuid = ""
        self._hosts = hosts
        self._inventory = inventory
        self._os_variants = os_variants
        self._rollback = rollback
        self._watches = watches

    async def run(self, job: JobContext) -> None:
        """Make it; raises what went wrong, PartlyDone only if something could not be taken back."""
        # One of its own for each try: what an earlier one left is never taken for this one's.
        self._uuid = str(uuids.uuid4())
        new = self._new
        uses = things_used(new)
        async with self._rollback.attempt(job, new.name, new.host_id, self._uuid, uses) as steps:
            await self._make(job, steps)

    async def _make(self, job: JobContext, steps: Steps) -> None:
        new = self._new
        job.report(Progress(Phase.CHECKING))
        if new.domain_type == "kvm" and not new.xml and not await self._kvm_works(job):
            job.log("hardware acceleration cannot be used on this host: emulated")
            new = self._new = replace(new, domain_type="qemu")
        connection, host = self._connection(), self._inventory.hosts[new.host_id]
        domains = await connection.run(list_domains, new.host_id, timeout_s=LIST_TIMEOUT_S)
        offer = await collect_offer(self._watches, connection, host, domains, anew=True)
        await self._check_machine(offer)
        job.check_cancelled()
        means = Means(new, steps, self._watches)
        offer = await means.have_pools(offer)
        self._check_volume(offer)
        job.check_cancelled()
        await means.have_network(offer)
        planned = planned_sources(new, offer)
        sources = await Placing(new, steps).place(job, offer, planned)
        job.check_cancelled()
        job.report(Progress(Phase.DEFINING))
        await refuse_disk_in_use(self._connection(), new)
        uuid = await self._define(self._xml(offer, planned, sources), steps)
        result = JobResult(ThingKind.MACHINE, new.name, new.host_id, DomainKey(new.host_id, uuid))
        job.tell_results(result)
        job.check_cancelled()
        if new.start:
            job.report(Progress(Phase.STARTING))
            try:
                await steps.calling(lifecycle.start, uuid, timeout_s=START_TIMEOUT_S)()
            except DiskLocked as error:
                holders = DiskHolders(self._hosts, self._inventory)
                raise await holders.who_holds(DomainKey(new.host_id, uuid), error) from None
            job.tell_results(replace(result, is_running=True))
            job.check_cancelled()

    async def _kvm_works(self, job: JobContext) -> bool:
        """Whether the host's acceleration is as good as it says; waits while that is being found out."""

        def kvm() -> KvmState:
            host = self._inventory.hosts.get(self._new.host_id)
            return host.kvm if host is not None else KvmState.WORKS

        await self._inventory.until(
            lambda: kvm() is not KvmState.UNKNOWN, KVM_ANSWER_TIMEOUT_S, meanwhile=job.check_cancelled
        )
        return kvm() in (KvmState.WORKS, KvmState.UNKNOWN)

    # Check ------------------------------------------------------------------------------------------------

    async def _check_machine(self, offer: HostOffer) -> None:
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
        for pool in sorted(pools_used(new)):
            if offer.pool(pool) is None:
                raise NotFound("no such storage pool", subject=pool)

    def _check_volume(self, offer: HostOffer) -> None:
        volume = self._new.new_volume
        if volume is None or volume.directory:
            return
        if any(other.name == volume.name for other in offer.volumes.get(volume.pool, ())):
            raise AlreadyExists("a volume of that name exists", subject=volume.name)

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

    async def _define(self, xml: str, steps: Steps) -> str:
        uuid = read_identity(xml).uuid
        # One that the person wrote into the XML may be chosen by somebody else as well.
        made = Made(MadeKind.MACHINE, self._new.name, uuid, is_proven=uuid == self._uuid)
        await steps.take(
            made,
            steps.calling(definition.define, xml),
            lambda made, _answer: replace(made, is_proven=True),
        )
        if self._new.autostart:
            await steps.calling(definition.set_autostart, uuid, True)()
        return uuid

    def _connection(self) -> Connection:
        return self._hosts.connection(self._new.host_id)
