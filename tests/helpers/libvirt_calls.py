"""Counts the calls into libvirt that a function makes, all of them, through Python's own profiler hook.

Nothing is replaced: the functions run as they always do.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

# Answered from memory: a machine's handle carries its name and UUID.
_LOCAL = frozenset({
    "virDomainGetName",
    "virDomainGetUUID",
    "virDomainGetUUIDString",
    "virDomainFree",
})  # fmt: skip


@contextmanager
def libvirt_calls() -> Iterator[Counter[str]]:
    """The calls of this thread by C name, of those that ask the host."""
    counts: Counter[str] = Counter()

    def note(_frame: object, event: str, function: object) -> None:
        if event == "c_call" and getattr(function, "__module__", None) == "libvirtmod":
            name = str(getattr(function, "__name__", function))
            if name not in _LOCAL:
                counts[name] += 1

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        yield counts
    finally:
        sys.setprofile(before)
