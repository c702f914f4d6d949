"""The last row of a dialog that asks for something harmless: Cancel, and the answer that Enter gives."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton

from vmgui.ui.look.theme import SPACE, make_primary


class AnswerRow(QHBoxLayout):
    """`name` begins the buttons' object names: -cancel, which rejects the dialog, and -yes, which accepts it."""

    def __init__(self, dialog: QDialog, name: str, text: str) -> None:
        super().__init__()
        cancel = QPushButton(QCoreApplication.translate("AnswerRow", "Cancel"), dialog)
        cancel.setObjectName(f"{name}-cancel")
        cancel.clicked.connect(dialog.reject)
        self.yes = QPushButton(text, dialog)
        self.yes.setObjectName(f"{name}-yes")
        self.yes.setDefault(True)
        self.yes.clicked.connect(dialog.accept)
        make_primary(self.yes)
        self.setSpacing(SPACE)
        self.addStretch(1)
        for button in (cancel, self.yes):
            button.setAccessibleName(button.text())
            self.addWidget(button)
