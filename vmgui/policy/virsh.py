"""A plan as the commands of virsh that do the same, each one line quoted for a shell. Pure.

What virsh has no command for is a line that begins with `#`: a shell passes it over.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterable, Iterator

from vmgui.model.edit import (
    Call,
    EditedMachine,
    GrowDisk,
    OnlineVcpus,
    Plan,
    PlugMemory,
    PlugVcpus,
    SetBandwidth,
    SetCpuShare,
    SetDiskLimits,
    SetMemory,
    Setting,
    Values,
)
from vmgui.policy.edit import followed_by
from vmgui.policy.edit_calls import (
    CARD_PARAMETERS,
    DISK_PARAMETERS,
    bandwidth,
    disk_limits,
    disk_of,
    group_of,
    period_us,
    quota_us,
)

# virsh takes a number for an id and a UUID for one, and reads options from what begins with a dash.
_PLAIN_NAME = re.compile(r"(?!\d+\Z)(?![0-9a-fA-F-]{32,36}\Z)[^\W_][\w .:@+-]*(?<! )")
_DIRECTIONS = ("inbound", "outbound")


def commands(machine: EditedMachine, plan: Plan) -> tuple[str, ...]:
    """What to type; a command that does the same now and at the next start is there once."""
    found: dict[tuple[str, ...], list[str]] = {}
    for words in _live(machine, plan.calls):
        found.setdefault(words, []).extend(("--live",) if not _is_of_one_way(words) else ())
    for words in _saved(machine, plan.saved):
        found.setdefault(words, []).extend(("--config",) if not words[0].startswith("#") else ())
    return tuple(_line(words, flags) for words, flags in found.items())


def _line(words: tuple[str, ...], flags: list[str]) -> str:
    if words[0].startswith("#"):
        return " ".join(words)
    return shlex.join(("virsh", *words, *flags))


def _is_of_one_way(words: tuple[str, ...]) -> bool:
    """Those that know no --live: they act at once."""
    return words[0] in ("blockresize", "vol-resize") or "--guest" in words


def machine_name(name: str, uuid: str) -> str:
    """As virsh knows the machine and no other: its name, or where that reads as something else its UUID."""
    return name if _PLAIN_NAME.fullmatch(name) and name.isprintable() else uuid


def _name(machine: EditedMachine) -> str:
    return machine_name(machine.name, machine.uuid)


def _live(machine: EditedMachine, calls: Iterable[Call]) -> Iterator[tuple[str, ...]]:
    name = _name(machine)
    for call in calls:
        match call:
            case PlugVcpus(count):
                yield "setvcpus", name, str(count)
            case OnlineVcpus(count):
                yield "setvcpus", name, str(count), "--guest"
            case PlugMemory(kib):
                words = ("#", "virsh", "attach-device", shlex.quote(name), "FILE", "--live", "--config")
                size, node = f'<size unit="KiB">{kib}</size>', "<node>0</node>"
                yield *words, "FILE:", f'<memory model="dimm"><target>{size}{node}</target></memory>'
            case SetMemory(kib):
                yield "setmem", name, str(kib)
            case SetCpuShare(weight, period, quota):
                shares = (("cpu_shares", weight), ("vcpu_period", period), ("vcpu_quota", quota))
                yield "schedinfo", name, *(f"{what}={value}" for what, value in shares if value is not None)
            case SetDiskLimits():
                yield _block_io_tune(name, call)
            case SetBandwidth(mac, limits):
                yield _interface_tune(machine, mac, limits)
            case GrowDisk(target, size_bytes):
                yield _resize(machine, target, size_bytes)


def _saved(machine: EditedMachine, saved: Values) -> Iterator[tuple[str, ...]]:
    name, present = _name(machine), machine.saved or {}
    of_machine = {key.setting: to for key, to in saved.items() if not key.of}
    # The maximum first: lowered, it takes what is above it along.
    for setting, words in (
        (Setting.VCPUS_MAX, ("setvcpus", name, "{}", "--maximum")),
        (Setting.VCPUS, ("setvcpus", name, "{}")),
        (Setting.MEMORY_MAX_KIB, ("setmaxmem", name, "{}")),
        (Setting.MEMORY_KIB, ("setmem", name, "{}")),
    ):
        if (value := of_machine.get(setting)) is not None:
            if setting is Setting.VCPUS_MAX:
                yield from _topology(machine, value)
            yield tuple(word if word == name else word.format(value) for word in words)
    shares: list[str] = []
    if Setting.CPU_WEIGHT in of_machine:
        if (weight := of_machine[Setting.CPU_WEIGHT]) is not None:
            shares.append(f"cpu_shares={weight}")
        else:
            yield ("#", *("virsh", "edit", shlex.quote(name) + ":", "take out <shares>"))
    if Setting.CPU_LIMIT_PERCENT in of_machine:
        percent = of_machine[Setting.CPU_LIMIT_PERCENT]
        shares.append(f"vcpu_quota={-1 if percent is None else quota_us(percent, period_us(machine))}")
    if shares:
        yield "schedinfo", name, *shares
    done: set[str] = set()
    for target in dict.fromkeys(key.of for key in saved if key.setting in DISK_PARAMETERS):
        if target not in done:
            done.update(group_of(machine, target, saved=True))
            yield _block_io_tune(name, disk_limits(machine, target, present, saved, saved=True))
    for mac in dict.fromkeys(key.of for key in saved if key.setting in CARD_PARAMETERS):
        yield _interface_tune(machine, mac, bandwidth(mac, present, saved))


def _topology(machine: EditedMachine, vcpus_max: int) -> Iterator[tuple[str, ...]]:
    if machine.topology is None:
        return
    after = followed_by(machine.topology, vcpus_max)
    if after != machine.topology:
        parts = (
            ("sockets", after.sockets),
            ("dies", after.dies),
            ("clusters", after.clusters),
            ("cores", after.cores),
            ("threads", after.threads),
        )
        said = " ".join(f'{what}="{value}"' for what, value in parts if value is not None)
        yield "#", "virsh", "edit", shlex.quote(_name(machine)) + ":", f"<topology {said}/>"


def _block_io_tune(name: str, call: SetDiskLimits) -> tuple[str, ...]:
    """As virsh has libvirt's names: `--read-bytes-sec`."""
    options = [word for what, value in call.limits for word in (f"--{what.replace('_', '-')}", str(value))]
    group = ("--group-name", call.group) if call.group else ()
    return "blkdeviotune", name, call.target, *options, *group


def _interface_tune(machine: EditedMachine, mac: str, limits: tuple[tuple[str, int], ...]) -> tuple[str, ...]:
    """`--inbound average,peak,burst`; a promised floor, which is not known here, is asked for by its name."""
    values, options = dict(limits), list[str]()
    has_floor = any(card.mac == mac and card.has_floor for card in machine.cards)
    for direction in _DIRECTIONS:
        if f"{direction}.average" in values:
            rate = ",".join(str(values[f"{direction}.{what}"]) for what in ("average", "peak", "burst"))
            floor = ",FLOOR" if has_floor and direction == "inbound" else ""
            options += [f"--{direction}", rate + floor]
    return "domiftune", _name(machine), mac, *options


def _resize(machine: EditedMachine, target: str, size_bytes: int) -> tuple[str, ...]:
    if machine.is_active:
        return "blockresize", _name(machine), target, f"{size_bytes}B"
    disk = disk_of(machine, target)
    source = disk.source if disk is not None else ""
    if source.startswith("/") or "/" not in source:
        return "vol-resize", source, f"{size_bytes}B"
    pool, _, volume = source.partition("/")
    return "vol-resize", volume, f"{size_bytes}B", "--pool", pool
