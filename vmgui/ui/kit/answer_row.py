"""The last row of a dialog: to leave it, and to go on."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton

from vmgui.ui.look.theme import SPACE, make_danger, make_primary


class AnswerRow(QHBoxLayout):
    """`name` begins the buttons' object names: -cancel, which rejects the dialog, and -yes, which accepts it.

    Enter says yes; where that loses something it leaves the dialog (`danger`).
    """

    def __init__(self, dialog: QDialog, name: str, yes: str, no: str = "", *, danger: bool = False) -> None:
        super().__init__()
        self.no = QPushButton(no or QCoreApplication.translate("AnswerRow", "Cancel"), dialog)
        self.no.setObjectName(f"{name}-cancel")
        self.no.clicked.connect(dialog.reject)
        self.yes = QPushButton(yes, dialog)
        self.yes.setObjectName(f"{name}-yes")
        self.yes.clicked.connect(dialog.accept)
        (make_danger if danger else make_primary)(self.yes)
        (self.no if danger else self.yes).setDefault(True)
        self.setSpacing(SPACE)
        self.addStretch(1)
        for button in (self.no, self.yes):
            button.setAccessibleName(button.text().replace("&", ""))
            self.addWidget(button)


class CloseRow(QHBoxLayout):
    """The row of a dialog that only tells something."""

    def __init__(self, dialog: QDialog, name: str, text: str) -> None:
        super().__init__()
        self.close = QPushButton(text, dialog)
        self.close.setObjectName(name)
        self.close.setAccessibleName(text)
        self.close.setDefault(True)
        self.close.clicked.connect(dialog.accept)
        self.setSpacing(SPACE)
        self.addStretch(1)
        self.addWidget(self.close)
