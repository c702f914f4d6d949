"""One of very many: part of its name is typed, and those with it fold out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QCompleter, QWidget

from vmgui.commands.fields import Choice, Option
from vmgui.policy.plain_text import visible
from vmgui.ui.kit.fields.choice import ChoiceControl
from vmgui.ui.kit.fields.control import Control
from vmgui.ui.look.scroll import is_for_the_place
from vmgui.words.say import say

_NONE_OF_THEM = say("Form", "“{text}” is none of the list. Type a part of a name and choose one.")
_CHARS = 60


class SearchBox(QComboBox):
    """A choice in whose line one types; it takes nothing that is not in its list."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.finder = QCompleter(self.model(), self)
        self.finder.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.finder.setFilterMode(Qt.MatchFlag.MatchContains)
        self.finder.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        self.setCompleter(self.finder)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if not is_for_the_place(self, event):
            super().wheelEvent(event)


class SearchControl(ChoiceControl):
    """Its answer is the option last chosen; while what is typed is none, `problem` says so."""

    def make_box(self, parent: QWidget) -> QComboBox:
        return SearchBox(parent)

    def __init__(self, field: Choice, name: str, parent: QWidget) -> None:
        super().__init__(field, name, parent)
        self.changed = self.input.editTextChanged
        line = self.input.lineEdit()
        assert line is not None
        line.textEdited.connect(self._on_typed)
        line.setObjectName(f"{name}-text")

    def offer(self, means: Sequence[Option]) -> None:
        text, problem = self.input.currentText(), self.problem
        super().offer(means)
        if problem and self.input.hasFocus():
            with QSignalBlocker(self.input):
                self.input.setEditText(text)

    def show(self, value: Any) -> None:
        super().show(value)
        # The same row again says nothing, yet something else may be typed.
        row = self.input.currentIndex()
        text = self.input.itemText(row) if row >= 0 else ""
        if self.input.currentText() != text:
            self.input.setEditText(text)

    def show_news(self, value: Any) -> None:
        if not (self.problem and self.input.hasFocus()):
            self.show(value)

    @property
    def problem(self) -> str:
        text = self.input.currentText()
        row = self.input.currentIndex()
        if row >= 0 and self.input.itemText(row) == text:
            return ""
        found = self._row_of(text)
        if found >= 0 and self._options[found].why_not:
            return str(self._options[found].why_not)
        return _NONE_OF_THEM.format(text=visible(text, _CHARS)) if found < 0 and self._options else ""

    def retranslate(self) -> None:
        super().retranslate()
        line = self.input.lineEdit()
        if line is not None:
            line.setAccessibleName(self.spoken)

    def _on_typed(self, text: str) -> None:
        row = self._row_of(text)
        if row >= 0 and not self._options[row].why_not and row != self.input.currentIndex():
            self.input.setCurrentIndex(row)

    def _row_of(self, text: str) -> int:
        typed = text.strip().casefold()
        labels = (visible(str(option.label)).casefold() for option in self._options)
        return next((row for row, label in enumerate(labels) if label == typed), -1)


def choice_control(field: Choice, name: str, parent: QWidget) -> Control:
    """One to type in, where there are very many options."""
    return (SearchControl if field.is_long else ChoiceControl)(field, name, parent)
