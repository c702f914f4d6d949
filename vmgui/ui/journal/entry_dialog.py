"""One entry of the log with all that is known of it: the whole error, the job's own log; to be copied."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontDatabase, QGuiApplication
from PySide6.QtWidgets import QPlainTextEdit, QPushButton, QWidget

from vmgui.model.journal import JournalEntry
from vmgui.policy.plain_text import STORY_CHARS, visible_lines
from vmgui.ui.journal.look import entry_look
from vmgui.ui.kit.answer_row import CloseRow
from vmgui.ui.kit.framed import Framed
from vmgui.ui.look.screen_fit import resize_within_screen
from vmgui.words import journal as journal_words
from vmgui.words.journal_events import EventWords

_ICON_PX = 24


class EntryDialog(Framed):
    """Not modal: several can be compared."""

    def __init__(self, entry: JournalEntry, events: EventWords, parent: QWidget) -> None:
        title = journal_words.what_words(entry, events)
        super().__init__("journal-entry", title, parent, mark=(*entry_look(entry), _ICON_PX))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._text = QPlainTextEdit(visible_lines(journal_words.story(entry, events), STORY_CHARS), self)
        self._text.setObjectName("journal-entry-text")
        self._text.setReadOnly(True)
        self._text.setAccessibleName(self.tr("What is known of it"))
        self._text.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        copy = QPushButton(self.tr("Copy"), self)
        copy.setObjectName("journal-entry-copy")
        copy.setAccessibleName(self.tr("Copy all of it"))
        copy.clicked.connect(self._on_copy)
        self.body.addWidget(self._text, 1)
        buttons = CloseRow(self, "journal-entry-close", self.tr("Close"))
        buttons.insertWidget(0, copy)
        self.finish(buttons)
        resize_within_screen(self, 680, 440)
        buttons.close.setFocus()

    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self._text.toPlainText())
