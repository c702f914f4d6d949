"""Machines as rows of a table, made of what the inventory tells."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from operator import attrgetter

from PySide6.QtCore import QObject

from vmgui.model.changeset import ChangeSet
from vmgui.model.domain import Domain
from vmgui.model.host import Host, HostId
from vmgui.policy.plain_text import visible
from vmgui.ui.kit.column import Column
from vmgui.ui.kit.table_model import TableModel
from vmgui.ui.machines.rows import MachineRow, name_order
from vmgui.words.states import reason_words, state_words

_key = attrgetter("domain.key")


class MachinesModel(TableModel[MachineRow]):
    """GUI thread only; columns never change."""

    def __init__(self, columns: Sequence[Column[MachineRow]], parent: QObject | None = None) -> None:
        super().__init__(
            columns,
            _key,
            order=name_order,
            tip=lambda row: reason_words(row.domain),
            aloud=_aloud,
            is_quiet=lambda row: row.is_quiet,
            parent=parent,
        )
        self._hosts: dict[HostId, Host] = {}

    def sync(self, domains: Iterable[Domain], hosts: Mapping[HostId, Host]) -> None:
        """Show exactly these machines; those that are as they were keep their rows."""
        self._take_hosts(hosts)
        self.show(self._rows(domains))

    def apply(self, change: ChangeSet, hosts: Mapping[HostId, Host]) -> None:
        """Show what changed; the caller leaves out what is not to be shown here."""
        others = self._take_hosts(hosts)
        moved = (row for row in self.rows if row.host.id in others) if others else ()
        rows = [row._replace(host=self._hosts[row.host.id]) for row in moved]
        self.change((*rows, *self._rows((*change.added, *change.changed))), change.removed)

    def _rows(self, domains: Iterable[Domain]) -> list[MachineRow]:
        hosts = self._hosts
        return [MachineRow(one, host) for one in domains if (host := hosts.get(one.key.host_id)) is not None]

    def _take_hosts(self, hosts: Mapping[HostId, Host]) -> set[HostId]:
        """Usage changes every 2 s and is not shown here: only a new name or state makes a host another."""
        known = self._hosts
        others = {
            host.id: host
            for host in hosts.values()
            if (old := known.get(host.id)) is None or (old.state, old.name) != (host.state, host.name)
        }
        known.update(others)
        return set(others)


def _aloud(row: MachineRow) -> str:
    return ", ".join((visible(row.domain.name), state_words(row.domain.state), visible(row.host.name)))
