"""Building blocks of the pages: labelled fields, each with a place for messages beneath it."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QVBoxLayout,
    QWidget,
)

from vmgui.model.offer import Problem, ProblemKind, Severity
from vmgui.ui.kit.message import Message
from vmgui.ui.kit.plain import Label
from vmgui.ui.look.theme import SPACE, SPACE_L, SPACE_S, TextRole, set_muted, set_role
from vmgui.words.creation_problems import problem_text
from vmgui.words.note import Level


class FieldMessage(Message):
    """Says the problems of a field in the ink of the page."""

    fix_requested = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent, name, toned=False)
        self.fix_wanted.connect(self.fix_requested)

    def show_problems(self, problems: Iterable[Problem], fix: str = "") -> None:
        """Word the problems of a field; nothing if there are none."""
        found = tuple(problems)
        self.tell("\n".join(problem_text(problem) for problem in found), worst_level(found), fix)


def worst_level(problems: Iterable[Problem]) -> Level:
    """How serious the worst of them is; what is merely not answered yet does not look like a mistake."""
    worst = Level.INFO
    for problem in problems:
        if problem.severity is Severity.ERROR and problem.kind is not ProblemKind.MEDIUM_NOT_CHOSEN:
            return Level.ERROR
        if problem.severity is Severity.WARNING:
            worst = Level.WARNING
    return worst


def page_layout(page: QWidget) -> QVBoxLayout:
    """The vertical layout all pages share."""
    layout = QVBoxLayout(page)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(SPACE_L)
    return layout


def add_field(
    layout: QVBoxLayout, label: Label, field: QWidget, *, buddy: QWidget | None = None, name: str = ""
) -> FieldMessage:
    """A label, the field beneath it and, returned, the message beneath that."""
    label.setBuddy(buddy or field)
    set_role(label, TextRole.STRONG)
    message = FieldMessage(f"{name or (buddy or field).objectName()}-message")
    group = QVBoxLayout()
    group.setSpacing(SPACE_S)
    group.addWidget(label)
    group.addWidget(field)
    group.addWidget(message)
    layout.addLayout(group)
    return message


def caption(name: str) -> Label:
    """A muted, wrapped explanation."""
    label = Label()
    label.setObjectName(name)
    label.setWordWrap(True)
    set_muted(label)
    return label


def indented(widget: QWidget) -> QWidget:
    """A widget beneath a radio button, in line with the button's text."""
    holder = QWidget()
    layout = QHBoxLayout(holder)
    layout.setContentsMargins(SPACE_L + SPACE, 0, 0, 0)
    layout.addWidget(widget)
    return holder


def carded(view: QWidget) -> QFrame:
    """A list or table within a thin rounded line."""
    card = QFrame()
    card.setProperty("card", True)
    layout = QVBoxLayout(card)
    layout.setContentsMargins(SPACE_S, SPACE_S, SPACE_S, SPACE_S)
    layout.addWidget(view)
    return card
