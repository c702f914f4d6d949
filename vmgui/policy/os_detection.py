"""Which operating system is on a CD or in a disk image, as far as labels and names tell.

A CD says who it is in its volume descriptor (ECMA-119 8.4); osinfo-db has a regular expression for each.
Releases newer than the database are recognised by their predecessor's expression with another number in it.
"""

from __future__ import annotations

import re
from dataclasses import replace

from vmgui.model.os_variant import IsoIdentity, MediumPattern, OsCatalogue, OsVariant

MAX_SUBJECT_CHARS = 256
MAX_FILE_NAME_CHARS = 255


def detect(catalogue: OsCatalogue, iso: IsoIdentity) -> OsVariant | None:
    """The system of an installer CD, or None; one newer than the database is described by its predecessor."""
    best = max(
        (
            pattern
            for pattern in catalogue.patterns
            if pattern.os_id in catalogue.variants and _matches(pattern, iso)
        ),
        key=lambda pattern: (pattern.weight, catalogue.variants[pattern.os_id].release_date),
        default=None,
    )
    if best is not None:
        found = catalogue.variants[best.os_id]
        if found.has_version:
            return found
        # "Debian testing" and the like match any release: a numbered guess says more.
        return _successor(catalogue, iso) or found
    return _successor(catalogue, iso)


def _matches(pattern: MediumPattern, iso: IsoIdentity) -> bool:
    if pattern.volume_size_bytes and pattern.volume_size_bytes != iso.volume_size_bytes:
        return False
    return (
        _found(pattern.volume_id, iso.volume_id)
        and _found(pattern.application_id, iso.application_id)
        and _found(pattern.publisher_id, iso.publisher_id)
        and _found(pattern.system_id, iso.system_id)
    )


def _found(pattern: str, text: str) -> bool:
    """As libosinfo matches: anchored at the start only by the pattern itself (g_regex_match_simple)."""
    if not pattern:
        return True
    compiled = _compiled(pattern)
    return compiled is not None and compiled.search(text[:MAX_SUBJECT_CHARS]) is not None


_cache: dict[str, re.Pattern[str] | None] = {}


def _compiled(pattern: str) -> re.Pattern[str] | None:
    if pattern not in _cache:
        try:
            _cache[pattern] = re.compile(pattern)
        except (re.error, RecursionError, OverflowError):
            _cache[pattern] = None
    return _cache[pattern]


def _successor(catalogue: OsCatalogue, iso: IsoIdentity) -> OsVariant | None:
    """A release newer than the database: its CD is named like its predecessor's but for the number.

    "Debian 12.5.0 amd64 n" fits "Debian 11.\\d+.\\d+ amd64 n" with 12 for 11.
    """
    best: tuple[tuple[int, ...], str, OsVariant] | None = None
    for pattern in catalogue.patterns:
        variant = catalogue.variants.get(pattern.os_id)
        if variant is None or not variant.has_version:
            continue
        known = _version(variant.version)
        if best is not None and known <= best[0]:
            continue
        version = _version_in(pattern.volume_id, variant.version, iso.volume_id)
        if version and _version(version) > known:
            rest = replace(pattern, volume_id="", volume_size_bytes=0)
            if _matches(rest, iso):
                best = (known, version, variant)
    if best is None:
        return None
    _, version, variant = best
    return _as_release(variant, version)


def _as_release(variant: OsVariant, version: str) -> OsVariant:
    """A newer release that is taken to be like `variant`."""
    return replace(
        variant,
        id=_renumbered(variant.id, variant.version, version),
        short_id=_renumbered(variant.short_id, variant.version, version),
        name=_renumbered(variant.name, variant.version, version),
        version=version,
        release_date="",
        end_of_life=False,
        is_guess=True,
    )


def _version_in(pattern: str, version: str, text: str) -> str:
    """The number that stands in `text` where `version` stands in `pattern`; empty: no match."""
    number = r"(\d{1,4}" + r"\.\d{1,4}" * version.count(".") + ")"
    for spelled in (re.escape(version), version):
        before, found, after = pattern.partition(spelled)
        if found and not before.endswith("\\"):
            compiled = _compiled(before + number + after)
            match = compiled.search(text[:MAX_SUBJECT_CHARS]) if compiled is not None else None
            # Groups of the pattern itself may come before ours: find ours by what it can hold.
            if match is not None:
                return next(
                    (group for group in match.groups() if group and re.fullmatch(r"[\d.]+", group)), ""
                )
    return ""


def _renumbered(text: str, old: str, new: str) -> str:
    return new.join(text.rsplit(old, 1))


def _version(text: str) -> tuple[int, ...]:
    return tuple(int(number) for number in re.findall(r"\d+", text)[:4])


# Disk images -------------------------------------------------------------------------------------------------

_WORDS = re.compile(r"[a-z]+|\d+(?:\.\d+)*")
_ALIASES = {
    "alpine": "alpinelinux",
    "windows": "win",
    "win": "win",
    "centos": "centos-stream",
    "leap": "opensuse",
}


def guess_by_name(catalogue: OsCatalogue, file_name: str) -> OsVariant | None:
    """The system a disk image's name tells ("debian-12-generic-amd64.qcow2"), or None."""
    words: list[str] = _WORDS.findall(file_name.lower()[:MAX_FILE_NAME_CHARS])
    distros = {variant.distro for variant in catalogue.variants.values() if variant.distro}
    distro = ""
    for word in words:
        name: str = _ALIASES.get(word, word)
        if name in distros:
            distro = name
        elif distro and word[0].isdigit():
            return _of_distro(catalogue, distro, word)
    return None


def _of_distro(catalogue: OsCatalogue, distro: str, number: str) -> OsVariant | None:
    releases = sorted(
        (
            variant
            for variant in catalogue.variants.values()
            if variant.distro == distro and variant.has_version and "unknown" not in variant.short_id
        ),
        key=lambda variant: _version(variant.version),
        reverse=True,
    )
    wanted = _version(number)
    for variant in releases:
        known = _version(variant.version)
        # Images name the point release too: 3.19.1 is 3.19; or only the first number: 9 is the newest 9.x.
        if known == wanted[: len(known)] or known[: len(wanted)] == wanted:
            return variant
    if not releases or wanted <= _version(releases[0].version):
        return None
    parts = number.split(".")[: releases[0].version.count(".") + 1]
    return _as_release(releases[0], ".".join(parts))
