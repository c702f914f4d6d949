"""Drives that take a medium (CD, floppy), what is in them, and what can be put into them: data."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from vmgui.model.offer import Medium


@dataclass(frozen=True, slots=True)
class Drive:
    """A drive as the running machine has it and as its definition does.

    `live`, `saved`: what is in it, as model.device.Disk names a source; empty: nothing; None: that has no such drive.
    """

    target: str  # sda, hdc, fda ...
    device: str  # cdrom, floppy
    bus: str = ""
    live: str | None = None
    saved: str | None = None
    is_open: bool = False  # the tray of the running machine

    @property
    def medium(self) -> str:
        """What is in it now, or will be at the next start where it does not run; empty: nothing."""
        return (self.live if self.live is not None else self.saved) or ""


@dataclass(frozen=True, slots=True)
class NewMedium:
    """What goes into a drive: a file or block device of the host."""

    path: str
    format: str = "raw"  # as libvirt has it: a CD image is raw


@dataclass(frozen=True, slots=True)
class MediumFile:
    """Something on a host that can be a medium."""

    path: str
    pool: str = ""  # empty: of none that is known
    size_bytes: int | None = None
    is_recent: bool = False  # inserted from here before

    @property
    def name(self) -> str:
        """Without its folder."""
        return self.path.rsplit("/", 1)[-1]


class Usable(Enum):
    """Whether a file can be a medium."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"  # it lies where neither this program nor a pool can look


@dataclass(frozen=True, slots=True)
class LookedAt:
    """A file as far as it could be looked at."""

    medium: Medium
    usable: Usable
    new: NewMedium  # as it would be inserted
