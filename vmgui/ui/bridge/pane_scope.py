"""A Scope that belongs to a pane or dialog: its tasks end when it does."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject

from vmgui.services.scope import Scope


class PaneScope(Scope):
    """Cancelled at the latest when `owner` is destroyed; `close()` also waits."""

    def __init__(
        self, name: str, owner: QObject, on_error: Callable[[Exception], None] | None = None
    ) -> None:
        super().__init__(name, on_error)
        # A plain function, not a method of the owner: that one is half gone by then.
        owner.destroyed.connect(self.cancel)
