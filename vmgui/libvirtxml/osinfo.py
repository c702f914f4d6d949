"""osinfo-db XML -> operating systems and the patterns that tell an installer CD.

The format: https://gitlab.com/libosinfo/osinfo-db-tools (data/schema/osinfo.rng). One file holds one or a few
`<os>`; what a system does not say itself it takes from the ones it `derives-from` or `clones`.
Patterns come from files outside our control: what could run for ever is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from vmgui.libvirtxml.safe import Element, number_of, parse, text_of
from vmgui.model.errors import InvalidConfig
from vmgui.model.os_variant import MediumPattern, OsCatalogue, OsVariant

MAX_FILE_BYTES = 2 * 1024 * 1024
MAX_PATTERN_CHARS = 300
_MAX_DEPTH = 40
_SUPPORTED_YEARS = 7
"""Of a release that does not say when its support ends."""

_PCI = "http://pcisig.com/pci/"
_VIRTIO_DISK = {f"{_PCI}1af4/1001", f"{_PCI}1af4/1042"}
_VIRTIO_NET = {f"{_PCI}1af4/1000", f"{_PCI}1af4/1041"}
_VIRTIO_BALLOON = {f"{_PCI}1af4/1002", f"{_PCI}1af4/1045"}
_VIRTIO_VIDEO = {f"{_PCI}1af4/1050"}
_TABLET = "http://usb.org/usb/80ee/0021"
_NICS = {"e1000e": f"{_PCI}8086/10d3", "e1000": f"{_PCI}8086/100e", "rtl8139": f"{_PCI}10ec/8139"}
_WINDOWS_11 = "http://microsoft.com/win/11"
_MODERN_FAMILIES = frozenset({"linux", "winnt", "freebsd", "openbsd", "netbsd", "solaris", "darwin"})
_NESTED_REPEAT = re.compile(r"\([^()]*[*+][^()]*\)\s*[*+{]")


@dataclass(frozen=True, slots=True)
class _Resources:
    minimum: Mapping[str, int] = field(default_factory=dict[str, int])
    recommended: Mapping[str, int] = field(default_factory=dict[str, int])

    def __bool__(self) -> bool:
        return bool(self.minimum or self.recommended)


@dataclass(frozen=True, slots=True)
class SystemEntry:
    """One `<os>` as it stands in the file, before what it inherits."""

    id: str
    short_id: str
    name: str
    version: str
    family: str
    distro: str
    release_date: str
    eol_date: str
    parents: tuple[str, ...]
    devices: Mapping[str, bool]  # id -> supported
    firmwares: Mapping[tuple[str, str], bool]  # (arch, type) -> supported
    resources: Mapping[str, _Resources]
    media: tuple[MediumPattern, ...]


def parse_systems(data: bytes) -> list[SystemEntry]:
    """The systems a file of osinfo-db describes; raises InvalidConfig."""
    root = parse(data, MAX_FILE_BYTES)
    if root.tag != "libosinfo":
        raise InvalidConfig(f"<libosinfo> is expected, not <{root.tag}>")
    return [_entry(node) for node in root.findall("os") if node.get("id")]


def _entry(node: Element) -> SystemEntry:
    os_id = node.get("id", "")
    parents = [*node.findall("derives-from"), *node.findall("clones")]
    return SystemEntry(
        id=os_id,
        short_id=text_of(node, "short-id"),
        name=text_of(node, "name"),  # the first one carries no language
        version=text_of(node, "version"),
        family=text_of(node, "family"),
        distro=text_of(node, "distro"),
        release_date=_date(text_of(node, "release-date")),
        eol_date=_date(text_of(node, "eol-date")),
        parents=tuple(parent.get("id", "") for parent in parents),
        devices={
            device.get("id", ""): device.get("supported") != "false"
            for device in node.findall("devices/device")
        },
        firmwares={
            (firmware.get("arch", ""), firmware.get("type", "")): firmware.get("supported") != "false"
            for firmware in node.findall("firmware")
        },
        resources={
            resources.get("arch", "all"): _Resources(
                _numbers(resources.find("minimum")), _numbers(resources.find("recommended"))
            )
            for resources in node.findall("resources")
        },
        media=tuple(pattern for medium in node.findall("media") for pattern in _patterns(os_id, medium)),
    )


def _patterns(os_id: str, medium: Element) -> Iterable[MediumPattern]:
    for iso in medium.findall("iso"):
        pattern = MediumPattern(
            os_id=os_id,
            arch=medium.get("arch", ""),
            volume_id=text_of(iso, "volume-id"),
            system_id=text_of(iso, "system-id"),
            publisher_id=text_of(iso, "publisher-id"),
            application_id=text_of(iso, "application-id"),
            volume_size_bytes=number_of(text_of(iso, "volume-size")),
            is_live=medium.get("live") == "true",
        )
        texts = (pattern.volume_id, pattern.system_id, pattern.publisher_id, pattern.application_id)
        # One that says nothing, or only what every CD of the tool that made it says, would match any CD.
        if any((pattern.volume_id, pattern.publisher_id, pattern.application_id)) and all(
            map(_is_bounded, texts)
        ):
            yield pattern


def _is_bounded(pattern: str) -> bool:
    return len(pattern) <= MAX_PATTERN_CHARS and not _NESTED_REPEAT.search(pattern)


def _numbers(node: Element | None) -> dict[str, int]:
    if node is None:
        return {}
    numbers = {child.tag: number_of(child.text) for child in node}
    return {name: number for name, number in numbers.items() if number > 0}


def _date(text: str) -> str:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        return ""


def build_catalogue(entries: Iterable[SystemEntry], arch: str, today: date) -> OsCatalogue:
    """Systems with what they inherit, as machines of `arch` see them."""
    by_id: dict[str, SystemEntry] = {}
    for entry in entries:
        # Further files about a system add to it (its .d folder).
        by_id[entry.id] = _joined(by_id[entry.id], entry) if entry.id in by_id else entry
    return OsCatalogue(
        variants={
            entry.id: _variant(entry, by_id, arch, today)
            for entry in by_id.values()
            if entry.short_id and entry.name
        },
        patterns=tuple(
            pattern
            for entry in by_id.values()
            for pattern in entry.media
            if pattern.arch in ("", "all", arch)
        ),
    )


def _joined(first: SystemEntry, second: SystemEntry) -> SystemEntry:
    return replace(
        first,
        short_id=first.short_id or second.short_id,
        name=first.name or second.name,
        version=first.version or second.version,
        family=first.family or second.family,
        distro=first.distro or second.distro,
        release_date=first.release_date or second.release_date,
        eol_date=first.eol_date or second.eol_date,
        parents=(*first.parents, *second.parents),
        devices={**first.devices, **second.devices},
        firmwares={**first.firmwares, **second.firmwares},
        resources={**first.resources, **second.resources},
        media=(*first.media, *second.media),
    )


def _lineage(entry: SystemEntry, by_id: Mapping[str, SystemEntry]) -> list[SystemEntry]:
    """The system and what it derives from, nearest first; loops and missing ones are passed over."""
    seen: dict[str, SystemEntry] = {}
    waiting = [entry]
    while waiting and len(seen) < _MAX_DEPTH:
        current = waiting.pop(0)
        if current.id not in seen:
            seen[current.id] = current
            waiting.extend(by_id[parent] for parent in current.parents if parent in by_id)
    return list(seen.values())


def _variant(entry: SystemEntry, by_id: Mapping[str, SystemEntry], arch: str, today: date) -> OsVariant:
    lineage = _lineage(entry, by_id)
    devices: dict[str, bool] = {}
    firmwares: dict[tuple[str, str], bool] = {}
    for ancestor in reversed(lineage):
        devices |= ancestor.devices
        firmwares |= ancestor.firmwares
    supported = {name for name, is_supported in devices.items() if is_supported}
    resources = next(
        (found for ancestor in lineage if (found := _resources_of(ancestor, arch))), _Resources()
    )
    minimum, recommended = resources.minimum, resources.recommended
    needs_bios = firmwares.get((arch, "bios"), True)
    return OsVariant(
        id=entry.id,
        short_id=entry.short_id,
        name=entry.name,
        family=entry.family,
        distro=entry.distro,
        end_of_life=_is_over(entry, today),
        minimum_memory_bytes=minimum.get("ram"),
        recommended_memory_bytes=recommended.get("ram"),
        minimum_disk_bytes=minimum.get("storage"),
        recommended_disk_bytes=recommended.get("storage"),
        recommended_cpus=recommended.get("n-cpus") or minimum.get("n-cpus"),
        virtio_disk=bool(supported & _VIRTIO_DISK),
        virtio_net=bool(supported & _VIRTIO_NET),
        virtio_video=bool(supported & _VIRTIO_VIDEO),
        virtio_balloon=bool(supported & _VIRTIO_BALLOON),
        usb_tablet=_TABLET in supported,
        needs_uefi=not needs_bios and firmwares.get((arch, "efi"), True),
        needs_tpm=any(ancestor.id == _WINDOWS_11 for ancestor in lineage),
        supports_secure_boot=entry.family == "winnt" and _at_least(entry.version, (6, 2)),
        version=entry.version,
        release_date=entry.release_date,
        nics=tuple(model for model, device in _NICS.items() if device in supported),
        is_legacy=_is_legacy(entry),
    )


def _resources_of(entry: SystemEntry, arch: str) -> _Resources | None:
    """Of this architecture, else of all."""
    return entry.resources.get(arch) or entry.resources.get("all")


def _is_over(entry: SystemEntry, today: date) -> bool:
    if entry.eol_date:
        return entry.eol_date < today.isoformat()
    return bool(entry.release_date) and int(entry.release_date[:4]) + _SUPPORTED_YEARS < today.year


def _is_legacy(entry: SystemEntry) -> bool:
    """From before SATA and PCI Express were usual."""
    if entry.family == "winnt":
        return not _at_least(entry.version, (6, 0))
    if entry.family and entry.family not in _MODERN_FAMILIES:
        return True
    return bool(entry.release_date) and entry.release_date < "2007"


def _at_least(version: str, wanted: tuple[int, ...]) -> bool:
    return tuple(int(number) for number in re.findall(r"\d+", version)[:4]) >= wanted
