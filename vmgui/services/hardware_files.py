"""Files and devices of a host that become disks: looked into before a machine is given one, at the last moment again."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from vmgui.hypervisor.connection import Connection
from vmgui.hypervisor.lanes import POOLS
from vmgui.hypervisor.storage import read_volume
from vmgui.model.creation import FileRef, SourceKind
from vmgui.model.definition import Hardware
from vmgui.model.device_disk import DiskDevice
from vmgui.model.domain import Domain, DomainKey
from vmgui.model.errors import (
    ConnectionLost,
    DiskFileMissing,
    DiskFileUnreadable,
    DiskInUse,
    HostUnreachable,
    MediumMissing,
    MediumUnreadable,
    NotFound,
    VmguiError,
)
from vmgui.model.hardware import AddDevice, ChangeDevice, Wish
from vmgui.model.host import HostId
from vmgui.model.media import LookedAt, Usable
from vmgui.model.offer import DiskUse, DiskUseKind, Medium, MediumIssueKind
from vmgui.model.storage import Volume
from vmgui.policy.device_values import with_values
from vmgui.policy.file_names import same_place
from vmgui.policy.hardware_disks import as_disk, is_drive, may_share, source_path, source_volume
from vmgui.policy.media import judged
from vmgui.services.background import in_thread
from vmgui.services.creation import media as files
from vmgui.services.creation.disk_use import disk_uses
from vmgui.services.definitions import DefinitionIndex
from vmgui.services.host_watches import HostWatches
from vmgui.services.hosts import HostService
from vmgui.services.inventory import Inventory
from vmgui.services.local_images import has_our_files
from vmgui.services.media import is_missing

log = logging.getLogger(__name__)

_KEPT = 32
"""So many files of a host are remembered, for what a form says of them."""


class HardwareFiles:
    """Loop thread only."""

    def __init__(
        self,
        hosts: HostService,
        watches: HostWatches,
        inventory: Inventory,
        definitions: DefinitionIndex | None = None,
    ) -> None:
        """`definitions`: what machines have as disks; None: that is known of a file only once it is looked at."""
        self._hosts = hosts
        self._watches = watches
        self._inventory = inventory
        self._definitions = definitions
        self._looked: dict[HostId, dict[str, LookedAt]] = {}
        self._uses: dict[HostId, Mapping[str, tuple[DiskUse, ...]]] = {}

    def uses(self, host_id: HostId) -> Mapping[str, tuple[DiskUse, ...]]:
        """Which machines have which files as disks, by the files' places."""
        if self._definitions is None:
            return {}
        if host_id not in self._uses:
            self._uses[host_id] = _by_place(
                (domain, self._definitions.hardware(domain.key))
                for domain in self._inventory.domains_of(host_id)
            )
        return self._uses[host_id]

    def machines_changed(self) -> None:
        """They have other disks, or run now or not: it is made anew when somebody asks."""
        self._uses.clear()

    def looked(self, host_id: HostId) -> Mapping[str, LookedAt]:
        """What was seen last, by path."""
        return dict(self._looked.get(host_id, {}))

    def forget(self, host_id: HostId) -> None:
        """The host is gone."""
        self._looked.pop(host_id, None)
        self._uses.pop(host_id, None)

    async def look(
        self, key: DomainKey, path: str, *, drive: bool = False, is_written: bool = False
    ) -> LookedAt:
        """What a file of a machine's host is, and which other machines have it; raises only for the host's failures.

        `drive`: it is to be a medium, of which less is asked, and which is based on nothing. `is_written`: of a floppy,
        which no two machines may have, it is asked all the same.
        """
        ref = FileRef(path)
        medium = files.unusable_path(ref)
        if medium is None:
            connection = self._hosts.connection(key.host_id)
            expected = None if drive else SourceKind.DISK_IMAGE
            medium = await self._inspect(connection, key.host_id, ref, expected)
            if (not drive or is_written) and medium.exists is not False:
                uses = await disk_uses(connection, path, is_shared=has_our_files(connection))
                medium = replace(medium, used_by=tuple(use for use in uses if use.uuid != key.uuid))
        found = judged(medium) if drive else as_disk(medium)
        known = self._looked.setdefault(key.host_id, {})
        known.pop(path, None)
        known[path] = found
        while len(known) > _KEPT:
            del known[next(iter(known))]
        return found

    async def completed(
        self, key: DomainKey, wishes: Sequence[Wish], *, only_shown: bool = False
    ) -> tuple[Wish, ...]:
        """The same wishes, with the formats of the files in them; raises DiskFileMissing, DiskInUse ... where a file
        cannot be used.

        `only_shown`: nothing is done with them yet, so nothing is refused.
        """
        return tuple([await self._completed(key, wish, only_shown=only_shown) for wish in wishes])

    async def _completed(self, key: DomainKey, wish: Wish, *, only_shown: bool) -> Wish:
        if isinstance(wish, AddDevice):
            disk = wish.device
            if not isinstance(disk, DiskDevice) or wish.volume is not None or not _place(disk):
                return wish
            image_format = await self._format(key, disk, is_asked=not disk.format, only_shown=only_shown)
            return replace(wish, device=replace(disk, format=image_format))
        if isinstance(wish, ChangeDevice):
            before = wish.seen.saved if wish.seen.saved is not None else wish.seen.live
            if not isinstance(before, DiskDevice):
                return wish
            disk = with_values(before, wish.values)
            if not _place(disk) or _place(disk) == _place(before):
                return wish
            is_asked = is_drive(disk) or "format" not in dict(wish.values)
            image_format = await self._format(key, disk, is_asked=is_asked, only_shown=only_shown)
            rest = tuple((path, value) for path, value in wish.values if path != "format")
            return replace(wish, values=(*rest, ("format", image_format)))
        return wish

    async def _format(self, key: DomainKey, disk: DiskDevice, *, is_asked: bool, only_shown: bool) -> str:
        """In which it is to be opened. `is_asked`: nobody chose one."""
        drive = is_drive(disk)
        path = source_path(disk)
        if not path:
            volume = await self._volume(key, disk, only_shown=only_shown)
            if volume is None or not volume.path.startswith("/"):
                # Of a server, where libvirt opens it: in no format of its own.
                return disk.format if not is_asked else "raw"
            path = volume.path
        looked = await self.look(key, path, drive=drive, is_written=not may_share(disk))
        if not only_shown:
            _unless_unfit(looked, disk, path)
        if not is_asked:
            return disk.format
        if looked.medium.format or drive:
            return looked.new.format
        if only_shown or disk.source_kind == "block":
            return "raw"
        # A qcow2 image that is opened as raw looks empty to the guest, which may well make a file system on it.
        raise DiskFileUnreadable("nobody can look into it from here: choose its format", subject=path)

    async def _volume(self, key: DomainKey, disk: DiskDevice, *, only_shown: bool) -> Volume | None:
        """The volume that a disk is by its pool's and its own name; raises DiskFileMissing. None: it is not known."""
        pool, name = source_volume(disk)
        connection = self._hosts.connection(key.host_id)
        try:
            return await connection.run(
                read_volume, pool, name, lane=POOLS, pool=pool, timeout_s=files.READ_TIMEOUT_S
            )
        except NotFound as error:
            if only_shown:
                return None
            raise DiskFileMissing(error.detail, subject=f"{pool}/{name}") from None
        except (ConnectionLost, HostUnreachable):
            raise
        except VmguiError as error:
            if only_shown:
                return None
            # What is in it is not known: as raw a guest might well overwrite it.
            raise DiskFileUnreadable(error.detail, subject=f"{pool}/{name}") from None

    async def _inspect(
        self, connection: Connection, host_id: HostId, ref: FileRef, expected: SourceKind | None
    ) -> Medium:
        watch = self._watches.pools
        try:
            if not has_our_files(connection):
                medium = await files.inspect_on_host(watch, connection, ref, expected)
                if medium.exists is None and await is_missing(self._hosts, self._watches, host_id, ref.path):
                    return files.missing(ref)
                return medium
            is_ours = connection.facts.is_session or bool(connection.facts.embed_root)
            is_qemu = connection.info is not None and connection.info.driver.upper() == "QEMU"
            user = await in_thread(files.host_user, is_session=is_ours) if is_qemu else None
            return await files.inspect_shared(watch, connection, ref, expected, user)
        except (ConnectionLost, HostUnreachable):
            raise
        except VmguiError as error:
            # A pool that does not answer: the hypervisor itself may well reach the file.
            log.info("%s cannot be looked at: %s", ref.path, error)
            return files.unknown(ref)


