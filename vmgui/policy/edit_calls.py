"""What a running machine is told to make a change: the calls of a plan, in order, with libvirt's names. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from vmgui.model.edit import (
    Call,
    Change,
    DiskFacts,
    EditedMachine,
    GrowDisk,
    OnlineVcpus,
    PlugMemory,
    PlugVcpus,
    SetBandwidth,
    SetCpuShare,
    SetDiskLimits,
    SetMemory,
    Setting,
    SettingKey,
    Value,
    Values,
    When,
)
from vmgui.policy.settings import DEFAULT_PERIOD_US

_SECTOR_BYTES = 512
_MODULE_KIB = 128 * 1024  # Linux takes no smaller pieces
_CPU_SHARE = frozenset({Setting.CPU_WEIGHT, Setting.CPU_LIMIT_PERCENT})
_BYTES = (Setting.TOTAL_BYTES_PER_S, Setting.READ_BYTES_PER_S, Setting.WRITE_BYTES_PER_S)
_IOPS = (Setting.TOTAL_IOPS, Setting.READ_IOPS, Setting.WRITE_IOPS)
_FAMILIES = (
    (_BYTES, (Setting.TOTAL_BYTES_PER_S_MAX, Setting.READ_BYTES_PER_S_MAX, Setting.WRITE_BYTES_PER_S_MAX)),
    (_IOPS, (Setting.TOTAL_IOPS_MAX, Setting.READ_IOPS_MAX, Setting.WRITE_IOPS_MAX)),
)

DISK_PARAMETERS = {
    Setting.TOTAL_BYTES_PER_S: "total_bytes_sec",
    Setting.READ_BYTES_PER_S: "read_bytes_sec",
    Setting.WRITE_BYTES_PER_S: "write_bytes_sec",
    Setting.TOTAL_IOPS: "total_iops_sec",
    Setting.READ_IOPS: "read_iops_sec",
    Setting.WRITE_IOPS: "write_iops_sec",
    Setting.TOTAL_BYTES_PER_S_MAX: "total_bytes_sec_max",
    Setting.READ_BYTES_PER_S_MAX: "read_bytes_sec_max",
    Setting.WRITE_BYTES_PER_S_MAX: "write_bytes_sec_max",
    Setting.TOTAL_IOPS_MAX: "total_iops_sec_max",
    Setting.READ_IOPS_MAX: "read_iops_sec_max",
    Setting.WRITE_IOPS_MAX: "write_iops_sec_max",
}
"""libvirt's names (VIR_DOMAIN_BLOCK_IOTUNE_*)."""
CARD_PARAMETERS = {
    Setting.IN_AVERAGE_KB_PER_S: "inbound.average",
    Setting.IN_PEAK_KB_PER_S: "inbound.peak",
    Setting.IN_BURST_KIB: "inbound.burst",
    Setting.OUT_AVERAGE_KB_PER_S: "outbound.average",
    Setting.OUT_PEAK_KB_PER_S: "outbound.peak",
    Setting.OUT_BURST_KIB: "outbound.burst",
}
"""libvirt's names (VIR_DOMAIN_BANDWIDTH_*)."""


