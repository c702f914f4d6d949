"""Which machines use a disk that somebody wants to give to another: pure."""

from __future__ import annotations

from vmgui.model.device import Disk
from vmgui.model.offer import DiskUse, DiskUseKind
from vmgui.policy.file_identity import FileId
from vmgui.policy.file_names import same_place
from vmgui.policy.file_needs import Evidence, Storage, closure_of


def uses_of(path: str, evidence: Evidence) -> tuple[DiskUse, ...]:
    """Which machines a file's contents matter to, one line each, the same disk first; doubts are not told."""
    storage = Storage(evidence)
    mine = storage.files.resolve(path, has_unknown_chain=False).ids
    place = same_place(path)
    bases = closure_of(storage.files, mine)
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
    place: str, mine: frozenset[FileId], bases: frozenset[FileId], disk: Disk, storage: Storage
) -> DiskUseKind | None:
    files = storage.files
    theirs = files.resolve(storage.path_of(disk), has_unknown_chain=False).ids
    held = frozenset(part for file in theirs for part in files.parts_of(file).ids)
    if storage.place(disk) == place or mine & (theirs | held):
        return DiskUseKind.SAME
    told = storage.ids_of(disk.backing_chain)
    if place in map(same_place, disk.backing_chain) or mine & (told | closure_of(files, theirs | told)):
        return DiskUseKind.OVERLAY
    return DiskUseKind.BASE if theirs & bases else None


def _gravity(use: DiskUse) -> tuple[bool, bool]:
    return (use.is_running and not use.is_shared, use.kind is DiskUseKind.SAME)
