"""Order operating systems the way a person looks for them: by maker, newest first; without Qt."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from vmgui.model.os_variant import GENERIC_ID, GENERIC_LINUX_IDS, OsVariant
from vmgui.policy.natural_order import SortKey, natural_key

_FAMILY_ORDER = ("linux", "winnt", "win9x", "win16", "msdos", "freebsd", "openbsd", "netbsd")
# The makers most people look for come first; the rest follow by name.
_FIRST = (
    "generic",
    "debian",
    "ubuntu",
    "fedora",
    "rhel",
    "almalinux",
    "rocky",
    "centos-stream",
    "opensuse",
    "sles",
    "alpinelinux",
    "archlinux",
    "win",
)
_NO_TITLES: Mapping[str, str] = MappingProxyType({})
_VERSION = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class OsRow:
    """A line of the list: a group's title (`variant` None) or a system."""

    title: str
    variant: OsVariant | None = None


def rows(
    variants: Iterable[OsVariant],
    text: str = "",
    *,
    with_end_of_life: bool = False,
    name_of: Callable[[str], str] = str,
    titles: Mapping[str, str] = _NO_TITLES,
) -> list[OsRow]:
    """The lines to show for what was typed; each word must occur in the name or the short id.

    `name_of` gives a name in the person's language, `titles` those of groups that have no maker. Within a group the order of `variants` stays: the catalogue has the newest first.
    """
    words = text.casefold().split()
    groups: dict[str, list[OsVariant]] = {}
    for variant in variants:
        if variant.end_of_life and not with_end_of_life:
            continue
        haystack = f"{name_of(variant.name)} {variant.name} {variant.short_id}".casefold()
        if all(word in haystack for word in words):
            groups.setdefault(_group_of(variant), []).append(variant)
    lines: list[OsRow] = []
    titled = [
        (titles.get(distro) or _title(distro, members), distro, members) for distro, members in groups.items()
    ]
    for title, _distro, members in sorted(titled, key=_group_key):
        lines.append(OsRow(title))
        named = [(name_of(member.name), member) for member in members]
        names = Counter(name for name, _ in named)
        lines.extend(
            OsRow(name if names[name] == 1 else f"{name} ({member.short_id})", member)
            for name, member in named
        )
    return lines


def _group_of(variant: OsVariant) -> str:
    if variant.id == GENERIC_ID or variant.id.startswith(GENERIC_LINUX_IDS):
        return "generic"
    return variant.distro or ("win" if variant.family.startswith("win") else variant.family) or "other"


def _group_key(group: tuple[str, str, Sequence[OsVariant]]) -> tuple[int, int, SortKey]:
    title, distro, members = group
    family = members[0].family
    family_rank = _FAMILY_ORDER.index(family) if family in _FAMILY_ORDER else len(_FAMILY_ORDER)
    rank = _FIRST.index(distro) if distro in _FIRST else len(_FIRST)
    return (min(rank, len(_FIRST)), family_rank, natural_key(title))


def _title(distro: str, members: Sequence[OsVariant]) -> str:
    """What the members' names begin with in common: "Debian 12", "Debian 11" -> "Debian"."""
    common = members[0].name.split()
    for member in members[1:]:
        words = member.name.split()
        length = 0
        while length < min(len(common), len(words)) and common[length] == words[length]:
            length += 1
        common = common[:length]
    kept = [word for word in common if not _VERSION.search(word) and word.casefold() != "unknown"]
    if kept and kept[-1].casefold() in {"version", "release"}:
        kept.pop()
    return " ".join(kept) or {"win": "Microsoft Windows"}.get(distro, distro.replace("-", " ").title())
