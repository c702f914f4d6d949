"""The last row of a dialog: to leave it, and to go on."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QDialog, QHBoxLayout

from vmgui.ui.look.boxes import fill
from vmgui.ui.look.button import Button
from vmgui.words.say import say


class AnswerRow(QHBoxLayout):
    """`name` begins the buttons' object names: -cancel, which rejects the dialog, and -yes, which accepts it.

    Enter says yes; where that loses something it leaves the dialog (`danger`). `other`: another way of going on, whose
    button, -other, ends the dialog with OTHER.
    """

    OTHER = 2

    def __init__(
        self, dialog: QDialog, name: str, yes: str, no: str = "", *, danger: bool = False, other: str = ""
    ) -> None:
        super().__init__()
        self._dialog = dialog
        self.no = Button(f"{name}-cancel", no or say("AnswerRow", "Cancel"), dialog)
        self.no.clicked.connect(dialog.reject)
        self.yes = Button(f"{name}-yes", yes, dialog, kind="danger" if danger else "primary")
        self.yes.clicked.connect(dialog.accept)
        (self.no if danger else self.yes).setDefault(True)
        items = [self.no, self.yes]
        if other:
            button = Button(f"{name}-other", other, dialog)
            button.clicked.connect(self._on_other)
            items.insert(1, button)
        fill(self, 1, *items)

    @Slot()
    def _on_other(self) -> None:
        self._dialog.done(self.OTHER)


class CloseRow(QHBoxLayout):
    """The row of a dialog that only tells something."""

    def __init__(self, dialog: QDialog, name: str, text: str) -> None:
        super().__init__()
        self.close = Button(name, text, dialog)
        self.close.setDefault(True)
        self.close.clicked.connect(dialog.accept)
        fill(self, 1, self.close)
