"""What a job has made, as far as it must be known to take it back: from this run or from one that ended too early.

Nothing is removed because of its name. What is taken back is proven to be ours: by a UUID we chose, by the key
the hypervisor returned, by the file's number; and nobody else may use it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from vmgui.model.host import HostId


class MadeKind(Enum):
    """What was done, and what proves that we did it.

    | kind            | proof                                                                        |
    |-----------------|------------------------------------------------------------------------------|
    | MACHINE         | its UUID is made by chance here, or our call returned it                     |
    | VOLUME          | our call returned it: then its key, and that size and format are still those |
    | FILE            | our call returned it: then its device and inode                              |
    | POOL_MADE       | its UUID is made by chance here                                              |
    | POOL_STARTED    | our call returned, and it was us who started it                              |
    | NETWORK_STARTED | our call returned, and it was us who started it                              |

    libvirt gives a volume no mark of its maker (no UUID, no metadata), and a network that runs does not tell who
    started it: where the answer was lost, they stay, and the person is told.
    """

    MACHINE = "machine"
    VOLUME = "volume"
    FILE = "file"
    POOL_MADE = "pool_made"
    POOL_STARTED = "pool_started"
    NETWORK_STARTED = "network_started"


class Fate(Enum):
    """What became of a thing that was to be taken back."""

    REMOVED = "removed"
    GONE = "gone"  # it was not there (any more)
    KEPT = "kept"  # others have come to use a pool or a network: it is right that it stays


@dataclass(frozen=True, slots=True)
class Made:
    """One thing; what `kind` does not need is empty."""

    kind: MadeKind
    name: str
    uuid: str = ""  # of the machine, the network, the pool; of a volume: its pool's
    pool: str = ""  # of a volume: its pool's name
    is_proven: bool = False
    key: str = ""
    format: str = ""
    capacity_bytes: int = 0
    is_filled: bool = False  # by us, with a file's contents: format and size are what is in it
    modified_unix_s: float = (
        0.0  # of a volume, right after we made or filled it; 0: not told, or not yet filled
    )
    device: int = 0
    inode: int = 0
    others: tuple[str, ...] = ()  # volumes a pool had when we had made or started it


@dataclass(frozen=True, slots=True)
class Unfinished:
    """A machine that was being made when nobody could go on, and what there is of it, oldest first."""

    name: str
    host_id: HostId
    host_uuid: str
    machine_uuid: str
    made: tuple[Made, ...] = ()
