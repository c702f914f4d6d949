"""Which of a machine's files may go with it: pure, and on the safe side.

A file is offered only if everything that could need it was examined and nothing does. Which names are one file is
`file_identity`'s to say, for disks, backing files, data files and whatever else a machine's XML names alike. What
could not be looked at keeps those files that it may be: of the same name elsewhere, any device node no pool knows,
and, where its own chain is not known either, what stands beside it or is called alike.

Kept, in this order of reasons: installer media and read-only disks; disks marked shareable; files another machine
uses, or has in a backing chain; files another image of a pool is based on (the machine's own overlay too: the base
may be a template); what could not be examined; what no pool manages; what is not there.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from vmgui.model.deletion import DoomedFile, KeepReason
from vmgui.model.device import Disk
from vmgui.model.domain import DomainConfig
from vmgui.model.offer import DiskUse, DiskUseKind
from vmgui.model.storage import Volume
from vmgui.policy.file_identity import FileId, Files, LocalFile, Resolved, Unread, could_be
from vmgui.policy.file_names import place_of, same_place

__all__ = ["Evidence", "LocalFile", "OtherMachine", "Verdicts", "same_place", "uses_of"]

_FILE_KINDS = frozenset({"file", "block", "volume"})
_WITHOUT_BACKING = frozenset({"raw", "iso", ""})
"""Formats that cannot be based on another image; empty is libvirt's raw."""


@dataclass(frozen=True, slots=True)
class OtherMachine:
    """Another machine of the host: its definitions, live first where it runs."""

    name: str
    configs: tuple[DomainConfig, ...]
    is_running: bool = False
    uuid: str = ""
    paths: frozenset[str] = frozenset()  # whatever its XML, its snapshots and its saved state name besides


@dataclass(frozen=True, slots=True)
class Evidence:
    """All that was found out about a host's storage."""

    volumes: tuple[Volume, ...] = ()
    local_files: Mapping[str, LocalFile] = field(default_factory=dict[str, LocalFile])
    gone: frozenset[str] = frozenset()  # names under which there is nothing on this computer
    others: tuple[OtherMachine, ...] = ()  # all of the host: who is asked about is told when asking
    pool_directories: tuple[str, ...] = ()  # of pools, and others, that were read whole
    not_examined: tuple[str, ...] = ()  # names of machines that could not be
    resting_pools: Mapping[str, str] = field(default_factory=dict[str, str])
    """Where the volumes of pools are that are not active, by their names."""


class _Storage:
    """The evidence, indexed."""

    def __init__(self, evidence: Evidence) -> None:
        self.files = Files(evidence.volumes, evidence.local_files, evidence.pool_directories, evidence.gone)
        self._by_name = {f"{volume.pool}/{volume.name}": volume.path for volume in evidence.volumes}
        self._resting = {same_place(path): name for name, path in evidence.resting_pools.items() if path}
        self._resting_paths = evidence.resting_pools
        self.overlays: dict[FileId, dict[FileId, None]] = {}
        for needed, file in self.files.with_overlays():
            if needed != file:
                self.overlays.setdefault(needed, {})[file] = None

    def path_of(self, disk: Disk) -> str:
        """Where a disk's file is, as spelled; empty: it has none that a path names."""
        return self.path_named(disk.source) if disk.source_type == "volume" else self._path_in_place(disk)

    def path_named(self, name: str) -> str:
        """The path of `pool/volume`; empty: not known."""
        if path := self._by_name.get(name):
            return path
        pool, _, volume = name.partition("/")
        directory = self._resting_paths.get(pool, "")
        return f"{directory}/{volume}" if directory and volume else ""

    def place(self, disk: Disk) -> str:
        """The same in one spelling."""
        return place_of(self.path_of(disk))

    def resting_pool_of(self, place: str) -> str:
        """The pool that would show the file if it were active; empty: none."""
        return self._resting.get(place.rpartition("/")[0], "")

    def resolve(self, name: str) -> Resolved:
        """What a name in a running machine's chain leads to: a path, or `pool/volume`."""
        path = name if name.startswith("/") else self.path_named(name)
        return self.files.resolve(path, has_unknown_chain=True) if path else Resolved()

    def allocation(self, place: str) -> int:
        volume = self.files.volumes.get(place)
        if volume is not None:
            return volume.allocation_bytes
        found = self.files.local.get(place)
        return found.allocation_bytes if found is not None else 0

    @staticmethod
    def _path_in_place(disk: Disk) -> str:
        return disk.source if disk.source_type in _FILE_KINDS else ""


