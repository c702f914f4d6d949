"""Domain XML <-> the settings that can be changed: what each is, and the XML with some of them changed.

Where each stands is declared in `domain_values` and `devices/`; what is not said stays as it was, to the byte.
Read https://libvirt.org/formatdomain.html ("cpu-tuning", "hard-drives-floppy-disks-cdroms" on iotune,
"quality-of-service") for what the values mean to libvirt.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from difflib import unified_diff
from typing import Any

from vmgui.libvirtxml.devices.channel import CHANNEL
from vmgui.libvirtxml.devices.disk import DISK
from vmgui.libvirtxml.devices.interface import INTERFACE
from vmgui.libvirtxml.devices.memballoon import MEMBALLOON
from vmgui.libvirtxml.domain_devices import read_disk, read_interface
from vmgui.libvirtxml.domain_values import DOMAIN
from vmgui.libvirtxml.edit import change_device, change_values, read_values, written
from vmgui.libvirtxml.fields import first
from vmgui.libvirtxml.kind import Kind
from vmgui.libvirtxml.safe import Element, parse
from vmgui.model.device import AGENT_CHANNEL, DevicePlace
from vmgui.model.device_disk import IoLimits
from vmgui.model.device_network import InterfaceDevice, Rate
from vmgui.model.domain_values import DomainValues
from vmgui.model.edit import CardFacts, DiskFacts, Setting, SettingKey, Topology, Value, Values
from vmgui.model.errors import InvalidConfig
from vmgui.policy.edit import followed_by
from vmgui.policy.edit_calls import quota_us
from vmgui.policy.settings import DEFAULT_PERIOD_US, QUOTA_LEAST_US

# The names of libvirtxml's models; libvirt's own are in policy/edit_calls.py.
_DISK_LIMITS = {
    Setting.TOTAL_BYTES_PER_S: "total_bytes_per_s",
    Setting.READ_BYTES_PER_S: "read_bytes_per_s",
    Setting.WRITE_BYTES_PER_S: "write_bytes_per_s",
    Setting.TOTAL_IOPS: "total_iops",
    Setting.READ_IOPS: "read_iops",
    Setting.WRITE_IOPS: "write_iops",
    Setting.TOTAL_BYTES_PER_S_MAX: "total_bytes_per_s_max",
    Setting.READ_BYTES_PER_S_MAX: "read_bytes_per_s_max",
    Setting.WRITE_BYTES_PER_S_MAX: "write_bytes_per_s_max",
    Setting.TOTAL_IOPS_MAX: "total_iops_max",
    Setting.READ_IOPS_MAX: "read_iops_max",
    Setting.WRITE_IOPS_MAX: "write_iops_max",
}
_CARD_LIMITS = {
    Setting.IN_AVERAGE_KB_PER_S: ("inbound", "average_kb_per_s"),
    Setting.IN_PEAK_KB_PER_S: ("inbound", "peak_kb_per_s"),
    Setting.IN_BURST_KIB: ("inbound", "burst_kib"),
    Setting.OUT_AVERAGE_KB_PER_S: ("outbound", "average_kb_per_s"),
    Setting.OUT_PEAK_KB_PER_S: ("outbound", "peak_kb_per_s"),
    Setting.OUT_BURST_KIB: ("outbound", "burst_kib"),
}

_machine = DOMAIN.partial(
    *("vcpus", "vcpus_max", "memory_kib", "memory_max_kib", "cpu_shares", "cpu_quota_us", "cpu_period_us"),
    *("memory_slots_max_kib", "memory_slots"),
    *("cpu_sockets", "cpu_dies", "cpu_clusters", "cpu_cores", "cpu_threads", "numa_cells"),
)
_disk = DISK.partial("target", "io_limits")
_card = INTERFACE.partial("mac", "inbound", "outbound")
_channel = CHANNEL.partial("name", "state")
_balloon = MEMBALLOON.partial("model")


@dataclass(frozen=True, slots=True, kw_only=True)
class SettingsRead:
    """What one XML of a machine says of its settings; no sizes of disks, which stand in no XML."""

    values: Values
    disks: tuple[DiskFacts, ...]
    cards: tuple[CardFacts, ...]
    has_balloon: bool
    has_numa: bool
    memory_room_kib: int  # of one more module that could be plugged in
    has_agent: bool  # its channel is connected
    period_us: int
    topology: Topology | None


def read_settings(xml: str) -> SettingsRead:
    """Every setting, of disks and cards too; raises InvalidConfig."""
    root = parse(xml)
    if root.tag != "domain":
        raise InvalidConfig(f"a <domain> is expected, not <{root.tag}>")
    said = _machine(root)
    values = {SettingKey(setting): value for setting, value in _values_of_machine(said).items()}
    disks: dict[str, DiskFacts] = {}
    for node in _devices(root, "disk"):
        limits, short = _disk(node), read_disk(node)
        if short.target and short.target not in disks:
            disks[short.target] = DiskFacts(
                short.target,
                *(short.device, short.bus, short.source, short.format, short.read_only),
                is_device=short.source_type == "block" and short.format in ("", "raw"),
                group=limits.io_limits.group,
            )
            values |= {
                SettingKey(setting, short.target): _limit(getattr(limits.io_limits, name))
                for setting, name in _DISK_LIMITS.items()
            }
    cards: dict[str, CardFacts] = {}
    for node in _devices(root, "interface"):
        limits, short = _card(node), read_interface(node)
        mac = short.mac.lower()
        if mac and mac not in cards:
            has_floor = limits.inbound is not None and bool(limits.inbound.floor_kb_per_s)
            cards[mac] = CardFacts(mac, short.kind, short.source, short.model, has_floor)
            values |= {
                SettingKey(setting, mac): _limit(getattr(getattr(limits, direction), name, None))
                for setting, (direction, name) in _CARD_LIMITS.items()
            }
    return SettingsRead(
        values=values,
        disks=tuple(disks.values()),
        cards=tuple(cards.values()),
        # Where none is named, QEMU's driver adds one, and others need none.
        has_balloon=all(_balloon(node).model != "none" for node in _devices(root, "memballoon")),
        has_numa=bool(said.numa_cells),
        memory_room_kib=_memory_room_kib(said, sum(1 for _ in _devices(root, "memory"))),
        has_agent=any(
            channel.name == AGENT_CHANNEL and channel.state == "connected"
            for channel in map(_channel, _devices(root, "channel"))
        ),
        period_us=_period_us(said),
        topology=_topology(said),
    )


def has_limited_card(xml: str) -> bool:
    """Whether a network card has limits; raises InvalidConfig."""
    return parse(xml).find("devices/interface/bandwidth/*") is not None


def has_extended_interrupts(xml: str) -> bool | None:
    """Whether the IOMMU lets its interrupts go to more than 255 CPUs, None: there is none; raises InvalidConfig."""
    iommu = parse(xml).find("devices/iommu")
    return None if iommu is None else iommu.find("driver[@eim='on']") is not None


def change_settings(xml: str, values: Values) -> str:
    """The XML with these settings; what is so already is left as it is written. Raises InvalidConfig.

    Values are taken as they are: whether they go together was judged before (`policy.edit.plan`). The keys of disks
    and cards that are not there, and the sizes of disks, mean nothing here.
    """
    is_now = read_settings(xml).values
    wished = {key: value for key, value in values.items() if key in is_now and is_now[key] != value}
    of: dict[str, dict[Setting, Value]] = {}
    for key, value in wished.items():
        of.setdefault(key.of, {})[key.setting] = value
    if (own := of.pop("", None)) is not None:
        before = read_values(xml)
        xml = change_values(xml, before, _changed_machine(before, own))
    for name, limits in of.items():
        if any(setting in _DISK_LIMITS for setting in limits):
            xml = _with_device(xml, DISK, lambda disk, name=name: disk.target == name, limits, _changed_disk)
        else:
            xml = _with_device(
                xml, INTERFACE, lambda card, name=name: card.mac.lower() == name, limits, _changed_card
            )
    return xml


def diff(before: str, after: str, name: str = "domain.xml") -> str:
    """Both as a unified diff, whichever quotes they are written with; empty: they are the same."""
    before, after = written(before), written(after)
    lines = unified_diff(before.splitlines(), after.splitlines(), name, name, lineterm="")
    return "".join(f"{line}\n" for line in lines)


# Reading --------------------------------------------------------------------------------------------------------


def _devices(root: Element, tag: str) -> Iterator[Element]:
    devices = first(root, "devices")
    if devices is not None:
        yield from devices.iterchildren(tag)


def _values_of_machine(said: DomainValues) -> dict[Setting, Value]:
    vcpus_max = 1 if said.vcpus_max is None else said.vcpus_max
    memory_max_kib = said.memory_max_kib or 0
    quota = said.cpu_quota_us or 0
    return {
        Setting.VCPUS: vcpus_max if said.vcpus is None else said.vcpus,
        Setting.VCPUS_MAX: vcpus_max,
        Setting.MEMORY_KIB: memory_max_kib if said.memory_kib is None else said.memory_kib,
        Setting.MEMORY_MAX_KIB: memory_max_kib,
        Setting.CPU_WEIGHT: _limit(said.cpu_shares),
        # A quota below nothing is libvirt's word for none.
        Setting.CPU_LIMIT_PERCENT: max(1, round(quota * 100 / _period_us(said))) if quota > 0 else None,
    }


def _period_us(said: DomainValues) -> int:
    return _limit(said.cpu_period_us) or DEFAULT_PERIOD_US


def _memory_room_kib(said: DomainValues, modules: int) -> int:
    if not said.numa_cells or (said.memory_slots or 0) <= modules:
        return 0
    return max(0, (said.memory_slots_max_kib or 0) - (said.memory_max_kib or 0))


def _topology(said: DomainValues) -> Topology | None:
    found = Topology(said.cpu_sockets, said.cpu_dies, said.cpu_clusters, said.cpu_cores, said.cpu_threads)
    return None if found == Topology() else found


def _limit(value: int | None) -> int | None:
    """0 is libvirt's word for none."""
    return value if value is not None and value > 0 else None


