"""What ssh asks, as dialogs: a secret, whether this is the right host, yes or no; and notices to touch a key."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QCheckBox, QDialog, QLineEdit, QWidget

from vmgui.model.host import HostConfig
from vmgui.model.ssh import SshPrompt, SshPromptKind
from vmgui.policy.plain_text import visible
from vmgui.services.ssh import SshAnswer, SshQuestion
from vmgui.ui.bridge.dialog_answer import accepted
from vmgui.ui.kit.answer_row import AnswerRow, CloseRow
from vmgui.ui.kit.confirm import confirm
from vmgui.ui.kit.framed import MARK_PX, Framed
from vmgui.ui.look.icons import IconRole, icon
from vmgui.ui.look.message import Message
from vmgui.ui.look.plain import Label, tip
from vmgui.ui.look.theme import make_plain
from vmgui.words.note import Level
from vmgui.words.question import Question

translate = QCoreApplication.translate

_WIDTH_PX = 440
_LONGEST = 400


async def ask_ssh(parent: QWidget | None, question: SshQuestion) -> SshAnswer | None:
    """The person's answer; None: give the login up. A cancelled task closes the dialog."""
    match question.prompt.kind:
        case SshPromptKind.HOST_KEY:
            dialog: QDialog = HostKeyDialog(question, parent)
        case SshPromptKind.CONFIRM:
            return SshAnswer("yes" if await confirm(parent, _yes_or_no(question)) else "no")
        case _:
            dialog = SecretDialog(question, parent)
    if not await accepted(dialog):
        return None
    return dialog.answer() if isinstance(dialog, SecretDialog) else SshAnswer("yes")


class _QuestionDialog(Framed):
    """What it says is partly the host's."""

    def __init__(self, name: str, title: str, icon_name: str, parent: QWidget | None) -> None:
        mark = (icon_name, IconRole.ACCENT, MARK_PX)
        super().__init__(name, title, parent, width_px=_WIDTH_PX, mark=mark, indented=True)

    def line(self, text: str, *, muted: bool = False) -> Label:
        """A line of text below the others."""
        return self.add_text(text[: 4 * _LONGEST], muted=muted)


class SecretDialog(_QuestionDialog):
    """A password, a passphrase, a PIN, a code."""

    def __init__(self, question: SshQuestion, parent: QWidget | None) -> None:
        super().__init__("ssh-secret-dialog", self._title(question), "lock", parent)
        prompt = question.prompt
        self.line(self._words(prompt), muted=True)
        self._message = Message(self)
        self.body.addWidget(self._message)
        if question.was_wrong:
            self._message.tell(self.tr("That was not accepted. Try again."), Level.ERROR)
        self.field = QLineEdit(self)
        self.field.setObjectName("ssh-secret")
        self.field.setEchoMode(QLineEdit.EchoMode.Password)
        self.field.setAccessibleName(self._label(prompt))
        self._look = self.field.addAction(icon("eye"), QLineEdit.ActionPosition.TrailingPosition)
        self._look.setObjectName("ssh-secret-look")
        self._look.setText(self.tr("Show what is typed"))
        self._look.setToolTip(tip(self._look.text()))
        self._look.setCheckable(True)
        self._look.toggled.connect(self._on_look)
        self.body.addWidget(self.field)
        self._remember = QCheckBox(self.tr("Remember it in this computer's keyring"), self)
        self._remember.setObjectName("ssh-remember")
        self._remember.setAccessibleName(self._remember.text())
        self._remember.setVisible(question.can_remember)
        self.body.addWidget(self._remember)
        if prompt.is_lasting:
            self.line(self.tr("You are asked once; vmgui forgets it when it ends."), muted=True).setVisible(
                not question.can_remember
            )
        self.finish(AnswerRow(self, "ssh", self.tr("Log in")))
        self.field.setFocus()

    def answer(self) -> SshAnswer:
        """What was typed."""
        remember = self._remember.isVisibleTo(self) and self._remember.isChecked()
        return SshAnswer(self.field.text(), remember)

    def _on_look(self, on: bool) -> None:
        self.field.setEchoMode(QLineEdit.EchoMode.Normal if on else QLineEdit.EchoMode.Password)

    def _title(self, question: SshQuestion) -> str:
        return self.tr("Log in to {host}").format(host=visible(question.host.name))

    def _words(self, prompt: SshPrompt) -> str:
        match prompt.kind:
            case SshPromptKind.PASSWORD:
                return self.tr("Password of {account}").format(account=visible(prompt.subject))
            case SshPromptKind.PASSPHRASE:
                return self.tr("Passphrase of the SSH key {file}").format(file=visible(prompt.subject))
            case SshPromptKind.PIN:
                return self.tr("PIN of {what}").format(what=visible(prompt.subject))
            case SshPromptKind.OTHER if prompt.subject:
                words = prompt.text.removeprefix(f"({prompt.subject})").strip()
                return self.tr("The host asks {account}, in its own words:\n{words}").format(
                    account=visible(prompt.subject), words=words[:_LONGEST]
                )
            case _:
                return prompt.text[:_LONGEST]

    def _label(self, prompt: SshPrompt) -> str:
        match prompt.kind:
            case SshPromptKind.PASSWORD:
                return self.tr("Password")
            case SshPromptKind.PASSPHRASE:
                return self.tr("Passphrase")
            case SshPromptKind.PIN:
                return self.tr("PIN")
            case _:
                return self.tr("Answer")


