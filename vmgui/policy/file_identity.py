"""Which names are one file, and what it is based on: pure; the one notion of it for deleting and for warning.

A file has many names: symbolic links to it and to directories on the way, pools that show one directory twice, hard
links, `file:` and `json:` names, /dev/mapper. Where this computer can read the host's files, device and inode tell.
Else the host's pools do: libvirt follows links, so all names of a file tell one size and one change time of its
inode, to the nanosecond. A file that is written to meanwhile tells another at each look: it is looked at twice, and
names whose spans of time and size overlap are one file. A backing file's times are told beside its name.
"""

from __future__ import annotations

import posixpath
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from vmgui.model.storage import Volume
from vmgui.policy.file_names import files_named, place_of, same_place, stem_of

FileId = int
_LOOK_NS = 60 * 1_000_000_000
"""Longer than a look at a host takes: what is written to meanwhile told other times before and after."""


@dataclass(frozen=True, slots=True)
class LocalFile:
    """A file of this computer, under the name it was looked at."""

    allocation_bytes: int
    backing_path: str = ""  # as it names it
    is_regular: bool = True  # itself, not what a link leads to
    inode: tuple[int, int] | None = field(default=None, compare=False)  # device and number; None: not told
    is_special: bool = field(default=False, compare=False)  # a directory, device, pipe, or a link to one
    parts: tuple[str, ...] = ()  # other files that hold its data, as it names them
    is_unclear: bool = False  # it may be based on, or consist of, files that could not be read from it
    link_to: str = field(default="", compare=False)  # it is a link itself: where that leads in the end


@dataclass(frozen=True, slots=True)
class Unread:
    """A name that leads to a file nobody could look at, or a file that did not say all it is based on."""

    name: str
    has_unknown_chain: bool = False
    is_disk: bool = False
    """Device nodes have many names: any that is not known may be any other."""
    is_absent: bool = False
    """It is none of the files that are known: its disk is away, or it is gone. What it needs is not known."""
    is_volume: bool = False
    """`pool/volume` of a pool that is not known: where it would be is not known either."""
    may_need_any: bool = False
    """Something that is there may not be read: it may be based on any file of the host."""


@dataclass(frozen=True, slots=True)
class Resolved:
    """What names lead to."""

    ids: frozenset[FileId] = frozenset()
    unread: tuple[Unread, ...] = ()

    def __or__(self, other: Resolved) -> Resolved:
        return Resolved(self.ids | other.ids, tuple(dict.fromkeys((*self.unread, *other.unread))))


@dataclass
class _File:
    """What is known under one name."""

    places: list[str]
    below: list[Callable[[], Resolved]] = field(default_factory=list["Callable[[], Resolved]"])
    parts: list[Callable[[], Resolved]] = field(default_factory=list["Callable[[], Resolved]"])
    is_unclear: bool = False
    is_unread: bool = False


