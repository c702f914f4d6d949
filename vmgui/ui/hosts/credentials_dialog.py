"""Asks what a host wants to know before it lets us in; nothing of it is kept or logged."""

from __future__ import annotations

from PySide6.QtWidgets import (
    QDialog,
    QFormLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from vmgui.hypervisor.credentials import CredentialKind, CredentialRequest
from vmgui.model.host import HostConfig
from vmgui.policy.plain_text import visible
from vmgui.ui.kit.answer_row import AnswerRow
from vmgui.ui.kit.confirm import show_dialog
from vmgui.ui.kit.inline_message import InlineMessage
from vmgui.ui.kit.plain import Label, no_key, window_title
from vmgui.ui.look.theme import SPACE, SPACE_L, SPACE_XL, TextRole, set_muted, set_role

_MOST = 8
_LONGEST = 120


class CredentialsDialog(QDialog):
    """One field for each question."""

    def __init__(
        self,
        host_name: str,
        requests: tuple[CredentialRequest, ...],
        parent: QWidget | None,
        *,
        was_wrong: bool = False,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("credentials-dialog")
        self.setModal(True)
        self.setMinimumWidth(420)
        title_text = self.tr("Log in to {host}").format(host=visible(host_name))
        self.setWindowTitle(window_title(title_text))
        title = Label(title_text, self)
        set_role(title, TextRole.TITLE)
        hint = Label(self.tr("The host asks who you are. Your answers are not kept."), self)
        hint.setWordWrap(True)
        set_muted(hint)
        message = InlineMessage(self)
        if was_wrong:
            message.show_error(self.tr("That was not accepted. Try again."))
        form = QFormLayout()
        form.setSpacing(SPACE)
        self.fields: list[QLineEdit] = []
        for number, request in enumerate(requests[:_MOST]):
            field = QLineEdit(request.default, self)
            field.setObjectName(f"credential-{number}")
            if request.kind is CredentialKind.PASSWORD:
                field.setEchoMode(QLineEdit.EchoMode.Password)
            text = self._words(request)
            field.setAccessibleName(text)
            label = Label(no_key(text), self)
            label.setBuddy(field)
            form.addRow(label, field)
            self.fields.append(field)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACE_XL, SPACE_XL, SPACE_XL, SPACE_L)
        layout.setSpacing(SPACE)
        layout.addWidget(title)
        layout.addWidget(hint)
        layout.addWidget(message)
        layout.addLayout(form)
        layout.addSpacing(SPACE)
        layout.addLayout(AnswerRow(self, "credentials", self.tr("Log in")))

    def _words(self, request: CredentialRequest) -> str:
        match request.kind:
            case CredentialKind.USER_NAME:
                return self.tr("User")
            case CredentialKind.PASSWORD:
                return self.tr("Password")
            case CredentialKind.OTHER:
                return request.prompt[:_LONGEST]


async def ask_credentials(
    parent: QWidget | None,
    config: HostConfig,
    requests: tuple[CredentialRequest, ...],
    *,
    was_wrong: bool = False,
) -> tuple[str | None, ...]:
    """The person's answers; None for each when they gave up."""
    dialog = CredentialsDialog(config.name, requests, parent, was_wrong=was_wrong)
    try:
        if await show_dialog(dialog) != QDialog.DialogCode.Accepted:
            return (None,) * len(requests)
        answers: list[str | None] = [field.text() for field in dialog.fields]
        return (*answers, *(None,) * (len(requests) - len(answers)))
    finally:
        dialog.deleteLater()
