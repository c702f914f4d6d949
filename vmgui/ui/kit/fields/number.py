"""A whole number, with what it counts."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtGui import QValidator, QWheelEvent
from PySide6.QtWidgets import QSpinBox, QWidget

from vmgui.commands.fields import Number
from vmgui.ui.kit.fields.control import Control
from vmgui.ui.look.scroll import is_for_the_place

_WIDTH_PX = 116
_MOST = 2**31 - 1  # of the toolkit's spin box


class WholeField(QSpinBox):
    """Whole numbers; "1.5" is none, in no language 15."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def validate(self, text: str, pos: int) -> object:
        typed = text.removeprefix(self.prefix()).removesuffix(self.suffix())
        if typed != self.specialValueText() and ("." in typed or "," in typed):
            return QValidator.State.Intermediate, text, pos
        return super().validate(text, pos)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if not is_for_the_place(self, event):
            super().wheelEvent(event)


class NumberControl(Control):
    """Its answer is an int."""

    field: Number
    alignment = Qt.AlignmentFlag.AlignLeft
    input: QSpinBox

    def __init__(self, field: Number, name: str, parent: QWidget) -> None:
        spin = WholeField(parent)
        super().__init__(field, name, spin, spin.valueChanged)
        self.offer((field.least, field.most))
        spin.setSingleStep(field.step)
        spin.setMinimumWidth(_WIDTH_PX)
        if not field.before:  # else it reads as a sentence
            spin.setAlignment(Qt.AlignmentFlag.AlignRight)

    def offer(self, means: tuple[int, int]) -> None:
        with QSignalBlocker(self.input):
            least, most = (min(end // self.field.scale, _MOST) for end in means)
            self.input.setRange(least, most)

    def show(self, value: int) -> None:
        self.input.setValue(min(value // self.field.scale, _MOST))

    def read(self) -> int:
        return self.input.value() * self.field.scale

    def retranslate(self) -> None:
        super().retranslate()
        self.input.setPrefix(str(self.field.before))
        self.input.setSuffix(str(self.field.unit))
        self.input.setSpecialValueText(str(self.field.least_words))
