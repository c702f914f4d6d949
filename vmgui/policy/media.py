"""What may go into a drive: which files are offered, in which format one is given to the hypervisor."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace

from vmgui.model.media import Drive, LookedAt, MediumFile, NewMedium, Usable
from vmgui.model.offer import Medium, MediumIssue, MediumIssueKind
from vmgui.model.storage import Volume
from vmgui.policy.natural_order import natural_key

FLOPPY_MOST_BYTES = 2_949_120
"""The largest that drives were made for: 2.88 MB."""
RECENT_MOST = 12

_CD_ENDINGS = (".iso", ".udf", ".cdr", ".img", ".raw")
# A guest that knows what it is reads it from the drive; no system starts from it.
_READ_AS_IT_IS = frozenset({MediumIssueKind.COMPRESSED, MediumIssueKind.ARCHIVE})
_FLOPPY_ENDINGS = (".img", ".ima", ".vfd", ".flp", ".raw", ".bin", ".dsk")
# What the names that `policy/medium.py` gives are in a definition; all others are raw there.
_FORMATS = {
    name: name
    for name in ("qcow2", "qcow", "vmdk", "vdi", "vpc", "qed", "bochs", "cloop", "dmg", "parallels")
}


def offered(
    volumes: Iterable[Volume], recent: Iterable[str], device: str, used: Collection[str] = ()
) -> tuple[MediumFile, ...]:
    """What can be chosen for a drive, recent ones first; `used`: files that machines have as disks."""
    found = {volume.path: volume for volume in volumes if can_be_medium(volume, device, used)}
    order = sorted(found.values(), key=lambda volume: (not _is_iso(volume), natural_key(volume.name)))
    files = {
        volume.path: MediumFile(volume.path, volume.pool, volume.capacity_bytes or None) for volume in order
    }
    first = [
        replace(files.get(path, MediumFile(path)), is_recent=True) for path in recent if _fits(path, device)
    ]
    return (*first, *(file for path, file in files.items() if path not in {one.path for one in first}))


def can_be_medium(volume: Volume, device: str, used: Collection[str] = ()) -> bool:
    """Whether a volume is offered. Machines' disks are not, though they can be typed."""
    if not volume.path.startswith("/") or volume.path in used or volume.backing_path:
        return False
    name = volume.name.casefold()
    if device == "floppy":
        # libvirt tells no difference between a floppy and a disk of the same size.
        return (
            volume.format in ("raw", "")
            and name.endswith(_FLOPPY_ENDINGS)
            and volume.capacity_bytes <= FLOPPY_MOST_BYTES
        )
    return _is_iso(volume) or (volume.format in ("raw", "") and name.endswith(_CD_ENDINGS))


def _is_iso(volume: Volume) -> bool:
    return volume.format == "iso" or volume.name.casefold().endswith(".iso")


def _fits(path: str, device: str) -> bool:
    """Whether a file that was inserted before may have been for such a drive."""
    is_floppy = path.casefold().endswith((".ima", ".vfd", ".flp", ".dsk"))
    return is_floppy is (device == "floppy") or path.casefold().endswith((".img", ".raw", ".bin"))


def judged(medium: Medium) -> LookedAt:
    """Whether the file can be inserted, and in which format it is given to the hypervisor.

    One that is based on another file is refused: a guest that may write to a floppy could write such a header into it,
    and would be given any file of the host when it is next inserted.
    """
    if medium.backing_path:
        issue = MediumIssue(MediumIssueKind.BACKING_FILE, True, medium.backing_path)
        medium = replace(medium, issues=(issue, *medium.issues))
    kinds = {issue.kind for issue in medium.issues}
    if any(issue.blocks and issue.kind not in _READ_AS_IT_IS for issue in medium.issues):
        usable = Usable.NO
    elif medium.exists is None or MediumIssueKind.UNKNOWN in kinds:
        usable = Usable.UNKNOWN
    else:
        usable = Usable.YES
    return LookedAt(medium, usable, NewMedium(medium.ref.path, _FORMATS.get(medium.format, "raw")))


def remembered(recent: Iterable[str], path: str) -> tuple[str, ...]:
    """The recent ones, once this was inserted."""
    return (path, *(one for one in recent if one != path))[:RECENT_MOST]


def with_media(drives: Iterable[Drive]) -> tuple[Drive, ...]:
    """Those that something can be taken out of, now or of the definition."""
    return tuple(drive for drive in drives if drive.live or drive.saved)


def first_for_insert(drives: Iterable[Drive]) -> Drive | None:
    """The drive that a person most likely means: an empty CD drive, else any CD drive, else any."""
    return min(drives, key=lambda drive: (drive.device != "cdrom", bool(drive.medium)), default=None)
