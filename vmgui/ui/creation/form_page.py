"""A page that is made of forms: the draft's answers, and what the host offers."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from vmgui.commands import creation_means as means
from vmgui.commands.creation_fields import DRAFTED, File
from vmgui.commands.fields import Answers
from vmgui.model.creation import NewDomain
from vmgui.model.offer import HostOffer
from vmgui.ui.creation.file_field import FileControl
from vmgui.ui.creation.pages import PageId
from vmgui.ui.creation.session import CreationSession, View
from vmgui.ui.kit import form_page
from vmgui.ui.kit.form import Form, Row
from vmgui.words.note import Note


class FormPage(form_page.FormPage):
    """A subclass says which of its fields show what of the new machine."""

    page_id: PageId
    session: CreationSession

    def __init__(self, session: CreationSession, parent: QWidget | None = None) -> None:
        super().__init__("create", self.page_id, session, parent)

    def show_known(self, view: View, new: NewDomain, offer: HostOffer) -> tuple[Answers, Answers]:
        """What stands in the fields, and what can: by the fields' names."""
        raise NotImplementedError

    def changes(self, name: str, value: Any) -> dict[str, Any]:
        """What an answer means for the draft."""
        return {DRAFTED[name]: value}

    def notes(self, view: View) -> Iterable[Note]:
        return means.notes(view.problems)

    def form(self, *rows: Row, **how: Any) -> Form:
        return super().form(*rows, kinds={File: partial(FileControl, load=self.session.contents)}, **how)

    def show_view(self, view: View) -> None:
        if view.new is not None and view.offer is not None:
            self.show_answers(*self.show_known(view, view.new, view.offer))

    def answer(self, changed: Answers) -> None:
        for name, value in changed.items():
            self.session.change(**self.changes(name, value))
