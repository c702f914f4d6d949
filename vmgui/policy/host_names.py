"""Hosts of the same name are told apart: by the name the machine has itself, else by the address."""

from __future__ import annotations

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
