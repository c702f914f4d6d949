"""What each setting of a machine is: its unit, its least and most, what it hangs together with. Data, no rules."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from vmgui.model.edit import Setting

UNIT_MOST = 2**53
VCPUS_MOST = 4096
MEMORY_LEAST_KIB = 1024
CPU_LIMIT_LEAST_PERCENT = 1
"""libvirt takes a quota of 1 ms at least, of a period of 100 ms."""
CPU_LIMIT_MOST_PERCENT = 100
DEFAULT_PERIOD_US = 100_000
CARD_MOST_KIB = 2**32 - 1
DISK_LIMIT_MOST = 10**15
"""QEMU's own (THROTTLE_VALUE_MAX)."""
QUOTA_LEAST_US = 1000
CARDS_WITH_BANDWIDTH = frozenset({"network", "bridge", "direct", "ethernet"})
"""The kinds of network cards that can be limited (virNetDevSupportsBandwidth)."""


class Owner(Enum):
    """What a setting is one of."""

    MACHINE = "machine"
    DISK = "disk"
    CARD = "card"


class Unit(Enum):
    """What a setting's value counts."""

    COUNT = "count"
    PERCENT = "percent"
    KIB = "kib"
    BYTES = "bytes"
    BYTES_PER_S = "bytes_per_s"
    PER_S = "per_s"
    KB_PER_S = "kb_per_s"


@dataclass(frozen=True, slots=True)
class Rules:
    """Of one setting. `base`: a limit without which this one means nothing: it goes when that goes."""

    owner: Owner
    unit: Unit
    least: int = 1
    most: int = UNIT_MOST
    may_be_none: bool = False  # no limit, the default
    base: Setting | None = None
    excludes: tuple[Setting, ...] = ()


def _limit(unit: Unit, *excludes: Setting, base: Setting | None = None, owner: Owner = Owner.DISK) -> Rules:
    most = CARD_MOST_KIB if owner is Owner.CARD else DISK_LIMIT_MOST
    return Rules(owner, unit, 1, most, may_be_none=True, base=base, excludes=excludes)


_BYTES, _OPS = Unit.BYTES_PER_S, Unit.PER_S

RULES: dict[Setting, Rules] = {
    Setting.VCPUS: Rules(Owner.MACHINE, Unit.COUNT, 1, VCPUS_MOST),
    Setting.VCPUS_MAX: Rules(Owner.MACHINE, Unit.COUNT, 1, VCPUS_MOST),
    Setting.MEMORY_KIB: Rules(Owner.MACHINE, Unit.KIB, MEMORY_LEAST_KIB),
    Setting.MEMORY_MAX_KIB: Rules(Owner.MACHINE, Unit.KIB, MEMORY_LEAST_KIB),
    Setting.CPU_WEIGHT: Rules(Owner.MACHINE, Unit.COUNT, 1, 262_144, may_be_none=True),
    Setting.CPU_LIMIT_PERCENT: Rules(
        Owner.MACHINE, Unit.PERCENT, CPU_LIMIT_LEAST_PERCENT, CPU_LIMIT_MOST_PERCENT, may_be_none=True
    ),
    Setting.DISK_BYTES: Rules(Owner.DISK, Unit.BYTES, 512),
    Setting.TOTAL_BYTES_PER_S: _limit(_BYTES, Setting.READ_BYTES_PER_S, Setting.WRITE_BYTES_PER_S),
    Setting.READ_BYTES_PER_S: _limit(_BYTES, Setting.TOTAL_BYTES_PER_S),
    Setting.WRITE_BYTES_PER_S: _limit(_BYTES, Setting.TOTAL_BYTES_PER_S),
    Setting.TOTAL_IOPS: _limit(_OPS, Setting.READ_IOPS, Setting.WRITE_IOPS),
    Setting.READ_IOPS: _limit(_OPS, Setting.TOTAL_IOPS),
    Setting.WRITE_IOPS: _limit(_OPS, Setting.TOTAL_IOPS),
    Setting.TOTAL_BYTES_PER_S_MAX: _limit(_BYTES, base=Setting.TOTAL_BYTES_PER_S),
    Setting.READ_BYTES_PER_S_MAX: _limit(_BYTES, base=Setting.READ_BYTES_PER_S),
    Setting.WRITE_BYTES_PER_S_MAX: _limit(_BYTES, base=Setting.WRITE_BYTES_PER_S),
    Setting.TOTAL_IOPS_MAX: _limit(_OPS, base=Setting.TOTAL_IOPS),
    Setting.READ_IOPS_MAX: _limit(_OPS, base=Setting.READ_IOPS),
    Setting.WRITE_IOPS_MAX: _limit(_OPS, base=Setting.WRITE_IOPS),
    Setting.IN_AVERAGE_KB_PER_S: _limit(Unit.KB_PER_S, owner=Owner.CARD),
    Setting.IN_PEAK_KB_PER_S: _limit(Unit.KB_PER_S, base=Setting.IN_AVERAGE_KB_PER_S, owner=Owner.CARD),
    Setting.IN_BURST_KIB: _limit(Unit.KIB, base=Setting.IN_AVERAGE_KB_PER_S, owner=Owner.CARD),
    Setting.OUT_AVERAGE_KB_PER_S: _limit(Unit.KB_PER_S, owner=Owner.CARD),
    Setting.OUT_PEAK_KB_PER_S: _limit(Unit.KB_PER_S, base=Setting.OUT_AVERAGE_KB_PER_S, owner=Owner.CARD),
    Setting.OUT_BURST_KIB: _limit(Unit.KIB, base=Setting.OUT_AVERAGE_KB_PER_S, owner=Owner.CARD),
}
"""In the order in which a form has them."""
