"""A line at the bottom of a form while it differs from what is so: what will happen, and the buttons for it.

What would happen unfolds above the line, so that the buttons stay where they are.
"""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from vmgui.ui.kit.preview import PreviewPane
from vmgui.ui.look.boxes import Cell, Line, across, down
from vmgui.ui.look.button import Button
from vmgui.ui.look.icons import icon
from vmgui.ui.look.message import Message
from vmgui.ui.look.plain import ElidedLabel
from vmgui.ui.look.theme import FORM_PX, SPACE, SPACE_XL
from vmgui.words.note import Level, Note
from vmgui.words.say import Say, say

_APPLY, _HINT = say("ApplyStrip", "&Apply"), say("ApplyStrip", "Apply (Ctrl+S)")
_ALL = 1000  # of the width, as far as the form above has it


class ApplyStrip(QWidget):
    """Hidden while nothing differs. `preview_wanted`: the preview was opened, or closed."""

    apply_asked = Signal()
    discard_asked = Signal()
    preview_wanted = Signal(bool)
    fix_wanted = Signal(str)  # the field of the note whose button was pressed

    def __init__(self, name: str, parent: QWidget | None = None, *, most_px: int = FORM_PX) -> None:
        """`most_px`: how wide it gets, as wide as the form above."""
        super().__init__(parent)
        self.setObjectName(name)
        self.preview = PreviewPane(f"{name}-preview-pane", self)
        self._note = Message(self, f"{name}-note")
        self._note.fix_wanted.connect(self.fix_wanted)
        self._busy = Message(self, f"{name}-busy")
        self._summary = ElidedLabel(self)
        self._summary.setObjectName(f"{name}-summary")
        self._fold = Button(f"{name}-preview", say("ApplyStrip", "&Preview"), self, kind="link")
        self._fold.setCheckable(True)
        self._fold.setIcon(icon("chevron-up"))
        self._fold.toggled.connect(self._on_fold)
        self._discard = Button(f"{name}-discard", say("ApplyStrip", "&Discard"), self)
        self._discard.clicked.connect(self.discard_asked)
        self._apply = Button(f"{name}-apply", _APPLY, self, hint=_HINT, kind="primary")
        QShortcut(QKeySequence("Ctrl+S"), self, self._apply.click)
        self._apply.clicked.connect(self.apply_asked)
        row = across(Cell(self._summary, 1), Cell(self._busy, 1), self._fold, self._discard, self._apply)
        inside = QWidget(self)
        inside.setMaximumWidth(most_px)
        inside.setLayout(down(self.preview, self._note, row))
        place = across(Cell(inside, _ALL), 1, around=(SPACE_XL, SPACE, SPACE_XL, SPACE))
        self.setLayout(down(Line(self), place, space=0))
        self.preview.hide()
        self.hide()

    @property
    def is_preview_open(self) -> bool:
        """Whether a preview is wanted as long as something differs."""
        return self._fold.isChecked()

    def call_apply(self, text: Say = _APPLY, hint: Say = _HINT) -> None:
        """What stands on the button that does it."""
        self._apply.relabel(text, hint)

    def show_state(
        self, summary: str, *, can_apply: bool, is_busy: bool = False, note: Note | None = None
    ) -> None:
        """What will happen; empty: nothing differs. `is_busy`: it is being done. `note`: what keeps it from being done."""
        can_apply = can_apply and not is_busy
        leaving = [*([self._discard] if is_busy else []), *([] if can_apply else [self._apply])]
        self._keep_keyboard(leaving, is_going=not summary)
        self._summary.setText(summary)
        self._summary.setVisible(not is_busy)
        self._busy.tell(summary if is_busy else "", Level.BUSY)
        self._note.show_note(note)
        self._apply.setEnabled(can_apply)
        self._discard.setEnabled(not is_busy)
        if note is not None:
            # Another button of this name stands under the field.
            spoken = self.tr("To apply: {fix}").format(fix=note.fix.replace("&", ""))
            self._note.fix_button.setAccessibleName(spoken)
        self.setVisible(bool(summary))

    def clear(self) -> None:
        """Nothing differs; a preview is of nothing then."""
        self.show_state("", can_apply=False)
        self.preview.clear()

    def _keep_keyboard(self, leaving: Collection[QWidget], *, is_going: bool) -> None:
        """It stays here, or with the form above: Qt hands it on to what comes behind this."""
        focused = self.window().focusWidget()
        if focused is None or not self.isAncestorOf(focused):
            return
        if is_going or focused in leaving:
            self._fold.setFocus()
        if is_going:
            self.preview.hide()  # else it would be the next on the way to the form
            self.focusPreviousChild()
            self.preview.setVisible(self.is_preview_open)

    @Slot(bool)
    def _on_fold(self, on: bool) -> None:
        self._fold.setIcon(icon("chevron-down" if on else "chevron-up"))
        self.preview.setVisible(on)
        self.preview_wanted.emit(on)