@dataclass(frozen=True, slots=True)
class _User:
    """A machine that needs something."""

    uuid: str
    name: str


_Users = dict[FileId, dict[_User, None]]


@dataclass(frozen=True, slots=True)
class _Needs:
    """What the machines of a host need."""

    used: _Users = field(default_factory=_Users)
    based_on: _Users = field(default_factory=_Users)
    unread: dict[Unread, dict[_User, None]] = field(default_factory=dict[Unread, dict[_User, None]])
    unclear: list[_User] = field(default_factory=list[_User])  # what could not be examined at all


class Verdicts:
    """A host's evidence, indexed once, then asked about any number of its machines."""

    def __init__(self, evidence: Evidence) -> None:
        self._storage = _Storage(evidence)
        self._needs = _needs_of_machines(self._storage, evidence)
        # Where no pool tells when a file was changed, two pools may show one directory under two names.
        self._perhaps = _perhaps_needed(self._storage.files, self._needs)
        self._twins: dict[tuple[str, int, int], list[str]] = {}
        for place, volume in self._storage.files.volumes.items():
            if not volume.changed_unix_ns and volume.allocation_bytes > 0:
                self._twins.setdefault(_likeness(volume), []).append(place)

    def doomed_files(
        self, configs: Iterable[DomainConfig], uuid: str | None = None
    ) -> tuple[DoomedFile, ...]:
        """Every file a machine's definitions (live and for the next start) name, judged.

        `uuid`: the machine's own, whose needs do not count; None: it is not among those of the evidence.
        """
        storage, files = self._storage, self._storage.files
        own: dict[str, Disk] = {}
        parts: dict[str, str] = {}
        below: dict[str, str] = {}
        for disk in (disk for config in configs for disk in config.disks if disk.source):
            place = storage.place(disk) or disk.source
            if place not in own or disk.read_only or disk.shareable:
                own[place] = disk
            needed, held = _below(storage, disk)
            for base in _names_of(files, needed):
                below.setdefault(base, place)
            for name in disk.backing_chain:
                if name.startswith("/") and not storage.resolve(name).ids:
                    below.setdefault(same_place(name), place)
            for part in _names_of(files, held):
                parts.setdefault(part, place)
        judged = {place: self._judge(place, disk, below, uuid) for place, disk in own.items()}
        for part, whole in parts.items():
            if part not in judged and part not in below:
                disk = replace(own[whole], source_type="file", source=part)
                found = self._judge(part, disk, below, uuid, wholes=frozenset(own))
                # What stays, stays whole.
                kept = found.can_delete and not judged[whole].can_delete
                judged[part] = replace(found, reason=KeepReason.BACKING, used_by=(whole,)) if kept else found
        for place, overlay in below.items():
            if place not in judged:
                target = own[overlay].target
                size = storage.allocation(place)
                judged[place] = DoomedFile(place, target, size, KeepReason.BACKING, (overlay,))
        return tuple(judged.values())

    def left_over(self, path: str, target: str, uuid: str | None = None) -> DoomedFile:
        """One file of a machine that is gone already, or is another host's, judged anew; `uuid` as above."""
        disk = Disk(target=target, bus="", device="disk", source_type="file", source=path, format="")
        return self._judge(place_of(path), disk, {}, uuid)

    def is_free(self, path: str, uuid: str) -> bool:
        """Whether nothing but the machine itself may need what is at `path`, in a pool or not."""
        if not path:
            return True
        resolved = self._storage.files.resolve(path)
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
        *,
        wholes: frozenset[str] = frozenset(),
    ) -> DoomedFile:
        storage, files, needs = self._storage, self._storage.files, self._needs
        file = files.id_at(place)
        resting = storage.resting_pool_of(place) if file is None else ""

        def because(reason: KeepReason, used_by: Iterable[str] = ()) -> DoomedFile:
            names = tuple(dict.fromkeys(used_by))
            pool = resting if reason is KeepReason.NONE else ""
            return DoomedFile(place, disk.target, storage.allocation(place), reason, names, pool)

        def names_of(users: Iterable[_User]) -> tuple[str, ...]:
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
        if disk.source_type not in _FILE_KINDS or disk.device == "lun":
            return because(KeepReason.NOT_MANAGED)
        if file is None and not resting:
            if files.is_missing(place):
                return because(KeepReason.MISSING)
            return because(KeepReason.UNKNOWN if disk.source_type == "volume" else KeepReason.NOT_MANAGED)
        if place not in files.volumes and place in files.local and not files.local[place].is_regular:
            return because(KeepReason.NOT_MANAGED)
        doubtful = names_of((*needs.unclear, *self._perhaps_users(place, file)))
        return because(KeepReason.UNKNOWN if doubtful else KeepReason.NONE, doubtful)

    def _users_of_unread(self, place: str) -> Iterable[_User]:
        """Who names a file that nobody could look at by this very name."""
        return [
            user for unread, users in self._needs.unread.items() if unread.name == place for user in users
        ]

    def _perhaps_users(self, place: str, file: FileId | None) -> dict[_User, None]:
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


