"""Asks for a machine's new name and says at once what is wrong with it."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QDialog, QLineEdit, QVBoxLayout, QWidget

from vmgui.model.domain import DomainKey
from vmgui.policy.lifecycle import name_problem
from vmgui.policy.plain_text import visible
from vmgui.services.services import Services
from vmgui.ui.kit.answer_row import AnswerRow
from vmgui.ui.kit.confirm import show_dialog
from vmgui.ui.kit.inline_message import InlineMessage
from vmgui.ui.kit.plain import Label, window_title
from vmgui.ui.look.theme import SPACE, SPACE_L, SPACE_XL, TextRole, set_role
from vmgui.words.refusals import name_problem_words


class RenameDialog(QDialog):
    """One field."""

    def __init__(self, name: str, taken: frozenset[str], parent: QWidget | None) -> None:
        super().__init__(parent)
        self._taken = taken
        self._old = name
        self.setObjectName("rename-dialog")
        self.setModal(True)
        self.setMinimumWidth(420)
        title_text = self.tr("Rename {name}").format(name=visible(name))
        self.setWindowTitle(window_title(title_text))
        title = Label(title_text, self)
        title.setWordWrap(True)
        set_role(title, TextRole.TITLE)
        label = Label(self.tr("&New name"), self)
        self.field = QLineEdit(name, self)
        self.field.setObjectName("rename-name")
        self.field.setAccessibleName(self.tr("New name"))
        self.field.selectAll()
        label.setBuddy(self.field)
        self._problem = InlineMessage(self)
        answers = AnswerRow(self, "rename", self.tr("Rename"))
        self._rename = answers.yes
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACE_XL, SPACE_XL, SPACE_XL, SPACE_L)
        layout.setSpacing(SPACE)
        layout.addWidget(title)
        layout.addSpacing(SPACE)
        layout.addWidget(label)
        layout.addWidget(self.field)
        layout.addWidget(self._problem)
        layout.addSpacing(SPACE)
        layout.addLayout(answers)
        self.field.textChanged.connect(self._on_text)
        self._on_text(name)

    @Slot(str)
    def _on_text(self, text: str) -> None:
        problem = name_problem(text, self._taken)
        if problem is None:
            self._problem.clear()
        else:
            self._problem.show_error(name_problem_words(problem, text))
        self._rename.setEnabled(problem is None and text != self._old)


async def rename(parent: QWidget, services: Services, key: DomainKey) -> None:
    """Ask for a machine's new name, and rename it."""
    domain = services.inventory.domains.get(key)
    if domain is None:
        return
    others = services.inventory.domains_of(key.host_id)
    taken = frozenset(other.name for other in others if other.key != key)
    dialog = RenameDialog(domain.name, taken, parent)
    try:
        if await show_dialog(dialog) != QDialog.DialogCode.Accepted:
            return
        name = dialog.field.text()
    finally:
        dialog.deleteLater()
    if name != domain.name:
        services.lifecycle.rename(key, name)
