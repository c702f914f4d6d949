"""Which of a machine's files may go with it: pure, and on the safe side.

A file is offered only if everything that could need it was examined and nothing does. Two names for one file are
the danger here: paths are compared after normalising, volumes by the path their pool gives, device-mapper names by
the volume group and volume they stand for; and where something could not be examined, the file is kept.

A second name that cannot be resolved from here (a symbolic link to a pool's directory, /dev/disk/by-id) is guessed
at: same file name, or any device node no pool knows, counts as perhaps the same.

Kept, in this order of reasons: installer media and read-only disks; disks marked shareable; files another machine
uses, or has in a backing chain; files another image of a pool is based on (the machine's own overlay too: the base
may be a template); what could not be examined; what no pool manages; what is not there.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from vmgui.model.deletion import DoomedFile, KeepReason
from vmgui.model.device import Disk
from vmgui.model.domain import DomainConfig
from vmgui.model.offer import DiskUse, DiskUseKind
from vmgui.model.storage import Volume

MAX_CHAIN = 200
_FILE_KINDS = frozenset({"file", "block", "volume"})
_MAPPER = re.compile(r"^/dev/mapper/(?P<name>.+)$")
_WITHOUT_BACKING = frozenset({"raw", "iso", ""})
"""Formats that cannot be based on another image; empty is libvirt's raw."""


@dataclass(frozen=True, slots=True)
class LocalFile:
    """A plain file of this computer, for hypervisors without pools."""

    allocation_bytes: int
    backing_path: str = ""
    is_regular: bool = True


@dataclass(frozen=True, slots=True)
class OtherMachine:
    """Another machine of the host: its definitions, live first where it runs."""

    name: str
    configs: tuple[DomainConfig, ...]
    is_running: bool = False
    uuid: str = ""


@dataclass(frozen=True, slots=True)
class Evidence:
    """All that was found out about a host's storage."""

    volumes: tuple[Volume, ...] = ()
    local_files: Mapping[str, LocalFile] = field(default_factory=dict[str, LocalFile])
    others: tuple[OtherMachine, ...] = ()  # all of the host: who is asked about is told when asking
    pool_directories: tuple[str, ...] = ()  # of pools that were read whole
    not_examined: tuple[str, ...] = ()  # names of pools and machines that could not be


def same_place(path: str) -> str:
    """One spelling for a path: normalised, device-mapper names turned into /dev/group/volume."""
    path = posixpath.normpath(path) if path else ""
    if path.startswith("//"):
        path = path[1:]
    match = _MAPPER.match(path)
    if match is None:
        return path
    # LVM doubles the hyphens of names and joins group and volume by a single one.
    parts = re.split(r"(?<!-)-(?!-)", match["name"], maxsplit=1)
    if len(parts) != 2:
        return path
    group, volume = (part.replace("--", "-") for part in parts)
    return f"/dev/{group}/{volume}"


class _Storage:
    """The evidence, indexed."""

    def __init__(self, evidence: Evidence) -> None:
        self.by_path = {same_place(volume.path): volume for volume in evidence.volumes if volume.path}
        self.by_name = {f"{volume.pool}/{volume.name}": volume for volume in evidence.volumes}
        self.local = {same_place(path): found for path, found in evidence.local_files.items()}
        self.overlays: dict[str, list[str]] = {}
        for path, volume in self.by_path.items():
            if volume.backing_path:
                self.overlays.setdefault(same_place(volume.backing_path), []).append(path)
        for path, found in self.local.items():
            if found.backing_path and path not in self.by_path:
                self.overlays.setdefault(same_place(found.backing_path), []).append(path)

    def place(self, disk: Disk) -> str:
        """Where a disk's file is, in one spelling; empty: it has none that a path names."""
        if disk.source_type == "volume":
            volume = self.by_name.get(disk.source)
            return same_place(volume.path) if volume is not None and volume.path else ""
        return same_place(disk.source) if disk.source_type in _FILE_KINDS else ""

    def base_of(self, path: str) -> str:
        """The image `path` is based on, as far as known."""
        volume = self.by_path.get(path)
        if volume is not None:
            return same_place(volume.backing_path)
        found = self.local.get(path)
        return same_place(found.backing_path) if found is not None else ""

    def knows(self, path: str) -> bool:
        """Whether its backing file, or that it has none, is known."""
        return path in self.by_path or path in self.local

    def bases_of(self, path: str) -> list[str]:
        """The whole chain below `path`, as far as known."""
        chain: list[str] = []
        while (path := self.base_of(path)) and path not in chain and len(chain) < MAX_CHAIN:
            chain.append(path)
        return chain


