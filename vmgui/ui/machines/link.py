"""Between the window and its tables of machines: their selection, what to open, where a menu is asked; the filter."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, QPoint, Signal
from PySide6.QtGui import QAction

from vmgui.model.domain import DomainKey


class MachinesLink(QObject):
    """One for all tables: of them only one is on the screen at a time."""

    selection_changed = Signal(object)  # tuple of DomainKey; empty when no table is shown
    open_asked = Signal(object)  # DomainKey
    menu_asked = Signal(QPoint)
    filter_changed = Signal()

    def __init__(self, actions: Sequence[QAction] = (), parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.actions = tuple(actions)
        """Actions whose keys work in a table only while it has the focus."""
        self._selected: tuple[DomainKey, ...] = ()
        self.filtered: Callable[[], frozenset[DomainKey] | None] = lambda: None
        """The machines that the window's filter lets through; None: there is no filter."""

    @property
    def selected(self) -> tuple[DomainKey, ...]:
        """What is selected in the table that is shown."""
        return self._selected

    def select(self, keys: tuple[DomainKey, ...]) -> None:
        """Select what is selected in the table that is shown."""
        if keys != self._selected:
            self._selected = keys
            self.selection_changed.emit(keys)
