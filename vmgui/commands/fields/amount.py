"""How much of something that there is only so much of."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

from vmgui.commands.fields.field import Field
from vmgui.commands.fields.number import Number
from vmgui.commands.fields.size import Size

MOST = 2**53 - 1
"""What a field of decimals holds exactly; as KiB it is still a size."""
_TYPED = re.compile(r"([0-9]{0,30})(?:[.,]([0-9]{0,30}))?\s*([^\W\d_%]*(?:/[^\W\d_]*)?|%)")


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

    def says(self, value: int) -> bool:
        """Whether its decimals say the value whole."""
        return value * 10**self.decimals % self.factor == 0

    def digits(self, value: int) -> str:
        """The value in it, without needless zeros."""
        text = f"{value / self.factor:.{self.decimals}f}"
        return text.rstrip("0").rstrip(".") if self.decimals else text


@dataclass(frozen=True, slots=True)
class Measure:
    """The units of a quantity, and how a slider counts in them."""

    units: tuple[Unit, ...]
    unit: int  # which of them stands there first
    grain: int  # what is chosen is a multiple of it; the slider's own integers are 32 bits wide: it counts in these
    step: int  # in grains
    page: int

    def rounded(self, value: float) -> int:
        """The nearest whole grain: hypervisors round what is finer, and what is so now and after the next start would
        differ for ever."""
        return round(value / self.grain) * self.grain

    def read(self, text: str, unit: Unit) -> tuple[int, Unit | None] | None:
        """What a person typed into a field that shows `unit`, with the unit that is in the text; None: it is no amount.

        "," and "." are both decimal signs, in every language: a number is never read as ten times as large. A unit
        is its beginning, as long as no other begins so: "512M" is 512 MiB, where there are no MB.
        """
        found = _TYPED.fullmatch(text.strip())
        if found is None or not (found[1] or found[2]):
            return None
        named = self._named(found[3]) if found[3] else None
        if found[3] and named is None:
            return None
        factor, parts = (named or unit).factor, (found[2] or "").rstrip("0")
        exact, scale = int(f"0{found[1]}{parts}") * factor, 10 ** len(parts)
        if self.grain == 1 and exact % scale and factor == 1:
            return None  # half of what cannot be halved
        step = scale * self.grain
        value = (2 * exact + step) // (2 * step) * self.grain
        if value > MOST or (exact and not value):
            return None
        return value, named

    def brief_unit(self, value: int, unit: Unit) -> Unit:
        """The unit that says the value exactly and in the fewest signs; `unit` where there is nothing to say."""
        if not value:
            return unit
        exact = [one for one in self.units if one.says(value)]
        if exact:
            return min(exact, key=lambda one: (len(one.digits(value)), one.factor))
        return max(
            (one for one in self.units if one.factor <= value), key=lambda one: one.factor, default=unit
        )

    def _named(self, text: str) -> Unit | None:
        text = text.casefold()
        labels = {one.label.casefold(): one for one in self.units if one.label}
        found = [one for label, one in labels.items() if label.startswith(text)]
        return labels.get(text) or (found[0] if len(found) == 1 else None)


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
            return Number(self.name, self.label, least=1).whole(text)
        size_bytes = Size(self.name, self.label).parse(text)
        return size_bytes // 1024 if self.quantity is Quantity.MEMORY_KIB else size_bytes

    def print(self, value: int) -> str:
        """A size in the largest unit that says it in whole numbers."""
        if self.quantity is Quantity.COUNT:
            return str(value)
        factor = 1024 if self.quantity is Quantity.MEMORY_KIB else 1
        return Size(self.name, self.label).print(value * factor)
