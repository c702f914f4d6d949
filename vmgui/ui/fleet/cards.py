"""A host's card: what it shows, made at most once a second; the delegate only paints it."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from vmgui.model.fleet import HostTally
from vmgui.model.host import Host, HostId, HostState
from vmgui.policy.health import freshness
from vmgui.policy.plain_text import visible
from vmgui.ui.look.health_look import health_look, health_tone
from vmgui.ui.look.icons import IconRole
from vmgui.words import quantities as fmt
from vmgui.words.health import health_words, latency_words

translate = QCoreApplication.translate


@dataclass(frozen=True, slots=True)
class Meter:
    """A named share with words; `share` None: not known."""

    label: str
    share: float | None
    text: str
    ink: str  # its colour


@dataclass(frozen=True, slots=True)
class Card:
    """All of a card, ready to paint; equal cards look equal."""

    id: HostId
    name: str
    icon_name: str
    icon_role: IconRole
    state: str
    state_ink: str
    health: str
    machines: str
    troubled: str
    meters: tuple[Meter, ...]
    button: str  # "Try again", "Connect"; empty: none
    is_stale: bool

    @property
    def sentence(self) -> str:
        """The whole card for a screen reader."""
        meters = (f"{meter.label} {meter.text}" for meter in self.meters)
        parts = (self.name, self.state, self.health, self.machines, self.troubled, *meters)
        return ", ".join(part for part in parts if part)


def make_card(host: Host, counts: HostTally, latency_s: float | None, now_s: float) -> Card:
    """What is known of a host now."""
    icon_name, role = health_look(host, now_s)
    connected = host.state is HostState.CONNECTED
    troubled = len(counts.troubled) if connected else 0
    return Card(
        id=host.id,
        name=visible(host.name),
        icon_name=icon_name,
        icon_role=role,
        state=health_words(host, now_s),
        state_ink=health_tone(host, now_s) or "muted",
        health=_health(host, latency_s, now_s),
        machines=_machines(counts) if connected or counts.machines else "",
        troubled=translate("Fleet", "{count} with problems").format(count=fmt.count(troubled))
        if troubled
        else "",
        meters=_meters(host),
        button=_button(host.state),
        is_stale=freshness(host, now_s).is_old,
    )


def _button(state: HostState) -> str:
    if state is HostState.DISCONNECTED:
        return translate("Fleet", "Connect")
    failed = state in (HostState.UNREACHABLE, HostState.REFUSED)
    return translate("Fleet", "Try again") if failed else ""


def _machines(counts: HostTally) -> str:
    return translate("Fleet", "{running} running of {all}").format(
        running=fmt.count(counts.running), all=fmt.count(counts.machines)
    )


def _health(host: Host, latency_s: float | None, now_s: float) -> str:
    """How quickly it answers while it does, else how old what is shown is."""
    if not freshness(host, now_s).is_old:
        return "" if latency_s is None else latency_words(latency_s)
    if not host.updated_s:
        return translate("Fleet", "Never heard")
    return translate("Fleet", "Heard {age}").format(age=fmt.age(now_s - host.updated_s))


def _meters(host: Host) -> tuple[Meter, ...]:
    cpu, memory = translate("Fleet", "CPU"), translate("Fleet", "Memory")
    usage = host.usage
    if usage is None:
        return (Meter(cpu, None, fmt.NONE, "graph_cpu"), Meter(memory, None, fmt.NONE, "graph_memory"))
    percent = usage.cpu_percent
    total_kib = usage.memory_total_kib
    used_kib = max(0, total_kib - usage.memory_free_kib)
    size = translate("Fleet", "{used} of {total}").format(
        used=fmt.size_kib(used_kib), total=fmt.size_kib(total_kib)
    )
    return (
        Meter(cpu, None if percent is None else percent / 100, fmt.percent(percent), "graph_cpu"),
        Meter(
            memory,
            used_kib / total_kib if total_kib else None,
            size if total_kib else fmt.NONE,
            "graph_memory",
        ),
    )
