"""Names in the order a person counts and the language spells: "vm-9" before "vm-10", "Álava" before "Burgos"."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

SortKey = tuple[tuple[int, int, str], ...]

_DIGITS = re.compile(r"(\d{1,18})")
_MARKS = re.compile("[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]+")
_LAST = "\U0010ffff"
# Letters that are no base letter with a mark to Unicode; the Spanish eñe is a letter of its own, after all of n.
_SPELLED = str.maketrans(
    {"ñ": f"n{_LAST}", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "ł": "l", "þ": "th", "ı": "i"}
)


@lru_cache(maxsize=65536)
def natural_key(name: str) -> SortKey:
    """A key to sort by; names that only differ in case or accents are equal."""
    return tuple(
        (0, int(part), part) if part.isdecimal() else (1, 0, part)
        for part in _DIGITS.split(_letters(name.casefold()))
        if part
    )


def _letters(text: str) -> str:
    """Without accents, as dictionaries do: they only decide between words that are spelled the same else."""
    if text.isascii():
        return text
    spelled = unicodedata.normalize("NFC", text).translate(_SPELLED)
    return _MARKS.sub("", unicodedata.normalize("NFKD", spelled))
