"""A dialog that is one form: what is wrong is said while it is filled in, and the answer waits for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeVar

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QWidget

from vmgui.commands.command import Acts, Dialog, HostCommand, MachineCommand
from vmgui.commands.fields import Answers
from vmgui.policy.plain_text import visible
from vmgui.ui.bridge.dialog_answer import accepted
from vmgui.ui.kit.answer_row import AnswerRow
from vmgui.ui.kit.form import Form, Judge, Row
from vmgui.ui.kit.framed import Framed

T = TypeVar("T")


class FormDialog(Framed):
    """`name` begins the objectNames of all that is in it."""

    def __init__(
        self,
        name: str,
        title: str,
        rows: Sequence[Row],
        parent: QWidget | None,
        *,
        yes: str,
        judge: Judge,
        start: Mapping[str, object],
        text: str = "",
    ) -> None:
        """`start`: the answers it shows first; `text`: what it is about."""
        super().__init__(f"{name}-dialog", title, parent)
        if text:
            self.add_text(text, muted=True)
        self.form = Form(name, rows, self, judge=judge)
        self.body.addWidget(self.form)
        self.body.addStretch(1)
        answers = AnswerRow(self, name, yes)
        self._yes = answers.yes
        self.finish(answers)
        self.form.changed.connect(self._on_changed)
        self.form.show_answers(start)
        # As by the Tab key: what it says already is selected, to be typed over.
        next(iter(self.form.controls.values())).input.setFocus(Qt.FocusReason.TabFocusReason)
        self._on_changed()

    async def ask(self) -> Answers | None:
        """The person's answers; None: they left it."""
        return self.form.answers() if await accepted(self) else None

    @Slot()
    def _on_changed(self) -> None:
        self._yes.setEnabled(self.form.obstacle is None)


def command_dialog(
    command: MachineCommand | HostCommand,
    dialog: Dialog[T],
    acts: Acts,
    target: T,
    called: str,
    parent: QWidget | None,
) -> FormDialog:
    """Asks for a command's fields, judged by what is known while it is open."""
    return FormDialog(
        command.name,
        dialog.title.format(name=visible(called)),
        command.fields,
        parent,
        yes=str(dialog.yes),
        judge=lambda answers: dialog.judge(acts, target, answers),
        start=dialog.start(acts, target),
    )
