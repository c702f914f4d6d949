"""Tell a running machine what is to change, call by call, and take back what was done if one of them fails."""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Any, cast

import libvirt

from vmgui.hypervisor.edits_look import ask_guest_vcpus, disk_size, find_volume, growable_bytes, running_files
from vmgui.hypervisor.edits_steps import Steps
from vmgui.hypervisor.errors import door
from vmgui.libvirtxml.edit import write_device
from vmgui.model.device_memory import MemoryDevice
from vmgui.model.edit import (
    Call,
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
)
from vmgui.model.errors import AgentUnavailable, InvalidState, StorageFailure
from vmgui.policy.edit_calls import CARD_PARAMETERS, DISK_PARAMETERS, disk_of

AGENT_TIMEOUT_S = 15
"""To take CPUs in or out lasts a moment for each."""
GUEST_SEES_VCPUS_S = 10.0
"""A guest learns of CPUs that were plugged in some tenths of a second later."""
LOOK_AGAIN_S = 0.1
_EXTEND = 4  # VIR_DOMAIN_BLOCK_RESIZE_EXTEND, libvirt 12.3; the binding has no name for it
_LIVE = libvirt.VIR_DOMAIN_AFFECT_LIVE


class LiveChange(Steps):
    """The calls of one change; in a worker thread. All values are absolute: what is so already is no call."""

    def __init__(self, conn: libvirt.virConnect, domain: libvirt.virDomain, machine: EditedMachine) -> None:
        super().__init__(domain, machine.name)
        self._conn = conn
        self._machine = machine

    def make(self, call: Call) -> None:
        """Make one; raises model errors."""
        with door():
            self._make(call)

    def _make(self, call: Call) -> None:
        match call:
            case PlugVcpus():
                self._plug_vcpus(call)
            case OnlineVcpus():
                self._online_vcpus(call)
            case PlugMemory():
                self._plug_memory(call)
            case SetMemory():
                self._set_memory(call)
            case SetCpuShare():
                self._set_cpu_share(call)
            case SetDiskLimits():
                self._set_disk_limits(call)
            case SetBandwidth():
                self._set_bandwidth(call)
            case GrowDisk():
                self._grow_disk(call)

    def _plug_vcpus(self, call: PlugVcpus) -> None:
        before = self._domain.vcpusFlags(_LIVE)
        # Fewer would be unplugged, which a guest does not bear.
        if before >= call.count:
            return
        made = self._will_make("vcpus")
        made.stays = lambda: self._domain.vcpusFlags(_LIVE) != before
        self._domain.setVcpusFlags(call.count, _LIVE)

    def _online_vcpus(self, call: OnlineVcpus) -> None:
        before = ask_guest_vcpus(self._domain, timeout_s=AGENT_TIMEOUT_S)
        if before is None:
            raise AgentUnavailable("it does not say how many CPUs the guest uses")
        deadline_s = time.monotonic() + GUEST_SEES_VCPUS_S
        seen = libvirt.VIR_DOMAIN_VCPU_GUEST | libvirt.VIR_DOMAIN_VCPU_MAXIMUM
        while self._domain.vcpusFlags(seen) < call.count and time.monotonic() < deadline_s:
            time.sleep(LOOK_AGAIN_S)
        # A guest may have brought them in by itself.
        if self._domain.vcpusFlags(libvirt.VIR_DOMAIN_VCPU_GUEST) == call.count:
            return

        def set_count(count: int) -> None:
            self._domain.setVcpusFlags(count, libvirt.VIR_DOMAIN_VCPU_GUEST)

        self._will_make("vcpus", lambda: set_count(before))
        set_count(call.count)

    def _set_memory(self, call: SetMemory) -> None:
        before = (self._machine.live or {}).get(SettingKey(Setting.MEMORY_KIB))
        self._will_make(
            "memory", None if before is None else lambda: self._domain.setMemoryFlags(before, _LIVE)
        )
        self._domain.setMemoryFlags(call.kib, _LIVE)

    def _plug_memory(self, call: PlugMemory) -> None:
        before = self._domain.maxMemory()
        made = self._will_make("memory")
        made.stays = lambda: self._domain.maxMemory() != before
        self._domain.attachDeviceFlags(write_device(module(call)), _LIVE)

    def _set_cpu_share(self, call: SetCpuShare) -> None:
        wanted = {"cpu_shares": call.weight, "vcpu_period": call.period_us, "vcpu_quota": call.quota_us}
        values = {name: value for name, value in wanted.items() if value is not None}
        now = cast("dict[str, int]", self._domain.schedulerParametersFlags(_LIVE))
        before = {name: now[name] for name in values if name in now}

        def set_values(values: dict[str, int]) -> None:
            self._domain.setSchedulerParametersFlags(values, _LIVE)

        self._will_make("cpu-weight, cpu-limit", lambda: set_values(before))
        set_values(values)

    def _set_disk_limits(self, call: SetDiskLimits) -> None:
        now = cast("dict[str, Any]", self._domain.blockIoTune(call.target, _LIVE))
        sharing = [disk.target for disk in self._machine.disks if call.group and disk.group == call.group]

        def set_limits(limits: dict[str, Any]) -> None:
            if call.group and any(limits.values()):
                limits = limits | {"group_name": call.group}
            # What one disk of a group is told holds for all; with its last limit each leaves it by itself.
            for target in sharing or (call.target,):
                self._domain.setBlockIoTune(target, limits, _LIVE)

        before = {name: value for name, value in now.items() if name != "group_name"}
        after = _without_lone_bursts(before | self._changed(call.limits, DISK_PARAMETERS, call.target))
        self._will_make(f"{call.target}: limits", lambda: set_limits(before))
        set_limits(after)

    def _set_bandwidth(self, call: SetBandwidth) -> None:
        now = cast("dict[str, int]", self._domain.interfaceParameters(call.mac, _LIVE))
        directions = {name.partition(".")[0] for name, _ in call.limits}
        before = {name: value for name, value in now.items() if name.partition(".")[0] in directions}
        # A direction is told as a whole, and what is promised to the card is a part of it.

        def set_limits(limits: dict[str, int]) -> None:
            self._domain.setInterfaceParameters(call.mac, limits, _LIVE)

        self._will_make(f"{call.mac}: limits", lambda: set_limits(_without_zero_floor(before)))
        wished = self._changed(call.limits, CARD_PARAMETERS, call.mac)
        set_limits(_without_lone_peaks(_without_zero_floor(before | wished)))

    def _changed(
        self, limits: tuple[tuple[str, int], ...], names: Mapping[Setting, str], of: str
    ) -> dict[str, int]:
        """What a call changes. The rest it says as it was when the plan was made: others may have changed that."""
        live = self._machine.live or {}
        was = {name: live.get(SettingKey(setting, of)) or 0 for setting, name in names.items()}
        return {name: value for name, value in limits if was.get(name) != value}

    def _grow_disk(self, call: GrowDisk) -> None:
        if self._machine.is_active:
            self._grow_live(call)
        else:
            self._grow_volume(call)

    def _grow_live(self, call: GrowDisk) -> None:
        before = disk_size(self._domain, call.target)
        if not _is_to_grow(before, call):
            return
        made = self._will_make(str(SettingKey(Setting.DISK_BYTES, call.target)))
        made.stays = lambda: disk_size(self._domain, call.target) != before
        made.ends_with_it = False
        in_bytes = libvirt.VIR_DOMAIN_BLOCK_RESIZE_BYTES
        try:
            self._domain.blockResize(call.target, call.size_bytes, in_bytes | _EXTEND)
        except libvirt.libvirtError as error:
            # An older one does not know the flag, and says so with the number of any wrong argument.
            if error.get_error_code() != libvirt.VIR_ERR_INVALID_ARG:
                raise
        else:
            return
        self._domain.blockResize(call.target, call.size_bytes, in_bytes)

    def _grow_volume(self, call: GrowDisk) -> None:
        disk = disk_of(self._machine, call.target) or DiskFacts(call.target)
        volume = find_volume(self._conn, disk.source)
        before = growable_bytes(volume, disk) if volume is not None else None
        if volume is None or before is None:
            raise StorageFailure("no storage pool that runs can make it larger", subject=disk.source)
        if volume.path() in running_files(self._conn):
            raise InvalidState("another machine has been started with it")
        if self._domain.isActive():
            raise InvalidState("it has been started meanwhile")
        if not _is_to_grow(before, call):
            return
        made = self._will_make(str(SettingKey(Setting.DISK_BYTES, call.target)))
        made.stays = lambda: int(cast("list[int]", volume.info())[1]) != before
        made.ends_with_it = False
        # Without the flag for it a volume is never made smaller.
        volume.resize(call.size_bytes)