def _perhaps_needed(files: Files, needs: _Needs) -> _Users:
    """What a name that could not be looked at would need if it led to a file of its name that is known.

    Names that this leads to and that could not be looked at either are added to `needs`.
    """
    by_name: dict[str, list[FileId]] = {}
    for file in files:
        for name in {posixpath.basename(place) for place in files.places_of(file)}:
            by_name.setdefault(name, []).append(file)
    found: _Users = {}
    waiting = [(unread, user) for unread, users in needs.unread.items() for user in users]
    while waiting:
        unread, user = waiting.pop()
        for file in by_name.get(posixpath.basename(unread.name), ()):
            needed = files.needs_of(file)
            for below in needed.ids:
                found.setdefault(below, {})[user] = None
            for more in needed.unread:
                if user not in needs.unread.setdefault(more, {}):
                    needs.unread[more][user] = None
                    waiting.append((more, user))
    return found


def _likeness(volume: Volume) -> tuple[str, int, int]:
    return volume.name, volume.capacity_bytes, volume.allocation_bytes


def uses_of(path: str, evidence: Evidence) -> tuple[DiskUse, ...]:
    """Which machines a file's contents matter to, one line each, the same disk first; doubts are not told."""
    storage = _Storage(evidence)
    mine = storage.files.resolve(path).ids
    place = same_place(path)
    bases = _closure_of(storage.files, mine)
    found: dict[str, DiskUse] = {}
    for other in evidence.others:
        live = other.is_running
        for config in other.configs:
            for disk in (disk for disk in config.disks if disk.source):
                kind = _kind_of_use(place, mine, bases, disk, storage)
                if kind is None or (kind is DiskUseKind.BASE and disk.read_only):
                    # A template that many only read is no danger.
                    continue
                reads_only = disk.read_only or disk.device in {"cdrom", "floppy"}
                is_shared = kind is not DiskUseKind.OVERLAY and (disk.shareable or reads_only)
                use = DiskUse(other.uuid, other.name, kind, live, is_shared)
                known = found.get(other.uuid)
                if known is None or _gravity(use) > _gravity(known):
                    found[other.uuid] = use
            # The first is the live one: what comes after it is for the next start.
            live = False
    return tuple(found.values())