# Writing --------------------------------------------------------------------------------------------------------


def _changed_machine(before: DomainValues, wished: dict[Setting, Value]) -> DomainValues:
    after = {**_values_of_machine(before), **wished}
    changes: dict[str, Any] = {}
    if Setting.VCPUS in wished or Setting.VCPUS_MAX in wished:
        count, most = after[Setting.VCPUS], after[Setting.VCPUS_MAX]
        changes |= {
            "vcpus_max": most,
            "vcpus": None if count == most and before.vcpus is None else count,
            # It says of each whether it is there: the count would be read, and the list be refused.
            "vcpu_list": False,
        }
    if Setting.VCPUS_MAX in wished and (topology := _topology(before)) is not None:
        follows = followed_by(topology, after[Setting.VCPUS_MAX] or 1)
        changes |= {
            "cpu_sockets": follows.sockets,
            "cpu_dies": follows.dies,
            "cpu_clusters": follows.clusters,
            "cpu_cores": follows.cores,
            "cpu_threads": follows.threads,
        }
    if Setting.MEMORY_MAX_KIB in wished:
        changes["memory_max_kib"] = after[Setting.MEMORY_MAX_KIB]
    if Setting.MEMORY_KIB in wished or (Setting.MEMORY_MAX_KIB in wished and before.memory_kib is None):
        changes["memory_kib"] = after[Setting.MEMORY_KIB]
    if Setting.CPU_WEIGHT in wished:
        changes["cpu_shares"] = wished[Setting.CPU_WEIGHT]
    if Setting.CPU_LIMIT_PERCENT in wished:
        changes |= _quota(wished[Setting.CPU_LIMIT_PERCENT], before)
    return replace(before, **changes)