def module(call: PlugMemory) -> MemoryDevice:
    """The device that is plugged in, for the running machine and for its definition."""
    return MemoryDevice(model="dimm", size_kib=call.kib, node=0)


def _is_to_grow(now: int | None, call: GrowDisk) -> bool:
    if now is None:
        raise StorageFailure("its size cannot be read", subject=call.target)
    if now > call.size_bytes:
        raise InvalidState(f"{call.target} has {now} bytes by now: it is not made smaller")
    return now < call.size_bytes


def _without_lone_bursts(limits: dict[str, Any]) -> dict[str, Any]:
    """A burst goes with its limit, and the burst's length with it: QEMU refuses either alone."""
    kept = dict(limits)
    for name in limits:
        if name.endswith("_max") and not kept.get(name.removesuffix("_max")):
            kept[name] = 0
    for name in limits:
        if name.endswith("_max_length") and not kept.get(name.removesuffix("_length")):
            kept[name] = 0
    if not any(kept.get(f"{which}_iops_sec") for which in ("total", "read", "write")):
        # How large one operation is means nothing where they are not counted, and QEMU refuses it.
        kept |= dict.fromkeys({"size_iops_sec"} & kept.keys(), 0)
    return kept


def _without_lone_peaks(limits: dict[str, int]) -> dict[str, int]:
    """A peak and a burst go with their average."""
    return {
        name: value if limits.get(f"{name.partition('.')[0]}.average") or name.endswith(".floor") else 0
        for name, value in limits.items()
    }


def _without_zero_floor(limits: dict[str, int]) -> dict[str, int]:
    """Only some networks know a floor: one of zero is not named."""
    return {name: value for name, value in limits.items() if value or not name.endswith(".floor")}
