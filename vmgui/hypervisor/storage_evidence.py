"""What is in a host's pools, and in the other directories that its machines' disks are in, read in one go.

Files that are written to meanwhile are looked at twice, since they tell another time and size at each look. Bounded
in number and time; what could not be read is named.
"""

from __future__ import annotations

import logging
import posixpath
import re
import time
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field, replace

import libvirt

from vmgui.hypervisor import pool_looks
from vmgui.hypervisor.errors import BINDING_ERRORS, is_gone, is_unsupported
from vmgui.hypervisor.image_heads import may_name_more, with_names
from vmgui.libvirtxml.storage import PoolXml, parse_pool, parse_volume
from vmgui.model.deletion import UnreadPool
from vmgui.model.errors import ConnectionLost, InvalidConfig, StorageFailure
from vmgui.model.storage import Volume
from vmgui.policy.file_names import files_named, place_of

log = logging.getLogger(__name__)

MAX_VOLUMES = 50_000
MAX_DIRECTORIES = 32
MAX_ROUNDS = 4
QUICK_KINDS = frozenset({"dir", "fs", "logical", "zfs"})
_RESTING_KINDS = frozenset({"dir", "fs", "netfs", "logical"})
_DOTS = re.compile(r"(/\.)+(?=/)")
_SPARE_S = 3.0
"""How long for the headers of images that no machine uses."""
_NO_STORAGE = ("/dev", "/proc", "/sys", "/run")
_STORAGE = ("/run/media",)  # disks that somebody plugged in


@dataclass(frozen=True, slots=True)
class WantedFile:
    """A name of a file that a machine has for a disk."""

    path: str  # or `pool/volume`
    format: str = ""
    is_own: bool = False  # of a machine that is asked about: the whole directory is read


@dataclass
class FoundStorage:
    """What was found."""

    volumes: list[Volume] = field(default_factory=list[Volume])
    directories: list[str] = field(default_factory=list[str])  # read whole
    no_directories: list[str] = field(default_factory=list[str])  # such as are not there
    closed: list[str] = field(default_factory=list[str])  # such as are there and could not be read
    missing: list[str] = field(
        default_factory=list[str]
    )  # in directories that can be read, and not shown there
    pools: dict[str, str] = field(
        default_factory=dict[str, str]
    )  # directories of active pools, by their names
    sources: dict[str, str] = field(default_factory=dict[str, str])  # of pools on the network, by their names
    resting: dict[str, str] = field(
        default_factory=dict[str, str]
    )  # directories of pools that are not active
    unread: list[UnreadPool] = field(default_factory=list[UnreadPool])
    nameless: dict[str, int] = field(default_factory=dict[str, int])
    """How many files of pools have names that are no text: nobody can name them to libvirt."""

    def add(self, other: FoundStorage) -> None:
        """What was found elsewhere."""
        self.volumes += other.volumes
        self.directories += other.directories
        self.no_directories += other.no_directories
        self.closed += other.closed
        self.missing += other.missing
        self.pools.update(other.pools)
        self.sources.update(other.sources)
        self.resting.update(other.resting)
        self.unread += other.unread
        self.nameless.update(other.nameless)


def look_at_storage(
    conn: libvirt.virConnect,
    wanted: Iterable[WantedFile],
    time_limit_s: float,
    *,
    only_quick: bool = False,
    only_pool: str | None = None,
) -> FoundStorage:
    """All pools, and what is wanted outside of them. Lane of the pools.

    `only_quick`: pools that may take long to look at anew (of network storage) are taken as last seen.
    `only_pool`: nothing but this one, where another hangs.
    """
    with ExitStack() as looks:
        look = _Look(conn, time.monotonic() + time_limit_s, only_quick, looks)
        return look.work(tuple(wanted), only_pool)


@dataclass
class _Seen:
    """A volume and the handle by which it is looked at again."""

    volume: Volume
    handle: libvirt.virStorageVol
    is_read: bool = False  # its header


