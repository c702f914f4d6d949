"""What both questions before a deletion have: a head, the sum of what goes, a word to be typed, the safe default."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from vmgui.model.deletion import TYPE_NAME_BYTES
from vmgui.ui.kit.answer_row import AnswerRow
from vmgui.ui.kit.framed import MARK_PX, Framed
from vmgui.ui.look.icons import IconRole
from vmgui.ui.look.plain import Label, is_typed
from vmgui.ui.look.theme import SPACE, TextRole, set_role


class Typing(NamedTuple):
    """What is said at the field in which the person types what is deleted."""

    prompt: str
    accessible_name: str


class DeletionQuestion(Framed):
    """A subclass fills `middle` and tells what would go now."""

    def __init__(self, title_text: str, typing: Typing, parent: QWidget | None) -> None:
        super().__init__("delete-dialog", title_text, parent, mark=("trash-2", IconRole.DANGER, MARK_PX))
        self._word = ""
        self._must_type = False
        self._can_delete = False
        self.title.setObjectName("delete-title")
        self.middle = QVBoxLayout()
        self.middle.setSpacing(SPACE)
        self.body.addLayout(self.middle, 1)
        self._sum = self.add_text("")
        self._sum.setObjectName("delete-sum")
        set_role(self._sum, TextRole.STRONG)
        self._prompt = Label(typing.prompt, self)
        self._typed = QLineEdit(self)
        self._typed.setObjectName("delete-typed")
        self._typed.setAccessibleName(typing.accessible_name)
        self._prompt.setBuddy(self._typed)
        self._typed.textChanged.connect(self._on_typed)
        self.body.addWidget(self._prompt)
        self.body.addWidget(self._typed)
        answers = AnswerRow(self, "delete", "", danger=True)
        self._delete = answers.yes
        self.finish(answers)
        answers.no.setFocus()

    def tell(self, sum_text: str, label: str, going_bytes: int, word: str, *, nothing: bool = False) -> None:
        """What would go now; `word` must be typed if it is much; `nothing`: there is nothing to delete."""
        self._word = word
        self._can_delete = not nothing
        self._sum.setText(sum_text)
        self._delete.relabel(label)
        self._must_type = going_bytes > TYPE_NAME_BYTES
        self._prompt.setVisible(self._must_type)
        self._typed.setVisible(self._must_type)
        self._on_typed()

    def set_prompt(self, text: str) -> None:
        """What is to be typed is another."""
        self._prompt.setText(text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter in the field must not press the default button and close the dialog."""
        if self.focusWidget() is self._typed and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self._delete.isEnabled():
                self._delete.setFocus()
            return
        super().keyPressEvent(event)

    @Slot()
    def _on_typed(self, _text: object = None) -> None:
        typed = is_typed(self._typed.text(), self._word)
        self._delete.setEnabled(self._can_delete and (typed or not self._must_type))
