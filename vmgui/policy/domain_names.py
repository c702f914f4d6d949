"""Machines of the same name on several hosts are told apart by their hosts."""

from __future__ import annotations

from collections.abc import Iterable

from vmgui.model.domain import Domain
from vmgui.model.host import HostId
from vmgui.policy.plain_text import edges_seen


def shared_names(domains: Iterable[Domain]) -> frozenset[str]:
    """The names, as `folded`, that machines of more than one host have."""
    hosts: dict[str, HostId] = {}
    shared: set[str] = set()
    for domain in domains:
        name = folded(domain.name)
        if hosts.setdefault(name, domain.key.host_id) != domain.key.host_id:
            shared.add(name)
    return frozenset(shared)


def folded(name: str) -> str:
    """What a person may take two names for the same by."""
    return " ".join(name.split()).casefold()


def with_host(name: str, host_name: str) -> str:
    """The name of a machine as it is shown, with its host's where it shares it with one of another host."""
    seen = edges_seen(name)
    return f"{seen} ({host_name})" if host_name else seen
