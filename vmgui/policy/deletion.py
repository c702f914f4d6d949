"""Which of a machine's files may go with it: pure, and on the safe side.

A file is offered only if everything that could need it was examined and nothing does. Which names are one file is
`file_identity`'s to say, for disks, backing files, data files and whatever else a machine's XML names alike. What
could not be looked at keeps those files that it may be: of the same name elsewhere, any device node no pool knows,
and, where its own chain is not known either, what stands beside it or is called alike.

A file is in doubt when a disk of another machine cannot be read, so that nobody knows what that disk is based on.
Such a file is offered, but not chosen: only the person can know. Where something is there that cannot be read (a link
to a storage that is away, a directory, a header), every file of the host is in doubt. Where the disk is perhaps just
gone, only files in its directory or of a similar name are. A file that a running machine writes to is never in doubt,
since nothing can be based on it; nor do machines that are deleted in the same act raise doubts.

Kept, in this order of reasons: installer media and read-only disks; disks marked shareable; files another machine
uses, or has in a backing chain; files another image of a pool is based on (the machine's own overlay too: the base
may be a template); what could not be examined; what no pool manages; what is not there.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from vmgui.model.deletion import DoomedFile, Doubt, KeepReason
from vmgui.model.device import Disk
from vmgui.model.domain import DomainConfig
from vmgui.model.storage import Volume
from vmgui.policy.disk_use import uses_of
from vmgui.policy.file_identity import FileId, Files, LocalFile, could_be
from vmgui.policy.file_names import place_of, same_place
from vmgui.policy.file_needs import (
    FILE_KINDS,
    Evidence,
    OtherMachine,
    Storage,
    User,
    closure_of,
    needs_of_machines,
    perhaps_needed,
)

__all__ = ["Evidence", "LocalFile", "OtherMachine", "Verdicts", "same_place", "uses_of"]


class Verdicts:
    """A host's evidence, indexed once, then asked about any number of its machines."""

    def __init__(self, evidence: Evidence) -> None:
        self._storage = Storage(evidence)
        self._is_partial = evidence.is_partial
        self._needs = needs_of_machines(self._storage, evidence)
        self._perhaps = perhaps_needed(self._storage.files, self._needs)
        needs = self._needs
        self._running = frozenset(other.uuid for other in evidence.others if other.is_running)
        self._written = {
            other.uuid: frozenset(self._storage.place(disk) for disk in other.configs[0].disks)
            for other in evidence.others
            if other.is_running and other.configs
        }
        self._doubtful = [
            *(one for one in needs.unread.items() if one[0].may_need_any),
            *needs.absent.items(),
        ]
        # Where no pool tells when a file was changed, two pools may show one directory under two names.
        self._twins: dict[tuple[str, int, int], list[str]] = {}
        for place, volume in self._storage.files.volumes.items():
            if not volume.changed_unix_ns and volume.allocation_bytes > 0:
                self._twins.setdefault(_likeness(volume), []).append(place)

    def doomed_files(
        self, configs: Iterable[DomainConfig], uuid: str | None = None, going: Collection[str] = ()
    ) -> tuple[DoomedFile, ...]:
        """Every file a machine's definitions (live and for the next start) name, judged.

        `uuid`: the machine's own, whose needs do not count; None: it is not among those of the evidence.
        `going`: those of the machines that are deleted with it; what these need counts, what they may need does
        not, unless they run: then they may be left.
        """
        storage, files = self._storage, self._storage.files
        own: dict[str, Disk] = {}
        parts: dict[str, str] = {}
        below: dict[str, str] = {}
        for disk in (disk for config in configs for disk in config.disks if disk.source):
            place = storage.place(disk) or disk.source
            # Of one file under two names the name counts that keeps it.
            if place not in own or disk.read_only or disk.shareable or disk.device != "disk":
                own[place] = disk
            needed, held = _below(storage, disk, place)
            for base in _names_of(files, needed):
                below.setdefault(base, place)
            for name in disk.backing_chain:
                if name.startswith("/") and not storage.ids_of((name,)):
                    below.setdefault(same_place(name), place)
            for part in _names_of(files, held):
                parts.setdefault(part, place)
        leaving = self._leaving(uuid, going)
        written = self._written.get(uuid or "", frozenset())
        judged = {
            place: self._judge(place, disk, below, uuid, leaving, is_written=place in written)
            for place, disk in own.items()
        }
        for part, whole in parts.items():
            if part not in judged and part not in below:
                disk = replace(own[whole], source_type="file", source=part)
                found = self._judge(
                    part, disk, below, uuid, leaving, wholes=frozenset(own), is_written=whole in written
                )
                if found.can_delete and not judged[whole].can_delete:
                    # What stays, stays whole.
                    size = storage.allocation(part)
                    judged[part] = DoomedFile(part, disk.target, size, KeepReason.BACKING, (whole,))
                    continue
                doubts = tuple(dict.fromkeys((*found.doubts, *judged[whole].doubts)))
                judged[part] = replace(found, doubts=doubts if found.can_delete else ())
        for place, overlay in below.items():
            if place not in judged:
                target = own[overlay].target
                size = storage.allocation(place)
                judged[place] = DoomedFile(place, target, size, KeepReason.BACKING, (overlay,))
        return tuple(replace(file, pool=self._pool_of(place)) for place, file in judged.items())

    def _pool_of(self, place: str) -> str:
        volume = self._storage.files.volumes.get(place)
        return volume.pool if volume is not None else self._storage.resting_pool_of(place)

    def left_over(
        self, path: str, target: str, uuid: str | None = None, going: Collection[str] = ()
    ) -> DoomedFile:
        """One file of a machine that is gone already, or is another host's, judged anew; `uuid` as above."""
        disk = Disk(target=target, bus="", device="disk", source_type="file", source=path, format="")
        return self._judge(place_of(path), disk, {}, uuid, self._leaving(uuid, going))

    def is_free(self, path: str, uuid: str) -> bool:
        """Whether nothing but the machine itself may need what is at `path`, in a pool or not."""
        if not path:
            return True
        resolved = self._storage.files.resolve(path, has_unknown_chain=False)
        needs = self._needs
        users = {
            user
            for file in resolved.ids
            for where in (needs.used, needs.based_on)
            for user in where.get(file, ())
        }
        place = same_place(path)
        named = {user for unread, users in needs.unread.items() if unread.name == place for user in users}
        return not any(user.uuid != uuid for user in users | named)

    def _judge(
        self,
        place: str,
        disk: Disk,
        below: Mapping[str, str],
        uuid: str | None,
        leaving: frozenset[str | None],
        *,
        wholes: frozenset[str] = frozenset(),
        is_written: bool = False,
    ) -> DoomedFile:
        storage, files, needs = self._storage, self._storage.files, self._needs
        file = files.id_at(place)
        resting = storage.resting_pool_of(place) if file is None else ""

        def because(reason: KeepReason, used_by: Iterable[str] = ()) -> DoomedFile:
            names = tuple(dict.fromkeys(used_by))
            pool = resting if reason is KeepReason.NONE else ""
            return DoomedFile(place, disk.target, storage.allocation(place), reason, names, pool)

        def names_of(users: Iterable[User]) -> tuple[str, ...]:
            return tuple(user.name for user in users if user.uuid != uuid)

        if disk.device in {"cdrom", "floppy"} or disk.read_only:
            return because(KeepReason.READ_ONLY)
        used = names_of(needs.used.get(file, ())) if file is not None else ()
        used = used or names_of(self._users_of_unread(place))
        if disk.shareable or used:
            return because(KeepReason.SHARED, used)
        if file is not None:
            if based_on := names_of(needs.based_on.get(file, ())):
                return because(KeepReason.BACKING, based_on)
            if others := [
                files.places_of(overlay)[0]
                for overlay in storage.overlays.get(file, ())
                if not wholes.intersection(files.places_of(overlay))
            ]:
                return because(KeepReason.BACKING, others)
            if overlay := next((below[name] for name in files.places_of(file) if name in below), ""):
                return because(KeepReason.BACKING, (overlay,))
        if place in below:
            return because(KeepReason.BACKING, (below[place],))
        if disk.source_type not in FILE_KINDS or disk.device == "lun":
            return because(KeepReason.NOT_MANAGED)
        if file is None and not resting:
            if files.is_missing(place):
                return because(KeepReason.MISSING)
            may_be_managed = disk.source_type == "volume" or self._is_partial or files.is_away(place)
            return because(KeepReason.UNKNOWN if may_be_managed else KeepReason.NOT_MANAGED)
        if place not in files.volumes and place in files.local and not files.local[place].is_regular:
            return because(KeepReason.NOT_MANAGED)
        doubtful = names_of((*needs.unclear, *self._perhaps_users(place, file)))
        if doubtful:
            return because(KeepReason.UNKNOWN, doubtful)
        doubts = () if is_written else self._doubts(place, file, leaving)
        offered = replace(because(KeepReason.NONE), doubts=doubts, is_written=is_written)
        if not storage.is_in_directory(place):
            return offered
        found = files.local.get(place)
        if found is None:
            names = files.places_of(file) if file is not None else ()
            return replace(offered, other_names=tuple(name for name in names if name != place))
        if not found.link_to or found.is_special:
            return offered
        # Nothing is freed: what a link leads to stays.
        return replace(offered, link_to=found.link_to, allocation_bytes=0)

    def _leaving(self, uuid: str | None, going: Collection[str]) -> frozenset[str | None]:
        """The machines whose doubts do not count."""
        return frozenset({uuid, *going} - (self._running - {uuid}))

    def _doubts(self, place: str, file: FileId | None, leaving: frozenset[str | None]) -> tuple[Doubt, ...]:
        """Disks of other machines that may be based on the file at `place`, as far as can be known."""
        places = self._storage.files.places_of(file) if file is not None else [place]
        return tuple(
            {
                Doubt(user.name, unread.name): None
                for unread, users in self._doubtful
                if unread.may_need_any or could_be(unread, places)
                for user in users
                if user.uuid not in leaving
            }
        )

    def _users_of_unread(self, place: str) -> Iterable[User]:
        """Who names a file that nobody could look at by this very name."""
        return [
            user for unread, users in self._needs.unread.items() if unread.name == place for user in users
        ]

    def _perhaps_users(self, place: str, file: FileId | None) -> dict[User, None]:
        """Machines that use something which may be the file at `place` under another name."""
        files, needs = self._storage.files, self._needs
        places = files.places_of(file) if file is not None else [place]
        found = dict(self._perhaps.get(file, {})) if file is not None else {}
        for unread, users in needs.unread.items():
            if could_be(unread, places):
                found.update(users)
        for name in places:
            volume = files.volumes.get(name)
            if volume is None or volume.changed_unix_ns:
                continue
            for twin in self._twins.get(_likeness(volume), ()):
                other = files.id_at(twin)
                if other is not None and other != file and files.volumes[twin].pool != volume.pool:
                    found.update(needs.used.get(other, {}))
                    found.update(needs.based_on.get(other, {}))
        return found


def _likeness(volume: Volume) -> tuple[str, int, int]:
    return volume.name, volume.capacity_bytes, volume.allocation_bytes


def _below(storage: Storage, disk: Disk, place: str) -> tuple[frozenset[FileId], frozenset[FileId]]:
    """What the file of a disk at `place` is based on, and the other files that hold its data."""
    files = storage.files
    own = files.resolve(storage.path_of(disk), has_unknown_chain=False).ids
    told = storage.ids_of(disk.backing_chain)
    held = frozenset(part for file in own for part in files.parts_of(file).ids)
    return (told | closure_of(files, own | told)) - held - own, files.parts_at(place) - own


def _names_of(files: Files, ids: Iterable[FileId]) -> list[str]:
    """One name of each file, one that can be deleted by it if there is one."""
    return [
        next((place for place in files.places_of(file) if place in files.volumes), files.places_of(file)[0])
        for file in ids
    ]