def _kind_of_use(
    place: str, mine: frozenset[FileId], bases: frozenset[FileId], disk: Disk, storage: _Storage
) -> DiskUseKind | None:
    files = storage.files
    theirs = files.resolve(storage.path_of(disk)).ids
    held = frozenset(part for file in theirs for part in files.parts_of(file).ids)
    if storage.place(disk) == place or mine & (theirs | held):
        return DiskUseKind.SAME
    told = frozenset(file for name in disk.backing_chain for file in storage.resolve(name).ids)
    if place in map(same_place, disk.backing_chain) or mine & (told | _closure_of(files, theirs | told)):
        return DiskUseKind.OVERLAY
    return DiskUseKind.BASE if theirs & bases else None


def _gravity(use: DiskUse) -> tuple[bool, bool]:
    return (use.is_running and not use.is_shared, use.kind is DiskUseKind.SAME)


def _needs_of_machines(storage: _Storage, evidence: Evidence) -> _Needs:
    needs = _Needs(unclear=[_User("", name) for name in evidence.not_examined])
    for other in evidence.others:
        _add_needs(needs, storage, other)
    return needs


def _add_needs(needs: _Needs, storage: _Storage, other: OtherMachine) -> None:
    files = storage.files
    user = _User(other.uuid, other.name)
    # What a running machine reads from is told with its whole chain.
    live = other.configs[:1] if other.is_running else ()
    told = {storage.place(disk) for config in live for disk in config.disks}
    of_disks: set[str] = set()

    def note(where: _Users, resolved: Resolved) -> None:
        for file in resolved.ids:
            where.setdefault(file, {})[user] = None
        for unread in resolved.unread:
            needs.unread.setdefault(unread, {})[user] = None

    def note_with_chain(where: _Users, resolved: Resolved) -> None:
        note(where, resolved)
        for file in resolved.ids:
            held = files.parts_of(file)
            needed = files.needs_of(file)
            note(needs.used, held)
            note(needs.based_on, Resolved(needed.ids - held.ids, needed.unread))

    for disk in (disk for config in other.configs for disk in config.disks if disk.source):
        of_disks.update((disk.source, *disk.backing_chain))
        path = storage.path_of(disk)
        if path:
            unknown = same_place(path) not in told and disk.format not in _WITHOUT_BACKING
            note_with_chain(needs.used, files.resolve(path, has_unknown_chain=unknown, is_disk=True))
        elif disk.source_type == "volume":
            # Of a pool that is not there: its file cannot be named.
            note(needs.used, Resolved(unread=(Unread(disk.source),)))
        for name in disk.backing_chain:
            note_with_chain(needs.based_on, storage.resolve(name))
        for name in disk.more_files:
            note_with_chain(needs.used, files.resolve(name, has_unknown_chain=True))
    named = {path for config in other.configs for path in (config.nvram_path, config.kernel_path) if path}
    for path in (named | other.paths) - of_disks:
        # A snapshot's overlay needs what it is based on, too.
        note_with_chain(needs.used, files.resolve(path))


def _below(storage: _Storage, disk: Disk) -> tuple[frozenset[FileId], frozenset[FileId]]:
    """What a disk's file is based on, and the other files that hold its data."""
    files = storage.files
    own = files.resolve(storage.path_of(disk)).ids
    told = frozenset(file for name in disk.backing_chain for file in storage.resolve(name).ids)
    held = frozenset(part for file in own for part in files.parts_of(file).ids)
    return (told | _closure_of(files, own | told)) - held - own, held - own


def _closure_of(files: Files, ids: frozenset[FileId]) -> frozenset[FileId]:
    return frozenset(needed for file in ids for needed in files.needs_of(file).ids)


def _names_of(files: Files, ids: Iterable[FileId]) -> list[str]:
    """One name of each file, one that can be deleted by it if there is one."""
    return [
        next((place for place in files.places_of(file) if place in files.volumes), files.places_of(file)[0])
        for file in ids
    ]
