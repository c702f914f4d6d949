"""How much of something that there is only so much of."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from vmgui.commands.fields.field import Field
from vmgui.commands.fields.number import Number
from vmgui.commands.fields.size import Size


class Quantity(Enum):
    """What is measured, and in which base unit."""

    COUNT = "count"
    MEMORY_KIB = "memory_kib"
    DISK_BYTES = "disk_bytes"


@dataclass(frozen=True, slots=True)
class Unit:
    """One that an amount can be given in."""

    label: str
    factor: int  # base units in one
    decimals: int
    step: float  # of the field, in this unit


@dataclass(frozen=True, slots=True)
class Measure:
    """The units of a quantity, and how a slider counts in them."""

    units: tuple[Unit, ...]
    unit: int  # which of them stands there first
    grain: int  # the slider's own integers are 32 bits wide: it counts in these
    step: int  # in grains
    page: int


MEASURES = {
    Quantity.COUNT: Measure((Unit("", 1, 0, 1),), 0, 1, 1, 2),
    Quantity.MEMORY_KIB: Measure((Unit("MiB", 1024, 0, 256), Unit("GiB", 1024**2, 3, 1)), 1, 1024, 256, 1024),
    Quantity.DISK_BYTES: Measure(
        (Unit("MiB", 1024**2, 0, 1024), Unit("GiB", 1024**3, 3, 1), Unit("TiB", 1024**4, 4, 0.1)),
        1, 1024**2, 1024, 10 * 1024,
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Capacity:
    """What an amount may be, and what there is; in the quantity's base unit. A total of 0: nobody knows.

    The words stand behind the two in a legend ("on host-a", "used by other virtual machines").
    """

    least: int
    most: int
    total: int = 0
    others: int = 0  # what others use of it, or were promised
    total_words: str = ""
    others_words: str = ""
    recommended: int | None = None


@dataclass(frozen=True, slots=True)
class Amount(Field):
    """Its answer is an int in the quantity's base unit; on the command line a number or a size with its unit."""

    quantity: Quantity = Quantity.COUNT

    def parse(self, text: str) -> int:
        """At least 1; parts of a base unit are left out."""
        if self.quantity is Quantity.COUNT:
            return Number(self.name, self.label, least=1).parse(text)
        size_bytes = Size(self.name, self.label).parse(text)
        return size_bytes // 1024 if self.quantity is Quantity.MEMORY_KIB else size_bytes

    def print(self, value: int) -> str:
        """A size in the largest unit that says it in whole numbers."""
        if self.quantity is Quantity.COUNT:
            return str(value)
        factor = 1024 if self.quantity is Quantity.MEMORY_KIB else 1
        return Size(self.name, self.label).print(value * factor)
