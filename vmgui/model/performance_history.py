"""What machines and hosts used in the past: readings as they come, series as they are asked for.

All times are wall clock (unix seconds) but where a name says otherwise.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, IntEnum
from typing import TYPE_CHECKING

from vmgui.model.domain import DomainRates
from vmgui.model.host import HostId, HostUsage

if TYPE_CHECKING:
    # Not at run time: the window is up before numpy is.
    import numpy as np
    from numpy.typing import NDArray


class Quantity(IntEnum):
    """What is recorded; the number is its place in `HistorySeries.cells`."""

    CPU_PERCENT = 0  # of all the machine's vCPUs, or all the host's cores
    MEMORY_KIB = 1
    DISK_READ_BYTES_PER_S = 2
    DISK_WRITE_BYTES_PER_S = 3
    NET_RX_BYTES_PER_S = 4
    NET_TX_BYTES_PER_S = 5


class Part(IntEnum):
    """What is kept of a quantity in one step of time; the number is its place in `HistorySeries.cells`."""

    SECONDS = 0  # how much of the step is known; 0: nothing, and the others are NaN
    LOW = 1
    MEAN = 2
    HIGH = 3


class HistoryRange(Enum):
    """The time ranges a person can look at; the value stands in the settings."""

    TEN_MINUTES = "10min"
    HOUR = "1h"
    DAY = "1d"
    WEEK = "1w"
    MONTH = "1m"

    @property
    def span_s(self) -> int:
        """How long it is."""
        return _SPANS_S[self]


_SPANS_S = {
    HistoryRange.TEN_MINUTES: 600,
    HistoryRange.HOUR: 3600,
    HistoryRange.DAY: 86_400,
    HistoryRange.WEEK: 7 * 86_400,
    HistoryRange.MONTH: 30 * 86_400,
}


@dataclass(frozen=True, slots=True, order=True)
class HistoryKey:
    """Whose history: a machine's, or with no UUID the host's own."""

    host_id: HostId
    uuid: str = ""


@dataclass(frozen=True, slots=True)
class HostReading:
    """What one sampling of a host told, in rates; times are time.monotonic()."""

    host_id: HostId
    interval_s: float  # how often its machines are meant to be sampled
    usage: HostUsage
    usage_elapsed_s: float  # since the sample before it; 0: it was the first
    rates: Mapping[str, DomainRates]  # by UUID; of a host with many machines empty at most samplings


@dataclass(frozen=True, slots=True, eq=False)
class HistorySeries:
    """One target's history, oldest first; a step that is not there is a gap: nothing is known of it."""

    key: HistoryKey
    from_s: float
    to_s: float
    step_s: int
    starts_s: NDArray[np.int64]
    cells: NDArray[np.float64]  # [step, Quantity, Part]


class HistoryTrouble(Enum):
    """What is the matter with the history on this computer."""

    BROKEN = "broken"  # the file could not be read; it was put aside, a new one begun
    NEWER = "newer"  # the file is of a newer vmgui; it is left alone, nothing is recorded
    UNAVAILABLE = "unavailable"  # it cannot be opened or written now
    IN_USE = "in_use"  # another vmgui records already; this one only reads


@dataclass(frozen=True, slots=True)
class HistoryNotice:
    """Something a person should know of the history file."""

    trouble: HistoryTrouble
    path: str = ""  # where the old file is now, or which one cannot be written
    detail: str = ""
