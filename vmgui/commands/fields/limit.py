"""The most that something may have or do, or no limit."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from vmgui.commands.fields.amount import MOST, Measure, Unit
from vmgui.commands.fields.field import Field
from vmgui.commands.fields.number import Number
from vmgui.commands.fields.size import Size
from vmgui.words.say import Say

NO_LIMIT = "none"
"""What the command line calls it."""


class LimitUnit(Enum):
    """What a limit counts: its answer's unit."""

    BYTES_PER_S = "bytes_per_s"
    KB_PER_S = "kb_per_s"
    KIB = "kib"
    PER_S = "per_s"  # reads and writes
    PERCENT = "percent"
    COUNT = "count"


_BYTES = {LimitUnit.BYTES_PER_S: 1, LimitUnit.KB_PER_S: 1000, LimitUnit.KIB: 1024}
"""In one, of those that are sizes or rates."""

# Of each, one is the grain: the base unit.
MEASURES = {
    LimitUnit.BYTES_PER_S: Measure(
        (
            Unit("MB/s", 10**6, 3, 10),
            Unit("MiB/s", 1024**2, 3, 10),
            Unit("kB/s", 1000, 3, 100),
            Unit("KiB/s", 1024, 3, 100),
            Unit("B/s", 1, 0, 1000),
        ), 0, 1, 1, 1,
    ),
    LimitUnit.KB_PER_S: Measure((Unit("MB/s", 1000, 3, 1), Unit("kB/s", 1, 0, 100)), 0, 1, 1, 1),
    LimitUnit.KIB: Measure((Unit("MiB", 1024, 3, 1), Unit("KiB", 1, 0, 100)), 0, 1, 1, 1),
    LimitUnit.PER_S: Measure((Unit("IOPS", 1, 0, 100),), 0, 1, 1, 1),
    LimitUnit.PERCENT: Measure((Unit("%", 1, 0, 5),), 0, 1, 1, 1),
    LimitUnit.COUNT: Measure((Unit("", 1, 0, 1),), 0, 1, 1, 1),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Limit(Field):
    """Its answer is an int of 1 or more in its unit, or None: no limit.

    On the command line `none`, a number, or a rate or size with its unit ("10MB", "10MB/s", "50%"); rates and sizes
    without one are bytes, of which a part of a kB or KiB counts as a whole one.
    """

    unit: LimitUnit = LimitUnit.BYTES_PER_S
    none_words: Say | str = ""  # what none is called on screen; empty: "No limit"

    def parse(self, text: str) -> int | None:
        """0 is refused: some would mean no limit by it, others nothing at all."""
        if text == NO_LIMIT:
            return None
        value = self._count(text)
        if value < 1:
            raise ValueError(f"{text[:40]!r} is no limit: say {NO_LIMIT} for none")
        if value > MOST:
            raise ValueError(f"{text[:40]!r} is more than there can be")
        return value

    def print(self, value: int | None) -> str:
        """Rates and sizes in the largest unit that says them in whole numbers."""
        if value is None:
            return NO_LIMIT
        if self.unit not in _BYTES:
            return f"{value}%" if self.unit is LimitUnit.PERCENT else str(value)
        return Size(self.name, self.label).print(value * _BYTES[self.unit])

    def _count(self, text: str) -> int:
        if self.unit not in _BYTES:
            digits = text.removesuffix("%") if self.unit is LimitUnit.PERCENT else text
            return Number(self.name, self.label).whole(digits)
        size = text if self.unit is LimitUnit.KIB else text.removesuffix("/s")
        count_bytes = Size(self.name, self.label).parse(size)
        return -(-count_bytes // _BYTES[self.unit])
