"""Since when machines run, as far as it was seen: libvirt itself does not tell."""

from __future__ import annotations

import time
from dataclasses import dataclass

from vmgui.model.changeset import ChangeSet
from vmgui.model.domain import Domain, DomainKey
from vmgui.services.inventory import Inventory
from vmgui.services.notifier import Subscription

_WORTH_TELLING_S = 60.0


@dataclass(frozen=True, slots=True)
class Uptime:
    """How long it runs; not `exact`: it ran already when it was first seen."""

    seconds: float
    exact: bool

    @property
    def is_worth_telling(self) -> bool:
        """Not so of a machine that has only just been seen."""
        return self.exact or self.seconds >= _WORTH_TELLING_S


class UptimeWatch:
    """Watches the inventory from the program's start; loop thread only."""

    def __init__(self, inventory: Inventory) -> None:
        self._since: dict[DomainKey, tuple[float, bool]] = {}
        self._seen: set[DomainKey] = set()
        for domain in inventory.domains.values():
            self._look(domain)
        self._subscription: Subscription = inventory.changes.subscribe(self._on_change)

    def of(self, key: DomainKey) -> Uptime | None:
        """How long it runs; None: it does not."""
        found = self._since.get(key)
        return None if found is None else Uptime(time.monotonic() - found[0], found[1])

    def close(self) -> None:
        """Watch no more."""
        self._subscription.cancel()

    def _on_change(self, change: ChangeSet) -> None:
        for key in change.removed:
            self._since.pop(key, None)
            self._seen.discard(key)
        for domain in (*change.added, *change.changed):
            self._look(domain)

    def _look(self, domain: Domain) -> None:
        if not domain.state.is_active:
            self._since.pop(domain.key, None)
        elif domain.key not in self._since:
            self._since[domain.key] = (time.monotonic(), domain.key in self._seen)
        self._seen.add(domain.key)
