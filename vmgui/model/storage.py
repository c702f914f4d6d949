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
