"""Over random file systems, nothing that a machine needs is ever offered, and what nobody needs is.

A little file system with hard links, symbolic links to files and directories, and images based on one another under
any spelling is made; the reference walks it as a kernel would. What is judged gets only what a host tells of it.
"""

from __future__ import annotations

import json
import posixpath
from dataclasses import dataclass, field, replace

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.policy.test_deletion import config, disk
from vmgui.model.deletion import DoomedFile
from vmgui.model.device import Disk
from vmgui.model.domain import DomainConfig
from vmgui.model.storage import Volume
from vmgui.policy.deletion import Evidence, LocalFile, OtherMachine, Verdicts

DIRECTORIES = {
    "/p0": "/p0",
    "/p1": "/p1",
    "/x": "/x",
    "/u": "/u",
    "/l0": "/p0",  # a link
    "/p1/in": "/p0",  # a link in a pool
    "/l1/..": "/x",  # /l1 leads to /x/deep: the text alone would say /
}
"""Every spelling of a directory, and which it is."""
REAL = ("/p0", "/p1", "/x", "/u")
NAMES = ("a.img", "b.img", "c.img", "d.img")
UNREAD = "/u"


def spelled(path: str, how: str) -> str:
    """A name of the file at the path, as images have it."""
    match how:
        case "file":
            name = f"file:{path}"
        case "json":
            name = "json:" + json.dumps({"driver": "qcow2", "file": {"driver": "file", "filename": path}})
        case "dotted":
            name = "json:" + json.dumps({"driver": "qcow2", "file.driver": "file", "file.filename": path})
        case "beside":
            return posixpath.basename(path)
        case _:
            name = path
    MEANT[name] = path
    return name


MEANT: dict[str, str] = {}
"""What was spelled: the reference does not read names, it knows them."""


def meant(name: str, image_path: str) -> list[str]:
    """The path that an image opened by this path means; empty: none."""
    if not name:
        return []
    return [MEANT[name] if name in MEANT else posixpath.join(posixpath.dirname(image_path), name)]


@dataclass
class File:
    """An inode."""

    number: int
    format: str
    is_growing: bool = False
    backing: str = ""  # as it is written in it
    parts: tuple[str, ...] = ()
    is_away: bool = False  # on a disk that is not there now: its name is a link that leads nowhere


@dataclass
class World:
    """What is really there."""

    files: list[File]
    entries: dict[tuple[str, str], File | str]  # directory and name; a text: a symbolic link to that path
    machines: list[OtherMachine] = field(default_factory=list[OtherMachine])

    def follow(self, path: str, depth: int = 0) -> File | None:
        """As the kernel does."""
        directory, name = posixpath.split(path)
        found = self.entries.get((DIRECTORIES.get(directory, ""), name))
        if isinstance(found, str):
            return self.follow(found, depth + 1) if depth < 8 else None
        return found

    def chain(self, path: str, seen: frozenset[str] = frozenset()) -> set[int]:
        """Every inode that is needed to read the file opened by this name, itself too."""
        file = self.follow(path)
        if file is None or path in seen:
            return set()
        needed = {file.number}
        for name in (file.backing, *file.parts):
            for below in meant(name, path):
                needed |= self.chain(below, seen | {path})
        return needed

    def needed_by(self, machine: OtherMachine) -> set[int]:
        """Every inode a machine needs."""
        names = {drive.source for found in machine.configs for drive in found.disks}
        names |= {found.nvram_path for found in machine.configs}
        return {number for name in names for number in self.chain(name)}

    def told_chain(self, path: str) -> tuple[str, ...]:
        """What a running machine's XML names below its disk."""
        told: list[str] = []
        while (file := self.follow(path)) is not None and len(told) < 8:
            below = meant(file.backing, path)
            if not below:
                break
            path = below[0]
            told.append(path)
        return tuple(told)


