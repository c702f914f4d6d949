"""What a host's files are, and which of them its machines need: pure, for deleting and for warning alike."""

from __future__ import annotations

import posixpath
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace

from vmgui.model.device import Disk
from vmgui.model.domain import DomainConfig
from vmgui.model.storage import Volume
from vmgui.policy.file_identity import FileId, Files, LocalFile, Resolved, Unread
from vmgui.policy.file_names import place_of, same_place

FILE_KINDS = frozenset({"file", "block", "volume"})
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
    kept_disks: tuple[Disk, ...] = ()  # of its snapshots and its saved state


@dataclass(frozen=True, slots=True)
class Evidence:
    """All that was found out about a host's storage."""

    volumes: tuple[Volume, ...] = ()
    local_files: Mapping[str, LocalFile] = field(default_factory=dict[str, LocalFile])
    gone: frozenset[str] = frozenset()  # names under which there surely is nothing on this computer
    missing: frozenset[str] = frozenset()  # names under which there is nothing, but their disk may be away
    away: frozenset[str] = frozenset()  # names of links that lead nowhere now
    perhaps_away: frozenset[str] = frozenset()  # such as lead nowhere here: the host may see more than we do
    others: tuple[OtherMachine, ...] = ()  # all of the host: who is asked about is told when asking
    pool_directories: tuple[str, ...] = ()  # of pools, and others, that were read whole
    closed_directories: tuple[
        str, ...
    ] = ()  # such as are there and could not be read when they were looked at
    not_examined: tuple[str, ...] = ()  # names of machines that could not be
    resting_pools: Mapping[str, str] = field(default_factory=dict[str, str])
    """Where the volumes of pools are that are not active, by their names."""
    active_pools: Mapping[str, str] = field(default_factory=dict[str, str])
    """Where the volumes of pools are that are active, as far as they are files of a directory."""
    is_partial: bool = False  # some pool could not be looked at


class Storage:
    """The evidence, indexed."""

    def __init__(self, evidence: Evidence) -> None:
        self.files = Files(
            evidence.volumes,
            evidence.local_files,
            evidence.pool_directories,
            evidence.gone,
            away=evidence.away,
            perhaps_away=evidence.perhaps_away,
            missing=evidence.missing,
            closed_directories=evidence.closed_directories,
        )
        self._by_name = {f"{volume.pool}/{volume.name}": volume.path for volume in evidence.volumes}
        self._resting = {same_place(path): name for name, path in evidence.resting_pools.items() if path}
        self._pool_paths = {**evidence.active_pools, **evidence.resting_pools}
        self.overlays: dict[FileId, dict[FileId, None]] = {}
        for needed, file in self.files.with_overlays():
            self.overlays.setdefault(needed, {})[file] = None

    def path_of(self, disk: Disk) -> str:
        """Where a disk's file is, as spelled; empty: it has none that a path names."""
        return self.path_named(disk.source) if disk.source_type == "volume" else self._path_in_place(disk)

    def path_named(self, name: str) -> str:
        """The path of `pool/volume`; empty: not known."""
        if path := self._by_name.get(name):
            return path
        pool, _, volume = name.partition("/")
        directory = self._pool_paths.get(pool, "")
        return f"{directory}/{volume}" if directory and volume else ""

    def place(self, disk: Disk) -> str:
        """The same in one spelling."""
        return place_of(self.path_of(disk))

    def resting_pool_of(self, place: str) -> str:
        """The pool that would show the file if it were active; empty: none."""
        return self._resting.get(place.rpartition("/")[0], "")

    def resolve(self, name: str, *, has_unknown_chain: bool) -> Resolved:
        """What a name in a machine's chain leads to: a path, or `pool/volume`."""
        path = name if name.startswith("/") else self.path_named(name)
        return self.files.resolve(path, has_unknown_chain=has_unknown_chain) if path else Resolved()

    def ids_of(self, names: Iterable[str]) -> frozenset[FileId]:
        """The files that names in a machine's chain lead to, as far as they are known."""
        return frozenset(file for name in names for file in self.resolve(name, has_unknown_chain=False).ids)

    def is_in_directory(self, place: str) -> bool:
        """Whether what is there is a file by this name: of volumes of other kinds the name is only a way to them."""
        if place.startswith("/dev/"):
            return False
        volume = self.files.volumes.get(place)
        return volume is None or not volume.pool or volume.pool in self._pool_paths

    def allocation(self, place: str) -> int:
        volume = self.files.volumes.get(place)
        if volume is not None:
            return volume.allocation_bytes
        found = self.files.local.get(place)
        return found.allocation_bytes if found is not None else 0

    @staticmethod
    def _path_in_place(disk: Disk) -> str:
        return disk.source if disk.source_type in FILE_KINDS else ""


@dataclass(frozen=True, slots=True)
class User:
    """A machine that needs something."""

    uuid: str
    name: str


Users = dict[FileId, dict[User, None]]


