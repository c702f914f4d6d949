"""Where one form stands at a time: at the left, no wider than is good to read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from vmgui.commands.fields import Answers
from vmgui.ui.kit.form import Form, Judge
from vmgui.ui.kit.page_tabs import follow_in_tab_order
from vmgui.ui.kit.section import Row, Section
from vmgui.ui.look.boxes import across, down
from vmgui.ui.look.theme import FORM_PX, SPACE_L, SPACE_XL
from vmgui.words.say import Say

_ALL = 1000  # of the width, as far as the form's limit lets it


class FormRoom(QWidget):
    """Its form is made anew where the rows are others; it passes on what that says."""

    changed = Signal()
    resized = Signal()
    fix_wanted = Signal(str)
    revert_wanted = Signal(str)
    hasten_wanted = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.form: Form | None = None  # None: there is none, or it is being made
        self._rows: tuple[Row | Section, ...] = ()
        self._across = across(1)
        self.setLayout(down(self._across, 1, around=(SPACE_XL, SPACE_L, SPACE_XL, SPACE_L)))

    def form_of(
        self,
        name: str,
        rows: tuple[Row | Section, ...],
        judge: Judge,
        chips: Sequence[Say],
        offers: Mapping[str, Any],
        answers: Answers,
        *,
        after: QWidget,
    ) -> Form:
        """The one with these rows; Tab leads to it from `after`. Where it cannot be made, no form is left."""
        old = self.form
        if old is not None and rows == self._rows:
            return old
        self.drop()
        try:
            form = Form(
                name, rows, self, judge=judge, roomy=True, chips=chips, offers=offers, answers=answers
            )
        except Exception:
            for half_made in self.findChildren(Form):
                _end(half_made)
            raise
        form.setMaximumWidth(FORM_PX)
        form.changed.connect(self.changed)
        form.resized.connect(self.resized)
        form.fix_wanted.connect(self.fix_wanted)
        form.revert_wanted.connect(self.revert_wanted)
        form.hasten_wanted.connect(self.hasten_wanted)
        if old is not None:
            form.open_as(old.open_folds)
        self._across.insertWidget(0, form, _ALL)
        form.show()  # not only by and by: what is hidden cannot have the keyboard
        follow_in_tab_order(form, after)
        self._rows, self.form = rows, form
        return form

    def drop(self) -> None:
        """Have no form."""
        old, self.form = self.form, None
        if old is not None:
            self._across.removeWidget(old)
            _end(old)


def _end(form: Form) -> None:
    form.hide()
    form.setParent(None)
    form.deleteLater()
