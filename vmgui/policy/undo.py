"""What is different between two definitions of a machine, thing by thing, as a person would say it. Pure."""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from collections.abc import Iterator
from hashlib import blake2b
from typing import Any

from vmgui.model.device import FoundDevice
from vmgui.model.device_disk import DiskDevice, DiskSource
from vmgui.model.device_network import InterfaceDevice
from vmgui.model.device_parts import Device
from vmgui.model.domain_values import DomainValues
from vmgui.model.undo import Described, Difference, Foresight, What

_GROUPS = (
    ("cpu_", What.CPU),
    ("vcpu_", What.CPU),
    ("numa_", What.CPU),
    ("emulator_", What.CPU),
    ("io_thread", What.CPU),
    ("all_cpu_", What.CPU),
    ("memory_", What.MEMORY_OPTIONS),
    ("swap_", What.MEMORY_OPTIONS),
    ("huge_page", What.MEMORY_OPTIONS),
    ("loader", What.FIRMWARE),
    ("nvram", What.FIRMWARE),
    ("firmware", What.FIRMWARE),
    ("boot_", What.BOOT),
    ("kernel", What.BOOT),
    ("initrd", What.BOOT),
    ("clock_", What.CLOCK),
    ("timers", What.CLOCK),
)
"""How the names of values begin that are told together."""
_TOLD_ALONE = frozenset({
    *("name", "title", "description", "vcpus", "vcpus_max", "memory_kib", "memory_max_kib"),
    *("cpu_shares", "cpu_quota_us", "cpu_period_us"),
})  # fmt: skip
_DRIVES = frozenset({"cdrom", "floppy"})


def mark_of(text: str) -> bytes:
    """What a definition is known by, where it need not be kept."""
    return blake2b(text.encode(errors="surrogatepass"), digest_size=16).digest()


def differences(before: Described, after: Described) -> tuple[Difference, ...]:
    """What was changed; empty where both say the same. Never empty where they do not."""
    if before.text == after.text:
        return ()
    found = [*_traits(before, after), *_values(before.values, after.values), *_devices(before, after)]
    # libvirt adds controllers for the devices that it is given.
    told = [one for one in found if one.tag != "controller" or one.what not in (What.ADDED, What.REMOVED)]
    return tuple(told or found) or (Difference(What.OTHER),)


def beyond(will_change: tuple[Difference, ...], done: tuple[Difference, ...]) -> tuple[Difference, ...]:
    """What of that is not taking back what was `done`: others' work, or one's own of later."""
    places = {one.inverse.place for one in done}
    if any(one.what is What.OTHER for one in done):
        return tuple(one for one in will_change if one.what is not What.OTHER)
    return tuple(one for one in will_change if one.place not in places)


def changes_protection(done: tuple[Difference, ...]) -> bool:
    """Whether a change gave or took protection: to undo it is to ask for just that."""
    return any(one.what is What.PROTECTED for one in done)


def is_needless(foresight: Foresight) -> bool:
    """Whether the machine is as it would become."""
    return not foresight.differences


def _traits(before: Described, after: Described) -> Iterator[Difference]:
    old, new = before.traits, after.traits
    if old.tags != new.tags:
        yield Difference(What.TAGS, before=", ".join(old.tags), after=", ".join(new.tags))
    if old.folder != new.folder:
        yield Difference(What.FOLDER, before=old.folder, after=new.folder)
    if old.is_protected != new.is_protected:
        yield Difference(What.PROTECTED, before=int(old.is_protected), after=int(new.is_protected))


def _values(old: DomainValues, new: DomainValues) -> Iterator[Difference]:
    for what, before, after in (
        (What.NAME, old.name, new.name),
        (What.TITLE, old.title, new.title),
        (What.NOTES, old.description, new.description),
        (What.VCPUS, old.vcpus or old.vcpus_max, new.vcpus or new.vcpus_max),
        (What.VCPUS_MAX, old.vcpus_max, new.vcpus_max),
        (What.MEMORY, old.memory_kib or old.memory_max_kib, new.memory_kib or new.memory_max_kib),
        (What.MEMORY_MAX, old.memory_max_kib, new.memory_max_kib),
        (What.CPU_WEIGHT, old.cpu_shares, new.cpu_shares),
        (What.CPU_LIMIT, _limit(old), _limit(new)),
    ):
        if before != after:
            yield Difference(what, before=before, after=after)
    groups = {
        _group(one.name): None
        for one in dataclasses.fields(DomainValues)
        if one.name not in _TOLD_ALONE and getattr(old, one.name) != getattr(new, one.name)
    }
    yield from map(Difference, groups)


def _limit(values: DomainValues) -> int | None:
    """In percent of one processor for each vCPU; None: no limit."""
    if not values.cpu_quota_us or values.cpu_quota_us < 0:
        return None
    return round(100 * values.cpu_quota_us / (values.cpu_period_us or 100_000))


