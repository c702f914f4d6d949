"""A page that is made of forms: what a person answers goes to the draft, what follows from it comes back."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import Any

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QVBoxLayout, QWidget

from vmgui.commands import creation_means as means
from vmgui.commands.creation_fields import DRAFTED, File
from vmgui.commands.fields import Answers
from vmgui.model.creation import NewDomain
from vmgui.model.offer import HostOffer
from vmgui.ui.creation.file_field import FileControl
from vmgui.ui.creation.page import Page
from vmgui.ui.creation.session import CreationSession, View
from vmgui.ui.kit.form import Form, Kinds, Row
from vmgui.ui.look.theme import SPACE_L
from vmgui.words.note import Note


class FormPage(Page):
    """A subclass builds its forms, and says what they show and what an answer changes."""

    def __init__(self, session: CreationSession, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.forms: list[Form] = []
        self._shown: dict[str, Any] = {}
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(SPACE_L)
        self.build()
        self.column.addStretch(1)

    def build(self) -> None:
        """Make the forms."""
        raise NotImplementedError

    def show_known(self, view: View, new: NewDomain, offer: HostOffer) -> tuple[Answers, Answers]:
        """What stands in the fields, and what can: by the fields' names."""
        raise NotImplementedError

    def changes(self, name: str, value: Any) -> dict[str, Any]:
        """What an answer means for the draft."""
        return {DRAFTED[name]: value}

    def notes(self, view: View) -> Iterable[Note]:
        """What is said under the fields."""
        return means.notes(view.problems)

    def mend(self, name: str) -> None:
        """The button under a field was pressed."""

    def form(self, *rows: Row, **how: Any) -> Form:
        """One more; `how` as Form takes it."""
        kinds: Kinds = {File: partial(FileControl, load=self.session.contents)}
        form = Form("create", rows, self, judge=self._judge, roomy=True, kinds=kinds, **how)
        form.changed.connect(self._on_changed)
        form.fix_wanted.connect(self.mend)
        self.forms.append(form)
        return form

    def first_field(self) -> QWidget:
        return next(iter(self.forms[0].controls.values())).input

    def show_view(self, view: View) -> None:
        if view.new is None or view.offer is None:
            return
        self.show_answers(*self.show_known(view, view.new, view.offer))

    def show_answers(self, answers: Answers, offered: Answers) -> None:
        """Bring all fields in line; tells nobody."""
        for form in self.forms:
            with QSignalBlocker(form):
                for name in offered.keys() & form.controls.keys():
                    form.controls[name].offer(offered[name])
                form.set_answers({name: answers[name] for name in answers.keys() & form.controls.keys()})
                form.judge()
            self._shown |= form.answers()

    def _judge(self, _: Answers) -> Iterable[Note]:
        return self.notes(self.session.view)

    def _on_changed(self) -> None:
        now = {name: value for form in self.forms for name, value in form.answers().items()}
        changed = {name: value for name, value in now.items() if value != self._shown.get(name)}
        self._shown |= changed
        for name, value in changed.items():
            self.session.change(**self.changes(name, value))
