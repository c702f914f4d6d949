"""A whole number."""

from __future__ import annotations

import re
from dataclasses import dataclass

from vmgui.commands.fields.field import Field
from vmgui.words.say import Say

_DIGITS = re.compile(r"-?[0-9]{1,18}")
NO_NUMBER = ("none", "default")
"""What the command line calls an answer that is no number, where there can be one; the first is the one it writes."""


@dataclass(frozen=True, slots=True)
class Number(Field):
    """Its answer is an int from `least` to `most`; with words for `empty` also None: nothing is said ("Default")."""

    least: int = 0
    most: int = 2**53
    step: int = 1  # on screen, of the arrow keys
    scale: int = 1  # on screen, how much of it is one
    before: Say | str = ""  # stands before it
    unit: Say | str = ""  # stands behind it
    least_words: Say | str = ""  # stands for `least`
    empty: Say | str = ""  # stands in it while it is empty, which then is an answer

    def parse(self, text: str) -> int | None:
        """Decimal digits, or `none` where that is an answer."""
        if self.empty and text in NO_NUMBER:
            return None
        return self.whole(text)

    def whole(self, text: str) -> int:
        """Decimal digits."""
        if not _DIGITS.fullmatch(text):
            raise ValueError(f"{text[:40]!r} is no whole number")
        value = int(text)
        if not self.least <= value <= self.most:
            raise ValueError(f"{value} is not from {self.least} to {self.most}")
        return value

    def print(self, value: int | None) -> str:
        """Decimal digits, or `none`."""
        return NO_NUMBER[0] if value is None else str(value)
