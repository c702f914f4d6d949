"""A wizard's page that is made of forms: what a person answers goes to the session, what follows comes back."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QWidget

from vmgui.commands.fields import Answers
from vmgui.ui.kit.form import Form, Row
from vmgui.ui.kit.wizard_steps import StepPage, WizardSession
from vmgui.ui.look.boxes import down
from vmgui.ui.look.theme import SPACE_L
from vmgui.words.note import Note


class FormPage(StepPage):
    """A subclass builds its forms, and says what they show and what an answer changes."""

    def __init__(self, wizard: str, step: str, session: WizardSession, parent: QWidget | None = None) -> None:
        """`wizard` is what it does, and begins the objectNames of the fields."""
        super().__init__(f"{wizard}-page-{step}", session, parent)
        self._wizard = wizard
        self.forms: list[Form] = []
        self._shown: dict[str, Any] = {}
        self.column = down(space=SPACE_L)
        self.setLayout(self.column)
        self.build()
        self.column.addStretch(1)

    def build(self) -> None:
        """Make the forms."""
        raise NotImplementedError

    def answer(self, changed: Answers) -> None:
        """A person answered this."""
        raise NotImplementedError

    def notes(self, view: Any) -> Iterable[Note]:
        """What is said under the fields."""
        raise NotImplementedError

    def mend(self, name: str) -> None:
        """The button under a field was pressed."""

    def form(self, *rows: Row, **how: Any) -> Form:
        """One more; `how` as Form takes it."""
        form = Form(
            self._wizard, rows, self, judge=lambda _: self.notes(self.session.view), roomy=True, **how
        )
        form.changed.connect(self._on_changed)
        form.fix_wanted.connect(self.mend)
        self.forms.append(form)
        return form

    def first_field(self) -> QWidget | None:
        return next(iter(self.forms[0].controls.values())).input

    def show_answers(self, answers: Answers, offered: Answers) -> None:
        """Bring all fields in line, with what they can be answered with; tells nobody."""
        for form in self.forms:
            with QSignalBlocker(form):
                for name in offered.keys() & form.controls.keys():
                    form.controls[name].offer(offered[name])
                form.set_answers({name: answers[name] for name in answers.keys() & form.controls.keys()})
                form.judge()
            self._shown |= form.answers()

    def _on_changed(self) -> None:
        now = {name: value for form in self.forms for name, value in form.answers().items()}
        changed = {name: value for name, value in now.items() if value != self._shown.get(name)}
        self._shown |= changed
        self.answer(changed)
