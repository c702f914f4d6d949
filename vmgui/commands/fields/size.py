"""A size in bytes, with units."""

from __future__ import annotations

import re
from dataclasses import dataclass

from vmgui.commands.fields.field import Field

_BINARY = {f"{letter}iB": 1024 ** (power + 1) for power, letter in enumerate("KMGTPE")}
_DECIMAL = {f"{letter}B": 1000 ** (power + 1) for power, letter in enumerate("KMGTPE")}
_UNITS = {name.lower(): factor for name, factor in {**_BINARY, **_DECIMAL, "B": 1, "": 1}.items()}
_FORM = re.compile(r"([0-9]{1,19}(?:\.[0-9]{1,18})?) ?([A-Za-z]*)")
MOST_BYTES = 2**63 - 1
"""What libvirt's own numbers hold."""


@dataclass(frozen=True, slots=True)
class Size(Field):
    """Its answer is a whole number of bytes; "4GiB", "1.5GiB", "10MB", "500" on the command line.

    Whether "4G" would be binary or decimal is not guessed.
    """

    def parse(self, text: str) -> int:
        """Binary units are powers of 1024, decimal ones of 1000; parts of a byte are left out."""
        found = _FORM.fullmatch(text)
        factor = _UNITS.get(found[2].lower()) if found is not None else None
        if found is None or factor is None:
            raise ValueError(f"{text[:40]!r} is no size: say 4GiB, 10MB, or bytes without a unit")
        whole, _, part = found[1].partition(".")
        value = int(whole + part) * factor // 10 ** len(part)
        if value > MOST_BYTES:
            raise ValueError(f"{text[:40]!r} is more than there can be")
        return value

    def print(self, value: int) -> str:
        """In the largest binary unit that says it in whole numbers."""
        for unit, factor in reversed(_BINARY.items()):
            if value and value % factor == 0:
                return f"{value // factor}{unit}"
        return str(value)
