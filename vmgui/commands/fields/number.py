"""A whole number."""

from __future__ import annotations

import re
from dataclasses import dataclass

from vmgui.commands.fields.field import Field
from vmgui.words.say import Say

_DIGITS = re.compile(r"-?[0-9]{1,18}")


@dataclass(frozen=True, slots=True)
class Number(Field):
    """Its answer is an int from `least` to `most`."""

    least: int = 0
    most: int = 2**53
    step: int = 1  # on screen, of the arrow keys
    scale: int = 1  # on screen, how much of it is one
    before: Say | str = ""  # stands before it
    unit: Say | str = ""  # stands behind it
    least_words: Say | str = ""  # stands for `least`

    def parse(self, text: str) -> int:
        """Decimal digits."""
        if not _DIGITS.fullmatch(text):
            raise ValueError(f"{text[:40]!r} is no whole number")
        value = int(text)
        if not self.least <= value <= self.most:
            raise ValueError(f"{value} is not from {self.least} to {self.most}")
        return value
