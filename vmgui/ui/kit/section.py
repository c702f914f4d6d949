"""A part of a form that can be folded away: its title stays, with what is to be known of what is inside."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from vmgui.commands.fields import Field
from vmgui.ui.kit.chip import Chip
from vmgui.ui.look.boxes import Line, across, down
from vmgui.ui.look.button import Button, ElidedButton
from vmgui.ui.look.icons import icon
from vmgui.ui.look.plain import no_key
from vmgui.ui.look.theme import SPACE, SPACE_S
from vmgui.words.mark import Mark
from vmgui.words.note import Level
from vmgui.words.say import Say

Row = Field | tuple[Field, ...]
"""A field with its caption and its notes; or several in columns, none with a caption."""


@dataclass(frozen=True, slots=True)
class Section:
    """`name` ends the objectName of its title, which is the button that folds it. A str as title: words of others.

    `of`: what its fields are about ("vda"); a screen reader then says "Size of vda", since another section has one, too.
    """

    name: str
    title: Say | str
    rows: tuple[Row, ...]
    folded: bool = True  # at first
    of: str = ""
    late: bool = False
    """Its rows are made when it is first opened, where there may be hundreds. Until then its fields are answered as
    `Form.set_answers` says."""


class Fold(QWidget):
    """Says `toggled` when it is opened or closed, be it by what blocks in it."""

    toggled = Signal(bool)

    def __init__(
        self, name: str, closed: Say | str, opened: Say | str, parent: QWidget, *, is_title: bool
    ) -> None:
        """`is_title`: it reads as the title of what is under it, else as a link to that."""
        super().__init__(parent)
        self._words = (closed, opened)
        self._icons = ("chevron-right", "chevron-down") if is_title else ("chevron-down", "chevron-up")
        self._button = ElidedButton(name, closed, self, kind="section" if is_title else "link")
        self._button.setCheckable(True)
        self._button.setIcon(icon(self._icons[False]))
        self._button.toggled.connect(self._on_toggled)
        self._chip = Chip(self)
        head = across(self._button, self._chip, 1)
        self.setLayout(down(Line(self), head, space=SPACE_S, around=(0, SPACE, 0, 0)) if is_title else head)

    @property
    def is_open(self) -> bool:
        """Whether what is in it is shown."""
        return self._button.isChecked()

    @property
    def button(self) -> Button:
        """Tab leads from it to what is inside."""
        return self._button

    def set_open(self, on: bool) -> None:
        """As if by the button."""
        self._button.setChecked(on)

    def show_mark(self, mark: Mark | None) -> None:
        """What is to be known of what is inside, as long as that is not seen."""
        seen = mark is None or self.is_open
        self._chip.tell("" if seen or mark is None else mark.chip, Level.INFO if mark is None else mark.tone)
        self._button.setAccessibleDescription(self._chip.text())

    @Slot(bool)
    def _on_toggled(self, on: bool) -> None:
        self._button.setIcon(icon(self._icons[on]))
        self._button.relabel(self._words[on])
        self.toggled.emit(on)


def section_fold(section: Section, name: str, parent: QWidget) -> Fold:
    """Its title; `name` begins the objectName."""
    title = section.title if isinstance(section.title, Say) else no_key(section.title)
    fold = Fold(f"{name}-{section.name}", title, title, parent, is_title=True)
    fold.set_open(not section.folded)
    return fold
