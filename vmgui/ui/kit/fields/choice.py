"""One of several: a list that folds out, and under it what the chosen one means."""

from __future__ import annotations

from enum import Enum

from PySide6.QtWidgets import QComboBox, QWidget

from vmgui.commands.fields import Choice, Option
from vmgui.policy.plain_text import visible
from vmgui.ui.kit.fields.control import Control
from vmgui.ui.kit.plain import Label
from vmgui.ui.look.theme import TextRole, set_muted, set_role

_LEAST_CHARS = 12


class ChoiceControl(Control):
    """Its answer is an option's value; None while there is no option."""

    input: QComboBox

    def __init__(self, field: Choice, name: str, parent: QWidget) -> None:
        box = QComboBox(parent)
        super().__init__(field, name, box, box.currentIndexChanged)
        # A long option is no reason for a wide dialog.
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.setMinimumContentsLength(_LEAST_CHARS)
        self._options: list[Option] = []
        self._hint = Label(parent)
        self._hint.setWordWrap(True)
        set_muted(self._hint)
        set_role(self._hint, TextRole.CAPTION)
        if any(option.hint for option in field.options):
            self.below = self._hint
            self.changed.connect(self._show_hint)
        for option in field.options:
            self.offer(option, len(self._options))

    def offer(self, option: Option, row: int) -> None:
        """One more, which was not known before."""
        self._options.insert(row, option)
        self.input.insertItem(row, visible(str(option.label)), option.value)

    def show(self, value: str | Enum) -> None:
        self.input.setCurrentIndex(max(0, self.input.findData(value)))

    def read(self) -> str | Enum | None:
        return self.input.currentData()

    def retranslate(self) -> None:
        super().retranslate()
        for row, option in enumerate(self._options):
            self.input.setItemText(row, visible(str(option.label)))
        self._show_hint()

    def _show_hint(self) -> None:
        self._hint.setText(str(self._options[self.input.currentIndex()].hint) if self._options else "")
