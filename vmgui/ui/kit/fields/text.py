"""A text: in one line or in several."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QSizePolicy, QWidget

from vmgui.commands.fields import Text
from vmgui.ui.kit.fields.control import Control
from vmgui.ui.look.theme import SPACE


class TextControl(Control):
    """One line."""

    field: Text
    input: QLineEdit

    def __init__(self, field: Text, name: str, parent: QWidget) -> None:
        line = QLineEdit(parent)
        super().__init__(field, name, line, line.textChanged)
        if field.most_chars:
            line.setMaxLength(field.most_chars)
        if field.secret:
            line.setEchoMode(QLineEdit.EchoMode.Password)

    def show(self, value: str) -> None:
        self.input.setText(value)

    def read(self) -> str:
        return self.input.text()

    def retranslate(self) -> None:
        super().retranslate()
        self.input.setPlaceholderText(str(self.field.hint))


class LinesControl(Control):
    """Several lines; Tab goes on to the next field."""

    is_tall = True
    field: Text
    input: QPlainTextEdit

    def __init__(self, field: Text, name: str, parent: QWidget) -> None:
        lines = QPlainTextEdit(parent)
        super().__init__(field, name, lines, lines.textChanged)
        lines.setTabChangesFocus(True)
        lines.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        lines.setFixedHeight(lines.fontMetrics().lineSpacing() * field.lines + 2 * SPACE)

    def show(self, value: str) -> None:
        self.input.setPlainText(value)

    def read(self) -> str:
        text = self.input.toPlainText()
        return text[: self.field.most_chars] if self.field.most_chars else text

    def retranslate(self) -> None:
        super().retranslate()
        self.input.setPlaceholderText(str(self.field.hint))


def text_control(field: Text, name: str, parent: QWidget) -> Control:
    """As many lines as the field says."""
    return (LinesControl if field.lines > 1 else TextControl)(field, name, parent)
