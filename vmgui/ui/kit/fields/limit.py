"""STAND-IN until U1's lands."""

from __future__ import annotations

from PySide6.QtWidgets import QCheckBox, QSpinBox, QToolButton, QWidget

from vmgui.commands.fields.limit import Limit
from vmgui.ui.kit.fields.control import Control
from vmgui.ui.look.boxes import across
from PySide6.QtCore import Signal


class _Row(QWidget):
    changed = Signal()


class LimitControl(Control):
    field: Limit

    def __init__(self, field: Limit, name: str, parent: QWidget) -> None:
        row = _Row(parent)
        self._on = QCheckBox(row)
        self._spin = QSpinBox(row)
        self._spin.setRange(0, 2**31 - 1)
        self._unit = QToolButton(row)
        row.setLayout(across(self._on, self._spin, self._unit, 1))
        super().__init__(field, name, row, row.changed)
        self._spin.valueChanged.connect(row.changed)
        self._on.toggled.connect(row.changed)
        self.input = self._spin

    def show(self, value: int | None) -> None:
        self._on.setChecked(value is not None)
        self._spin.setValue(value or 0)

    def read(self) -> int | None:
        return self._spin.value() if self._on.isChecked() else None
