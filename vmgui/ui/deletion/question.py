"""What both questions before a deletion have: a head, the sum of what goes, a word to be typed, the safe default."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from vmgui.model.deletion import TYPE_NAME_BYTES
from vmgui.ui.kit.plain import Label, is_typed, window_title
from vmgui.ui.look.icons import IconRole, pixmap
from vmgui.ui.look.theme import SPACE, SPACE_L, SPACE_XL, TextRole, make_danger, set_role


class Typing(NamedTuple):
    """What is said at the field in which the person types what is deleted."""

    prompt: str
    accessible_name: str


class DeletionQuestion(QDialog):
    """A subclass fills `middle` and tells what would go now."""

    def __init__(self, title_text: str, typing: Typing, parent: QWidget | None) -> None:
        super().__init__(parent)
        self._word = ""
        self._must_type = False
        self._can_delete = False
        self.setObjectName("delete-dialog")
        self.setModal(True)
        self.setWindowTitle(window_title(title_text))
        self.middle = QVBoxLayout()
        self.middle.setSpacing(SPACE)
        self._sum = Label(self)
        self._sum.setObjectName("delete-sum")
        self._sum.setWordWrap(True)
        set_role(self._sum, TextRole.STRONG)
        self._prompt = Label(typing.prompt, self)
        self._typed = QLineEdit(self)
        self._typed.setObjectName("delete-typed")
        self._typed.setAccessibleName(typing.accessible_name)
        self._prompt.setBuddy(self._typed)
        self._typed.textChanged.connect(self._on_typed)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACE_XL, SPACE_XL, SPACE_XL, SPACE_L)
        layout.setSpacing(SPACE)
        layout.addLayout(self._head(title_text))
        layout.addLayout(self.middle, 1)
        layout.addWidget(self._sum)
        layout.addWidget(self._prompt)
        layout.addWidget(self._typed)
        layout.addLayout(self._buttons())
        self._cancel.setFocus()

    def tell(self, sum_text: str, label: str, going_bytes: int, word: str, *, nothing: bool = False) -> None:
        """What would go now; `word` must be typed if it is much; `nothing`: there is nothing to delete."""
        self._word = word
        self._can_delete = not nothing
        self._sum.setText(sum_text)
        self._delete.setText(label)
        self._delete.setAccessibleName(label)
        self._must_type = going_bytes > TYPE_NAME_BYTES
        self._prompt.setVisible(self._must_type)
        self._typed.setVisible(self._must_type)
        self._on_typed()

    def set_prompt(self, text: str) -> None:
        """What is to be typed is another."""
        self._prompt.setText(text)

    def _head(self, title_text: str) -> QHBoxLayout:
        mark = Label(self)
        mark.setPixmap(pixmap("trash-2", IconRole.DANGER, 28, self.devicePixelRatioF()))
        title = Label(title_text, self)
        title.setObjectName("delete-title")
        title.setWordWrap(True)
        set_role(title, TextRole.TITLE)
        head = QHBoxLayout()
        head.setSpacing(SPACE_L)
        head.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(title, 1)
        return head

    def _buttons(self) -> QHBoxLayout:
        self._cancel = QPushButton(self.tr("Cancel"), self)
        self._cancel.setObjectName("delete-cancel")
        self._cancel.setDefault(True)
        self._delete = QPushButton(self)
        self._delete.setObjectName("delete-yes")
        make_danger(self._delete)
        self._cancel.setAccessibleName(self._cancel.text())
        self._cancel.clicked.connect(self.reject)
        self._delete.clicked.connect(self.accept)
        buttons = QHBoxLayout()
        buttons.setSpacing(SPACE)
        buttons.addStretch(1)
        buttons.addWidget(self._cancel)
        buttons.addWidget(self._delete)
        return buttons

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
