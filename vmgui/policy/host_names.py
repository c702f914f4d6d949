"""What hosts are called: a name for an address, and what tells hosts of the same name apart."""

from __future__ import annotations

import uuid
from collections.abc import Iterable

from vmgui.model.host import Host, HostId


def told_apart(hosts: Iterable[Host]) -> dict[HostId, str]:
    """What is shown beside each host's name; empty where nobody else has that name."""
    by_name: dict[str, list[Host]] = {}
    for host in hosts:
        by_name.setdefault(host.config.name.casefold(), []).append(host)
    found: dict[HostId, str] = {}
    for same in by_name.values():
        known = [_own_name(host) for host in same]
        for host, own in zip(same, known, strict=True):
            if len(same) == 1:
                found[host.id] = ""
            else:
                found[host.id] = own if own and known.count(own) == 1 else host.config.uri
    return found


def _own_name(host: Host) -> str:
    return host.info.hostname if host.info is not None else ""


def id_of(uri: str) -> HostId:
    """The id of a host that the program itself adds: the same in each run."""
    return uuid.uuid5(uuid.NAMESPACE_URL, uri).hex


def host_name_of(uri: str) -> str:
    """A short name for a host, from its URI: the server, else the kind of hypervisor."""
    scheme, _, rest = uri.partition("://")
    server, _, path = rest.partition("/")
    server = server.rpartition("@")[2]
    # An IPv6 address stands in brackets, for it is full of colons.
    server = server[1:].partition("]")[0] if server.startswith("[") else server.partition(":")[0]
    return server or f"{scheme.partition('+')[0]} {path.partition('?')[0]}".strip() or uri
