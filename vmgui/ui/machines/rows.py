"""What the table knows of a machine; texts are made when they are first looked at."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Any

from PySide6.QtCore import Qt

from vmgui.model.domain import Domain, DomainKey, DomainState
from vmgui.model.host import Host, HostState
from vmgui.policy.natural_order import SortKey, natural_key
from vmgui.ui.look.icons import IconRole


class Role(IntEnum):
    """Data beyond Qt's own roles."""

    KEY = Qt.ItemDataRole.UserRole  # DomainKey


NameOrder = tuple[SortKey, str, str]


@dataclass(slots=True, eq=False)
class MachineRow:
    """One machine; `texts` has a place per column, None: not made yet."""

    domain: Domain
    host: Host
    name_order: NameOrder
    texts: list[str | None] = field(default_factory=list["str | None"])

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


def name_order(domain: Domain) -> NameOrder:
    """By name; the UUID settles it for names that only differ in case."""
    return (natural_key(domain.name), domain.name, domain.key.uuid)


@dataclass(frozen=True, slots=True)
class Column:
    """A column is data: what stands in it, what it is sorted by, how it looks.

    `sort` gives something comparable, or None where it is not known: that stands last, whichever the direction.
    """

    id: str  # remembered with the layout: never changed
    title: Callable[[], str]
    text: Callable[[MachineRow], str]
    sort: Callable[[MachineRow], Any]
    width_px: int = 110
    is_number: bool = False
    is_live: bool = False  # changes by itself: made anew while it is on screen
    is_shown: bool = True  # before the person chooses
    look: Callable[[MachineRow], tuple[str, IconRole] | None] | None = None  # an icon before the text
