"""Something that is wished or not: a box to tick, which says itself what it is."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QWidget

from vmgui.commands.fields import Check, OnOff
from vmgui.ui.kit.fields.control import Control


class CheckControl(Control):
    """Its answer is a bool."""

    is_captioned = False
    alignment = Qt.AlignmentFlag.AlignLeft  # no wider than its text: all of it answers to a click
    air_px = 0
    input: QCheckBox

    def __init__(self, field: Check | OnOff, name: str, parent: QWidget) -> None:
        box = QCheckBox(parent)
        super().__init__(field, name, box, box.toggled)

    def offer(self, means: str) -> None:
        self.why_not = means

    def show(self, value: object) -> None:
        self.input.setChecked(bool(value))

    def read(self) -> bool:
        return self.input.isChecked()

    def retranslate(self) -> None:
        super().retranslate()
        self.input.setText(self.caption)
