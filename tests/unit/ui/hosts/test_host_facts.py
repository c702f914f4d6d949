"""What a host's page says of its hardware."""

from __future__ import annotations

from dataclasses import replace

import pytest

from vmgui.model.host import Host, HostConfig, HostHealth, HostInfo, HostState, HostUsage, NumaCell
from vmgui.ui.hosts.host_facts import (
    CELLS_SHOWN,
    hardware_facts,
    numa_facts,
    ranges,
    software_facts,
    uptime_s,
)

INFO = HostInfo(
    hostname="h", driver="QEMU", arch="x86_64", cpu_model="EPYC", cpus=8, cpu_mhz=2400, memory_kib=16 << 20,
    sockets=1, cores=4, threads=2, numa_nodes=2, libvirt_version=(9, 0, 0), hypervisor_version=(7, 2, 0),
    cpu_vendor="AMD", iommu=True, security_models=("apparmor",),
    numa_cells=(NumaCell(0, (0, 1, 2, 3), 8 << 20, ((2048, 16),)), NumaCell(1, (4, 6), 8 << 20)),
)  # fmt: skip
HOST = Host(
    HostConfig("h1", "host", "qemu:///system"),
    HostState.CONNECTED,
    info=INFO,
    usage=HostUsage(1.0, 16 << 20, 4 << 20, cpu_total_ns=8 * 7384 * 10**9),
)


@pytest.mark.parametrize(
    ("numbers", "text"),
    [((), ""), ((0,), "0"), ((0, 1, 2, 3, 8, 11, 10), "0-3, 8, 10-11"), ((5, 7, 9), "5, 7, 9")],
)
def test_ranges(numbers: tuple[int, ...], text: str) -> None:
    assert ranges(numbers) == text


def test_numa() -> None:
    first, second = numa_facts(HOST)
    assert (first.label, first.value, first.note) == ("Node 0", "8 GiB", "CPUs 0-3 · 16 pages of 2 MiB")
    assert second.note == "CPUs 4, 6"
    assert numa_facts(replace(HOST, info=replace(INFO, numa_cells=INFO.numa_cells[:1]))) == []
    many = tuple(NumaCell(number, (number,), 1024) for number in range(64))
    assert len(numa_facts(replace(HOST, info=replace(INFO, numa_cells=many)))) == CELLS_SHOWN + 1


def test_uptime_is_counted_by_the_processors() -> None:
    assert uptime_s(HOST) == 7380
    assert uptime_s(replace(HOST, info=replace(INFO, driver="TEST"))) is None
    assert uptime_s(replace(HOST, usage=None)) is None
    facts = {
        fact.label: fact.value for fact in software_facts(replace(HOST, health=HostHealth(latency_s=0.012)))
    }
    assert facts["Up for"] == "about 2 h 3 min"
    assert facts["Answers in"] == "12 ms"
    assert facts["Confined by"] == "apparmor"
    assert facts["IOMMU"].startswith("On")


def test_hardware() -> None:
    facts = {fact.label: fact for fact in hardware_facts(HOST)}
    assert facts["Processor"].note == "AMD · x86_64 · 2.4 GHz"
    assert facts["CPUs"].note == "1 × 4 × 2 (sockets × cores × threads)"
    assert facts["Memory"].note == "4 GiB free"
    assert hardware_facts(replace(HOST, info=None))[0].value == "Not known yet"


@pytest.mark.parametrize(
    ("uri", "said"),
    [
        ("qemu+tcp://host-a/system", ["Not encrypted"]),
        ("qemu+tls://host-a/system?no_verify=1", ["The host's identity is not checked"]),
        ("qemu+ssh://host-a/system?no_verify=1", ["The host's identity is not checked"]),
        ("qemu+libssh2://host-a/system?known_hosts_verify=ignore", ["The host's identity is not checked"]),
        ("qemu+tls://host-a/system?pkipath=/home/ana/pki", []),
        ("qemu+tls://host-a/system?no_verify=0", []),
        ("qemu+tcp://localhost/system", []),
        ("qemu+ssh://host-a/system", []),
        ("qemu:///system", []),
    ],
)
def test_a_connection_without_protection_says_so_for_good(uri: str, said: list[str]) -> None:
    for state in (HostState.CONNECTED, HostState.UNREACHABLE):
        facts = software_facts(replace(HOST, config=replace(HOST.config, uri=uri), state=state))
        assert [fact.value for fact in facts if fact.label == "Protection"] == said
        assert all(fact.note and fact.tone == "warning" for fact in facts if fact.label == "Protection")
