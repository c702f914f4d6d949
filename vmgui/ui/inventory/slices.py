"""A large change in parts, so that the window answers between them."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import replace

from PySide6.QtCore import QObject, QTimer, Signal

from vmgui.model.changeset import ChangeSet
from vmgui.model.domain import DomainKey
from vmgui.policy.natural_order import natural_key

SLICE = 400
"""Machines taken into the tree at once: about 10 ms."""
SORTED_AT_ONCE = 2000

Part = ChangeSet | frozenset[DomainKey]
"""What changed, or of which machines there is news."""


class SliceQueue(QObject):
    """Hands over one part now, the next after whatever else the window has to do."""

    due = Signal(object)  # Part

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._waiting: deque[Iterator[Part]] = deque()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._next)

    def begin(self, parts: Iterator[Part]) -> None:
        """These too, after those that wait."""
        self._waiting.append(parts)
        if not self._timer.isActive():
            self._next()

    def flush(self) -> None:
        """All that wait, now."""
        while self._waiting:
            self._next()
        self._timer.stop()

    def close(self) -> None:
        """No more."""
        self._timer.stop()
        self._waiting.clear()

    def _next(self) -> None:
        part = None
        while self._waiting and (part := next(self._waiting[0], None)) is None:
            self._waiting.popleft()
        if part is None:
            return
        if not self._timer.isActive():
            self._timer.start()
        if part:
            self.due.emit(part)


def slices(change: ChangeSet) -> Iterator[ChangeSet]:
    """A large change in parts that are applied one after the other; new machines in the tree's order."""
    if len(change.added) + len(change.changed) <= SLICE:
        yield change
        return
    yield replace(change, added=(), changed=())
    # By what they are sorted is found out in parts too, and remembered: sorting itself takes a few ms.
    for at in range(0, len(change.added), SORTED_AT_ONCE):
        for domain in change.added[at : at + SORTED_AT_ONCE]:
            natural_key(domain.name)
        yield ChangeSet()
    added = sorted(change.added, key=lambda domain: (domain.key.host_id, natural_key(domain.name)))
    for at in range(0, len(added), SLICE):
        yield ChangeSet(added=tuple(added[at : at + SLICE]))
    for at in range(0, len(change.changed), SLICE):
        yield ChangeSet(changed=change.changed[at : at + SLICE])


def key_slices(keys: frozenset[DomainKey]) -> Iterator[frozenset[DomainKey]]:
    """Machines of which there is news, in parts."""
    waiting = tuple(keys)
    for at in range(0, len(waiting), SLICE):
        yield frozenset(waiting[at : at + SLICE])
