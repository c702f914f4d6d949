"""What the table knows of a machine."""

from __future__ import annotations

from typing import NamedTuple

from vmgui.model.domain import Domain, DomainKey, DomainState
from vmgui.model.host import Host, HostState
from vmgui.policy.natural_order import SortKey, natural_key


class MachineRow(NamedTuple):
    """One machine and its host. A tuple: two of the same things are equal at once, however much these say."""

    domain: Domain
    host: Host

    @property
    def key(self) -> DomainKey:
        """Which machine."""
        return self.domain.key

    @property
    def is_live(self) -> bool:
        """It runs on a host that is heard: what it uses now can be told."""
        return self.domain.state.is_active and self.host.state is HostState.CONNECTED

    @property
    def is_quiet(self) -> bool:
        """Nothing goes on with it, or it is not known whether anything does."""
        if self.host.state is not HostState.CONNECTED:
            return True
        return not self.domain.state.is_active and self.domain.state is not DomainState.CRASHED


def name_order(row: MachineRow) -> tuple[SortKey, str, str]:
    """Orders by name; the UUID decides between names that only differ in case."""
    domain = row.domain
    return (natural_key(domain.name), domain.name, domain.key.uuid)
