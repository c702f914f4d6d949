"""A wizard's buttons, and why one of them is grey."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, Signal, SignalInstance
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from vmgui.ui.kit.wizard_steps import Standing, Step, StepNote, WizardWords
from vmgui.ui.look.message import Message
from vmgui.ui.look.plain import tip
from vmgui.ui.look.theme import SPACE, SPACE_L, make_primary
from vmgui.words.note import Level


class WizardFooter(QWidget):
    """Start over, the reason, Cancel, Back, Next and the button that finishes."""

    start_over_wanted = Signal()
    cancel_wanted = Signal()
    back_wanted = Signal()
    next_wanted = Signal()
    finish_wanted = Signal()

    def __init__(self, name: str, words: WizardWords, steps: Sequence[Step], parent: QWidget) -> None:
        """`name` is what the wizard does: the button that does it is called by it."""
        super().__init__(parent)
        self._words, self._steps = words, steps
        self._titles = {step.id: step.title for step in steps}
        self._reason = Message(None, f"{name}-reason", toned=False)
        self._start_over = self._button(f"{name}-start-over", self.start_over_wanted)
        self._start_over.setProperty("kind", "link")
        self._cancel = self._button(f"{name}-cancel", self.cancel_wanted)
        self._back = self._button(f"{name}-back", self.back_wanted)
        self._next = self._button(f"{name}-next", self.next_wanted)
        self.finish_button = self._button(f"{name}-{name}", self.finish_wanted)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(SPACE_L, SPACE_L, SPACE_L, SPACE_L)
        layout.setSpacing(SPACE)
        layout.addWidget(self._start_over)
        layout.addWidget(self._reason, 1, Qt.AlignmentFlag.AlignVCenter)
        layout.addStretch(0)
        for button in (self._cancel, self._back, self._next, self.finish_button):
            layout.addWidget(button)
        self._retranslate()

    def show_standing(self, standing: Standing, row: int) -> None:
        """What can be done on this step, and why not more."""
        step = self._steps[row]
        is_last = row == len(self._steps) - 1
        said = standing.notes if is_last else standing.notes_on(step.id)
        blocking = [note for note in said if note.level.blocks]
        self._start_over.setVisible(standing.is_begun)
        self._back.setEnabled(row > 0)
        self._next.setVisible(not is_last)
        self._next.setEnabled(standing.is_known and not blocking)
        self.finish_button.setEnabled(standing.is_ready)
        self.finish_button.setText(str(self._words.finish if is_last else self._words.finish_now))
        self._mark_primary(self.finish_button if is_last else self._next)
        self._show_reason(standing, step.id)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _button(self, name: str, wanted: SignalInstance) -> QPushButton:
        button = QPushButton(self)
        button.setObjectName(name)
        button.clicked.connect(wanted)
        return button

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
        for button in (self._next, self.finish_button):
            button.setProperty("kind", "")
            button.style().unpolish(button)
            button.style().polish(button)
        make_primary(primary)

    def _retranslate(self) -> None:
        for button, text in (
            (self._start_over, self.tr("Start &over")),
            (self._cancel, self.tr("Cancel")),
            (self._back, self.tr("&Back")),
            (self._next, self.tr("&Next")),
        ):
            button.setText(text)
            button.setAccessibleName(text.replace("&", ""))
        self._cancel.setToolTip(self.tr("Close; your answers are kept"))
        self.finish_button.setAccessibleName(self._words.finish.plain)
        self.finish_button.setToolTip(tip(str(self._words.finish_tip)))
