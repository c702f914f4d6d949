"""The difference between two inventories."""

from __future__ import annotations

from dataclasses import dataclass

from vmgui.model.domain import Domain, DomainKey
from vmgui.model.host import Host, HostId


@dataclass(frozen=True, slots=True)
class ChangeSet:
    """What was added, removed and changed; a key is in at most one of the three."""

    added: tuple[Domain, ...] = ()
    removed: tuple[DomainKey, ...] = ()
    changed: tuple[Domain, ...] = ()
    hosts_added: tuple[Host, ...] = ()
    hosts_removed: tuple[HostId, ...] = ()
    hosts_changed: tuple[Host, ...] = ()
    hosts_order: tuple[HostId, ...] = ()  # all of them as they now stand; empty: as before

    def __bool__(self) -> bool:
        return bool(
            self.added
            or self.removed
            or self.changed
            or self.hosts_added
            or self.hosts_removed
            or self.hosts_changed
            or self.hosts_order
        )

    def touches(self, key: DomainKey) -> bool:
        """Whether there is news of this machine, while it is there, or of its host."""
        return any(domain.key == key for domain in (*self.changed, *self.added)) or any(
            host.id == key.host_id for host in self.hosts_changed
        )
