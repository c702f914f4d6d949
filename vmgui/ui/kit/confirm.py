"""Questions: a dialog shown with open() and awaited, never a nested event loop; the safe answer is the default."""

from __future__ import annotations

import asyncio

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from vmgui.policy.plain_text import TEXT_CHARS, visible
from vmgui.ui.kit.plain import Label, is_typed, no_key, window_title
from vmgui.ui.look.icons import IconRole, pixmap
from vmgui.ui.look.theme import (
    SPACE,
    SPACE_L,
    SPACE_XL,
    TextRole,
    make_danger,
    make_primary,
    set_muted,
    set_role,
)
from vmgui.words.question import Question

_WIDTH_PX = 460
_ICON_PX = 28


class ConfirmDialog(QDialog):
    """Asks one question."""

    def __init__(self, question: Question, parent: QWidget | None) -> None:
        super().__init__(parent)
        self._question = question
        self.setObjectName("confirm-dialog")
        self.setWindowTitle(window_title(question.title))
        self.setModal(True)
        self.setMinimumWidth(_WIDTH_PX)
        mark = Label(self)
        name, role = (
            ("triangle-alert", IconRole.DANGER) if question.danger else ("circle-help", IconRole.ACCENT)
        )
        mark.setPixmap(pixmap(name, role, _ICON_PX, self.devicePixelRatioF()))
        title = Label(visible(question.title, TEXT_CHARS), self)
        title.setObjectName("confirm-title")
        title.setWordWrap(True)
        set_role(title, TextRole.TITLE)
        column = QVBoxLayout()
        column.setSpacing(SPACE)
        column.addWidget(title)
        for text, muted in ((question.text, False), (question.consequence, True)):
            if text:
                label = Label(text, self)
                label.setWordWrap(True)
                label.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
                set_muted(label, muted)
                column.addWidget(label)
        self._typed: QLineEdit | None = None
        if question.typed_name:
            prompt = Label(
                self.tr("Type {name} to go on:").format(name=no_key(question.typed_name)),
                self,
            )
            self._typed = QLineEdit(self)
            self._typed.setObjectName("confirm-typed")
            self._typed.setAccessibleName(prompt.text().replace("&&", "&"))
            prompt.setBuddy(self._typed)
            self._typed.textChanged.connect(self._on_typed)
            column.addWidget(prompt)
            column.addWidget(self._typed)
        top = QHBoxLayout()
        top.setSpacing(SPACE_L)
        top.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        top.addLayout(column, 1)

        cancel_label = question.cancel_label or self.tr("Cancel")
        self._cancel = QPushButton(cancel_label, self)
        self._cancel.setObjectName("confirm-cancel")
        self._cancel.setAccessibleName(cancel_label)
        self._confirm = QPushButton(question.confirm_label, self)
        self._confirm.setObjectName("confirm-yes")
        self._confirm.setAccessibleName(question.confirm_label.replace("&", ""))
        self._confirm.setEnabled(not question.typed_name)
        buttons = QHBoxLayout()
        buttons.setSpacing(SPACE)
        buttons.addStretch(1)
        buttons.addWidget(self._cancel)
        buttons.addWidget(self._confirm)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACE_XL, SPACE_XL, SPACE_XL, SPACE_L)
        layout.setSpacing(SPACE_L)
        layout.addLayout(top)
        layout.addLayout(buttons)
        if question.danger:
            make_danger(self._confirm)
            self._cancel.setDefault(True)
            (self._typed or self._cancel).setFocus()
        else:
            make_primary(self._confirm)
            self._confirm.setDefault(True)
            self._confirm.setFocus()
        self._cancel.clicked.connect(self.reject)
        self._confirm.clicked.connect(self.accept)
        self.setAccessibleDescription(
            " ".join(part for part in (question.text, question.consequence) if part)
        )

    @Slot(str)
    def _on_typed(self, text: str) -> None:
        self._confirm.setEnabled(is_typed(text, self._question.typed_name))


async def confirm(parent: QWidget | None, question: Question) -> bool:
    """Ask and wait for the answer; the event loop goes on meanwhile."""
    return await accepted(ConfirmDialog(question, parent))


async def accepted(dialog: QDialog) -> bool:
    """Open a dialog and wait until a person says yes or leaves it; it can be read until the next await."""
    try:
        return await show_dialog(dialog) == QDialog.DialogCode.Accepted
    finally:
        dialog.deleteLater()


def fit_height(dialog: QDialog) -> None:
    """Make a dialog as high as its texts need at its width; after lines came or went."""
    layout = dialog.layout()
    if layout is None or not dialog.isVisible():
        return
    layout.activate()
    wanted = (
        layout.totalHeightForWidth(dialog.width())
        if layout.hasHeightForWidth()
        else layout.totalSizeHint().height()
    )
    dialog.resize(dialog.width(), max(wanted, dialog.minimumHeight()))


async def show_dialog(dialog: QDialog) -> int:
    """Open a dialog and wait for its result; a cancelled task closes it."""
    future: asyncio.Future[int] = asyncio.get_running_loop().create_future()

    def on_finished(result: int) -> None:
        if not future.done():
            future.set_result(result)

    dialog.finished.connect(on_finished)
    dialog.open()
    try:
        return await future
    except asyncio.CancelledError:
        dialog.reject()
        raise
