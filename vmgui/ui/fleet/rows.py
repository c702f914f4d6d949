"""The lines of the fleet's lists: who uses most, which pools fill up, what needs somebody."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from vmgui.model.domain import Domain, DomainKey, DomainState, PauseReason
from vmgui.model.fleet import Consumer, FleetReport
from vmgui.model.host import Host, HostId
from vmgui.policy.commitment import Fill, fill
from vmgui.policy.plain_text import visible
from vmgui.ui.look.icons import IconRole
from vmgui.ui.look.state_look import domain_look, host_look
from vmgui.words import quantities as fmt
from vmgui.words.counts import counts
from vmgui.words.states import host_state_words, state_words

translate = QCoreApplication.translate

LISTED = 8
"""Lines of a list; how many more there are is said in the last one."""

Goal = DomainKey | HostId
"""What a click on a line selects."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line, ready to paint; equal lines look equal."""

    id: Hashable
    goal: Goal | None
    name: str
    where: str
    value: str
    icon_name: str = ""
    icon_role: IconRole = IconRole.MUTED
    share: float | None = None
    ink: str = "graph_cpu"
    value_ink: str = "text"

    @property
    def sentence(self) -> str:
        """The whole line for a screen reader."""
        return ", ".join(part for part in (self.name, self.where, self.value) if part)


def cpu_lines(report: FleetReport, hosts: dict[HostId, Host]) -> tuple[Line, ...]:
    """The machines that keep most processors busy."""
    lines: list[Line] = []
    for one in report.by_cpu:
        percent = one.rates.cpu_percent if one.rates is not None else None
        if percent is None or percent < 0.5:
            continue
        lines.append(_machine_line(one, hosts, percent / 100, fmt.percent(percent), "graph_cpu"))
    return tuple(lines)


def memory_lines(report: FleetReport, hosts: dict[HostId, Host]) -> tuple[Line, ...]:
    """The machines that hold most memory."""
    lines: list[Line] = []
    for one in report.by_memory:
        used = one.rates.memory_used_kib if one.rates is not None else None
        if not used:
            continue
        size = one.domain.memory_kib
        share = min(1.0, used / size) if size else None
        lines.append(_machine_line(one, hosts, share, fmt.size_kib(used), "graph_memory"))
    return tuple(lines)


def pool_lines(report: FleetReport, hosts: dict[HostId, Host], now_s: float = 0.0) -> tuple[Line, ...]:
    """Pools that do not answer, then those that are full or nearly so."""
    lines: list[Line] = []
    for host_id, pool in report.silent_pools:
        host = hosts.get(host_id)
        if host is None:
            continue
        silent = fmt.duration(max(1.0, now_s - pool.silent_since_s))
        lines.append(
            Line(
                (host_id, pool.name),
                host_id,
                visible(pool.name),
                visible(host.name),
                translate("Fleet", "no answer for {duration}").format(duration=silent),
                "octagon-x",
                IconRole.DANGER,
                value_ink="danger",
            )
        )
    for host_id, pool in report.full_pools:
        host = hosts.get(host_id)
        if host is None:
            continue
        full = fill(pool.capacity_bytes, pool.available_bytes) is Fill.FULL
        free = fmt.size_bytes(max(0, pool.available_bytes))
        text = translate("Fleet", "full, {free} left") if full else translate("Fleet", "{free} left")
        lines.append(
            Line(
                (host_id, pool.name),
                host_id,
                visible(pool.name),
                visible(host.name),
                text.format(free=free),
                "octagon-x" if full else "triangle-alert",
                IconRole.DANGER if full else IconRole.WARNING,
                share=1.0 - max(0, pool.available_bytes) / max(1, pool.capacity_bytes),
                ink="danger" if full else "warning",
                value_ink="danger" if full else "warning",
            )
        )
    return _cut(lines)


def problem_lines(report: FleetReport, hosts: dict[HostId, Host], now_s: float) -> tuple[Line, ...]:
    """Machines that need somebody, and hosts that were lost with running ones."""
    lines: list[Line] = []
    for lost in report.lost:
        host = hosts.get(lost.host_id)
        if host is None:
            continue
        name, role = host_look(host.state)
        lines.append(
            Line(
                lost.host_id,
                lost.host_id,
                visible(host.name),
                _heard(lost.updated_s, now_s),
                counts.running_machines(lost.running) if lost.running else host_state_words(host),
                name,
                role,
                value_ink="danger",
            )
        )
    for domain in report.troubled:
        host = hosts.get(domain.key.host_id)
        name, role = domain_look(domain.state)
        lines.append(
            Line(
                domain.key,
                domain.key,
                visible(domain.name),
                visible(host.name) if host is not None else "",
                trouble_words(domain),
                name,
                role,
                value_ink="danger" if domain.state is DomainState.CRASHED else "warning",
            )
        )
    # Many lost hosts shall not hide the machines that need somebody, nor these the hosts.
    hosts_lost = len(lines) - len(report.troubled)
    first = min(hosts_lost, max(LISTED // 2, LISTED - 1 - len(report.troubled)))
    return _cut([*lines[:first], *lines[hosts_lost:], *lines[first:hosts_lost]])


def _heard(updated_s: float, now_s: float) -> str:
    if not updated_s:
        return translate("Fleet", "never heard")
    return translate("Fleet", "lost, heard {age}").format(age=fmt.age(now_s - updated_s))


def trouble_words(domain: Domain) -> str:
    """The trouble in a few words; the machine's own page says what to do."""
    if domain.state is DomainState.PAUSED:
        match domain.reason:
            case PauseReason.IO_ERROR:
                return translate("Fleet", "paused: disk error")
            case PauseReason.WATCHDOG:
                return translate("Fleet", "paused: watchdog")
            case PauseReason.POSTCOPY_FAILED:
                return translate("Fleet", "paused: move failed")
            case _:
                return translate("Fleet", "paused: crashed")
    return state_words(domain.state)


def _machine_line(
    one: Consumer, hosts: dict[HostId, Host], share: float | None, value: str, ink: str
) -> Line:
    host = hosts.get(one.domain.key.host_id)
    name, role = domain_look(one.domain.state)
    where = visible(host.name) if host is not None else ""
    machine = visible(one.domain.name)
    return Line(one.domain.key, one.domain.key, machine, where, value, name, role, share, ink)


def _cut(lines: list[Line]) -> tuple[Line, ...]:
    if len(lines) <= LISTED:
        return tuple(lines)
    return (*lines[: LISTED - 1], Line("more", None, counts.and_more(len(lines) - LISTED + 1), "", ""))