class Teller:
    """What a host tells of a world; a file that grows tells another time whenever it is asked."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._asked = 0

    def _follow(self, path: str) -> File | None:
        found = self._world.follow(path)
        return None if found is None or found.is_away else found

    def _stamp(self, file: File) -> int:
        self._asked += 1
        return file.number * 1_000_000_000_000 + (self._asked if file.is_growing else 0)

    def volumes(self, directories: tuple[str, ...]) -> tuple[Volume, ...]:
        told = [
            (self._volume(f"{directory}/{name}", file), file)
            for directory in directories
            for real, name in self._world.entries
            if real == DIRECTORIES[directory] and (file := self._follow(f"{directory}/{name}")) is not None
        ]
        return tuple(replace(volume, changed_last_unix_ns=self._stamp(file)) for volume, file in told)

    def _volume(self, path: str, file: File) -> Volume:
        named = meant(file.backing, path)
        is_plain = ":" not in file.backing
        below = self._follow(named[0]) if named and is_plain else None
        return Volume(
            pool=posixpath.dirname(path),
            name=posixpath.basename(path),
            path=path,
            format=file.format,
            capacity_bytes=1000,
            allocation_bytes=100 + file.number,
            backing_path=named[0] if named and is_plain else file.backing,
            changed_unix_ns=self._stamp(file),
            backing_changed_unix_ns=self._stamp(below) if below is not None else 0,
            parts=file.parts,
            more_backing=file.backing,
        )

    def local(self, names: list[str]) -> Evidence:
        gone: set[str] = set()
        away: set[str] = set()
        found: dict[str, LocalFile] = {}
        waiting = list(names)
        while waiting:
            path = waiting.pop()
            file = self._world.follow(path)
            if file is None or path in found:
                gone |= {path} - found.keys()
                continue
            if file.is_away:
                away.add(path)
                continue
            entry = self._world.entries[DIRECTORIES[posixpath.dirname(path)], posixpath.basename(path)]
            found[path] = LocalFile(
                100, file.backing, not isinstance(entry, str), (1, file.number), parts=file.parts
            )
            for name in (file.backing, *file.parts):
                waiting += meant(name, path)
        return Evidence(local_files=found, gone=frozenset(gone), away=frozenset(away))


some_paths = st.builds("{}/{}".format, st.sampled_from(tuple(DIRECTORIES)), st.sampled_from(NAMES))
some_names = st.builds(
    spelled, some_paths, st.sampled_from(("plain", "plain", "file", "json", "dotted", "beside"))
)


@st.composite
def worlds(draw: st.DrawFn) -> World:
    files = [
        File(
            number,
            "qcow2",
            is_growing=draw(st.booleans()),
            backing=draw(st.one_of(st.just(""), some_names)),
            parts=tuple(draw(st.lists(some_names, max_size=1))),
        )
        for number in range(1, draw(st.integers(2, 6)) + 1)
    ]
    entries: dict[tuple[str, str], File | str] = {}
    for file in files:
        for _ in range(draw(st.integers(1, 2))):
            entries[draw(st.sampled_from(REAL)), draw(st.sampled_from(NAMES))] = file
    for directory, name in draw(
        st.lists(st.tuples(st.sampled_from(REAL), st.sampled_from(NAMES)), max_size=3)
    ):
        entries.setdefault((directory, name), draw(some_paths))
    world = World(files, entries)
    for number in range(draw(st.integers(1, 4))):
        world.machines.append(draw(machines(world, number)))
    return world


@st.composite
def machines(draw: st.DrawFn, world: World, number: int) -> OtherMachine:
    is_running = draw(st.booleans())

    def drive(path: str) -> Disk:
        made = disk(path, format="raw" if (found := world.follow(path)) is None else found.format)
        return replace(made, backing_chain=world.told_chain(path)) if is_running else made

    paths = draw(st.lists(some_paths, max_size=3, unique=True))
    nvram = draw(st.one_of(st.just(""), some_paths))
    found = config(*map(drive, paths), name=f"m{number}", nvram_path=nvram)
    return OtherMachine(f"m{number}", (found,), is_running, f"u{number}")


def judge(world: World, evidence: Evidence, *, all_is_seen: bool = True) -> tuple[set[str], set[str]]:
    """The paths that are offered of the first machine, and those of its own disks that nothing needs.

    Where not all is seen, those that are offered as chosen.
    """
    first, *others = world.machines
    files = Verdicts(replace(evidence, others=tuple(world.machines))).doomed_files(first.configs, first.uuid)
    offered = {file.path for file in files if file.is_chosen or (all_is_seen and file.can_delete)}
    needed = {number for other in others for number in world.needed_by(other)}
    for path in offered:
        file = world.follow(path)
        assert file is not None, path
        assert file.number not in needed, path
        assert file.number in world.needed_by(first), path
    own = [drive.source for found in first.configs for drive in found.disks]
    images = {
        f"{directory}/{name}": world.follow(f"{directory}/{name}")
        for directory in DIRECTORIES
        for name in NAMES
        if world.follow(f"{directory}/{name}") is not None
    }
    for path, image in images.items():
        assert image is not None
        needed |= world.chain(path) - {image.number}
        # Some other way leads back to it.
        needed |= {
            number
            for name in (image.backing, *image.parts)
            for below in meant(name, path)
            for number in world.chain(below)
        }
    free = {path for path in own if (found := world.follow(path)) is not None and found.number not in needed}
    return offered, free


@settings(max_examples=100, deadline=None)
@given(worlds())
def test_where_the_hosts_files_are_ours_to_read(world: World) -> None:
    names = [drive.source for one in world.machines for found in one.configs for drive in found.disks]
    names += [found.nvram_path for one in world.machines for found in one.configs if found.nvram_path]
    evidence = Teller(world).local(names)
    offered, free = judge(world, evidence)
    assert offered == judge(world, evidence, all_is_seen=False)[0]
    regular = {
        path
        for path in free
        if not isinstance(world.entries[DIRECTORIES[posixpath.dirname(path)], posixpath.basename(path)], str)
    }
    assert regular <= offered


@settings(max_examples=100, deadline=None)
@given(worlds())
def test_where_the_host_tells_of_all_directories(world: World) -> None:
    directories = tuple(DIRECTORIES)
    evidence = Evidence(Teller(world).volumes(directories), pool_directories=directories)
    judge(world, evidence)
    # A name that leads nowhere at all may be that of a disk that is away.
    offered, free = judge(world, evidence, all_is_seen=False)
    names = {drive.source for one in world.machines for found in one.configs for drive in found.disks}
    names |= {name for file in world.files for path in world.entries for name in named_in(file, path)}
    if all(world.follow(name) is not None for name in names):
        assert free <= offered


def named_in(file: File, path: tuple[str, str]) -> list[str]:
    return [below for name in (file.backing, *file.parts) for below in meant(name, "/".join(path))]


def hide(data: st.DataObject, world: World, backing: st.SearchStrategy[str]) -> None:
    """Some names lead to images on a disk that is away.

    The first machine is off: what it writes to while it runs would be nobody's base.
    """
    world.machines[0] = replace(world.machines[0], is_running=False)
    places = st.tuples(st.sampled_from(REAL), st.sampled_from(NAMES))
    for place in data.draw(st.sets(places, min_size=1, max_size=3)):
        file = File(200 + len(world.files), "qcow2", backing=data.draw(backing), is_away=True)
        world.files.append(file)
        world.entries[place] = file
    add_overlay(data, world)
    world.machines = [replace(one, configs=(told_anew(world, one),)) for one in world.machines]


def add_overlay(data: st.DataObject, world: World) -> None:
    """A machine that is off and away with its disk, which is based on what stands beside it: on the first's."""
    free = [
        (directory, name) for directory in REAL for name in NAMES if (directory, name) not in world.entries
    ]
    bases = [place for place, found in world.entries.items() if isinstance(found, File) and not found.is_away]
    pairs = [(place, base) for place in free for base in bases if place[0] == base[0]]
    if not pairs:
        return
    place, base = data.draw(st.sampled_from(pairs))
    file = File(400 + len(world.files), "qcow2", backing=base[1], is_away=True)
    world.files.append(file)
    world.entries[place] = file
    first, *others = world.machines
    owner = replace(first, configs=(config(disk("/".join(base))),))
    world.machines = [owner, *others, OtherMachine("late", (config(disk("/".join(place))),), uuid="late")]


