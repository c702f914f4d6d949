"""A Scope that belongs to a pane or dialog: its tasks end when it does."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

from PySide6.QtCore import QObject

from vmgui.services.scope import Scope

T = TypeVar("T")


class PaneScope(Scope):
    """Cancelled at the latest when `owner` is destroyed; `close()` also waits."""

    def __init__(
        self, name: str, owner: QObject, on_error: Callable[[Exception], None] | None = None
    ) -> None:
        super().__init__(name, on_error)
        # A plain function, not a method of the owner: that one is half gone by then.
        owner.destroyed.connect(self.cancel)

    def try_run(self, work: Coroutine[Any, Any, T]) -> bool:
        """Start `work` unless the pane is closing; whether it was started."""
        try:
            asyncio.get_running_loop()
        except RuntimeError:
            # Qt delivers a last timer or event before or after the loop's life: nobody will look any more.
            work.close()
            return False
        if self.is_closed:
            work.close()
            return False
        self.run(work)
        return True
