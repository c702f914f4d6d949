"""What is on a host, to be the same before and after."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from tests.helpers.looks import below, text
from tests.lab.lab_host import LabHost
from tests.lab.sweep import members

_KEPT_BY_GUESTS = ("nvram", "save", "snapshot", "checkpoint", "dump")
PROBE = "vmgui-kvm-probe-"


@dataclass(frozen=True)
class HostState:
    """Everything that a deleted machine could have left behind."""

    domains: frozenset[str]
    volumes: frozenset[str]
    pools: frozenset[str]
    networks: frozenset[str]
    files: frozenset[str]
    processes: tuple[str, ...]


def host_state(host: LabHost) -> HostState:
    """As it is now; the program's throw-away probe of the acceleration is no machine of anybody."""
    with host.connect() as connection:
        domains = frozenset(
            domain.name() for domain in connection.listAllDomains() if not domain.name().startswith(PROBE)
        )
        pools = connection.listAllStoragePools()
        volumes: set[str] = set()
        for pool in pools:
            pool.refresh()
            volumes.update(f"{pool.name()}/{name}" for name in pool.listVolumes())
        networks = frozenset(network.name() for network in connection.listAllNetworks())
    folders = [host.inside(f"/var/lib/libvirt/qemu/{name}") for name in _KEPT_BY_GUESTS]
    files = {str(path) for folder in folders for path in below(folder) if os.path.isfile(path)}
    return HostState(
        domains=domains,
        volumes=frozenset(volumes),
        pools=frozenset(pool.name() for pool in pools),
        networks=networks,
        files=frozenset(file.partition("/root/var")[2] for file in files),
        processes=tuple(sorted(_machines(host))),
    )


def _machines(host: LabHost) -> list[str]:
    """Guests that run on the host, by the name in their command line."""
    found = []
    for pid in members(host.plan.marker):
        words = text(Path(f"/proc/{pid}/cmdline")).split("\0")
        if "qemu-system" in words[0] and "-name" in words:
            name = words[words.index("-name") + 1]
            if not name.startswith(f"guest={PROBE}"):
                found.append(name)
    return found