def told_anew(world: World, machine: OtherMachine) -> DomainConfig:
    """The definition of a machine whose disks have changed; what its firmware keeps is based on nothing."""
    (found,) = machine.configs
    disks = (
        replace(
            drive,
            format="raw" if (file := world.follow(drive.source)) is None else file.format,
            backing_chain=world.told_chain(drive.source) if machine.is_running else (),
        )
        for drive in found.disks
    )
    return replace(found, nvram_path="", disks=tuple(disks))


@settings(max_examples=100, deadline=None)
@given(worlds(), st.data())
def test_where_disks_are_away_here(world: World, data: st.DataObject) -> None:
    """The link is seen: whatever it leads to may be based on any file."""
    hide(data, world, some_names)
    names = [drive.source for one in world.machines for found in one.configs for drive in found.disks]
    judge(world, Teller(world).local(names), all_is_seen=False)


@settings(max_examples=100, deadline=None)
@given(worlds(), st.data())
def test_where_disks_are_away_that_the_host_does_not_tell_of(world: World, data: st.DataObject) -> None:
    """They are as good as gone: what stands beside one may be its base all the same."""
    hide(data, world, st.sampled_from(NAMES))
    directories = tuple(DIRECTORIES)
    evidence = Evidence(Teller(world).volumes(directories), pool_directories=directories)
    judge(world, evidence, all_is_seen=False)


