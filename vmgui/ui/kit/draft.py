"""What a person has answered but not yet asked for; it outlives the tab, dialog or wizard that shows it."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from typing import Generic, TypeVar

from vmgui.services.notifier import Notifier

A = TypeVar("A")


@dataclass(frozen=True, slots=True)
class DraftPlace:
    """Where a draft belongs: `place` is a feature's tab or wizard, `key` what it is about, e.g. a DomainKey."""

    place: str
    key: Hashable


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

    def keys(self, place: str) -> tuple[Hashable, ...]:
        """What has a draft in this place, oldest first."""
        return tuple(at.key for at in self._kept if at.place == place)