def calls(machine: EditedMachine, changes: Iterable[Change]) -> tuple[Call, ...]:
    """What makes those changes that are possible now; what can be taken back comes first."""
    now = {change.key: change.to for change in changes if change.when is When.NOW}
    of_machine = {key.setting: to for key, to in now.items() if not key.of}
    found: list[Call] = []
    memory = of_machine.get(Setting.MEMORY_KIB)
    module_kib = 0 if memory is None else module_for(machine, memory)
    if memory is not None and not module_kib:
        found.append(SetMemory(memory))
    if not _CPU_SHARE.isdisjoint(of_machine):
        found.append(_cpu_share(machine, of_machine))
    found += _all_disk_limits(machine, now)
    # All limits of each direction that changes: libvirt replaces it as a whole.
    for mac in dict.fromkeys(key.of for key in now if key.setting in CARD_PARAMETERS):
        found.append(SetBandwidth(mac, bandwidth(mac, machine.live or {}, now)))
    if (count := of_machine.get(Setting.VCPUS)) is not None:
        if count > plugged(machine):
            found.append(PlugVcpus(count))
        if machine.has_agent and not machine.is_paused:
            found.append(OnlineVcpus(count))
    if memory is not None and module_kib:
        found += [PlugMemory(module_kib), *((SetMemory(memory),) if machine.has_balloon else ())]
    for key, to in now.items():
        if key.setting is Setting.DISK_BYTES and to is not None:
            found.append(GrowDisk(key.of, -(-to // _SECTOR_BYTES) * _SECTOR_BYTES))
    return tuple(found)


def disk_of(machine: EditedMachine, target: str) -> DiskFacts | None:
    """What is known of a disk."""
    return next((disk for disk in machine.disks if disk.target == target), None)


def group_of(machine: EditedMachine, target: str, *, saved: bool) -> list[str]:
    """The disks that share their limits with this one now, or after the next start (`saved`), itself among them; none:
    it has them for itself."""
    groups = {disk.target: disk.saved_group if saved else disk.group for disk in machine.disks}
    group = groups.get(target)
    return [other for other, its in groups.items() if its == group] if group else []


def plugged(machine: EditedMachine) -> int:
    """The vCPUs that are there, whether the guest uses them or not."""
    of_guest = (machine.live or {}).get(SettingKey(Setting.VCPUS)) or 0
    return machine.vcpus_plugged or of_guest


def module_for(machine: EditedMachine, memory_kib: int) -> int:
    """How large a module gives a running machine more memory than its maximum; 0: it needs none, or none is possible.

    One that runs has it now and, as it is saved with it, after every start.
    """
    most = SettingKey(Setting.MEMORY_MAX_KIB)
    maximums = [values.get(most) or 0 for values in (machine.live, machine.saved) if values is not None]
    missing = memory_kib - min(maximums, default=0)
    module = -(-missing // _MODULE_KIB) * _MODULE_KIB
    is_possible = machine.is_active and not machine.is_paused and 0 < module <= machine.memory_room_kib
    return module if is_possible and memory_kib > min(maximums) else 0


def period_us(machine: EditedMachine) -> int:
    """In which each vCPU may run for its quota."""
    return machine.period_us or DEFAULT_PERIOD_US


def quota_us(percent: int, period_us: int) -> int:
    """How much of every period each vCPU may run."""
    return percent * period_us // 100


def weight_default(machine: EditedMachine) -> int:
    """What a running machine weighs that was given no weight: as control groups of version 2 or 1 have it."""
    return 100 if machine.host.weight_most <= 10_000 else 1024


def is_so(machine: EditedMachine, key: SettingKey, live: Value, to: Value) -> bool:
    """A weight that was taken away while it ran is there as the default."""
    if key.setting is Setting.CPU_WEIGHT and to is None and live == weight_default(machine):
        return True
    return live == to


def _cpu_share(machine: EditedMachine, now: Mapping[Setting, Value]) -> SetCpuShare:
    weight = quota = None
    if Setting.CPU_WEIGHT in now:
        weight = now[Setting.CPU_WEIGHT] or weight_default(machine)
    if Setting.CPU_LIMIT_PERCENT in now:
        percent = now[Setting.CPU_LIMIT_PERCENT]
        quota = -1 if percent is None else quota_us(percent, period_us(machine))
    return SetCpuShare(weight, None, quota)


def _all_disk_limits(machine: EditedMachine, now: Values) -> Iterator[Call]:
    """One call for a group of disks."""
    done: set[str] = set()
    for target in dict.fromkeys(key.of for key in now if key.setting in DISK_PARAMETERS):
        if target not in done:
            done.update(group_of(machine, target, saved=False))
            yield disk_limits(machine, target, machine.live or {}, now)


def disk_limits(
    machine: EditedMachine, target: str, present: Values, wished: Values, *, saved: bool = False
) -> SetDiskLimits:
    """A disk's limits after the wishes, of the families that they are about.

    Of a family (bytes, operations, the bursts of either) libvirt sets all three: what is left out is none. With a
    burst goes how long it may last, with the last limit on operations the size of one: QEMU refuses what is left.
    """

    def values(settings: Iterable[Setting], of: Values) -> list[Value]:
        return [of.get(SettingKey(setting, target)) for setting in settings]

    after = {**present, **wished}
    limits: list[tuple[str, int]] = []
    for family, bursts in _FAMILIES:
        if not any(SettingKey(setting, target) in wished for setting in (*family, *bursts)):
            continue
        is_burst = any(values(bursts, present)) or any(values(bursts, after))
        for setting in (*family, *(bursts if is_burst else ())):
            limits.append((DISK_PARAMETERS[setting], after.get(SettingKey(setting, target)) or 0))
        for setting in bursts:
            key = SettingKey(setting, target)
            if present.get(key) and not after.get(key):
                limits.append((f"{DISK_PARAMETERS[setting]}_length", 0))
        if family is _IOPS and any(values(family, present)) and not any(values(family, after)):
            limits.append(("size_iops_sec", 0))
    disk = disk_of(machine, target) or DiskFacts(target)
    return SetDiskLimits(target, tuple(limits), disk.saved_group if saved else disk.group)


def bandwidth(mac: str, present: Values, wished: Values) -> tuple[tuple[str, int], ...]:
    """A card's limits after the wishes, by libvirt's names, of the directions that they are about."""
    directions = {
        CARD_PARAMETERS[key.setting].partition(".")[0]
        for key in wished
        if key.of == mac and key.setting in CARD_PARAMETERS
    }
    return tuple(
        (name, wished.get(key, present.get(key)) or 0)
        for setting, name in CARD_PARAMETERS.items()
        if name.partition(".")[0] in directions
        for key in (SettingKey(setting, mac),)
    )
