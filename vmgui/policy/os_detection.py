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


def alternatives(catalogue: OsCatalogue, iso: IsoIdentity) -> tuple[OsVariant, ...]:
    """The systems a CD may be of, newest first, where its label is that of several; empty where it is clear.

    Windows' CDs are labelled by edition, not by release: CCCOMA_X64FRE is 10 or 11, SSS_X64FREE one of three servers.
    """
    found = [
        pattern
        for pattern in catalogue.patterns
        if pattern.os_id in catalogue.variants and _matches(pattern, iso)
    ]
    if any(pattern.volume_size_bytes for pattern in found):
        found = [pattern for pattern in found if pattern.volume_size_bytes]
    variants = {pattern.os_id: catalogue.variants[pattern.os_id] for pattern in found}
    if len(variants) < 2 or not all(_is_windows(variant) for variant in variants.values()):
        return ()
    return tuple(
        sorted(variants.values(), key=lambda variant: (variant.release_date, variant.name), reverse=True)
    )


def _is_windows(variant: OsVariant) -> bool:
    return variant.family.startswith("win") or variant.short_id.startswith("win")


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
        if version and _version(version) > known and _is_newer(catalogue, variant.distro, version):
            rest = replace(pattern, volume_id="", volume_size_bytes=0)
            if _matches(rest, iso):
                best = (known, version, variant)
    if best is None:
        return None
    _, version, variant = best
    return _as_release(variant, version)


def _is_newer(catalogue: OsCatalogue, distro: str, version: str) -> bool:
    """Whether it comes after all that is known: one between two known releases is none that we could describe."""
    releases = [
        variant for variant in catalogue.variants.values() if variant.distro == distro and variant.has_version
    ]
    newest = max(
        releases, key=lambda variant: (variant.release_date, _version(variant.version)), default=None
    )
    return newest is None or _version(version) > _version(newest.version)


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
        like=variant.name,
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
# Numbers that are no releases: architectures, sizes, dates.
_NO_RELEASE = re.compile(
    r"x86[_-]?64|(?:amd|x|arm|aarch|riscv|ppc|mips|sparc|loongarch)(?:32|64)(?:le|el|v\d)?|i[3-6]86|x86|s390x?"
    r"|(?:32|64)[ _-]?bits?|armv?\d\w*"
    r"|\d+(?:\.\d+)?[ _-]?[kmgt]i?b?(?![a-z0-9])"
    r"|(?:19|20)\d\d[-_.]?(?:0[1-9]|1[0-2])[-_.]?(?:0[1-9]|[12]\d|3[01])(?:t\d+z?)?(?!\d)"
)
_ALIASES = {
    "alpine": "alpinelinux",
    "centos": "centos-stream",
    "leap": "opensuse",
    "alma": "almalinux",
    "rockylinux": "rocky",
}
_SERVER = re.compile(r"\b(?:w|win|windows)? ?(?:server|srv)? ?(?:2k|20)(\d\d?) ?(r2)?\b")
_DESKTOP = re.compile(r"\bwin(?:dows)? ?(xp|vista|me|95|98|7|8\.1|8|10|11|12)(?!\d|\.\d)")
_WINDOWS = re.compile(r"\bw(?:in(?:dows)?|2k|20)(?:\b|\d)")
_SUFFIXES = re.compile(r"(?:\.[a-z][a-z0-9]*)+$")
_BY_MONTH = re.compile(r"\d\d\.(?:04|10)(?!\d)")
_MOST_NEWER = 10
"""Releases come one a year or two: a number far beyond the newest is none."""


def guess_by_name(catalogue: OsCatalogue, file_name: str) -> OsVariant | None:
    """The system a disk image's name tells ("debian-12-generic-amd64.qcow2"), or None."""
    name = _SUFFIXES.sub("", file_name.lower()[:MAX_FILE_NAME_CHARS])
    windows = _windows_by_name(catalogue, name)
    if windows is not None:
        return windows
    words: list[str] = _WORDS.findall(_NO_RELEASE.sub(" ", name))
    distros = {variant.distro for variant in catalogue.variants.values() if variant.distro} - {"win", "winnt"}
    distro = ""
    for word in words:
        known: str = _ALIASES.get(word, word)
        if known in distros or word in distros:
            distro = known if known in distros else word
        elif distro and word[0].isdigit() and (found := _of_distro(catalogue, distro, word)) is not None:
            return found
    return None


def _windows_by_name(catalogue: OsCatalogue, name: str) -> OsVariant | None:
    """Its releases have names, not numbers: "win10", "windows_server_2019", "w2k12r2"."""
    text = re.sub(r"[^a-z0-9.]+", " ", name)
    by_short_id = {variant.short_id: variant for variant in catalogue.variants.values()}
    if _WINDOWS.search(text) is None:
        return None
    if (server := _SERVER.search(text)) is not None:
        year, release = int(server[1]), server[2] or ""
        return by_short_id.get(f"win2k{year or ''}{release}")
    desktop = _DESKTOP.search(text)
    return by_short_id.get(f"win{desktop[1]}") if desktop is not None else None


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
    pointed = _with_points(number)
    found = next((variant for variant in releases if variant.version in pointed), None)
    if found is not None or not releases:
        return found
    # "2404" is 24.04 to those who count so.
    newest = releases[0]
    points = newest.version.count(".")
    month = re.fullmatch(r"(\d\d)(04|10)", number)
    if _BY_MONTH.fullmatch(newest.version):
        number = f"{month[1]}.{month[2]}" if month is not None else number
        if not _BY_MONTH.match(number):
            return None
    wanted, last = _version(number), _version(newest.version)
    if wanted <= last or wanted[0] > last[0] + _MOST_NEWER or len(wanted) <= points:
        return None
    return _as_release(newest, ".".join(number.split(".")[: points + 1]))


def _with_points(number: str) -> tuple[str, ...]:
    """How "2204" and "317" may be meant: 22.04, 3.17."""
    if "." in number or len(number) < 3:
        return ()
    return tuple(f"{number[:place]}.{number[place:]}" for place in (2, 1) if place < len(number))
