"""What is known about a host, as the lists of its page."""

from __future__ import annotations

import time

from PySide6.QtCore import QCoreApplication

from vmgui.hypervisor.uri import UriDanger, weaknesses
from vmgui.model.host import Host, HostState, KvmState
from vmgui.policy.health import Freshness, freshness
from vmgui.ui.look.fact_list import Fact
from vmgui.words import quantities as fmt
from vmgui.words.counts import counts
from vmgui.words.diagnosis import explain_connection
from vmgui.words.health import latency_words
from vmgui.words.hosts import danger_words

translate = QCoreApplication.translate

CELLS_SHOWN = 16


def software_facts(host: Host) -> list[Fact]:
    """How it is reached and what runs there."""
    now_s = time.monotonic()
    facts = [Fact(translate("HostPage", "Address"), host.config.uri, copy=host.config.uri)]
    facts += _weaknesses(host)
    facts += _health_facts(host, now_s)
    if host.retry_at_s and host.state is HostState.UNREACHABLE:
        facts.append(
            Fact(
                translate("HostPage", "Next try"),
                translate("HostPage", "in {duration}").format(
                    duration=fmt.duration(max(0.0, host.retry_at_s - now_s))
                ),
            )
        )
    if host.config.read_only:
        facts.append(Fact(translate("HostPage", "Access"), translate("HostPage", "Read-only")))
    if host.config.notes:
        facts.append(Fact(translate("HostPage", "Notes"), host.config.notes))
    info = host.info
    if info is not None:
        facts += [
            Fact(translate("HostPage", "Name of the host"), info.hostname, copy=info.hostname),
            Fact(
                translate("HostPage", "Hypervisor"), f"{info.driver} {fmt.version(info.hypervisor_version)}"
            ),
            Fact(translate("HostPage", "libvirt"), fmt.version(info.libvirt_version)),
            _kvm_fact(host),
        ]
        facts += _more_facts(host)
    return facts


def _weaknesses(host: Host) -> list[Fact]:
    """What its connection lacks, however the host was added."""
    return [
        Fact(
            translate("HostPage", "Protection"),
            translate("HostPage", "Not encrypted")
            if danger is UriDanger.NOT_ENCRYPTED
            else translate("HostPage", "The host's identity is not checked"),
            note=danger_words(danger),
            tone="warning",
        )
        for danger in weaknesses(host.config.uri)
    ]


def _health_facts(host: Host, now_s: float) -> list[Fact]:
    """How well it answers, and what went wrong last."""
    health, facts = host.health, list[Fact]()
    if host.state is HostState.CONNECTED:
        tone = "warning" if freshness(host, now_s) is Freshness.SLOW else ""
        facts.append(Fact(translate("HostPage", "Answers in"), latency_words(health.latency_s), tone=tone))
    if health.answered_s:
        tone = "warning" if freshness(host, now_s) is Freshness.STALE else ""
        facts.append(Fact(translate("HostPage", "Last heard"), fmt.age(now_s - health.answered_s), tone=tone))
    if health.failed_tries and host.state is not HostState.DISCONNECTED:
        facts.append(Fact(translate("HostPage", "Failed tries"), fmt.count(health.failed_tries)))
    if health.error is not None:
        facts.append(
            Fact(
                translate("HostPage", "Last error"),
                fmt.age(now_s - health.failed_s),
                note=explain_connection(health.error, host.shown_config).what,
            )
        )
    return facts


def _more_facts(host: Host) -> list[Fact]:
    """What only some hosts tell."""
    info, facts = host.info, list[Fact]()
    if info is None:
        return facts
    if info.iommu is not None:
        facts.append(
            Fact(
                translate("HostPage", "IOMMU"),
                translate("HostPage", "On: devices can be given to virtual machines")
                if info.iommu
                else translate("HostPage", "Off"),
            )
        )
    if info.security_models:
        facts.append(Fact(translate("HostPage", "Confined by"), ", ".join(info.security_models)))
    up_s = uptime_s(host)
    if up_s is not None:
        facts.append(
            Fact(
                translate("HostPage", "Up for"),
                translate("HostPage", "about {duration}").format(duration=fmt.duration(up_s)),
            )
        )
    return facts


