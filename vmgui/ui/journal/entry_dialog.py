"""One entry of the log with all that is known of it: the whole error, the job's own log; to be copied."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFontDatabase, QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from vmgui.model.journal import JournalEntry
from vmgui.policy.plain_text import STORY_CHARS, visible_lines
from vmgui.ui.journal.look import entry_look
from vmgui.ui.kit.plain import Label, window_title
from vmgui.ui.kit.screen_fit import resize_within_screen
from vmgui.ui.look.icons import pixmap
from vmgui.ui.look.theme import SPACE, SPACE_L, SPACE_XL, TextRole, set_role
from vmgui.words import journal as journal_words
from vmgui.words.journal_events import EventWords

_ICON_PX = 24


class EntryDialog(QDialog):
    """Not modal: several can be compared."""

    def __init__(self, entry: JournalEntry, events: EventWords, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("journal-entry")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._look = entry_look(entry)
        title = journal_words.what_words(entry, events)
        self.setWindowTitle(window_title(title))
        self._mark = Label(self)
        self._title = Label(title, self)
        self._title.setWordWrap(True)
        set_role(self._title, TextRole.TITLE)
        self._text = QPlainTextEdit(visible_lines(journal_words.story(entry, events), STORY_CHARS), self)
        self._text.setObjectName("journal-entry-text")
        self._text.setReadOnly(True)
        self._text.setAccessibleName(self.tr("What is known of it"))
        self._text.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self._copy = QPushButton(self.tr("Copy"), self)
        self._copy.setObjectName("journal-entry-copy")
        self._copy.setAccessibleName(self.tr("Copy all of it"))
        self._close = QPushButton(self.tr("Close"), self)
        self._close.setObjectName("journal-entry-close")
        self._close.setAccessibleName(self._close.text())
        self._close.setDefault(True)
        self._copy.clicked.connect(self._on_copy)
        self._close.clicked.connect(self.accept)
        head = QHBoxLayout()
        head.setSpacing(SPACE)
        head.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self._title, 1)
        buttons = QHBoxLayout()
        buttons.setSpacing(SPACE)
        buttons.addWidget(self._copy)
        buttons.addStretch(1)
        buttons.addWidget(self._close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACE_XL, SPACE_XL, SPACE_XL, SPACE_L)
        layout.setSpacing(SPACE_L)
        layout.addLayout(head)
        layout.addWidget(self._text, 1)
        layout.addLayout(buttons)
        self._show_mark()
        resize_within_screen(self, 680, 440)
        self._close.setFocus()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.PaletteChange:
            self._show_mark()
        super().changeEvent(event)

    def _show_mark(self) -> None:
        name, role = self._look
        self._mark.setPixmap(pixmap(name, role, _ICON_PX, self.devicePixelRatioF()))

    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self._text.toPlainText())