@dataclass(frozen=True, slots=True)
class _User:
    """A machine that needs something."""

    uuid: str
    name: str


_Users = dict[str, list[_User]]  # path -> who needs the file


@dataclass(frozen=True, slots=True)
class _Needs:
    """What the machines of a host need."""

    used: _Users = field(default_factory=_Users)
    based_on: _Users = field(default_factory=_Users)
    unclear: list[_User] = field(default_factory=list[_User])  # what could not be examined at all


class Verdicts:
    """A host's evidence, indexed once, then asked about any number of its machines."""

    def __init__(self, evidence: Evidence) -> None:
        self._storage = _Storage(evidence)
        self._needs = _needs_of_machines(self._storage, evidence)
        self._pool_directories = frozenset(evidence.pool_directories)
        # A file may have a second name only among these: looked for in few, not in all that is used.
        self._unknown = [path for path in self._needs.used if not self._storage.knows(path)]
        self._twins: dict[tuple[str, int, int], list[str]] = {}
        for path in self._needs.used:
            if (volume := self._storage.by_path.get(path)) is not None:
                self._twins.setdefault(_likeness(volume), []).append(path)

    def doomed_files(
        self, configs: Iterable[DomainConfig], uuid: str | None = None
    ) -> tuple[DoomedFile, ...]:
        """Every file a machine's definitions (live and for the next start) name, judged.

        `uuid`: the machine's own, whose needs do not count; None: it is not among those of the evidence.
        """
        storage = self._storage
        own: dict[str, Disk] = {}
        below: dict[str, str] = {}
        for disk in (disk for config in configs for disk in config.disks if disk.source):
            place = storage.place(disk) or disk.source
            if place not in own or disk.read_only or disk.shareable:
                own[place] = disk
            for base in (*map(same_place, disk.backing_chain), *storage.bases_of(place)):
                below.setdefault(base, place)
        judged = {place: self._judge(place, disk, below, uuid) for place, disk in own.items()}
        for place, overlay in below.items():
            if place not in judged:
                allocation_bytes = _allocation(storage, place)
                target = own[overlay].target
                judged[place] = DoomedFile(place, target, allocation_bytes, KeepReason.BACKING, (overlay,))
        return tuple(judged.values())

    def left_over(self, path: str, target: str, uuid: str | None = None) -> DoomedFile:
        """One file of a machine that is gone already, or is another host's, judged anew; `uuid` as above."""
        disk = Disk(target=target, bus="", device="disk", source_type="file", source=path, format="")
        return self._judge(same_place(path), disk, {}, uuid)

    def _judge(self, place: str, disk: Disk, below: Mapping[str, str], uuid: str | None) -> DoomedFile:
        storage = self._storage

        def because(reason: KeepReason, used_by: Iterable[str] = ()) -> DoomedFile:
            names = tuple(dict.fromkeys(used_by))
            return DoomedFile(place, disk.target, _allocation(storage, place), reason, names)

        def names_of(users: Iterable[_User]) -> tuple[str, ...]:
            return tuple(user.name for user in users if user.uuid != uuid)

        if disk.device in {"cdrom", "floppy"} or disk.read_only:
            return because(KeepReason.READ_ONLY)
        used = names_of(self._needs.used.get(place, ()))
        if disk.shareable or used:
            return because(KeepReason.SHARED, used)
        if based_on := names_of(self._needs.based_on.get(place, ())):
            return because(KeepReason.BACKING, based_on)
        if place in storage.overlays:
            return because(KeepReason.BACKING, storage.overlays[place])
        if place in below:
            return because(KeepReason.BACKING, (below[place],))
        if disk.source_type not in _FILE_KINDS or disk.device == "lun":
            return because(KeepReason.NOT_MANAGED)
        if not storage.knows(place):
            if posixpath.dirname(place) in self._pool_directories:
                return because(KeepReason.MISSING)
            return because(KeepReason.UNKNOWN if disk.source_type == "volume" else KeepReason.NOT_MANAGED)
        if place not in storage.by_path and not storage.local[place].is_regular:
            return because(KeepReason.NOT_MANAGED)
        doubtful = names_of((*self._needs.unclear, *self._perhaps_same(place)))
        return because(KeepReason.UNKNOWN if doubtful else KeepReason.NONE, doubtful)

    def _perhaps_same(self, place: str) -> Iterator[_User]:
        """Machines that use something which may be the file at `place` under another name."""
        is_device = place.startswith("/dev/")
        for other in self._unknown:
            if other == place:
                continue
            if is_device:
                alike = other.startswith("/dev/")
            else:
                alike = posixpath.basename(other) == posixpath.basename(place)
            if alike:
                yield from self._needs.used[other]
        volume = self._storage.by_path.get(place)
        if volume is None or volume.allocation_bytes <= 0:
            return
        # Two pools may show one directory under two names.
        for other in self._twins.get(_likeness(volume), ()):
            if other != place and self._storage.by_path[other].pool != volume.pool:
                yield from self._needs.used[other]