class HostKeyDialog(_QuestionDialog):
    """Shows the fingerprint of a host nobody has connected to before; "no" is what Enter does."""

    def __init__(self, question: SshQuestion, parent: QWidget | None) -> None:
        super().__init__("ssh-host-key-dialog", self._title(question), "server", parent)
        prompt = question.prompt
        if prompt.fingerprint:
            self.line(
                self.tr(
                    "You connect to {server} for the first time. Its {type} key has the fingerprint"
                ).format(server=visible(prompt.subject), type=visible(prompt.key_type))
            )
            self.fingerprint = self.line(visible(prompt.fingerprint))
            self.fingerprint.setWordWrap(False)
            self.fingerprint.setObjectName("ssh-fingerprint")
            self.fingerprint.setAccessibleName(self.tr("Fingerprint {text}").format(text=prompt.fingerprint))
            self.fingerprint.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
            self.fingerprint.setTextInteractionFlags(
                Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
            )
        else:
            self.line(prompt.text)
        self.line(
            self.tr(
                "Trust it only if the host's administrator tells you the same one. "
                "It is remembered in known_hosts, and another key will be refused from then on."
            ),
            muted=True,
        )
        buttons = AnswerRow(self, "ssh", self.tr("Trust and connect"), self.tr("Do not connect"), danger=True)
        make_plain(buttons.yes)
        self.finish(buttons)
        buttons.no.setFocus()

    def _title(self, question: SshQuestion) -> str:
        return self.tr("Is this really {host}?").format(host=visible(question.host.name))


class NoticeDialog(_QuestionDialog):
    """Something to do that ssh notices by itself; leaves when it is done."""

    def __init__(self, host: HostConfig, prompt: SshPrompt, parent: QWidget | None) -> None:
        super().__init__("ssh-notice-dialog", self._title(host), "zap", parent)
        self.line(prompt.text[:_LONGEST], muted=True)
        self.finish(CloseRow(self, "ssh-hide", self.tr("Hide")))

    def _title(self, host: HostConfig) -> str:
        return self.tr("Touch your security key to log in to {host}").format(host=visible(host.name))


def _yes_or_no(question: SshQuestion) -> Question:
    return Question(
        title=translate("SecretDialog", "Log in to {host}").format(host=visible(question.host.name)),
        text=question.prompt.text[:_LONGEST],
        confirm_label=translate("SecretDialog", "Yes"),
        cancel_label=translate("SecretDialog", "No"),
        danger=False,
    )
