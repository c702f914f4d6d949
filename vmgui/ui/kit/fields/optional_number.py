"""A whole number or none: an empty field that says what that means."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from vmgui.commands.fields import Number
from vmgui.ui.kit.fields.control import Control
from vmgui.ui.kit.fields.number import NumberControl
from vmgui.ui.look.boxes import across
from vmgui.ui.look.plain import Label
from vmgui.ui.look.theme import set_muted
from vmgui.words.say import say

_WIDTH_PX = 160
_NO_NUMBER = say("Form", "A whole number is needed here, or nothing.")
_NOT_WITHIN = say("Form", "A whole number from {least} to {most} is needed here, or nothing.")
_STEPS = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}


class OptionalNumberField(QLineEdit):
    """Up and Down count on from what is there."""

    def __init__(self, field: Number, parent: QWidget) -> None:
        super().__init__(parent)
        self._field = field

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = _STEPS.get(Qt.Key(event.key()))
        typed = self.text().strip()
        plain = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier == Qt.KeyboardModifier.NoModifier
        if steps is None or not plain or (typed and not typed.lstrip("-").isdecimal()):
            super().keyPressEvent(event)
            return
        field = self._field
        value = int(typed) + steps * field.step if typed else field.least
        self.setText(str(min(max(value, field.least), field.most)))
        self.selectAll()


class OptionalNumberControl(Control):
    """Its answer is an int, or None. What is typed stays as it is; what is no answer is said, and the answer is then what
    it was before."""

    field: Number
    alignment = Qt.AlignmentFlag.AlignLeft
    input: QLineEdit

    def __init__(self, field: Number, name: str, parent: QWidget) -> None:
        assert field.scale == 1  # what is typed is the answer
        room = QWidget(parent)
        line = OptionalNumberField(field, room)
        super().__init__(field, name, room, line.textChanged)
        self.input = line
        line.setObjectName(f"{name}-field")
        line.setFixedWidth(_WIDTH_PX)
        line.setAlignment(Qt.AlignmentFlag.AlignRight)
        self._unit = Label(room)
        set_muted(self._unit)
        room.setLayout(across(line, self._unit, 1))
        self._range = field.least, field.most
        self._value: int | None = None

    def offer(self, means: tuple[int, int]) -> None:
        self._range = means

    def show(self, value: int | None) -> None:
        self._value = value
        self.input.setText("" if value is None else str(value))

    def show_news(self, value: int | None) -> None:
        if self.input.hasFocus() and self.problem:
            self._value = value
        else:
            self.show(value)

    @property
    def problem(self) -> str:
        text = self.input.text().strip()
        if not text:
            return ""
        number = _whole(text)
        if number is None:
            return str(_NO_NUMBER)
        least, most = self._range
        # What a machine has already is no mistake of who looks at it.
        if least <= number <= most or number == self._value:
            return ""
        return _NOT_WITHIN.format(least=least, most=most)

    def read(self) -> int | None:
        if not self.problem:
            text = self.input.text().strip()
            self._value = _whole(text) if text else None
        return self._value

    def retranslate(self) -> None:
        super().retranslate()
        self.widget.setAccessibleName(self.spoken)
        self.input.setPlaceholderText(str(self.field.empty))
        self._unit.setText(str(self.field.unit).strip())
        self._unit.setVisible(bool(self._unit.text()))


def _whole(text: str) -> int | None:
    try:
        return Number("", "", least=-(10**18), most=10**18).whole(text)
    except ValueError:
        return None


def number_control(field: Number, name: str, parent: QWidget) -> Control:
    """One that can be empty where that is an answer."""
    return (OptionalNumberControl if field.empty else NumberControl)(field, name, parent)
