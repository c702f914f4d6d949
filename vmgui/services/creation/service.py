"""What the wizard asks for, in one place; the work is in the files beside this one."""

from __future__ import annotations

from dataclasses import replace
from importlib import import_module

from vmgui.model.creation import FileRef, NewDomain, SourceKind
from vmgui.model.errors import InvalidConfig
from vmgui.model.host import HostId
from vmgui.model.job import JobId, JobKind, JobTarget
from vmgui.model.offer import Field, HostOffer, Medium, Problem, ProblemKind
from vmgui.model.os_variant import OsVariant
from vmgui.model.storage import PoolContents
from vmgui.policy.creation_sources import planned_sources
from vmgui.policy.domain_names import name_problem
from vmgui.services.background import in_thread
from vmgui.services.creation import media
from vmgui.services.creation.disk_use import disk_uses
from vmgui.services.creation.offer import collect_offer
from vmgui.services.host_watches import HostWatches
from vmgui.services.hosts import HostService
from vmgui.services.inventory import Inventory
from vmgui.services.jobs import JobService
from vmgui.services.local_images import has_our_files
from vmgui.services.os_variants import OsVariants
from vmgui.services.rollback import RollbackService


class CreationService:
    """Creates virtual machines; loop thread only."""

    def __init__(
        self,
        hosts: HostService,
        inventory: Inventory,
        jobs: JobService,
        os_variants: OsVariants,
        rollback: RollbackService,
        watches: HostWatches,
    ) -> None:
        self._hosts = hosts
        self._inventory = inventory
        self._jobs = jobs
        self._os_variants = os_variants
        self._rollback = rollback
        self._watches = watches

    async def os_variants(self) -> tuple[OsVariant, ...]:
        """All operating systems a person can choose; read at the first call."""
        return await self._os_variants.load()

    def os_variant(self, os_id: str) -> OsVariant | None:
        """One by its id, as far as read."""
        return self._os_variants.get(os_id)

    async def guess_system(self, file_name: str) -> OsVariant | None:
        """The system a disk image's name tells, or None."""
        return await self._os_variants.guess_by_name(file_name)

    async def offer(self, host_id: HostId) -> HostOffer:
        """What the host can give right now; raises HostUnreachable, ConnectionLost ..."""
        connection = self._hosts.connection(host_id)
        domains = self._inventory.domains_of(host_id)
        # Here and not with the program: the writers of devices are many modules.
        await in_thread(import_module, "vmgui.services.creation.making")
        return await collect_offer(self._watches, connection, self._inventory.hosts[host_id], domains)

    async def contents(self, host_id: HostId, pool: str) -> PoolContents:
        """A pool's volumes, looked at anew; may take seconds where there are many."""
        return await self._watches.volumes.refreshed(host_id, pool)

    async def inspect(
        self,
        host_id: HostId,
        ref: FileRef,
        expected: SourceKind | None = None,
        *,
        is_initrd: bool = False,
    ) -> Medium:
        """What the file is and what is wrong with it; raises only for the host's failures."""
        connection = self._hosts.connection(host_id)
        if (medium := media.unusable_path(ref)) is not None:
            return medium
        shared = has_our_files(connection)
        is_copied = ref.local and (bool(ref.upload_pool) or not shared)
        if is_copied:
            medium = await media.inspect_local(ref, expected, None, is_initrd=is_initrd)
        elif shared:
            is_ours = connection.facts.is_session or bool(connection.facts.embed_root)
            user = await in_thread(media.host_user, is_session=is_ours)
            medium = await media.inspect_shared(
                self._watches.pools, connection, ref, expected, user, is_initrd=is_initrd
            )
        else:
            medium = await media.inspect_on_host(
                self._watches.pools, connection, ref, expected, is_initrd=is_initrd
            )
        if expected is SourceKind.DISK_IMAGE and medium.exists is not False and not is_copied:
            uses = await disk_uses(connection, ref.path, is_shared=shared)
            medium = replace(medium, used_by=uses)
        return await media.with_system(medium, self._os_variants, expected)

    def build_xml(self, new: NewDomain, offer: HostOffer) -> str:
        """The XML `new` would be made of; an edited one in it is not looked at. Raises InvalidConfig."""
        from vmgui.libvirtxml.new_domain import build_domain

        capabilities = offer.capabilities_of(new.arch, new.machine, new.domain_type)
        return build_domain(new, planned_sources(new, offer), capabilities, self._os_variants.get(new.os_id))

    def xml_problems(self, text: str, offer: HostOffer) -> tuple[Problem, ...]:
        """What is wrong with an XML a person edited, as far as it can be told without the host."""
        from vmgui.libvirtxml.new_domain import read_identity

        try:
            identity = read_identity(text)
        except InvalidConfig as error:
            return (Problem(Field.XML, ProblemKind.XML_INVALID, name=error.detail),)
        found: list[Problem] = []
        if identity.name in offer.names:
            found.append(Problem(Field.XML, ProblemKind.XML_NAME_TAKEN, name=identity.name))
        elif name_problem(identity.name) is not None:
            found.append(Problem(Field.XML, ProblemKind.NAME_INVALID, name=identity.name))
        if identity.uuid in offer.uuids:
            found.append(Problem(Field.XML, ProblemKind.XML_UUID_TAKEN, name=identity.uuid))
        return tuple(found)

    def create(self, new: NewDomain) -> JobId:
        """Make the machine, and nothing but the whole machine: what a failed or cancelled job made is removed.

        The job's result is the machine, as soon as it is defined.
        """
        from vmgui.services.creation.making import Making

        making = Making(new, self._hosts, self._inventory, self._os_variants, self._rollback, self._watches)
        apart = self._inventory.apart_if_made(new.name, new.host_id)
        target = JobTarget(new.name, new.host_id, apart=apart)
        return self._jobs.submit(JobKind.CREATE, (target,), making.run, can_cancel=True)
