"""Asks for the display's own password, in place of the picture."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtWidgets import QFormLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from vmgui.console.rfb.events import CredentialsNeeded
from vmgui.ui.look.plain import Label
from vmgui.ui.look.theme import SPACE_L, TextRole, make_primary, set_muted, set_role


class PasswordPage(QWidget):
    """User and password fields; the password is forgotten as soon as it is sent."""

    answered = Signal(object)  # (password, user)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = Label(self)
        set_role(self._title, TextRole.TITLE)
        self._note = Label(self)
        self._note.setObjectName("console-password-note")
        self._note.setWordWrap(True)
        set_muted(self._note)
        self._user_label, self._user = Label(self), QLineEdit(self)
        self._user.setObjectName("console-user")
        self._user_label.setBuddy(self._user)
        self._password_label, self._password = Label(self), QLineEdit(self)
        self._password.setObjectName("console-password")
        self._password.setEchoMode(QLineEdit.EchoMode.Password)
        self._password.returnPressed.connect(self._on_answer)
        self._password_label.setBuddy(self._password)
        self._show = QPushButton(self)
        self._show.setObjectName("console-log-in")
        self._show.clicked.connect(self._on_answer)
        make_primary(self._show)
        form = QFormLayout()
        form.addRow(self._user_label, self._user)
        form.addRow(self._password_label, self._password)
        box = QWidget(self)
        box.setMaximumWidth(440)
        column = QVBoxLayout(box)
        column.setSpacing(SPACE_L)
        column.addWidget(self._title)
        column.addWidget(self._note)
        column.addLayout(form)
        column.addWidget(self._show, 0, Qt.AlignmentFlag.AlignRight)
        outer = QVBoxLayout(self)
        outer.addStretch(2)
        outer.addWidget(box, 0, Qt.AlignmentFlag.AlignHCenter)
        outer.addStretch(3)
        self._retranslate()

    def ask(self, wanted: CredentialsNeeded, *, is_private: bool) -> None:
        """Show the fields the server wants; `is_private`: the way there is, whatever the server encrypts."""
        for widget in (self._user_label, self._user):
            widget.setVisible(wanted.username)
        self._note.setVisible(not (wanted.encrypted or is_private))
        self._password.clear()
        (self._user if wanted.username else self._password).setFocus()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        self._title.setText(self.tr("This screen is protected by a password"))
        self._note.setText(
            self.tr("The connection to it is not encrypted: others on the network may see what you see.")
        )
        self._user_label.setText(self.tr("&User"))
        self._password_label.setText(self.tr("&Password"))
        self._show.setText(self.tr("Show the screen"))
        self._user.setAccessibleName(self.tr("User"))
        self._password.setAccessibleName(self.tr("Password"))
        self._show.setAccessibleName(self._show.text())

    @Slot()
    def _on_answer(self) -> None:
        password = self._password.text()
        self._password.clear()
        self.answered.emit((password, self._user.text()))
