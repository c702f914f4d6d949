"""Something said between fields."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from vmgui.commands.fields import Sentence
from vmgui.ui.kit.fields.control import Control
from vmgui.ui.look.plain import Label
from vmgui.ui.look.theme import set_muted


class SentenceControl(Control):
    """Muted, in as many lines as it needs; its answer is what it is to say in place of its label."""

    is_captioned = False
    input: Label

    def __init__(self, field: Sentence, name: str, parent: QWidget) -> None:
        label = Label(parent)
        super().__init__(field, name, label, None)
        label.setWordWrap(True)
        set_muted(label)
        self._said = ""

    def show(self, value: str) -> None:
        self._said = value
        self.input.setText(value or str(self.field.label))
        self.is_empty = not self.input.text()

    def read(self) -> str:
        return self._said

    def retranslate(self) -> None:
        self.show(self._said)
