"""Names of systems in the person's language, where they are words and no maker's name.

osinfo-db calls what it cannot name "Generic Linux 2022" and "Rocky Linux 9 Unknown", in English only for most
languages; and two names are our own (`model/os_variant.py`).
"""

from __future__ import annotations

import re

from PySide6.QtCore import QCoreApplication

translate = QCoreApplication.translate

_GENERIC_LINUX = re.compile(r"Generic Linux(?: (\d{4}))?")
_OF_SOME_VERSION = re.compile(r"(.+) unknown", re.IGNORECASE)


def system_name(name: str) -> str:
    """What a person reads of a system called `name`."""
    if name == "Generic":
        return translate("SystemNames", "Generic")
    if (generic := _GENERIC_LINUX.fullmatch(name)) is not None:
        year = generic[1]
        if not year:
            return translate("SystemNames", "Generic Linux")
        return translate("SystemNames", "Generic Linux {year}").format(year=year)
    if (known := _OF_SOME_VERSION.fullmatch(name)) is not None:
        return translate("SystemNames", "{system}, unknown version").format(system=known[1])
    return name


def group_titles() -> dict[str, str]:
    """The titles of groups that have no maker, by the group's key."""
    return {
        "generic": translate("SystemNames", "Generic"),
        "other": translate("SystemNames", "Other"),
    }
