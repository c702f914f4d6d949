"""Asks what a view is to be called."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QDialog, QLineEdit, QVBoxLayout, QWidget

from vmgui.ui.kit.answer_row import AnswerRow
from vmgui.ui.kit.confirm import show_dialog
from vmgui.ui.kit.plain import Label
from vmgui.ui.look.theme import SPACE, SPACE_L, SPACE_XL, TextRole, set_muted, set_role

MAX_CHARS = 60


class SaveViewDialog(QDialog):
    """One field; a name that is taken replaces that view, and the dialog says so."""

    def __init__(self, description: str, taken: Collection[str], parent: QWidget | None) -> None:
        super().__init__(parent)
        self._taken = frozenset(taken)
        self.setObjectName("save-view-dialog")
        self.setModal(True)
        self.setMinimumWidth(420)
        self.setWindowTitle(self.tr("Save this view"))
        title = Label(self.tr("Save this view"), self)
        set_role(title, TextRole.TITLE)
        what = Label(description, self)
        what.setWordWrap(True)
        set_muted(what)
        label = Label(self.tr("&Name"), self)
        self.field = QLineEdit(self)
        self.field.setObjectName("save-view-name")
        self.field.setAccessibleName(self.tr("Name"))
        self.field.setMaxLength(MAX_CHARS)
        label.setBuddy(self.field)
        self._note = Label(self)
        self._note.setObjectName("save-view-note")
        set_role(self._note, TextRole.CAPTION)
        set_muted(self._note)
        answers = AnswerRow(self, "save-view", self.tr("Save"))
        self._save = answers.yes
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACE_XL, SPACE_XL, SPACE_XL, SPACE_L)
        layout.setSpacing(SPACE)
        for widget in (title, what, label, self.field, self._note):
            layout.addWidget(widget)
        layout.addLayout(answers)
        self.field.textChanged.connect(self._on_text)
        self._on_text("")

    @Slot(str)
    def _on_text(self, text: str) -> None:
        self._save.setEnabled(bool(text.strip()))
        taken = text.strip() in self._taken
        # A space keeps the line's place: the dialog does not jump.
        self._note.setText(self.tr("Replaces the saved view of this name.") if taken else " ")


async def ask_view_name(parent: QWidget | None, description: str, taken: Collection[str]) -> str:
    """The name; empty: none was given."""
    dialog = SaveViewDialog(description, taken, parent)
    try:
        if await show_dialog(dialog) != QDialog.DialogCode.Accepted:
            return ""
        return dialog.field.text().strip()
    finally:
        dialog.deleteLater()