class Files:
    """All files of a host that could be looked at."""

    def __init__(
        self,
        volumes: Iterable[Volume],
        local: Mapping[str, LocalFile],
        directories: Iterable[str],
        gone: Collection[str] = (),
        *,
        away: Collection[str] = (),
        perhaps_away: Collection[str] = (),
        missing: Collection[str] = (),
        closed_directories: Iterable[str] = (),
    ) -> None:
        self.volumes = {place_of(volume.path): volume for volume in volumes if volume.path}
        self.local = {place_of(path): found for path, found in local.items()}
        self._gone = gone
        self._away = frozenset(map(place_of, away))
        self._perhaps_away = frozenset(map(place_of, perhaps_away))
        self._missing = frozenset(map(place_of, missing))
        self._directories = frozenset(map(place_of, directories))
        self._closed = frozenset(map(place_of, closed_directories))
        self._parent: list[FileId] = []
        self._id: dict[str, FileId] = {}
        for place in (*self.volumes, *self.local):
            if place not in self._id:
                self._id[place] = len(self._parent)
                self._parent.append(self._id[place])
        self._join_inodes()
        self._join_marks()
        self._marked = _Marked(self.volumes, self._id)
        self._files: dict[FileId, _File] = {}
        for place, number in self._id.items():
            self._files.setdefault(self._root(number), _File([])).places.append(place)
        self._add_chains()
        self._chains: dict[tuple[FileId, bool], Resolved] = {}

    def __iter__(self) -> Iterator[FileId]:
        return iter(self._files)

    # Names ------------------------------------------------------------------------------------------------

    def id_at(self, place: str) -> FileId | None:
        """The file at a path in one spelling."""
        number = self._id.get(place)
        return self._root(number) if number is not None else None

    def resolve(self, path: str, *, has_unknown_chain: bool, is_disk: bool = False) -> Resolved:
        """What a path leads to; `has_unknown_chain`: if it cannot be looked at, more may hang on it."""
        if not path.startswith("/"):
            return Resolved()
        exact = self.id_at(place_of(path))
        if exact is not None:
            return Resolved(frozenset({exact}))
        place = same_place(path)
        found = self.id_at(place)
        ids = frozenset() if found is None else frozenset({found})
        if path in self._gone:
            return Resolved()
        at = place_of(path)
        is_away = self.is_away(at)
        if is_away or self.is_missing(at):
            if not has_unknown_chain:
                return Resolved()
            return Resolved(unread=(Unread(place, True, is_disk, is_absent=True, may_need_any=is_away),))
        is_closed = posixpath.dirname(at) in self._closed or at in self._perhaps_away
        may_need_any = has_unknown_chain and is_closed
        return Resolved(ids, (Unread(place, has_unknown_chain, is_disk, may_need_any=may_need_any),))

    def places_of(self, file: FileId) -> list[str]:
        """All its known names."""
        return self._files[file].places

    def is_away(self, place: str) -> bool:
        """Whether there is a link of this name that leads nowhere now."""
        return place in self._away and place not in self._id

    def is_missing(self, place: str) -> bool:
        """Whether the host shows no file of this name where it would.

        libvirt shows no links that lead nowhere, as those to a disk that is away: it may be one.
        """
        if place in self._id or self.is_away(place):
            return False
        return place in self._missing or posixpath.dirname(place) in self._directories

    # Chains -----------------------------------------------------------------------------------------------

    def parts_of(self, file: FileId) -> Resolved:
        """Other files that hold its data, and what these need."""
        return self._closure(file, with_bases=False)

    def parts_at(self, place: str) -> frozenset[FileId]:
        """The same of a file opened by this very name: by another one it would mean others by relative names."""
        seen = (self.volumes.get(place), self.local.get(place))
        names = dict.fromkeys(name for found in seen if found is not None for name in found.parts)
        direct = frozenset(file for name in names for file in self.named_by(name, place).ids)
        return direct | frozenset(part for file in direct for part in self.parts_of(file).ids)

    def needs_of(self, file: FileId) -> Resolved:
        """All that is needed to read it: parts, backing files, their parts; not itself unless it is in a circle."""
        return self._closure(file, with_bases=True)

    def with_overlays(self) -> Iterator[tuple[FileId, FileId]]:
        """Pairs of a file and one that is based on it or holds its data there."""
        for file, found in self._files.items():
            for step in (*found.below, *found.parts):
                for needed in step().ids:
                    yield needed, file

    def _closure(self, file: FileId, *, with_bases: bool) -> Resolved:
        known = self._chains.get((file, with_bases))
        if known is not None:
            return known
        ids: set[FileId] = set()
        unread: dict[Unread, None] = {}
        waiting = [file]
        seen = {file}
        while waiting:
            at = waiting.pop()
            found = self._files[at]
            if found.is_unclear or found.is_unread:
                unread.update(
                    (Unread(place, has_unknown_chain=True, may_need_any=found.is_unclear), None)
                    for place in found.places
                )
            for step in (*(found.below if with_bases else ()), *found.parts):
                named = step()
                unread.update(dict.fromkeys(named.unread))
                ids |= named.ids
                waiting += named.ids - seen
                seen |= named.ids
        result = self._chains[(file, with_bases)] = Resolved(frozenset(ids), tuple(unread))
        return result

    def named_by(self, name: str, image_place: str, changed_unix_ns: int = 0) -> Resolved:
        """What an image means by a name; `changed_unix_ns`: of the file meant, as the host tells."""
        named = files_named(name, image_place)
        result = Resolved(unread=(Unread(named.unclear, has_unknown_chain=True),) if named.unclear else ())
        for path in named.paths:
            result |= self.resolve(path, has_unknown_chain=True)
        if changed_unix_ns and not result.ids and (found := self._marked.at(changed_unix_ns)):
            # The host followed its links to there.
            return Resolved(frozenset(map(self._root, found)))
        return result

    def _add_chains(self) -> None:
        def add(steps: list[Callable[[], Resolved]], name: str, place: str, changed_unix_ns: int = 0) -> None:
            if name:
                steps.append(lambda: self.named_by(name, place, changed_unix_ns))

        for place, volume in self.volumes.items():
            file = self._files[self._root(self._id[place])]
            add(file.below, volume.backing_path, place, volume.backing_changed_unix_ns)
            if volume.more_backing != volume.backing_path:
                add(file.below, volume.more_backing, place)
            for part in volume.parts:
                add(file.parts, part, place)
            file.is_unclear = file.is_unclear or volume.is_unclear
            file.is_unread = file.is_unread or volume.is_unread
        for place, found in self.local.items():
            file = self._files[self._root(self._id[place])]
            add(file.below, found.backing_path, place)
            for part in found.parts:
                add(file.parts, part, place)
            # What we may not read the host may have read for us.
            is_told = any(name in self.volumes for name in file.places)
            file.is_unclear = file.is_unclear or (found.is_unclear and not is_told)

    # One file, many names ---------------------------------------------------------------------------------

    def _root(self, number: FileId) -> FileId:
        while self._parent[number] != number:
            self._parent[number] = self._parent[self._parent[number]]
            number = self._parent[number]
        return number

    def _join(self, one: FileId, other: FileId) -> None:
        self._parent[self._root(other)] = self._root(one)

    def _join_inodes(self) -> None:
        first: dict[tuple[int, int], FileId] = {}
        for place, found in self.local.items():
            if found.inode is not None:
                self._join(first.setdefault(found.inode, self._id[place]), self._id[place])

    def _join_marks(self) -> None:
        alike: dict[tuple[str, int], list[tuple[str, Volume]]] = defaultdict(list)
        for place, volume in self.volumes.items():
            # A device node's times are those of the node.
            if volume.changed_unix_ns and not place.startswith("/dev/"):
                alike[volume.format, volume.capacity_bytes].append((place, volume))
        for group in alike.values():
            group.sort(key=lambda one: one[1].changed_unix_ns)
            open_spans: list[tuple[str, Volume]] = []
            for place, volume in group:
                open_spans = [one for one in open_spans if _last_change(one[1]) >= volume.changed_unix_ns]
                for other_place, other in open_spans:
                    if _sizes_overlap(volume, other):
                        self._join(self._id[other_place], self._id[place])
                open_spans.append((place, volume))


