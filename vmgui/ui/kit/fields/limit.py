"""The most that something may have or do: a number with its unit, or an empty field that says that there is no limit."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QValidator
from PySide6.QtWidgets import QWidget

from vmgui.commands.fields import Limit
from vmgui.commands.fields.amount import Unit
from vmgui.commands.fields.limit import MEASURES, MOST
from vmgui.ui.kit.fields.control import Control
from vmgui.ui.kit.unit_button import UnitButton
from vmgui.ui.look.boxes import across
from vmgui.ui.look.exact_field import ExactField
from vmgui.ui.look.plain import Label
from vmgui.ui.look.theme import set_muted
from vmgui.words import quantities as fmt
from vmgui.words.say import say

_NO_LIMIT = say("Limit", "No limit")
_WIDTH_PX = 160


class LimitField(ExactField):
    """0 is an empty field: no limit."""

    def textFromValue(self, value: float) -> str:
        return super().textFromValue(value) if value else ""

    def valueFromText(self, text: str) -> float:
        return super().valueFromText(text) if text.strip() else 0.0

    def validate(self, text: str, pos: int) -> object:
        if not text.strip():
            return QValidator.State.Acceptable, text, pos
        return super().validate(text, pos)


class LimitPanel(QWidget):
    """Field and unit; says `changed` when a person changed the value."""

    changed = Signal()

    def __init__(self, field: Limit, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.value: int | None = None
        self._measure = MEASURES[field.unit]
        self.exact = LimitField(self)
        self.exact.setObjectName(f"{name}-field")
        self.exact.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.exact.setFixedWidth(_WIDTH_PX)
        self.exact.valueChanged.connect(self._on_field_changed)
        self.unit_button = UnitButton(f"{name}-unit", self._measure.units, self)
        self.unit_button.chosen.connect(self._show_unit)
        self._one_unit = Label(self)
        self._one_unit.setText(self._measure.units[0].label)
        self._one_unit.setVisible(len(self._measure.units) == 1)
        set_muted(self._one_unit)
        self.setLayout(across(self.exact, self._one_unit, self.unit_button))
        self._show_unit(self._measure.units[self._measure.unit])

    def set_value(self, value: int | None) -> None:
        """In a unit that says it exactly; says nothing."""
        self.value = value
        if value is not None and not _is_exact(value, self._unit):
            self._show_unit(
                next((unit for unit in self._measure.units if _is_exact(value, unit)), self._unit)
            )
        else:
            self._show_value()

    def _show_unit(self, unit: Unit) -> None:
        self._unit = unit
        self.unit_button.show_unit(unit)
        with QSignalBlocker(self.exact):
            self.exact.setLocale(fmt.locale())
            self.exact.setDecimals(unit.decimals)
            self.exact.setSingleStep(unit.step)
            self.exact.setRange(0, MOST / unit.factor)
        self._show_value()

    def _show_value(self) -> None:
        with QSignalBlocker(self.exact):
            self.exact.setValue((self.value or 0) / self._unit.factor)

    def _on_field_changed(self, shown: float) -> None:
        value = round(shown * self._unit.factor) or None
        if value != self.value:
            self.value = value
            self.changed.emit()


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

    def read(self) -> int | None:
        return self._panel.value

    def retranslate(self) -> None:
        super().retranslate()
        self.widget.setAccessibleName(self.spoken)
        self._panel.exact.setLocale(fmt.locale())
        self._panel.exact.lineEdit().setPlaceholderText(str(self.field.none_words or _NO_LIMIT))
        self._panel.unit_button.retranslate(self.spoken)


def _is_exact(value: int, unit: Unit) -> bool:
    """Whether the unit's decimals say it whole."""
    return value * 10**unit.decimals % unit.factor == 0