class _Look:
    def __init__(
        self, conn: libvirt.virConnect, deadline_s: float, only_quick: bool, looks: ExitStack
    ) -> None:
        self._conn = conn
        self._deadline_s = deadline_s
        self._only_quick = only_quick
        self._looks = looks
        self._found = FoundStorage()
        self._seen: dict[str, _Seen] = {}
        self._tried: set[str] = set()
        self._count = 0  # of looks outside of the pools

    def work(self, wanted: tuple[WantedFile, ...], only_pool: str | None) -> FoundStorage:
        found = self._found
        for pool in self._pools(only_pool):
            try:
                self._read_pool(pool)
            except (libvirt.libvirtError, InvalidConfig, *BINDING_ERRORS) as error:
                if isinstance(error, libvirt.libvirtError) and is_gone(error):
                    continue
                log.info("pool %s: not examined: %s", pool.name(), error)
                found.unread.append(UnreadPool(pool.name(), str(error)))
        formats = self._places_wanted(wanted)
        self._read_names(formats)
        if only_pool is None and pool_looks.can_look(self._conn):
            self._read_elsewhere(wanted, formats)
        self._look_again()
        if not self._conn.isAlive():
            # What failed says nothing about the storage.
            raise ConnectionLost("the connection broke while its storage was looked at")
        found.volumes = [seen.volume for seen in self._seen.values()]
        return found

    def _pools(self, only_pool: str | None) -> list[libvirt.virStoragePool]:
        try:
            if only_pool is not None:
                return [self._conn.storagePoolLookupByName(only_pool)]
            pools = self._conn.listAllStoragePools()
        except libvirt.libvirtError as error:
            if is_unsupported(error) or is_gone(error):
                return []
            raise
        pool_looks.remove_strays(pools)
        return [pool for pool in pools if not pool_looks.is_look(pool.name())]

    def _read_pool(self, pool: libvirt.virStoragePool) -> None:
        name = pool.name()
        xml = parse_pool(pool.XMLDesc())
        if not pool.isActive():
            if xml.kind in _RESTING_KINDS and xml.target_path:
                self._found.resting[name] = xml.target_path
            if xml.kind != "dir":
                # What it would show is not there before it is mounted or activated.
                self._tried.add(place_of(xml.target_path))
            return
        if xml.source:
            self._found.sources[name] = xml.source
        if pool_looks.has_directory(xml):
            self._found.pools[name] = xml.target_path
        whole = self._read_volumes(self._now(pool, xml), name)
        if whole and xml.target_path and name not in {unread.name for unread in self._found.unread}:
            self._found.directories.append(xml.target_path)
        self._tried.add(place_of(xml.target_path))

    def _now(self, pool: libvirt.virStoragePool, xml: PoolXml) -> libvirt.virStoragePool:
        """Whichever shows what is in the pool now; itself, with a word, where nothing does."""
        if self._only_quick and xml.kind not in QUICK_KINDS:
            return pool
        try:
            if pool_looks.has_directory(xml) and pool_looks.can_look(self._conn):
                try:
                    # Overlays that snapshots made are in no list before their pool was looked at again.
                    return self._looks.enter_context(pool_looks.look_into(self._conn, xml.target_path))
                except libvirt.libvirtError as error:
                    if not pool_looks.is_refused(error):
                        raise
            pool_looks.refresh(self._conn, pool)
        except (libvirt.libvirtError, StorageFailure) as error:
            log.info("pool %s: not looked at anew: %s", pool.name(), error)
            if pool_looks.has_directory(xml):
                self._note_closed(xml.target_path, error)
            self._found.unread.append(UnreadPool(pool.name(), str(error)))
        return pool

    def _read_volumes(self, pool: libvirt.virStoragePool, name: str) -> bool:
        """Whether all of them were read."""
        whole = True
        for handle in pool.listAllVolumes():
            if len(self._seen) >= MAX_VOLUMES or time.monotonic() > self._deadline_s:
                self._found.unread.append(UnreadPool(name, "there are too many volumes to read them all"))
                return False
            whole = self._add(handle, name) and whole
        return whole

    def _add(self, handle: libvirt.virStorageVol, pool: str) -> bool:
        """False: a machine may use it, and it could not be understood."""
        try:
            volume = parse_volume(handle.XMLDesc(), pool)
        except libvirt.libvirtError as error:
            if not is_gone(error):
                raise
            return True
        except (InvalidConfig, *BINDING_ERRORS) as error:
            log.info("a volume of %s: not understood: %s", pool, error)
            name = _name_of(handle)
            if name and pool:
                self._found.unread.append(UnreadPool(pool, f"{name}: {error}"))
            if not name and pool:
                self._found.nameless[pool] = self._found.nameless.get(pool, 0) + 1
            # One whose own name is no text is in no machine's XML.
            return not name
        # The look's own spelling; a `..` in it means something.
        path = _DOTS.sub("", volume.path)
        volume = replace(volume, path=path, key=path if volume.key == volume.path else volume.key)
        self._seen.setdefault(place_of(path), _Seen(volume, handle))
        return True

    # Names in headers -------------------------------------------------------------------------------------

    def _places_wanted(self, wanted: Iterable[WantedFile]) -> dict[str, str]:
        """The format that a machine gives for a file, by where that is."""
        by_name = {(seen.volume.pool, seen.volume.name): place for place, seen in self._seen.items()}
        places: dict[str, str] = {}
        for file in wanted:
            pool, _, name = file.path.partition("/")
            place = place_of(file.path) if not pool else by_name.get((pool, name), "")
            places[place] = places.get(place) or file.format
        return places

    def _read_names(self, formats: Mapping[str, str]) -> None:
        """Headers of what machines use and of what that is based on; then of the rest, as far as time allows."""
        waiting = [place for place in formats if place in self._seen]
        needed: set[str] = set()
        while waiting:
            place = waiting.pop()
            if place in needed:
                continue
            needed.add(place)
            seen = self._seen[place]
            if time.monotonic() < self._deadline_s:
                self._read_head(seen, formats.get(place, ""))
            elif may_name_more(seen.volume, formats.get(place, "")):
                seen.volume = replace(seen.volume, is_unread=True)
            waiting += [below for path in self._named_by(seen) if (below := place_of(path)) in self._seen]
        enough_s = time.monotonic() + _SPARE_S
        for place, seen in self._seen.items():
            if place not in needed and time.monotonic() < min(enough_s, self._deadline_s):
                # Nobody uses it: what it names is no machine's need.
                self._read_head(seen, "")

    def _read_head(self, seen: _Seen, disk_format: str) -> None:
        if not seen.is_read and may_name_more(seen.volume, disk_format):
            seen.is_read = True
            seen.volume = with_names(self._conn, seen.handle, seen.volume)

    @staticmethod
    def _named_by(seen: _Seen) -> Iterator[str]:
        volume = seen.volume
        for name in (volume.backing_path, volume.more_backing, *volume.parts):
            yield from files_named(name, volume.path).paths

    # Outside of the pools ---------------------------------------------------------------------------------

    def _read_elsewhere(self, wanted: Collection[WantedFile], formats: Mapping[str, str]) -> None:
        """Other directories in which there is what machines use, and what that is based on."""
        whole = {posixpath.dirname(self._path_wanted(file)) for file in wanted if file.is_own}
        names = {path for file in wanted if (path := self._path_wanted(file))}
        names.update(self._named())
        for _ in range(MAX_ROUNDS):
            by_directory: dict[str, set[str]] = defaultdict(set)
            for name in names:
                directory = posixpath.dirname(name)
                if self._is_worth_a_look(name, directory):
                    by_directory[directory].add(posixpath.basename(name))
            if not by_directory:
                return
            known = set(self._seen)
            for directory in sorted(by_directory, key=lambda one: (one not in whole, one)):
                if self._count >= MAX_DIRECTORIES or time.monotonic() > self._deadline_s:
                    return
                self._count += 1
                self._tried.add(place_of(directory))
                self._read_directory(directory, by_directory[directory], is_whole=directory in whole)
            # What is based on these was used before they were known.
            self._read_names(
                dict(formats) | {place: formats.get(place, "") for place in self._seen.keys() - known}
            )
            names = set(self._named())

    def _path_wanted(self, file: WantedFile) -> str:
        if file.path.startswith("/"):
            return file.path
        pool, _, name = file.path.partition("/")
        return f"{self._found.resting[pool]}/{name}" if pool in self._found.resting else ""

    def _is_worth_a_look(self, name: str, directory: str) -> bool:
        return (
            place_of(name) not in self._seen
            and place_of(directory) not in self._tried
            and may_hold_disks(directory)
        )

    def _named(self) -> Iterator[str]:
        for seen in self._seen.values():
            yield from self._named_by(seen)

    def _read_directory(self, directory: str, files: Iterable[str], *, is_whole: bool) -> None:
        try:
            pool = self._looks.enter_context(pool_looks.look_into(self._conn, directory))
            if is_whole:
                if self._read_volumes(pool, ""):
                    self._found.directories.append(directory)
                return
            for name in sorted(files):
                self._add_named(pool, directory, name)
        except (libvirt.libvirtError, InvalidConfig) as error:
            log.info("%s: not looked into: %s", directory, error)
            self._note_closed(directory, error)

    def _note_closed(self, directory: str, error: Exception) -> None:
        is_there = pool_looks.is_directory_there(error)
        if is_there is not None:
            (self._found.closed if is_there else self._found.no_directories).append(directory)

    def _add_named(self, pool: libvirt.virStoragePool, directory: str, name: str) -> None:
        try:
            self._add(pool.storageVolLookupByName(name), "")
        except libvirt.libvirtError as error:
            if not is_gone(error):
                raise
            self._found.missing.append(posixpath.join(directory, name))

    # What is written to -----------------------------------------------------------------------------------

    def _look_again(self) -> None:
        """Look again at files that may be the same as another: one that grows shows another time at each look."""
        alike: dict[tuple[str, int], list[_Seen]] = defaultdict(list)
        for seen in self._seen.values():
            if seen.volume.changed_unix_ns:
                alike[seen.volume.format, seen.volume.capacity_bytes].append(seen)
        for group in alike.values():
            for seen in group if len(group) > 1 else ():
                try:
                    now = parse_volume(seen.handle.XMLDesc(), seen.volume.pool)
                except (libvirt.libvirtError, InvalidConfig, *BINDING_ERRORS):
                    continue
                seen.volume = replace(
                    seen.volume,
                    changed_last_unix_ns=now.changed_unix_ns,
                    allocation_last_bytes=now.allocation_bytes,
                )


def may_hold_disks(directory: str) -> bool:
    """Whether it is worth a look: not what the kernel and programs keep their own files in."""
    is_of_system = directory in ("", "/") or _is_below(directory, _NO_STORAGE)
    return not is_of_system or _is_below(directory, _STORAGE)


def _is_below(directory: str, tops: Iterable[str]) -> bool:
    return any(directory == top or directory.startswith(f"{top}/") for top in tops)


def _name_of(handle: libvirt.virStorageVol) -> str:
    """Empty: it is no text."""
    try:
        return handle.name()
    except BINDING_ERRORS:
        return ""