def could_be(unread: Unread, places: Iterable[str]) -> bool:
    """Whether what could not be looked at may be the file of these names, or may hang on it."""
    name = unread.name
    places = tuple(places)
    if unread.is_volume:
        return _is_called_alike(unread, places)
    if not name.startswith("/"):
        # A name that was not understood: whatever it may mean, the file's own is in it.
        return any(posixpath.basename(place) in name for place in places)
    if unread.is_disk and name.startswith("/dev/"):
        return any(place.startswith("/dev/") for place in places)
    # Overlays are made beside what they are based on, or are called after it.
    return _is_called_alike(unread, places) or (
        unread.has_unknown_chain
        and any(posixpath.dirname(place) == posixpath.dirname(name) for place in places)
    )


def _is_called_alike(unread: Unread, places: Iterable[str]) -> bool:
    name = unread.name
    return any(
        posixpath.basename(place) == posixpath.basename(name)
        or (unread.has_unknown_chain and stem_of(place) == stem_of(name))
        for place in places
    )


class _Marked:
    """Volumes by when their inode was changed."""

    def __init__(self, volumes: Mapping[str, Volume], ids: Mapping[str, FileId]) -> None:
        self._still: dict[int, set[FileId]] = defaultdict(set)
        self._growing: list[tuple[int, int, FileId]] = []
        for place, volume in volumes.items():
            if not volume.changed_unix_ns or place.startswith("/dev/") or volume.format == "dir":
                continue
            last = _last_change(volume)
            if last == volume.changed_unix_ns:
                self._still[last].add(ids[place])
            else:
                self._growing.append((volume.changed_unix_ns, last, ids[place]))

    def at(self, changed_unix_ns: int) -> set[FileId]:
        return self._still.get(changed_unix_ns, set()) | {
            file
            for first, last, file in self._growing
            if first - _LOOK_NS <= changed_unix_ns <= last + _LOOK_NS
        }


def _last_change(volume: Volume) -> int:
    return max(volume.changed_unix_ns, volume.changed_last_unix_ns)


def _sizes_overlap(one: Volume, other: Volume) -> bool:
    def span(volume: Volume) -> tuple[int, int]:
        sizes = volume.allocation_bytes, volume.allocation_last_bytes or volume.allocation_bytes
        return min(sizes), max(sizes)

    (low, high), (other_low, other_high) = span(one), span(other)
    return low <= other_high and other_low <= high
