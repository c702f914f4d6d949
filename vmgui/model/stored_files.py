"""What is the matter with a file that vmgui keeps on this computer."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class FileTrouble(Enum):
    """None of these loses what is in the file."""

    UNREADABLE = "unreadable"  # now; it is left alone and tried again
    DAMAGED = "damaged"  # read, but not understood
    NEWER = "newer"  # of a newer vmgui: read as far as possible, never written
    UNWRITABLE = "unwritable"  # what was changed is not saved yet; tried again


@dataclass(frozen=True, slots=True)
class FileNotice:
    """Something a person should know of a file, and what can be done about it."""

    trouble: FileTrouble
    path: str
    reason: str = ""  # in the system's words
    since_unix_s: float = 0.0  # UNWRITABLE: how long already
    kept_copy: str = ""  # DAMAGED: the last good state; empty: there is none
    kept_unix_s: float = 0.0  # when it was good
    aside: str = ""  # DAMAGED and replaced: where the damaged file is now
    waits: bool = False  # DAMAGED: nothing is read or written until the person has chosen
