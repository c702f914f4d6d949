"""What the fleet's cards and lines say."""

from __future__ import annotations

from dataclasses import replace

import pytest

from vmgui.model.domain import Domain, DomainKey, DomainRates, DomainState, PauseReason
from vmgui.model.fleet import Consumer, FleetReport, HostTally, LostHost
from vmgui.model.host import Host, HostConfig, HostHealth, HostState, HostUsage
from vmgui.model.storage import Pool
from vmgui.ui.fleet.cards import make_card
from vmgui.ui.fleet.rows import LISTED, cpu_lines, memory_lines, pool_lines, problem_lines

pytestmark = pytest.mark.usefixtures("qapp")

GIB = 1 << 20


def host(host_id: str = "h1", state: HostState = HostState.CONNECTED, updated_s: float = 100.0) -> Host:
    usage = HostUsage(100.0, 16 * GIB, 4 * GIB, cpu_percent=25.0)
    return Host(
        HostConfig(host_id, f"host {host_id}", "test:///x"), state, usage=usage, health=HostHealth(updated_s)
    )


def machine(
    name: str, state: DomainState = DomainState.RUNNING, reason: PauseReason = PauseReason.NONE
) -> Domain:
    return Domain(DomainKey("h1", name), name, state, reason, vcpus=2, memory_kib=GIB)


HOSTS = {"h1": host(), "h2": host("h2", HostState.UNREACHABLE)}


def test_a_connected_host() -> None:
    card = make_card(host(), HostTally(12, 5, troubled=(machine("a"),)), 0.0123, 101.0)
    assert (card.state, card.health, card.machines) == ("Connected", "12 ms", "5 running of 12")
    assert card.troubled == "1 with problems"
    assert [(meter.label, meter.share, meter.text) for meter in card.meters] == [
        ("CPU", 0.25, "25 %"),
        ("Memory", 0.75, "12 GiB of 16 GiB"),
    ]
    assert card.button == ""
    for word in ("host h1", "Connected", "12 ms", "5 running of 12", "25 %", "12 GiB of 16 GiB"):
        assert word in card.sentence


def test_old_data_says_so() -> None:
    assert make_card(host(), HostTally(), 0.0005, 101.0).health == "0.5 ms"
    assert make_card(host(), HostTally(), 3.21, 101.0).health == "3.2 s"
    assert make_card(host(), HostTally(), 0.01, 130.0).health == "Heard 30 s ago"


def test_a_lost_host_can_be_tried_again() -> None:
    card = make_card(host(state=HostState.UNREACHABLE), HostTally(3, 2), None, 160.0)
    assert card.button == "Try again"
    assert make_card(host(state=HostState.DISCONNECTED), HostTally(), None, 1.0).button == "Connect"
    assert card.is_stale
    assert (card.state, card.health, card.machines) == ("Unreachable", "Heard 1 min ago", "2 running of 3")
    never = make_card(host(state=HostState.REFUSED, updated_s=0.0), HostTally(), None, 160.0)
    assert (never.health, never.machines) == ("Never heard", "")
    unknown = make_card(replace(host(), usage=None), HostTally(), None, 101.0)
    assert [meter.share for meter in unknown.meters] == [None, None]


def test_consumers() -> None:
    busy = Consumer(machine("busy"), DomainRates(0.0, cpu_percent=80.0, memory_used_kib=GIB // 2))
    idle = Consumer(machine("idle"), DomainRates(0.0, cpu_percent=0.1))
    report = FleetReport(by_cpu=(busy, idle), by_memory=(busy, idle))
    (line,) = cpu_lines(report, HOSTS)
    assert (line.goal, line.name, line.where, line.value) == (busy.domain.key, "busy", "host h1", "80 %")
    (line,) = memory_lines(report, HOSTS)
    assert (line.value, line.share) == ("512 MiB", 0.5)


def test_pools() -> None:
    pool = Pool("default", "u", "dir", True, "/p", 100, 0, 10)
    report = FleetReport(full_pools=(("h1", replace(pool, name="iso", available_bytes=1)), ("h1", pool)))
    full, nearly = pool_lines(report, HOSTS)
    assert (full.name, full.value, full.goal) == ("iso", "full, 1 bytes left", "h1")
    assert (nearly.name, nearly.value) == ("default", "10 bytes left")
    assert full.id != nearly.id
    assert pool_lines(FleetReport(full_pools=(("gone", pool),)), HOSTS) == ()


def test_pools_that_do_not_answer_stand_first_with_their_age() -> None:
    pool = Pool("default", "u", "dir", True, "/p", 100, 0, 10)
    silent = replace(pool, name="nfs", silent_since_s=100.0)
    report = FleetReport(full_pools=(("h1", pool),), silent_pools=(("h1", silent),))
    first, second = pool_lines(report, HOSTS, 400.0)
    assert (first.name, first.value, first.goal) == ("nfs", "no answer for 5 min", "h1")
    assert second.name == "default"


def test_problems() -> None:
    report = FleetReport(
        troubled=(
            machine("a", DomainState.CRASHED),
            machine("b", DomainState.PAUSED, PauseReason.IO_ERROR),
        ),
        lost=(LostHost("h2", 7, 100.0), LostHost("gone", 1, 0.0)),
    )
    lost, crashed, paused = problem_lines(report, HOSTS, 160.0)
    assert (lost.name, lost.where, lost.value) == ("host h2", "lost, heard 1 min ago", "7 running")
    assert (crashed.value, paused.value) == ("Crashed", "paused: disk error")
    assert crashed.goal == DomainKey("h1", "a")
    many = FleetReport(troubled=tuple(machine(str(n), DomainState.CRASHED) for n in range(30)))
    lines = problem_lines(many, HOSTS, 0.0)
    assert len(lines) == LISTED
    assert lines[-1].goal is None
    assert "23" in lines[-1].name


def test_neither_hosts_nor_machines_crowd_the_other_out() -> None:
    hosts = {f"x{n}": host(f"x{n}", HostState.UNREACHABLE) for n in range(30)}
    lost = tuple(LostHost(host_id, 0, 0.0) for host_id in hosts)
    troubled = (machine("a", DomainState.CRASHED), machine("b", DomainState.CRASHED))
    lines = problem_lines(FleetReport(lost=lost, troubled=troubled), {**HOSTS, **hosts}, 0.0)
    assert [line.name for line in lines[:-1]] == [f"host x{n}" for n in range(5)] + ["a", "b"]
    assert "25" in lines[-1].name
    many = tuple(machine(str(n), DomainState.CRASHED) for n in range(30))
    lines = problem_lines(FleetReport(lost=lost, troubled=many), {**HOSTS, **hosts}, 0.0)
    assert [line.name for line in lines[:-1]] == [f"host x{n}" for n in range(4)] + ["0", "1", "2"]
    few = FleetReport(lost=lost[:1], troubled=troubled)
    assert [line.name for line in problem_lines(few, {**HOSTS, **hosts}, 0.0)] == ["host x0", "a", "b"]
