"""A field of numbers with decimals, as a person would write them."""

from __future__ import annotations

from PySide6.QtWidgets import QDoubleSpinBox


class ExactField(QDoubleSpinBox):
    """Shows 4 for 4.000: decimals only where they say something."""

    def textFromValue(self, value: float) -> str:
        text = super().textFromValue(value)
        point = self.locale().decimalPoint()
        return text.rstrip("0").rstrip(point) if point in text else text
