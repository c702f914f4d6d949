"""Asks what a host wants to know before it lets us in; nothing of it is kept or logged."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from vmgui.commands.fields import Text
from vmgui.hypervisor.credentials import CredentialKind, CredentialRequest
from vmgui.model.host import HostConfig
from vmgui.policy.plain_text import visible
from vmgui.ui.bridge.dialog_answer import accepted
from vmgui.ui.kit.answer_row import AnswerRow
from vmgui.ui.kit.form import Form
from vmgui.ui.kit.framed import Framed
from vmgui.ui.look.message import Message
from vmgui.words.note import Level
from vmgui.words.say import Say, say

_MOST = 8
_LONGEST = 120


class CredentialsDialog(Framed):
    """One field for each question."""

    def __init__(
        self,
        host_name: str,
        requests: tuple[CredentialRequest, ...],
        parent: QWidget | None,
        *,
        was_wrong: bool = False,
    ) -> None:
        title = self.tr("Log in to {host}").format(host=visible(host_name))
        super().__init__("credentials-dialog", title, parent)
        self.add_text(self.tr("The host asks who you are. Your answers are not kept."), muted=True)
        message = Message(self)
        self.body.addWidget(message)
        if was_wrong:
            message.tell(self.tr("That was not accepted. Try again."), Level.ERROR)
        asked = {str(number): request for number, request in enumerate(requests[:_MOST])}
        rows = [
            Text(name, _label(request), secret=request.kind is CredentialKind.PASSWORD)
            for name, request in asked.items()
        ]
        self.form = Form("credential", rows, self, beside=True)
        self.form.show_answers({name: request.default for name, request in asked.items()})
        self.body.addWidget(self.form)
        self.finish(AnswerRow(self, "credentials", self.tr("Log in")))


def _label(request: CredentialRequest) -> Say | str:
    match request.kind:
        case CredentialKind.USER_NAME:
            return say("CredentialsDialog", "User")
        case CredentialKind.PASSWORD:
            return say("CredentialsDialog", "Password")
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
    answers = list(dialog.form.answers().values()) if await accepted(dialog) else []
    return (*answers, *(None,) * (len(requests) - len(answers)))