def _group(name: str) -> What:
    return next((what for start, what in _GROUPS if name.startswith(start)), What.SETTINGS)


def _devices(before: Described, after: Described) -> Iterator[Difference]:
    old, new = _by_tag(before.devices), _by_tag(after.devices)
    orders = False
    for tag in dict.fromkeys((*old, *new)):
        pairs, gone, come = _paired(tag, old[tag], new[tag])
        for one in gone:
            yield Difference(What.REMOVED, tag, _name(one), _kind(one))
        for one in come:
            yield Difference(What.ADDED, tag, _name(one), _kind(one))
        for one, other in pairs:
            orders |= getattr(one, "boot", None) != getattr(other, "boot", None)
            yield from _changed(tag, one, other)
    if orders:
        yield Difference(What.BOOT)


def _by_tag(devices: tuple[FoundDevice, ...]) -> defaultdict[str, list[Any]]:
    found: defaultdict[str, list[Any]] = defaultdict(list)
    for one in devices:
        found[one.place.tag].append(one.device)
    return found


def _paired(tag: str, old: list[Any], new: list[Any]) -> tuple[list[tuple[Any, Any]], list[Any], list[Any]]:
    """Which became which, which went, which are new."""
    pairs: list[tuple[Any, Any]] = []
    left = list(new)
    unsure: list[Any] = []
    for one in old:
        identity = _identity(tag, one)
        same = [other for other in left if (_identity(tag, other) == identity if identity else other == one)]
        if same:
            pairs.append((one, same[0]))
            # By what it is, not by what it equals: two may be equal.
            left = [other for other in left if other is not same[0]]
        else:
            unsure.append(one)
    if tag in ("disk", "interface"):
        return pairs, unsure, left
    number = min(len(unsure), len(left))
    return [*pairs, *zip(unsure, left, strict=False)], unsure[number:], left[number:]


def _identity(tag: str, device: Any) -> tuple[object, ...] | None:
    """What a device is known by whatever else of it changes; None: nothing."""
    match tag:
        case "disk":
            return (device.target,)
        case "interface":
            return (device.mac.lower(),)
        case "controller":
            return (device.kind, device.index)
        case _:
            return None


def _changed(tag: str, old: Any, new: Any) -> Iterator[Difference]:
    name, kind = _name(new), _kind(new)
    if isinstance(old, DiskDevice) and isinstance(new, DiskDevice):
        if source_words(old) != source_words(new):
            yield Difference(What.SOURCE, tag, name, kind, source_words(old), source_words(new))
        if old.io_limits != new.io_limits:
            yield Difference(What.LIMITS, tag, name, kind)
        old = dataclasses.replace(
            old, source=new.source, source_kind=new.source_kind, backing=new.backing, io_limits=new.io_limits
        )
    elif isinstance(old, InterfaceDevice) and isinstance(new, InterfaceDevice):
        if _connection(old) != _connection(new):
            yield Difference(What.SOURCE, tag, name, kind, _connection(old), _connection(new))
        if (old.inbound, old.outbound) != (new.inbound, new.outbound):
            yield Difference(What.LIMITS, tag, name, kind)
        old = dataclasses.replace(
            old, kind=new.kind, source=new.source, inbound=new.inbound, outbound=new.outbound
        )
    if isinstance(old, Device) and type(old) is type(new):
        alike = {
            one.name: getattr(new, one.name)
            for one in dataclasses.fields(old)
            if one.name in ("boot", "alias") or (one.name == "address" and old.address is None)
        }
        old = dataclasses.replace(old, **alike)
    if old != new:
        yield Difference(What.CHANGED, tag, name, kind)


def _name(device: Any) -> str:
    if isinstance(device, DiskDevice):
        return device.target
    if isinstance(device, InterfaceDevice):
        return device.mac
    for name in ("model", "kind", "name", "target_kind"):
        if isinstance(value := getattr(device, name, None), str) and value:
            return value
    return ""


def _kind(device: Any) -> str:
    return (device.device or "disk") if isinstance(device, DiskDevice) else ""


def source_words(disk: DiskDevice) -> str:
    """Where a disk's data is, in one word; empty: no medium."""
    source = disk.source or DiskSource()
    if source.pool or source.volume:
        return f"{source.pool}/{source.volume}"
    place = source.file or source.device or source.directory or source.path
    return place or (f"{source.protocol}:{source.name}" if source.protocol or source.name else "")


def _connection(card: InterfaceDevice) -> str:
    source = card.source
    place = (source.network or source.bridge or source.device or source.address) if source else ""
    return place or card.kind


def is_drive(difference: Difference) -> bool:
    """Whether it is of a drive whose medium comes and goes."""
    return difference.tag == "disk" and difference.kind in _DRIVES
