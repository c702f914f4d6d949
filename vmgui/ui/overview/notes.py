"""The notes of a machine: edited in place, saved on leaving the field, with Ctrl+S or the button."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QFocusEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from vmgui.ui.kit.plain import Label, tip
from vmgui.ui.look.theme import SPACE, TextRole, set_muted, set_role

LONGEST = 10_000


class NotesCard(QFrame):
    """`save_asked` carries the text."""

    save_asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("card", True)
        self._saved = ""
        self._is_cut = False
        self._allowed = True
        self._loading = False
        self._heading = Label(self)
        set_role(self._heading, TextRole.STRONG)
        self._state = Label(self)
        self._state.setObjectName("notes-state")
        set_role(self._state, TextRole.CAPTION)
        set_muted(self._state)
        self.field = QPlainTextEdit(self)
        self.field.setObjectName("notes")
        self.field.setTabChangesFocus(True)
        self.field.setFixedHeight(92)
        self.field.installEventFilter(self)
        self.field.textChanged.connect(self._on_text)
        self._save = QPushButton(self)
        self._save.setObjectName("notes-save")
        self._save.clicked.connect(self.save)
        shortcut = QShortcut(QKeySequence(QKeySequence.StandardKey.Save), self.field)
        shortcut.activated.connect(self.save)
        head = QHBoxLayout()
        head.addWidget(self._heading)
        head.addStretch(1)
        head.addWidget(self._state)
        head.addWidget(self._save)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 10, 14, 12)
        layout.setSpacing(SPACE)
        layout.addLayout(head)
        layout.addWidget(self.field)
        self._retranslate()
        self._show_state()

    @property
    def is_changed(self) -> bool:
        """Whether there is something to save."""
        return self.field.toPlainText() != self._saved

    def load(self, text: str) -> None:
        """What the host has; what a person is typing stays. Of a text too long for this field only its beginning is
        shown, and it cannot be changed here: saving would cut it."""
        is_cut, text = len(text) > LONGEST, text[:LONGEST]
        if is_cut != self._is_cut:
            self._is_cut = is_cut
            self.field.setReadOnly(is_cut or not self._allowed)
        if self.is_changed and self.field.toPlainText() != text:
            self._saved = text
            self._show_state()
            return
        self._set(text)

    def reset(self) -> None:
        """Another machine, whose notes are not known yet."""
        self._is_cut = False
        self.field.setReadOnly(not self._allowed)
        self._set("")

    def set_allowed(self, allowed: bool, why: str = "") -> None:
        """Whether notes can be changed now."""
        self._allowed = allowed
        self.field.setReadOnly(self._is_cut or not allowed)
        self.field.setToolTip(tip(why))
        self._show_state()

    def save(self) -> None:
        """Save now if there is something to save."""
        text = self.field.toPlainText()
        if self.is_changed and self._allowed and not self._is_cut and len(text) <= LONGEST:
            self._saved = text
            self.save_asked.emit(text)
            self._show_state()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.field and isinstance(event, QFocusEvent) and event.type() == QEvent.Type.FocusOut:
            self.save()
        return super().eventFilter(watched, event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
            self._show_state()
        super().changeEvent(event)

    def _set(self, text: str) -> None:
        self._saved = text
        if self.field.toPlainText() != text:
            self._loading = True
            self.field.setPlainText(text)
            self._loading = False
        self._show_state()

    def _on_text(self) -> None:
        if not self._loading:
            self._show_state()

    def _show_state(self) -> None:
        changed = self.is_changed
        too_long = len(self.field.toPlainText()) - LONGEST
        self._save.setEnabled(changed and self._allowed and too_long <= 0)
        self._save.setVisible(changed)
        if self._is_cut:
            self._state.setText(self.tr("Only the beginning is shown: too long to be changed here"))
        elif too_long > 0:
            self._state.setText(self.tr("Not saved: %n character(s) too long", "", too_long))
        else:
            self._state.setText(self.tr("Not saved yet") if changed else "")

    def _retranslate(self) -> None:
        self._heading.setText(self.tr("Notes"))
        self.field.setAccessibleName(self.tr("Notes"))
        self.field.setPlaceholderText(self.tr("What is this virtual machine for? Who looks after it?"))
        self._save.setText(self.tr("Save"))
        self._save.setAccessibleName(self.tr("Save notes"))
