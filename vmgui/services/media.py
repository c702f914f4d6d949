"""Media of drives: what is in them, what a host has to put in, and doing it as jobs."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Collection
from typing import Any

from vmgui.hypervisor.departure import Departure
from vmgui.hypervisor.lanes import SLOW
from vmgui.hypervisor.media import MediumChange, change_medium, read_drives
from vmgui.hypervisor.storage import volume_names
from vmgui.model.creation import FileRef
from vmgui.model.domain import DomainKey
from vmgui.model.edit import Changed, Reach
from vmgui.model.errors import ConnectionLost, HostUnreachable, MediumMissing, MediumUnreadable, VmguiError
from vmgui.model.event import EventKind, HostEvent
from vmgui.model.host import HostId
from vmgui.model.job import JobId, JobKind, Phase, Progress
from vmgui.model.media import Drive, LookedAt, MediumFile, NewMedium, Usable
from vmgui.model.offer import MediumIssueKind
from vmgui.model.storage import Pool, Volume
from vmgui.policy.media import judged, offered
from vmgui.services import pools
from vmgui.services.background import in_thread
from vmgui.services.batch import Act, Batch, Step
from vmgui.services.creation import media as files
from vmgui.services.definitions import DefinitionIndex
from vmgui.services.edits import EditService
from vmgui.services.host_watches import HostWatches
from vmgui.services.hosts import HostEvents, HostService
from vmgui.services.inventory import Inventory
from vmgui.services.jobs import JobContext, JobService
from vmgui.services.local_images import has_our_files
from vmgui.store.media import MediaStore

log = logging.getLogger(__name__)

_FOLDERS = frozenset({"dir", "fs", "netfs"})
"""Kinds of pools whose volumes are all that is in a folder."""
DRIVES_TIMEOUT_S = 15.0
CHANGE_TIMEOUT_S = 60.0
"""A guest is given five seconds to open a tray, by libvirt."""


class MediaService:
    """Of all machines of all hosts; loop thread only."""

    def __init__(
        self,
        hosts: HostService,
        inventory: Inventory,
        jobs: JobService,
        watches: HostWatches,
        edits: EditService,
        definitions: DefinitionIndex | None = None,
        store: MediaStore | None = None,
    ) -> None:
        """`definitions`: which files are machines' disks; `store`: keeps what was inserted last."""
        self._hosts = hosts
        self._inventory = inventory
        self._jobs = jobs
        self._watches = watches
        self._edits = edits
        self._definitions = definitions
        self._store = store

    async def drives(self, key: DomainKey) -> tuple[Drive, ...]:
        """Those of a machine that take media, read now."""
        connection = self._hosts.connection(key.host_id)
        return await connection.run(read_drives, key.uuid, timeout_s=DRIVES_TIMEOUT_S)

    def shares_files(self, host_id: HostId) -> bool:
        """Whether a path of this computer is the same file on the host."""
        return has_our_files(self._hosts.connection(host_id))

    async def offer(
        self, host_id: HostId, device: str, show: Callable[[tuple[MediumFile, ...]], None]
    ) -> bool:
        """Have shown what can be put into such a drive: what was last, and more with every pool that answers; whether
        all of them have.

        One that does not answer keeps no other from being shown, and is waited for no longer than any call.
        """
        recent = self._store.recent(host_id) if self._store is not None else ()
        used = self._disks(host_id)
        volumes: list[Volume] = []
        show(offered(volumes, recent, device, used))

        async def one(pool: Pool) -> bool:
            more = await self._volumes(host_id, pool)
            if more:
                volumes.extend(more)
                show(offered(volumes, recent, device, used))
            return more is not None

        try:
            known = await self._watches.pools.fresh(host_id)
        except VmguiError as error:
            log.info("the pools of %s are not known: %s", host_id, error)
            return False
        have_answered = await asyncio.gather(*(one(pool) for pool in known if pool.active and pool.answers))
        return all(have_answered) and all(pool.answers for pool in known)

    async def look(self, host_id: HostId, path: str) -> LookedAt:
        """What a file of the host is and whether it can be a medium; raises only for the host's failures."""
        ref = FileRef(path)
        if (medium := files.unusable_path(ref)) is not None:
            return judged(medium)
        connection = self._hosts.connection(host_id)
        watch = self._watches.pools
        if has_our_files(connection):
            is_ours = connection.facts.is_session or bool(connection.facts.embed_root)
            is_qemu = connection.info is not None and connection.info.driver.upper() == "QEMU"
            user = await in_thread(files.host_user, is_session=is_ours) if is_qemu else None
            return judged(await files.inspect_shared(watch, connection, ref, None, user))
        try:
            medium = await files.inspect_on_host(watch, connection, ref, None)
            if medium.exists is None and await is_missing(self._hosts, self._watches, host_id, path):
                return judged(files.missing(ref))
            return judged(medium)
        except (ConnectionLost, HostUnreachable):
            raise
        except VmguiError as error:
            # A pool that does not answer: the hypervisor itself may well reach the file.
            log.info("%s cannot be looked at: %s", path, error)
            return judged(files.unknown(ref))

    def insert(
        self,
        key: DomainKey,
        target: str,
        source: str,
        *,
        force: bool = False,
        reach: Reach = Reach.BOTH,
        seen: str | None = None,
    ) -> JobId:
        """Put a file or block device of the host into a drive, in place of what is in it.

        `force`: also where the guest has locked the tray; `seen`: what the person saw in it (None: nothing was shown).
        """

        async def act(key: DomainKey, context: JobContext) -> None:
            context.report(Progress(Phase.CHECKING))
            medium = await self._checked(key.host_id, source)
            context.report(Progress(Phase.WORKING))
            await self._change(key, context, MediumChange(target, medium, force, reach, seen))
            if self._store is not None:
                self._store.remember(key.host_id, source)

        return self._submit(JobKind.INSERT_MEDIUM, act, key)

    def eject(
        self,
        key: DomainKey,
        target: str,
        *,
        force: bool = False,
        reach: Reach = Reach.BOTH,
        seen: str | None = None,
    ) -> JobId:
        """Take out what is in a drive; nothing is done to an empty one."""

        async def act(key: DomainKey, context: JobContext) -> None:
            await self._change(key, context, MediumChange(target, None, force, reach, seen))

        return self._submit(JobKind.EJECT_MEDIUM, act, key)

    async def _checked(self, host_id: HostId, path: str) -> NewMedium:
        """The file as it is given to the hypervisor; libvirt looks at no file where it only changes a definition."""
        looked = await self.look(host_id, path)
        if looked.usable is Usable.NO:
            issue = next(issue for issue in looked.medium.issues if issue.blocks)
            kind = MediumMissing if issue.kind is MediumIssueKind.MISSING else MediumUnreadable
            detail = " ".join(filter(None, (issue.kind.value.replace("_", " "), issue.detail)))
            raise kind(detail, subject=path)
        return looked.new

    async def _change(self, key: DomainKey, context: JobContext, change: MediumChange) -> None:
        def call(conn: Any, uuid: str, _departure: Departure) -> Changed:
            return change_medium(conn, uuid, change)

        await self._edits.run(key, call, lane=SLOW, timeout_s=CHANGE_TIMEOUT_S, on_wait=context.tell_waiting)
        # libvirt tells of no drive that was changed in a definition only.
        event = HostEvent(EventKind.DOMAIN_DISK_CHANGE, key.uuid)
        self._hosts.events.emit(HostEvents(key.host_id, (event,)))

    def _submit(self, kind: JobKind, act: Act, key: DomainKey) -> JobId:
        return Batch(self._hosts, self._inventory, self._jobs, Step(kind, act), (key,)).submit()

    async def _volumes(self, host_id: HostId, pool: Pool) -> tuple[Volume, ...] | None:
        try:
            return await self._watches.volumes.of(host_id, pool.name)
        except VmguiError as error:
            log.info("volumes of pool %s are not known: %s", pool.name, error)
            return None

    def _disks(self, host_id: HostId) -> Collection[str]:
        """The files that machines of the host write to, as far as is known."""
        if self._definitions is None:
            return frozenset()
        return frozenset(
            name
            for domain in self._inventory.domains_of(host_id)
            for disk in self._definitions.hardware(domain.key).disks
            if not disk.read_only
            for name in disk.files
        )


async def is_missing(hosts: HostService, watches: HostWatches, host_id: HostId, path: str) -> bool:
    """Whether the folder is a storage pool of the host, which has just looked and has no such file."""
    folder, _, name = path.rpartition("/")
    connection = hosts.connection(host_id)
    for pool in await watches.pools.fresh(host_id):
        is_folder = pool.kind in _FOLDERS and pool.target_path.rstrip("/") == folder
        if is_folder and pool.active and pool.answers:
            await pools.refresh(connection, pool.name, timeout_s=files.READ_TIMEOUT_S)
            return name not in await connection.run(
                volume_names, pool.name, pool=pool.name, timeout_s=pools.VOLUMES_TIMEOUT_S, anew=True
            )
    return False