def _likeness(volume: Volume) -> tuple[str, int, int]:
    return volume.name, volume.capacity_bytes, volume.allocation_bytes


def uses_of(path: str, evidence: Evidence) -> tuple[DiskUse, ...]:
    """Which machines a file's contents matter to, one line each, the same disk first; another name is not guessed."""
    storage = _Storage(evidence)
    place = same_place(path)
    bases = set(storage.bases_of(place))
    found: dict[str, DiskUse] = {}
    for other in evidence.others:
        live = other.is_running
        for config in other.configs:
            for disk in (disk for disk in config.disks if disk.source):
                kind = _kind_of_use(place, bases, disk, storage)
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


def _kind_of_use(place: str, bases: set[str], disk: Disk, storage: _Storage) -> DiskUseKind | None:
    theirs = storage.place(disk)
    if theirs == place:
        return DiskUseKind.SAME
    if place in (*map(same_place, disk.backing_chain), *storage.bases_of(theirs)):
        return DiskUseKind.OVERLAY
    return DiskUseKind.BASE if theirs and theirs in bases else None


def _gravity(use: DiskUse) -> tuple[bool, bool]:
    return (use.is_running and not use.is_shared, use.kind is DiskUseKind.SAME)


def _needs_of_machines(storage: _Storage, evidence: Evidence) -> _Needs:
    needs = _Needs(unclear=[_User("", name) for name in evidence.not_examined])
    for other in evidence.others:
        user = _User(other.uuid, other.name)
        # What a running machine reads from is told with its whole chain.
        live = other.configs[:1] if other.is_running else ()
        told = {storage.place(disk) for config in live for disk in config.disks}
        for config in other.configs:
            for path in filter(None, (config.nvram_path, config.kernel_path)):
                _note(needs.used, same_place(path), user)
            for disk in (disk for disk in config.disks if disk.source):
                place = storage.place(disk)
                if place:
                    _note(needs.used, place, user)
                    for base in (*map(same_place, disk.backing_chain), *storage.bases_of(place)):
                        _note(needs.based_on, base, user)
                    if not (place in told or storage.knows(place) or disk.format in _WITHOUT_BACKING):
                        needs.unclear.append(user)
                elif disk.source_type == "volume":
                    # Of a pool that is not active: its files cannot be named.
                    needs.unclear.append(user)
    return needs


def _allocation(storage: _Storage, place: str) -> int:
    volume = storage.by_path.get(place)
    if volume is not None:
        return volume.allocation_bytes
    found = storage.local.get(place)
    return found.allocation_bytes if found is not None else 0


def _note(where: _Users, path: str, user: _User) -> None:
    users = where.setdefault(path, [])
    if user not in users:
        users.append(user)
