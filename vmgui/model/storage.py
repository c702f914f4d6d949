"""Storage pools and volumes."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Pool:
    """A storage pool."""

    name: str
    uuid: str
    kind: str  # dir, fs, logical ...
    active: bool
    target_path: str  # empty where the pool has none
    capacity_bytes: int
    allocation_bytes: int
    available_bytes: int
    silent_since_s: float = 0.0
    """time.monotonic(); not 0: it does not answer since then (a dead file server, perhaps), the rest is from before."""
    problem: str = ""
    """Why it could not be read, in the library's words; the rest is not known."""

    @property
    def answers(self) -> bool:
        """Whether it can be used, as far as is known."""
        return not self.silent_since_s and not self.problem


@dataclass(frozen=True, slots=True)
class Volume:
    """A volume of a pool."""

    pool: str
    name: str
    path: str
    format: str  # qcow2, raw, iso ...
    capacity_bytes: int
    allocation_bytes: int
    backing_path: str = ""
    key: str = ""  # names it world-wide where the pool's kind has such names (LVM, SCSI), else its path
    modified_unix_s: float = 0.0  # of the file; 0: not told
    changed_unix_ns: int = 0  # of its inode: all names of one file tell the same; 0: not told
    changed_last_unix_ns: int = 0  # at a second look, since a file that is written to tells another each time
    allocation_last_bytes: int = 0
    backing_changed_unix_ns: int = 0  # of the inode of its backing file; 0: not told
    parts: tuple[str, ...] = ()  # names of other files that hold its data, as it gives them
    more_backing: str = ""  # its backing file's name as read from itself, where libvirt told none
    is_unclear: bool = False  # it may be based on, or consist of, files that could not be read from it
    is_unread: bool = False  # the same, and nobody tried to read them


@dataclass(frozen=True, slots=True)
class PoolContents:
    """What a pool shows."""

    volumes: tuple[Volume, ...] = ()
    nameless: int = 0  # how many files are not among them: their names are no text
