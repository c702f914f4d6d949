"""The order of machines within their group: by name as people count, by state or by memory."""

from __future__ import annotations

from typing import Any

from vmgui.model.domain import Domain, DomainState
from vmgui.model.view import Sort
from vmgui.policy.natural_order import natural_key


def order(domain: Domain, name: str, sort: Sort, state_ranks: dict[DomainState, int]) -> tuple[Any, ...]:
    """A key to sort by: the name that is shown; host and UUID decide between machines of the same name."""
    key = domain.key
    if sort is Sort.NAME:
        return (natural_key(name), name, key.uuid, key.host_id)
    first = state_ranks[domain.state] if sort is Sort.STATE else -domain.memory_kib
    return (first, natural_key(name), name, key.uuid, key.host_id)


def moves(before: Domain, after: Domain, sort: Sort) -> bool:
    """Whether news of a machine may change its place."""
    return (
        before.name != after.name
        or (sort is Sort.STATE and before.state is not after.state)
        or (sort is Sort.MEMORY and before.memory_kib != after.memory_kib)
    )