@dataclass(frozen=True, slots=True)
class Needs:
    """What the machines of a host need."""

    used: Users = field(default_factory=Users)
    based_on: Users = field(default_factory=Users)
    unread: dict[Unread, dict[User, None]] = field(default_factory=dict[Unread, dict[User, None]])
    absent: dict[Unread, dict[User, None]] = field(default_factory=dict[Unread, dict[User, None]])
    unclear: list[User] = field(default_factory=list[User])  # what could not be examined at all

    def add_unread(self, unread: Unread, user: User) -> bool:
        """False: known already."""
        users = (self.absent if unread.is_absent else self.unread).setdefault(unread, {})
        is_new = user not in users
        users[user] = None
        return is_new


def needs_of_machines(storage: Storage, evidence: Evidence) -> Needs:
    needs = Needs(unclear=[User("", name) for name in evidence.not_examined])
    for other in evidence.others:
        _add_needs(needs, storage, other)
    return needs


def _add_needs(needs: Needs, storage: Storage, other: OtherMachine) -> None:
    files = storage.files
    user = User(other.uuid, other.name)
    # What a running machine reads from is told with its whole chain.
    live = other.configs[:1] if other.is_running else ()
    told = {storage.place(disk) for config in live for disk in config.disks}
    of_disks: set[str] = set()

    def note(where: Users, resolved: Resolved) -> None:
        for file in resolved.ids:
            where.setdefault(file, {})[user] = None
        for unread in resolved.unread:
            needs.add_unread(unread, user)

    def note_with_chain(where: Users, resolved: Resolved, *, is_image: bool = True) -> None:
        note(where, resolved)
        for file in resolved.ids:
            held, needed = files.parts_of(file), files.needs_of(file)
            if not is_image:
                # That we may not read it says nothing: it is hardly based on anything.
                held, needed = (_without_any(one, files.places_of(file)) for one in (held, needed))
            note(needs.used, held)
            note(needs.based_on, Resolved(needed.ids - held.ids, needed.unread))

    tells_chains = {id(disk) for config in live for disk in config.disks}
    of_configs = (disk for config in other.configs for disk in config.disks)
    for disk in (disk for disk in (*of_configs, *other.kept_disks) if disk.source):
        of_disks.update((disk.source, *disk.backing_chain))
        path = storage.path_of(disk)
        is_image = disk.format not in _WITHOUT_BACKING
        unknown = same_place(path) not in told and is_image and not disk.backing_chain
        # A drive of the host is no disk under another name.
        is_disk = disk.device not in {"cdrom", "floppy"}
        if path:
            resolved = files.resolve(path, has_unknown_chain=unknown, is_disk=is_disk)
            note_with_chain(needs.used, resolved, is_image=is_image)
        elif disk.source_type == "volume":
            # Of a pool that is not there: its file cannot be named.
            note(needs.used, Resolved(unread=(Unread(disk.source, unknown, is_volume=True),)))
        for name in disk.backing_chain:
            note_with_chain(
                needs.based_on, storage.resolve(name, has_unknown_chain=id(disk) not in tells_chains)
            )
        for name in disk.more_files:
            note_with_chain(needs.used, storage.resolve(name, has_unknown_chain=True))
    named = {path for config in other.configs for path in (config.nvram_path, config.kernel_path) if path}
    for path in (named | other.paths) - of_disks:
        # A snapshot's overlay needs what it is based on, too.
        note_with_chain(needs.used, files.resolve(path, has_unknown_chain=False), is_image=False)


def _without_any(resolved: Resolved, places: Collection[str]) -> Resolved:
    """What of these names may not be read is not taken for an image that may need any file."""
    unread = (
        replace(one, may_need_any=one.may_need_any and one.name not in places) for one in resolved.unread
    )
    return Resolved(resolved.ids, tuple(unread))


def perhaps_needed(files: Files, needs: Needs) -> Users:
    """What a name that could not be looked at would need if it led to a file of its name that is known.

    Names that this leads to and that could not be looked at either are added to `needs`.
    """
    by_name: dict[str, list[FileId]] = {}
    for file in files:
        for name in {posixpath.basename(place) for place in files.places_of(file)}:
            by_name.setdefault(name, []).append(file)
    found: Users = {}
    waiting = [(unread, user) for unread, users in needs.unread.items() for user in users]
    while waiting:
        unread, user = waiting.pop()
        for file in by_name.get(posixpath.basename(unread.name), ()):
            needed = files.needs_of(file)
            for below in needed.ids:
                found.setdefault(below, {})[user] = None
            for more in needed.unread:
                # Of its own file it is known by now whether that may need any.
                if more.name == unread.name:
                    continue
                if needs.add_unread(more, user) and not more.is_absent:
                    waiting.append((more, user))
    return found


def closure_of(files: Files, ids: frozenset[FileId]) -> frozenset[FileId]:
    """Everything that is needed to read these."""
    return frozenset(needed for file in ids for needed in files.needs_of(file).ids)
