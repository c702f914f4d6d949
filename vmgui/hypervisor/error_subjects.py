"""What an error is about, where its remedy needs the name and libvirt or QEMU say it amid a sentence."""

from __future__ import annotations

import re

from vmgui.model.errors import DiskLocked, NetworkInactive, PoolInactive, VmguiError

# Whatever may stand in a name: the words around it count.
_NAMED: dict[type[VmguiError], re.Pattern[str]] = {
    NetworkInactive: re.compile(r"network '(.+)' is not active", re.DOTALL),
    PoolInactive: re.compile(r"storage pool '(.+?)'(?: containing volume '.+')? is not active\Z", re.DOTALL),
    DiskLocked: re.compile(r"using the image \[(/.+)\]\?|Lockspace resource '(/.+)' is locked", re.DOTALL),
}


def subject_of(kind: type[VmguiError], detail: str) -> str:
    """The name in the words of an error; empty: it gives none."""
    found = _NAMED[kind].search(detail) if kind in _NAMED else None
    return next((name for name in found.groups() if name), "") if found else ""