def _by_place(machines: Iterable[tuple[Domain, Hardware]]) -> dict[str, tuple[DiskUse, ...]]:
    found: dict[str, list[DiskUse]] = {}
    for domain, hardware in machines:
        for disk in hardware.disks:
            is_shared = disk.shareable or disk.read_only
            for number, name in enumerate(disk.files):
                # Behind its own file stand those that it is based on.
                kind = DiskUseKind.OVERLAY if number else DiskUseKind.SAME
                use = DiskUse(
                    domain.key.uuid, domain.name, kind, domain.state.is_active, is_shared and not number
                )
                found.setdefault(same_place(name), []).append(use)
    return {place: tuple(uses) for place, uses in found.items()}


def written_files(wishes: Iterable[Wish]) -> frozenset[str]:
    """The files and devices that a machine is given to write to, by paths."""
    found: set[str] = set()
    for wish in wishes:
        before: object = None
        disk: object = None
        if isinstance(wish, AddDevice):
            disk = wish.device if wish.volume is None else None
        elif isinstance(wish, ChangeDevice):
            before = wish.seen.saved if wish.seen.saved is not None else wish.seen.live
            disk = with_values(before, wish.values) if isinstance(before, DiskDevice) else None
        if isinstance(disk, DiskDevice) and not may_share(disk):
            known = source_path(before) if isinstance(before, DiskDevice) else ""
            found.update({source_path(disk)} - {known, ""})
    return frozenset(found)


def _place(disk: DiskDevice) -> tuple[str, ...]:
    """What of the host it is; empty: nothing, or nothing that can be looked into."""
    found = (source_path(disk), *source_volume(disk))
    return found if any(found) else ()


def _unless_unfit(looked: LookedAt, disk: DiskDevice, path: str) -> None:
    if looked.usable is Usable.NO:
        issue = next(issue for issue in looked.medium.issues if issue.blocks)
        is_missing = issue.kind is MediumIssueKind.MISSING
        detail = " ".join(filter(None, (issue.kind.value.replace("_", " "), issue.detail)))
        if is_drive(disk):
            raise (MediumMissing if is_missing else MediumUnreadable)(detail, subject=path)
        raise (DiskFileMissing if is_missing else DiskFileUnreadable)(detail, subject=path)
    for use in looked.medium.used_by:
        if use.is_running and not (use.is_shared and may_share(disk)):
            raise DiskInUse(f"{path} is in use by a running machine", subject=use.machine)
