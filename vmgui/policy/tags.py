"""What tags and folders may be called, what a change makes of them, and a system's name from its id."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache

from vmgui.model.definition import Definition
from vmgui.model.tags import TagsChange
from vmgui.policy.plain_text import edges_seen

TAG_MAX_CHARS = 40
FOLDER_MAX_CHARS = 200
MAX_TAGS = 50

_SYSTEMS = {
    "almalinux": "AlmaLinux",
    "alpinelinux": "Alpine Linux",
    "alt": "ALT Linux",
    "archlinux": "Arch Linux",
    "centos": "CentOS",
    "centos-stream": "CentOS Stream",
    "debian": "Debian",
    "fedora": "Fedora",
    "freebsd": "FreeBSD",
    "gentoo": "Gentoo",
    "linux": "Linux",
    "macosx": "macOS",
    "netbsd": "NetBSD",
    "openbsd": "OpenBSD",
    "opensuse": "openSUSE",
    "oraclelinux": "Oracle Linux",
    "ol": "Oracle Linux",
    "rhel": "Red Hat Enterprise Linux",
    "rocky": "Rocky Linux",
    "silverblue": "Fedora Silverblue",
    "sled": "SUSE Linux Enterprise Desktop",
    "sles": "SUSE Linux Enterprise Server",
    "ubuntu": "Ubuntu",
    "win": "Windows",
}
_WINDOWS = re.compile(r"2k(\d{1,2})(r2)?")
_WITHOUT_VERSION = frozenset({"unknown", "rolling"})


def tag_of(text: str) -> str:
    """The tag a person means: single spaces, no comma, nothing that cannot be seen; empty: none."""
    return " ".join(_plain(text.replace(",", " ")).split())[:TAG_MAX_CHARS].strip()


def folder_of(text: str) -> str:
    """The folder a person means: parts with one "/" between them; empty: none."""
    parts = (" ".join(part.split()) for part in _plain(text).split("/"))
    return "/".join(part for part in parts if part)[:FOLDER_MAX_CHARS].strip("/ ")


def tags_of(texts: Iterable[str]) -> tuple[str, ...]:
    """The tags a person means, each once (whatever its case), in their order."""
    found: dict[str, str] = {}
    for text in texts:
        tag = tag_of(text)
        if tag:
            found.setdefault(tag.casefold(), tag)
    return tuple(found.values())[:MAX_TAGS]


def changed(definition: Definition, change: TagsChange) -> Definition:
    """What becomes of a machine's tags, folder and protection; the order of the tags it keeps stays."""
    gone = {tag.casefold() for tag in change.remove}
    kept = [tag for tag in definition.tags if tag.casefold() not in gone]
    folder = definition.folder if change.folder is None else folder_of(change.folder)
    is_protected = definition.is_protected if change.is_protected is None else change.is_protected
    return replace(definition, tags=tags_of((*kept, *change.add)), folder=folder, is_protected=is_protected)


def shown_name(name: str, title: str) -> str:
    """What a person reads of a machine: its title first, where it has one that says more than its name."""
    title = " ".join(title.split())
    seen = edges_seen(name)
    return f"{title} ({seen})" if title and title.casefold() != name.casefold() else seen


@lru_cache(maxsize=4096)
def os_name(os_id: str) -> str:
    """ "Debian 12" for "http://debian.org/debian/12": enough to find and group by; empty for none."""
    parts = [part for part in os_id.partition("://")[2].split("/")[1:] if part]
    if not parts:
        return ""
    system = parts[0].casefold()
    name = _SYSTEMS.get(system) or parts[0].replace("-", " ").replace("_", " ").title()
    version = " ".join(parts[1:])
    if system == "win" and (server := _WINDOWS.fullmatch(version)) is not None:
        name, version = "Windows Server", f"20{server[1]:0>2}" + (" R2" if server[2] else "")
    if system == "linux" or version in _WITHOUT_VERSION:
        return name
    return f"{name} {version}".strip()


def _plain(text: str) -> str:
    """Without what cannot be seen; of thousands of machines nearly always all of it."""
    if text.isprintable():
        return text
    return "".join(character for character in text if character.isprintable() or character.isspace())
