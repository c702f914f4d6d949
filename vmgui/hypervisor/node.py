"""The host itself: what it is, what it has left, what its machine types offer."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar, cast

import libvirt

from vmgui.hypervisor.errors import is_unsupported
from vmgui.hypervisor.uri import Transport, UriFacts
from vmgui.libvirtxml.capabilities import HostCapabilities, parse_capabilities
from vmgui.model.host import HostFeatures, HostInfo, HostUsage

R = TypeVar("R")

_POOLS_WITHOUT_EVENTS = frozenset({"ESX", "VBOX", "Hyper-V", "phyp"})
_NO_CAPABILITIES = HostCapabilities("", "", "", "", (), 0, 0, 0, 0, ())


def read_host_info(conn: libvirt.virConnect, facts: UriFacts, *, read_only: bool = False) -> HostInfo:
    """Hardware, versions and features (virNodeGetInfo, virConnectGetCapabilities)."""
    arch, memory_mib, cpus, mhz, nodes, sockets, cores, threads = cast(
        "tuple[str, int, int, int, int, int, int, int]", tuple(conn.getInfo())
    )
    capabilities_xml = _if_supported(conn.getCapabilities)
    capabilities = parse_capabilities(capabilities_xml) if capabilities_xml else _NO_CAPABILITIES
    # getInfo says what libvirt counts per NUMA node, which can be less than there is.
    memory = cast("dict[str, int]", _if_supported(_memory_stats, conn) or {})
    driver = conn.getType()
    nodes = capabilities.numa_nodes or nodes
    sockets = total_sockets(
        cpus,
        nodes,
        capabilities.sockets or sockets,
        capabilities.cores or cores,
        capabilities.threads or threads,
    )
    return HostInfo(
        hostname=_if_supported(conn.getHostname) or facts.hostname,
        driver=driver,
        arch=capabilities.arch or arch,
        cpu_model=capabilities.cpu_model,
        cpus=cpus,
        cpu_mhz=mhz,
        memory_kib=max(memory.get("total", 0), memory_mib * 1024),
        sockets=sockets,
        cores=capabilities.cores or cores,
        threads=capabilities.threads or threads,
        numa_nodes=nodes,
        libvirt_version=_version(_if_supported(conn.getLibVersion)),
        hypervisor_version=_version(_if_supported(conn.getVersion)),
        uuid=capabilities.uuid,
        features=_probe_features(conn, facts, driver, read_only),
        guests=capabilities.guests,
        cpu_features=capabilities.cpu_features,
        cpu_vendor=capabilities.cpu_vendor,
        numa_cells=capabilities.numa_cells,
        iommu=capabilities.iommu,
        security_models=capabilities.security_models,
    )


def total_sockets(cpus: int, nodes: int, sockets: int, cores: int, threads: int) -> int:
    """libvirt counts sockets of one NUMA node (virNodeInfo); a person counts those of the computer."""
    of_a_node = sockets * cores * threads
    return sockets * nodes if nodes > 1 and of_a_node * nodes == cpus else sockets


def read_usage(conn: libvirt.virConnect) -> HostUsage:
    """Memory left and the raw CPU counters; `cpu_percent` is the difference of two, made in services."""
    memory = cast("dict[str, int]", _if_supported(_memory_stats, conn) or {})
    total_kib = memory.get("total", 0)
    if total_kib:
        free_kib = memory.get("free", 0) + memory.get("buffers", 0) + memory.get("cached", 0)
    else:
        total_kib = int(conn.getInfo()[1]) * 1024
        free = _if_supported(conn.getFreeMemory) or 0
        # The test driver tells KiB where bytes are asked for.
        free_kib = free if conn.getType() == "TEST" else free // 1024
    cpu = cast("dict[str, int]", _if_supported(_cpu_stats, conn) or {})
    busy = sum(cpu.get(name, 0) for name in ("kernel", "user", "intr"))
    idle = sum(cpu.get(name, 0) for name in ("idle", "iowait"))
    return HostUsage(
        at_s=time.monotonic(),
        memory_total_kib=total_kib,
        memory_free_kib=min(free_kib, total_kib),
        cpu_busy_ns=busy if cpu else None,
        cpu_total_ns=busy + idle if cpu else None,
    )


def capabilities_xml(conn: libvirt.virConnect) -> str:
    """What virConnectGetCapabilities says, as it says it."""
    return conn.getCapabilities()


def domain_capabilities_xml(conn: libvirt.virConnect, arch: str, machine: str, domain_type: str) -> str:
    """What a machine type offers; empty `machine`: the default one. Raises Unsupported where the driver cannot tell
    (the test driver)."""
    return conn.getDomainCapabilities(None, arch or None, machine or None, domain_type or None, 0)


def _probe_features(conn: libvirt.virConnect, facts: UriFacts, driver: str, read_only: bool) -> HostFeatures:
    """Tried where trying is free of effect; by driver only where it is not.

    Storage pools are not asked for (one that hangs would be waited for): that their events can be had tells.
    """
    is_qemu = driver == "QEMU"
    return HostFeatures(
        storage_pools=driver in _POOLS_WITHOUT_EVENTS,
        networks=_if_supported(conn.numOfNetworks) is not None,
        interfaces=_if_supported(conn.numOfInterfaces) is not None,
        graphics_fd=is_qemu and facts.is_local and not read_only,
        screenshot=driver in ("QEMU", "TEST", "VBOX") and not read_only,
        managed_save=driver in ("QEMU", "TEST", "Xen") and not read_only,
        migration=is_qemu and facts.transport is not Transport.IN_PROCESS and not read_only,
        serial_console=driver in ("QEMU", "Xen", "LXC") and not read_only,
        read_only=read_only,
    )


def _memory_stats(conn: libvirt.virConnect) -> object:
    return conn.getMemoryStats(libvirt.VIR_NODE_MEMORY_STATS_ALL_CELLS)


def _cpu_stats(conn: libvirt.virConnect) -> object:
    return conn.getCPUStats(libvirt.VIR_NODE_CPU_STATS_ALL_CPUS)


def _if_supported(call: Callable[..., R], *args: object) -> R | None:
    """None where the driver has no such call."""
    try:
        return call(*args)
    except libvirt.libvirtError as error:
        if is_unsupported(error):
            return None
        raise


def _version(number: int | None) -> tuple[int, int, int]:
    """libvirt packs 9.1.2 as 9001002."""
    packed = number or 0
    return packed // 1_000_000, packed // 1000 % 1000, packed % 1000


def answers(conn: libvirt.virConnect) -> int:
    """Whether the host answers: its libvirt's version."""
    return conn.getLibVersion()