def uptime_s(host: Host) -> float | None:
    """Since the host's start; None where it cannot be known.

    No call tells it, but each processor has counted every moment since then, working or idle.
    The test driver's counters are invented.
    """
    info, usage = host.info, host.usage
    if host.state is not HostState.CONNECTED:
        return None
    if info is None or usage is None or not usage.cpu_total_ns or info.cpus <= 0 or info.driver == "TEST":
        return None
    # To the minute: it is not more exact than that.
    return usage.cpu_total_ns / 1e9 / info.cpus // 60 * 60


def _kvm_fact(host: Host) -> Fact:
    label = translate("HostPage", "Acceleration")
    match host.kvm:
        case KvmState.WORKS:
            return Fact(label, translate("HostPage", "Works"), tone="success")
        case KvmState.MISSING:
            return Fact(
                label,
                translate("HostPage", "Not available"),
                note=translate(
                    "HostPage", "Guests are emulated and slow. Turn on virtualization in the host's firmware."
                ),
                tone="warning",
            )
        case KvmState.LIES:
            return Fact(
                label,
                translate("HostPage", "Does not work"),
                note=translate(
                    "HostPage", "The host offers it, but guests hang on it. New guests are emulated instead."
                ),
                tone="warning",
            )
        case KvmState.UNKNOWN:
            return Fact(label, translate("HostPage", "Not tested"))


def hardware_facts(host: Host) -> list[Fact]:
    """What it is made of."""
    info = host.info
    if info is None:
        return [Fact(translate("HostPage", "Processor"), translate("HostPage", "Not known yet"))]
    topology = translate("HostPage", "{sockets} × {cores} × {threads} (sockets × cores × threads)").format(
        sockets=info.sockets, cores=info.cores, threads=info.threads
    )
    speed = f"{fmt.number(info.cpu_mhz / 1000, 1)} GHz" if info.cpu_mhz else ""
    facts = [
        Fact(
            translate("HostPage", "Processor"),
            info.cpu_model or info.arch,
            note=" · ".join(part for part in (info.cpu_vendor, info.arch, speed) if part),
        ),
        Fact(translate("HostPage", "CPUs"), fmt.count(info.cpus), note=topology),
    ]
    usage = host.usage
    note = ""
    if usage is not None and usage.memory_total_kib:
        note = translate("HostPage", "{free} free").format(free=fmt.size_kib(usage.memory_free_kib))
    facts.append(Fact(translate("HostPage", "Memory"), fmt.size_kib(info.memory_kib), note=note))
    return facts


def numa_facts(host: Host) -> list[Fact]:
    """A line per NUMA node; none where there is only one, which is the whole host."""
    info = host.info
    if info is None or len(info.numa_cells) < 2:
        return []
    facts: list[Fact] = []
    for cell in info.numa_cells[:CELLS_SHOWN]:
        pages = ", ".join(
            translate("HostPage", "{count} pages of {size}").format(
                count=fmt.count(count), size=fmt.size_kib(size)
            )
            for size, count in cell.huge_pages
        )
        cpus = translate("HostPage", "CPUs {numbers}").format(numbers=ranges(cell.cpus)) if cell.cpus else ""
        facts.append(
            Fact(
                translate("HostPage", "Node {number}").format(number=cell.id),
                fmt.size_kib(cell.memory_kib),
                note=" · ".join(part for part in (cpus, pages) if part),
            )
        )
    if len(info.numa_cells) > CELLS_SHOWN:
        facts.append(Fact("", counts.and_more(len(info.numa_cells) - CELLS_SHOWN)))
    return facts


def ranges(numbers: tuple[int, ...]) -> str:
    """ "0-3, 8, 10-11"."""
    parts: list[str] = []
    start = last = -2
    for number in (*sorted(numbers), -1):
        if number == last + 1 and start >= 0:
            last = number
            continue
        if start >= 0:
            parts.append(str(start) if start == last else f"{start}-{last}")
        start = last = number
    return ", ".join(parts)
