"""What an error is about, where its remedy needs the name and libvirt or QEMU say it amid a sentence."""

from __future__ import annotations

import re

from vmgui.model.errors import DiskLocked, NetworkInactive, PoolInactive, ProgramMissing, VmguiError

# Whatever may stand in a name: the words around it count.
_NAMED: dict[type[VmguiError], re.Pattern[str]] = {
    NetworkInactive: re.compile(r"network '(.+)' is not active", re.DOTALL),
    PoolInactive: re.compile(r"storage pool '(.+?)'(?: containing volume '.+')? is not active\Z", re.DOTALL),
    ProgramMissing: re.compile(r"satisfying ([\w-]+)\s*\Z"),
    DiskLocked: re.compile(r"using the image \[(/.+)\]\?|Lockspace resource '(/.+)' is locked", re.DOTALL),
}
# As languages quote. An apostrophe within a word is none: the quote that ends a name stands before no letter.
_QUOTED = re.compile(
    r"(?<!\w)'(.+?)'(?!\w)|\"([^\"]+)\"|“([^”]+)”|„([^“”]+)[“”]|«([^»]+)»|»([^«]+)«|‘(.+?)’(?!\w)|「([^」]+)」",
    re.DOTALL,
)


def quoted(detail: str) -> tuple[str, ...]:
    """The names in the words of an error, whatever the language around them."""
    return tuple(next(name for name in found.groups() if name).strip() for found in _QUOTED.finditer(detail))


def subject_of(kind: type[VmguiError], detail: str) -> str:
    """The name in the words of an error; empty: it gives none."""
    if kind not in _NAMED:
        return ""
    if (found := _NAMED[kind].search(detail)) is not None:
        return next(name for name in found.groups() if name)
    names = quoted(detail)
    if kind is DiskLocked:
        # QEMU quotes its own options, too.
        names = tuple(name for name in names if name.startswith("/"))
    return names[0] if len(names) == 1 else ""
