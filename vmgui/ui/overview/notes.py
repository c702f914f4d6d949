"""The notes of a machine: edited in place, saved on leaving the field, with Ctrl+S or the button.

What could not be saved yet is kept as the machine's draft. The host's notes are known without the space around
them that people leave there: texts are compared as they are read back, and only the field has what was typed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QFocusEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from vmgui.model.domain import DomainKey
from vmgui.policy.plain_text import visible_lines
from vmgui.ui.kit.draft import Drafts
from vmgui.ui.look.draft_notice import DraftNotice
from vmgui.ui.look.plain import Label, tip
from vmgui.ui.look.theme import SPACE, TextRole, set_muted, set_role

LONGEST = 10_000
PLACE = "overview"  # the tab that marks these drafts as its own
_THEIRS_CHARS = 200


@dataclass(frozen=True, slots=True)
class NotesDraft:
    """`text` is as it was typed; `base` is what the host had when the draft was begun, or what the person decided against since."""

    text: str
    base: str


class NotesCard(QFrame):
    """`save_asked` carries the text; `end_saving` answers it."""

    save_asked = Signal(str)

    def __init__(self, drafts: Drafts[Any], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("card", True)
        self._drafts = drafts
        self._key: DomainKey | None = None
        self._told: str | None = None  # what the host has, as far as the field shows it; None: not known yet
        self._saving: dict[DomainKey, str] = {}
        self._is_long = False  # what the host has
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
        # Its room is there before it is: the field does not move under the first key.
        room = self._save.sizePolicy()
        room.setRetainSizeWhenHidden(True)
        self._save.setSizePolicy(room)
        self._save.clicked.connect(self.save)
        shortcut = QShortcut(QKeySequence(QKeySequence.StandardKey.Save), self.field)
        shortcut.activated.connect(self.save)
        self._notice = DraftNotice("notes-changed", self)
        self._notice.keep_asked.connect(self._on_keep)
        self._notice.reload_asked.connect(self._on_reload)
        head = QHBoxLayout()
        head.addWidget(self._heading)
        head.addStretch(1)
        head.addWidget(self._state)
        head.addWidget(self._save)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 10, 14, 12)
        layout.setSpacing(SPACE)
        layout.addLayout(head)
        layout.addWidget(self._notice)
        layout.addWidget(self.field)
        self._retranslate()
        self._show_state()

    def show_machine(self, key: DomainKey | None) -> None:
        """Another machine, of whose notes at most the draft is known yet."""
        self._key = key
        self._told = None
        self._is_long = False
        draft = self._draft
        self._set(draft.text if draft is not None else "")

    def load(self, text: str) -> None:
        """What the host has; what a person is typing stays. Of a text too long for this field only its beginning is
        shown, and it cannot be changed here: saving would cut it."""
        self._is_long, text = len(text) > LONGEST, _kept(text[:LONGEST])
        self._told = text
        draft = self._draft
        saving = self._saving.get(self._key) if self._key is not None else None
        if draft is not None and text in (_kept(draft.text), saving):
            self._put(draft.text, text)
            draft = self._draft
        typed = self.field.toPlainText()
        if draft is not None:
            text = draft.text
        elif _kept(typed) == text:
            text = typed  # with the space after the last word: the next may be on its way
        self._set(text)

    def set_allowed(self, allowed: bool, why: str = "") -> None:
        """Whether notes can be changed now."""
        self._allowed = allowed
        self.field.setToolTip(tip(why))
        self._show_state()

    def leave(self) -> None:
        """The person goes elsewhere: save, but over what others wrote only when asked to."""
        if not self._is_overtaken:
            self.save()

    def save(self) -> None:
        """Save now if there is something to save, over what others wrote, too."""
        draft = self._draft
        if self._key is None or draft is None or not self._is_changed or not self._allowed:
            return
        if len(draft.text) <= LONGEST:
            self._put(draft.text, self._told if self._told is not None else draft.base)
            text = self._saving[self._key] = _kept(draft.text)
            self.save_asked.emit(text)
            self._show_state()

    def end_saving(self, key: DomainKey, text: str, *, is_saved: bool) -> None:
        """What became of a text to be saved; what was not saved stays a draft."""
        if self._saving.get(key) == text:
            del self._saving[key]
        draft = self._drafts.get(PLACE, key)
        if is_saved and draft is not None:
            self._drafts.forget(PLACE, key)
            if _kept(draft.text) != text:
                self._drafts.keep(PLACE, key, NotesDraft(draft.text, text))
        if key == self._key:
            if is_saved:
                self._told = text
            self._show_state()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        is_left = isinstance(event, QFocusEvent) and event.type() == QEvent.Type.FocusOut
        if watched is self.field and is_left:
            self.leave()
        return super().eventFilter(watched, event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
            self._show_state()
        super().changeEvent(event)

    @property
    def _draft(self) -> NotesDraft | None:
        return self._drafts.get(PLACE, self._key) if self._key is not None else None

    @property
    def _is_cut(self) -> bool:
        return self._is_long and self._draft is None

    @property
    def _is_changed(self) -> bool:
        """Whether there is something to save that is not being saved."""
        draft = self._draft
        return (
            draft is not None and self._key is not None and self._saving.get(self._key) != _kept(draft.text)
        )

    @property
    def _is_overtaken(self) -> bool:
        """Whether others changed the notes since the draft was begun, and the person has not decided yet."""
        draft = self._draft
        return self._is_changed and draft is not None and self._told not in (None, draft.base)

    def _put(self, text: str, base: str) -> None:
        """Keep the text as a draft, unless the host has it."""
        if self._key is None:
            return
        if _kept(text) == self._told:
            self._drafts.forget(PLACE, self._key)
        else:
            self._drafts.keep(PLACE, self._key, NotesDraft(text, base))

    def _set(self, text: str) -> None:
        if self.field.toPlainText() != text:
            self._loading = True
            self.field.setPlainText(text)
            self._loading = False
        self._show_state()

    def _on_text(self) -> None:
        if self._loading:
            return
        draft = self._draft
        if draft is not None or self._told is not None:
            self._put(self.field.toPlainText(), draft.base if draft is not None else self._told or "")
        self._show_state()

    def _on_keep(self) -> None:
        draft = self._draft
        if draft is not None and self._told is not None:
            self._put(draft.text, self._told)
        self._show_state()
        self.field.setFocus()

    def _on_reload(self) -> None:
        if self._key is not None and self._told is not None:
            self._drafts.forget(PLACE, self._key)
            self._set(self._told)
        self.field.setFocus()

    def _show_state(self) -> None:
        changed = self._is_changed
        too_long = len(self.field.toPlainText()) - LONGEST
        is_fixed = self._is_cut or not self._allowed
        if self.field.isReadOnly() != is_fixed:
            self.field.setReadOnly(is_fixed)
        self._save.setEnabled(changed and self._allowed and too_long <= 0)
        self._save.setVisible(changed)
        theirs = visible_lines(self._told or "", _THEIRS_CHARS) if self._is_overtaken else None
        self._notice.show_change(self._overtaken_words(theirs) if theirs is not None else "")
        if self._is_cut:
            self._state.setText(self.tr("Only the beginning is shown: too long to be changed here"))
        elif too_long > 0:
            self._state.setText(self.tr("Not saved: %n character(s) too long", "", too_long))
        else:
            self._state.setText(self.tr("Not saved yet") if changed else "")

    def _overtaken_words(self, theirs: str) -> str:
        if not theirs:
            return self.tr("Changed meanwhile: somebody deleted these notes.")
        return self.tr("Changed meanwhile. The notes are now: “{text}”").format(text=theirs)

    def _retranslate(self) -> None:
        self._heading.setText(self.tr("Notes"))
        self.field.setAccessibleName(self.tr("Notes"))
        self.field.setPlaceholderText(self.tr("What is this virtual machine for? Who looks after it?"))
        self._save.setText(self.tr("Save"))
        self._save.setAccessibleName(self.tr("Save notes"))


def _kept(text: str) -> str:
    """What the host will say of it: `libvirtxml/domain.py` reads it so."""
    return text.strip()
