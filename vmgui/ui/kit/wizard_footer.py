"""A wizard's buttons, and why one of them is grey."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget

from vmgui.ui.kit.wizard_steps import Standing, Step, StepNote, WizardWords
from vmgui.ui.look.boxes import Cell, across
from vmgui.ui.look.button import Button
from vmgui.ui.look.message import Message
from vmgui.ui.look.theme import SPACE_L, make_plain, make_primary
from vmgui.words.note import Level
from vmgui.words.say import say


class WizardFooter(QWidget):
    """Start over, the reason, Cancel, Back, Next and the button that finishes."""

    def __init__(self, name: str, words: WizardWords, steps: Sequence[Step], parent: QWidget) -> None:
        """`name` is what the wizard does: the button that does it is called by it."""
        super().__init__(parent)
        self._words, self._steps = words, steps
        self._titles = {step.id: step.title for step in steps}
        self._reason = Message(None, f"{name}-reason", toned=False)
        self.start_over = Button(f"{name}-start-over", say("WizardFooter", "Start &over"), self, kind="link")
        kept = say("WizardFooter", "Close; your answers are kept")
        self.cancel = Button(f"{name}-cancel", say("WizardFooter", "Cancel"), self, hint=kept)
        self.back = Button(f"{name}-back", say("WizardFooter", "&Back"), self)
        self.next = Button(f"{name}-next", say("WizardFooter", "&Next"), self)
        self.finish = Button(f"{name}-{name}", words.finish, self, spoken=words.finish, hint=words.finish_tip)
        reason = Cell(self._reason, 1, Qt.AlignmentFlag.AlignVCenter)
        buttons = (self.cancel, self.back, self.next, self.finish)
        self.setLayout(
            across(self.start_over, reason, 0, *buttons, around=(SPACE_L, SPACE_L, SPACE_L, SPACE_L))
        )

    def show_standing(self, standing: Standing, row: int) -> None:
        """What can be done on this step, and why not more."""
        step = self._steps[row]
        is_last = row == len(self._steps) - 1
        said = standing.notes if is_last else standing.notes_on(step.id)
        blocking = [note for note in said if note.level.blocks]
        self.start_over.setVisible(standing.is_begun)
        self.back.setEnabled(row > 0)
        self.next.setVisible(not is_last)
        self.next.setEnabled(standing.is_known and not blocking)
        self.finish.setEnabled(standing.is_ready)
        self.finish.relabel(self._words.finish if is_last else self._words.finish_now)
        self._mark_primary(self.finish if is_last else self.next)
        self._show_reason(standing, step.id)

    def _show_reason(self, standing: Standing, step: str) -> None:
        """In full where the page itself does not say it already."""
        first = next((note for note in standing.notes if note.level.blocks), None)
        if any(note.level is Level.ERROR for note in standing.notes_on(step)):
            self._reason.tell(self.tr("Mend what is marked to go on."), Level.ERROR)
        elif first is not None:
            self._reason.tell(self._text(first, step), first.level)
        elif standing.busy:
            self._reason.tell(standing.busy, Level.BUSY)
        else:
            self._reason.clear()

    def _text(self, note: StepNote, step: str) -> str:
        if note.step == step:
            return note.text
        return self.tr("{step}: {problem}").format(step=self._titles[note.step], problem=note.text)

    def _mark_primary(self, primary: QPushButton) -> None:
        """Give one button the accent and the Enter key."""
        if primary.property("kind") == "primary":
            return
        # A button that has the focus is the default already, but would not be again after losing it.
        primary.setDefault(False)
        primary.setDefault(True)
        for button in (self.next, self.finish):
            make_plain(button)
        make_primary(primary)
