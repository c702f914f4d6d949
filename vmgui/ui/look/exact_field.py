"""A field of numbers with decimals, as a person would write them."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QDoubleSpinBox, QWidget


class ExactField(QDoubleSpinBox):
    """Shows 4 for 4.000: decimals only where they say something. A double click chooses the whole number, as Tab does:
    Qt takes what stands on one side of the point for a word."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lineEdit().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.MouseButtonDblClick:
            # Not in this turn: the line makes its own choice in it.
            QTimer.singleShot(0, self, self.selectAll)
        return super().eventFilter(watched, event)

    def textFromValue(self, value: float) -> str:
        text = super().textFromValue(value)
        point = self.locale().decimalPoint()
        return text.rstrip("0").rstrip(point) if point in text else text