@settings(max_examples=100, deadline=None)
@given(worlds(), st.data())
def test_where_a_directory_may_not_be_read(world: World, data: st.DataObject) -> None:
    """What machines that are off have there may be based on any file.

    The host looked there and was refused; nothing hangs on what a running machine writes to.
    """
    unread = data.draw(st.sampled_from(REAL))
    hide(data, world, some_names)
    spellings = {one for one, real in DIRECTORIES.items() if real == unread}
    for (directory, name), found in tuple(world.entries.items()):
        if directory == unread:
            backing = some_names
            if own := [drive.source for drive in world.machines[0].configs[0].disks]:
                backing = st.one_of(some_names, st.sampled_from(own))
            file = File(300 + len(world.files), "qcow2", backing=data.draw(backing))
            world.files.append(file)
            world.entries[directory, name] = file
        elif isinstance(found, str) and posixpath.dirname(found) in spellings:
            del world.entries[directory, name]
    world.entries = {
        place: found
        for place, found in world.entries.items()
        if place[0] == unread or not (isinstance(found, File) and found.is_away)
    }
    world.machines = [replace(one, configs=(told_anew(world, one),)) for one in world.machines]
    directories = tuple(one for one in DIRECTORIES if one not in spellings)
    evidence = Evidence(
        Teller(world).volumes(directories),
        pool_directories=directories,
        closed_directories=tuple(spellings),
    )
    judge(world, evidence, all_is_seen=False)


@settings(max_examples=100, deadline=None)
@given(worlds(), st.data())
def test_no_doubt_is_raised_by_those_that_go_too_nor_about_what_is_written_to(
    world: World, data: st.DataObject
) -> None:
    """And doubts are all that this changes."""
    hide(data, world, some_names)
    first, *others = world.machines
    names = [drive.source for one in world.machines for found in one.configs for drive in found.disks]
    evidence = Teller(world).local(names)

    def judged(is_running: bool, *going: str) -> tuple[DoomedFile, ...]:
        machines = (replace(first, is_running=is_running), *others)
        verdicts = Verdicts(replace(evidence, others=machines))
        return verdicts.doomed_files(first.configs, first.uuid, (first.uuid, *going))

    off = judged(False)
    going = data.draw(st.sets(st.sampled_from([one.uuid for one in world.machines])))
    away = {one.name for one in others if one.uuid in going and not one.is_running}
    for file, alone in zip(judged(False, *going), off, strict=True):
        left = tuple(doubt for doubt in alone.doubts if doubt.machine not in away)
        assert file == replace(alone, doubts=left)
    for file, alone in zip(judged(True), off, strict=True):
        assert file == (replace(alone, doubts=(), is_written=True) if alone.can_delete else alone)


@settings(max_examples=150, deadline=None)
@given(worlds(), st.sets(st.sampled_from(tuple(DIRECTORIES))))
def test_where_some_directories_cannot_be_looked_at(world: World, unread: set[str]) -> None:
    """A name in one of them is told to be perhaps the file of that name: links there keep the names they lead to,
    and what stands in one of its own is based on nothing; more nobody could know."""
    for (directory, name), found in tuple(world.entries.items()):
        spellings = {one for one, real in DIRECTORIES.items() if real == directory}
        if spellings <= unread:
            world.entries[directory, name] = File(100 + len(world.files), "raw")
            world.files.append(world.entries[directory, name])  # type: ignore[arg-type]
        elif isinstance(found, str) and posixpath.dirname(found) in unread:
            world.entries[directory, name] = f"{posixpath.dirname(found)}/{name}"
    directories = tuple(one for one in DIRECTORIES if one not in unread)
    judge(world, Evidence(Teller(world).volumes(directories), pool_directories=directories))


@settings(max_examples=50, deadline=None)
@given(worlds(), st.data())
def test_a_machine_that_cannot_be_read_may_need_anything(world: World, data: st.DataObject) -> None:
    directories = tuple(DIRECTORIES)
    evidence = Evidence(Teller(world).volumes(directories), pool_directories=directories)
    hidden = data.draw(st.sampled_from(world.machines))
    evidence = replace(evidence, not_examined=("hidden",))
    for machine in world.machines:
        if machine is hidden:
            continue
        others = tuple(one for one in world.machines if one is not hidden)
        files = Verdicts(replace(evidence, others=others)).doomed_files(machine.configs, machine.uuid)
        assert not any(file.can_delete for file in files)
