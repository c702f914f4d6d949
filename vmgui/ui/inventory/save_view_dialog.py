"""Asks what a view is to be called."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from PySide6.QtWidgets import QWidget

from vmgui.commands.fields import Answers, Text
from vmgui.ui.kit.form_dialog import FormDialog
from vmgui.words.note import Level, Note
from vmgui.words.say import say

MAX_CHARS = 60
_TITLE, _YES = say("Views", "Save this view"), say("Views", "Save")
_REPLACES = say("Views", "Replaces the saved view of this name.")
_FIELDS = (Text("name", say("Views", "&Name"), most_chars=MAX_CHARS),)


def save_view_dialog(description: str, taken: Collection[str], parent: QWidget | None) -> FormDialog:
    """One field; a name that is taken replaces that view, and the dialog says so."""

    def judge(answers: Answers) -> Iterator[Note]:
        name = answers["name"].strip()
        if not name:
            yield Note("name", "", Level.MISSING)
        elif name in taken:
            yield Note("name", str(_REPLACES), Level.INFO)

    return FormDialog(
        "save-view", str(_TITLE), _FIELDS, parent, yes=str(_YES), judge=judge, start={}, text=description
    )


async def ask_view_name(parent: QWidget | None, description: str, taken: Collection[str]) -> str:
    """The name; empty: none was given."""
    answers = await save_view_dialog(description, taken, parent).ask()
    return answers["name"].strip() if answers is not None else ""
