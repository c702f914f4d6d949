"""Several texts: one on each line."""

from __future__ import annotations

from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy, QWidget

from vmgui.commands.fields import Listed
from vmgui.policy.plain_text import visible
from vmgui.ui.kit.fields.control import Control
from vmgui.ui.look.theme import SPACE
from vmgui.words.say import say

_BAD = say("Form", "Line {number}, “{text}”: {why}")
_CHARS = 60  # of a bad line, in what is said of it


class ListedControl(Control):
    """Its answer is a tuple of str: the lines that are not empty, without the spaces around them.

    While one of them is no answer it is what it was before, and `problem` names the line.
    """

    field: Listed
    is_tall = True
    input: QPlainTextEdit

    def __init__(self, field: Listed, name: str, parent: QWidget) -> None:
        lines = QPlainTextEdit(parent)
        super().__init__(field, name, lines, lines.textChanged)
        lines.setTabChangesFocus(True)
        lines.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        lines.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        lines.setFixedHeight(lines.fontMetrics().lineSpacing() * field.lines + 2 * SPACE)
        self._value: tuple[str, ...] = ()

    def offer(self, means: str) -> None:
        self.why_not = means

    def show(self, value: tuple[str, ...]) -> None:
        self._value = tuple(value or ())
        self.input.setPlainText("\n".join(self._value))

    def show_news(self, value: tuple[str, ...]) -> None:
        if self.input.hasFocus() and self.problem:
            self._value = tuple(value or ())
        else:
            self.show(value)

    @property
    def problem(self) -> str:
        numbers, items = self._typed()
        bad = self.field.bad(items)
        if bad is None:
            return ""
        place, text, why = bad
        return _BAD.format(number=numbers[place - 1], text=visible(text, _CHARS), why=why)

    def read(self) -> tuple[str, ...]:
        items = self._typed()[1]
        if self.field.bad(items) is None:
            self._value = items
        return self._value

    def retranslate(self) -> None:
        super().retranslate()
        self.input.setPlaceholderText(str(self.field.hint))

    def _typed(self) -> tuple[tuple[int, ...], tuple[str, ...]]:
        """The numbers of the lines that are not empty, and the lines."""
        lines = self.input.toPlainText().split("\n")
        found = [(number, line.strip()) for number, line in enumerate(lines, 1) if line.strip()]
        return tuple(number for number, _ in found), tuple(line for _, line in found)
