"""The columns every host can fill; features that know more of machines (tags, notes ...) add theirs in the same way."""

from __future__ import annotations

from vmgui.model.domain import DomainState
from vmgui.model.host import HostState
from vmgui.policy.natural_order import natural_key
from vmgui.services.performance import PerformanceService
from vmgui.services.uptime import UptimeWatch
from vmgui.ui.kit.column import Column
from vmgui.ui.look.icons import IconRole
from vmgui.ui.look.state_look import domain_look, host_look
from vmgui.ui.machines.rows import MachineRow, name_order
from vmgui.words import machines as words
from vmgui.words import quantities as fmt
from vmgui.words.say import say

# What needs somebody first, what rests last.
_STATE_ORDER = (
    DomainState.CRASHED,
    DomainState.PAUSED,
    DomainState.SHUTTING_DOWN,
    DomainState.RUNNING,
    DomainState.BLOCKED,
    DomainState.SUSPENDED,
    DomainState.SAVED,
    DomainState.OFF,
    DomainState.UNKNOWN,
)
_STATE_RANK = {state: rank for rank, state in enumerate(_STATE_ORDER)}
_STATE_RANK[DomainState.BLOCKED] = _STATE_RANK[DomainState.RUNNING]


class _Live:
    """What changes by itself, looked up in the services that know."""

    def __init__(self, performance: PerformanceService, uptimes: UptimeWatch) -> None:
        self._performance = performance
        self._uptimes = uptimes

    def cpu_percent(self, row: MachineRow) -> float | None:
        rates = self._performance.latest(row.key) if row.is_live else None
        return rates.cpu_percent if rates is not None else None

    def memory_used_kib(self, row: MachineRow) -> int | None:
        rates = self._performance.latest(row.key) if row.is_live else None
        return rates.memory_used_kib if rates is not None else None

    def uptime_s(self, row: MachineRow) -> float | None:
        uptime = self._uptimes.of(row.key) if row.is_live else None
        return uptime.seconds if uptime is not None and uptime.is_worth_telling else None

    def cpu_text(self, row: MachineRow) -> str:
        percent = self.cpu_percent(row)
        return "" if percent is None else fmt.percent(percent)

    def memory_text(self, row: MachineRow) -> str:
        used = self.memory_used_kib(row)
        if used is None:
            return ""
        size = row.domain.memory_kib
        share = f" · {fmt.percent(min(100.0, used / size * 100))}" if size else ""
        return fmt.size_kib(used) + share

    def uptime_text(self, row: MachineRow) -> str:
        uptime = self._uptimes.of(row.key) if row.is_live else None
        if uptime is None or not uptime.is_worth_telling:
            return ""
        text = fmt.duration(uptime.seconds)
        return text if uptime.exact else f"> {text}"


# fmt: off
def machine_columns(performance: PerformanceService, uptimes: UptimeWatch) -> tuple[Column[MachineRow], ...]:
    """All columns in their first order."""
    live = _Live(performance, uptimes)
    return (
        Column(*words.NAME, name_order, width_px=170, icon=_state_look),
        Column(*words.STATE, lambda row: _STATE_RANK[row.domain.state], width_px=100),
        Column(*words.HOST, lambda row: natural_key(row.host.name), width_px=140, icon=_host_look),
        Column("cpu", say("Machines", "CPU"), live.cpu_text, live.cpu_percent,
               width_px=64, is_number=True, is_live=True),
        Column("memory-used", say("Machines", "Memory in use"), live.memory_text, live.memory_used_kib,
               width_px=130, is_number=True, is_live=True),
        Column(*words.MEMORY, lambda row: row.domain.memory_kib or None, width_px=84, is_number=True),
        Column(*words.VCPUS, lambda row: row.domain.vcpus or None, width_px=70, is_number=True),
        Column(*words.AUTOSTART, lambda row: not row.domain.autostart, width_px=80),
        Column("uptime", say("Machines", "Running for"), live.uptime_text, live.uptime_s,
               width_px=110, is_live=True),
    )
# fmt: on


def _state_look(row: MachineRow) -> tuple[str, IconRole]:
    name, role = domain_look(row.domain.state)
    return name, role if row.host.state is HostState.CONNECTED else IconRole.OFF


def _host_look(row: MachineRow) -> tuple[str, IconRole] | None:
    """An icon only where something is the matter with the host."""
    return None if row.host.state is HostState.CONNECTED else host_look(row.host.state)
