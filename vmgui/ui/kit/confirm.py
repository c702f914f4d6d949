"""Questions with two answers, or three; the safe one is the default."""

from __future__ import annotations

from enum import Enum

from PySide6.QtCore import Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QLineEdit, QSizePolicy, QWidget

from vmgui.policy.plain_text import TEXT_CHARS, visible
from vmgui.ui.bridge.dialog_answer import accepted, show_dialog
from vmgui.ui.kit.answer_row import AnswerRow
from vmgui.ui.kit.framed import MARK_PX, Framed
from vmgui.ui.look.icons import IconRole
from vmgui.ui.look.plain import Label, is_typed, no_key
from vmgui.words.question import Question

_WIDTH_PX = 460


class ConfirmDialog(Framed):
    """Asks one question."""

    def __init__(self, question: Question, parent: QWidget | None) -> None:
        name, role = (
            ("triangle-alert", IconRole.DANGER) if question.danger else ("circle-help", IconRole.ACCENT)
        )
        title, mark = visible(question.title, TEXT_CHARS), (name, role, MARK_PX)
        super().__init__("confirm-dialog", title, parent, width_px=_WIDTH_PX, mark=mark, indented=True)
        self._question = question
        self.title.setObjectName("confirm-title")
        self._texts: list[Label] = []
        for text, muted in ((question.text, False), (question.consequence, True)):
            if text:
                label = self.add_text(text, muted=muted)
                label.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
                self._texts.append(label)
        typed = self._typing(question.typed_name) if question.typed_name else None
        answers = AnswerRow(
            self,
            "confirm",
            question.confirm_label,
            question.cancel_label,
            danger=question.danger,
            other=question.other_label,
        )
        self._confirm = answers.yes
        self._confirm.setEnabled(typed is None)
        self.finish(answers)
        (typed or (answers.no if question.danger else answers.yes)).setFocus()
        self.setAccessibleDescription(" ".join(filter(None, (question.text, question.consequence))))

    def showEvent(self, event: QShowEvent) -> None:
        # A layout's hint does not ask how high wrapped lines are at the width that they get.
        layout = self.layout()
        if layout is not None:
            layout.activate()
            for label in self._texts:
                label.setMinimumHeight(label.heightForWidth(label.width()))
            layout.activate()
            needed = max(layout.totalHeightForWidth(self.width()), layout.totalSizeHint().height())
            self.resize(self.width(), max(self.height(), needed))
        super().showEvent(event)

    def _typing(self, name: str) -> QLineEdit:
        prompt = Label(self.tr("Type {name} to go on:").format(name=no_key(name)), self)
        typed = QLineEdit(self)
        typed.setObjectName("confirm-typed")
        typed.setAccessibleName(prompt.text().replace("&&", "&"))
        prompt.setBuddy(typed)
        typed.textChanged.connect(self._on_typed)
        self.body.addWidget(prompt)
        self.body.addWidget(typed)
        return typed

    @Slot(str)
    def _on_typed(self, text: str) -> None:
        self._confirm.setEnabled(is_typed(text, self._question.typed_name))


class Answer(Enum):
    """What a person answered."""

    NO = QDialog.DialogCode.Rejected.value
    YES = QDialog.DialogCode.Accepted.value
    OTHER = AnswerRow.OTHER


async def choose(parent: QWidget | None, question: Question) -> Answer:
    """Ask a question with another way of going on, and wait for the answer."""
    dialog = ConfirmDialog(question, parent)
    try:
        return Answer(await show_dialog(dialog))
    finally:
        dialog.deleteLater()


async def confirm(parent: QWidget | None, question: Question) -> bool:
    """Ask and wait for the answer; the event loop goes on meanwhile."""
    return await accepted(ConfirmDialog(question, parent))
