"""What a person has answered but not yet asked for; it outlives the tab, dialog or wizard that shows it."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from typing import Generic, TypeVar

from vmgui.model.domain import DomainKey
from vmgui.services.notifier import Notifier

A = TypeVar("A")


@dataclass(frozen=True, slots=True)
class MachinePart:
    """One of the things of a machine that a tab shows by themselves, a device: each has a draft of its own."""

    of: DomainKey
    id: str


@dataclass(frozen=True, slots=True)
class DraftPlace:
    """Where a draft belongs: `place` is a feature's tab or wizard, `key` what it is about, e.g. a DomainKey."""

    place: str
    key: Hashable

    @property
    def owner(self) -> Hashable:
        """The machine or host whose draft it is, also where it is about a part of it."""
        return owner_of(self.key)


def owner_of(key: Hashable) -> Hashable:
    """The machine or host that this is, or is a part of."""
    return key.of if isinstance(key, MachinePart) else key


class Drafts(Generic[A]):
    """Drafts in memory, one for each place and key; loop thread only."""

    def __init__(self) -> None:
        self.changes: Notifier[DraftPlace] = Notifier()
        self._kept: dict[DraftPlace, A] = {}

    def get(self, place: str, key: Hashable) -> A | None:
        """The answers kept; None: there is no draft."""
        return self._kept.get(DraftPlace(place, key))

    def keep(self, place: str, key: Hashable, answers: A) -> None:
        """Replace the draft by these answers; subscribers are told only of a difference."""
        at = DraftPlace(place, key)
        if at in self._kept and self._kept[at] == answers:
            return
        self._kept[at] = answers
        self.changes.emit(at)

    def forget(self, place: str, key: Hashable) -> None:
        """The answers were applied or given up; harmless where there is no draft."""
        at = DraftPlace(place, key)
        if at in self._kept:
            del self._kept[at]
            self.changes.emit(at)

    def has(self, place: str, owner: Hashable) -> bool:
        """Whether there is one about this, or about a part of it."""
        return any(at.place == place and at.owner == owner for at in self._kept)

    def keys(self, place: str) -> tuple[Hashable, ...]:
        """What has a draft in this place, oldest first."""
        return tuple(at.key for at in self._kept if at.place == place)
