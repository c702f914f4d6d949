"""The most that something may have or do: a number with its unit, or an empty field that says that there is no limit."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from vmgui.commands.fields import Limit
from vmgui.commands.fields.amount import Unit
from vmgui.commands.fields.limit import MEASURES
from vmgui.ui.kit.fields.control import Control
from vmgui.ui.kit.unit_button import UnitButton
from vmgui.ui.look.boxes import across
from vmgui.ui.look.exact_field import ExactField
from vmgui.ui.look.plain import Label
from vmgui.ui.look.theme import set_muted
from vmgui.words.say import say

_NO_LIMIT = say("Limit", "No limit")
_WIDTH_PX = 160


class LimitField(ExactField):
    """0 is an empty field: no limit."""

    def textFromValue(self, value: float) -> str:
        return super().textFromValue(value) if value or self.unread else ""

    def _read(self, text: str) -> tuple[int, Unit | None] | None:
        return super()._read(text) if text.strip() else (0, None)


class LimitPanel(QWidget):
    """Field and unit; says `changed` when a person changed the value."""

    changed = Signal()

    def __init__(self, field: Limit, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        measure = MEASURES[field.unit]
        self.exact = LimitField(measure, self)
        self.exact.setObjectName(f"{name}-field")
        self.exact.setFixedWidth(_WIDTH_PX)
        self.exact.amount_changed.connect(self.changed)
        self.unit_button = UnitButton(f"{name}-unit", measure.units, self)
        self.unit_button.show_unit(self.exact.unit)
        self.unit_button.chosen.connect(self.exact.show_unit)
        self.exact.unit_changed.connect(self.unit_button.show_unit)
        self._one_unit = Label(self)
        self._one_unit.setText(measure.units[0].label)
        self._one_unit.setVisible(len(measure.units) == 1)
        set_muted(self._one_unit)
        self.setLayout(across(self.exact, self._one_unit, self.unit_button))

    @property
    def value(self) -> int | None:
        """None: no limit."""
        return self.exact.amount or None

    def set_value(self, value: int | None, *, keep_typing: bool = False) -> None:
        """Show this value; says nothing. `keep_typing`: what a person is typing stays under the fingers."""
        self.exact.show_amount(value or 0, keep_typing=keep_typing)


class LimitControl(Control):
    """Its answer is an int, or None: no limit."""

    field: Limit
    alignment = Qt.AlignmentFlag.AlignLeft

    def __init__(self, field: Limit, name: str, parent: QWidget) -> None:
        self._panel = LimitPanel(field, name, parent)
        super().__init__(field, name, self._panel, self._panel.changed)
        self.input = self._panel.exact

    def offer(self, means: str) -> None:
        self.why_not = means

    def show(self, value: int | None) -> None:
        self._panel.set_value(value)
        self._panel.changed.emit()

    def show_news(self, value: int | None) -> None:
        self._panel.set_value(value, keep_typing=True)
        self._panel.changed.emit()

    @property
    def problem(self) -> str:
        return self._panel.exact.problem

    def read(self) -> int | None:
        return self._panel.value

    def retranslate(self) -> None:
        super().retranslate()
        self.widget.setAccessibleName(self.spoken)
        self._panel.exact.relocate()
        self._panel.exact.lineEdit().setPlaceholderText(str(self.field.none_words or _NO_LIMIT))
        self._panel.unit_button.retranslate(self.spoken)
