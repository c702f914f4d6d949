"""Names in the order a person counts: "vm-9" before "vm-10", whatever the case."""

from __future__ import annotations

import re
from functools import lru_cache

SortKey = tuple[tuple[int, int, str], ...]

_DIGITS = re.compile(r"(\d{1,18})")


@lru_cache(maxsize=65536)
def natural_key(name: str) -> SortKey:
    """To sort by; names that only differ in case are equal."""
    return tuple(
        (0, int(part), part) if part.isdecimal() else (1, 0, part)
        for part in _DIGITS.split(name.casefold())
        if part
    )