def _quota(percent: Value, before: DomainValues) -> dict[str, Value]:
    """Of the period that stands there, unless that is so short that libvirt would refuse the quota."""
    if percent is None:
        return {"cpu_quota_us": None}
    quota = quota_us(percent, _period_us(before))
    if quota < QUOTA_LEAST_US:
        return {"cpu_quota_us": quota_us(percent, DEFAULT_PERIOD_US), "cpu_period_us": None}
    return {"cpu_quota_us": quota}


def _with_device(
    xml: str,
    kind: Kind[Any],
    is_it: Callable[[Any], bool],
    limits: dict[Setting, Value],
    changed: Callable[[Any, dict[Setting, Value]], Any],
) -> str:
    for index, node in enumerate(_devices(parse(xml), kind.tag)):
        if is_it(before := kind.read(node)):
            return change_device(xml, DevicePlace(kind.tag, index), before, changed(before, limits))
    return xml


def _changed_disk(before: Any, wished: dict[Setting, Value]) -> Any:
    changes: dict[str, Any] = {
        _DISK_LIMITS[setting]: value for setting, value in wished.items() if setting in _DISK_LIMITS
    }
    # How long a burst may last goes with it: QEMU refuses the one without the other.
    changes |= {
        f"{name.removesuffix('_per_s_max').removesuffix('_max')}_max_length_s": None
        for name, value in changes.items()
        if name.endswith("_max") and value is None
    }
    limits: IoLimits = replace(before.io_limits, **changes)
    if _has_iops(before.io_limits) and not _has_iops(limits):
        limits = replace(limits, iops_size_bytes=None)
    if not any(getattr(limits, name) for name in _DISK_LIMITS.values()):
        # libvirt takes no group of disks without limits.
        limits = replace(limits, group="")
    return replace(before, io_limits=limits)


def _has_iops(limits: IoLimits) -> bool:
    return bool(limits.total_iops or limits.read_iops or limits.write_iops)


def _changed_card(before: InterfaceDevice, wished: dict[Setting, Value]) -> InterfaceDevice:
    rates: dict[str, Rate] = {"inbound": before.inbound or Rate(), "outbound": before.outbound or Rate()}
    for setting, value in wished.items():
        if setting in _CARD_LIMITS:
            direction, name = _CARD_LIMITS[setting]
            rates[direction] = replace(rates[direction], **{name: value})
    inbound, outbound = (None if rate == Rate() else rate for rate in rates.values())
    return replace(before, inbound=inbound, outbound=outbound)
