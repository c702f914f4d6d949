"""Asks for a machine's new name and says at once what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtWidgets import QWidget

from vmgui.commands.fields import Answers
from vmgui.commands.lifecycle import RENAME
from vmgui.model.domain import DomainKey
from vmgui.policy.domain_names import name_problem
from vmgui.policy.plain_text import visible
from vmgui.services.services import Services
from vmgui.ui.kit.form_dialog import FormDialog
from vmgui.words.note import Level, Note
from vmgui.words.refusals import name_problem_words
from vmgui.words.say import say

_TITLE = say("Lifecycle", "Rename {name}")
_YES = say("Lifecycle", "Rename")


def rename_dialog(old: str, taken: frozenset[str], parent: QWidget | None) -> FormDialog:
    """One field."""

    def judge(answers: Answers) -> Iterator[Note]:
        name = answers["name"]
        if problem := name_problem(name, taken):
            yield Note("name", name_problem_words(problem, name))
        elif name == old:
            yield Note("name", "", Level.MISSING)

    title = _TITLE.format(name=visible(old))
    start = {"name": old}
    return FormDialog("rename", title, RENAME.fields, parent, yes=str(_YES), judge=judge, start=start)


async def rename(parent: QWidget, services: Services, key: DomainKey) -> None:
    """Ask for a machine's new name, and rename it."""
    domain = services.inventory.domains.get(key)
    if domain is None:
        return
    answers = await rename_dialog(domain.name, services.inventory.other_names(key), parent).ask()
    if answers is not None:
        services.lifecycle.rename(key, answers["name"])
