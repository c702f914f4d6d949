"""Look for words in a text: a line under it, which Ctrl+F opens and Esc closes."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut, QTextCursor, QTextDocument
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from vmgui.ui.look.boxes import Cell, across
from vmgui.ui.look.button import Button
from vmgui.ui.look.icons import icon
from vmgui.ui.look.plain import Label
from vmgui.ui.look.search_field import SearchField
from vmgui.ui.look.theme import SPACE, SPACE_S, set_muted, set_tone
from vmgui.words.say import Say, say


class FindBar(QWidget):
    """Hidden until it is asked for. Its keys (Ctrl+F, F3, Shift+F3) work in all of `window`."""

    def __init__(self, name: str, text: QPlainTextEdit, window: QWidget) -> None:
        super().__init__(window)
        self.setObjectName(name)
        self._text = text
        self.field = SearchField(
            f"{name}-words", say("FindBar", "Find in the text"), say("FindBar", "Find"), self
        )
        self.field.textChanged.connect(self._on_typed)
        self._count = Label(self)
        self._count.setObjectName(f"{name}-count")
        set_muted(self._count)
        buttons = (
            self._button(
                f"{name}-previous",
                "chevron-up",
                say("FindBar", "Previous place (Shift+F3)"),
                self.find_previous,
            ),
            self._button(f"{name}-next", "chevron-down", say("FindBar", "Next place (F3)"), self.find_next),
            self._button(f"{name}-close", "x", say("FindBar", "Close the search (Esc)"), self.close_bar),
        )
        around = (SPACE, SPACE_S, SPACE, SPACE_S)
        self.setLayout(across(Cell(self.field, 1), self._count, *buttons, space=SPACE_S, around=around))
        for keys, slot in (
            (QKeySequence.StandardKey.Find, self.open_bar),
            (QKeySequence("F3"), self.find_next),
            (QKeySequence("Shift+F3"), self.find_previous),
        ):
            QShortcut(keys, window).activated.connect(slot)
        self.hide()

    def set_text(self, text: QPlainTextEdit) -> None:
        """Look in this one from now on."""
        self._text = text
        self._show_count()

    @Slot()
    def open_bar(self) -> None:
        """Show it, looking for what is selected."""
        selected = self._text.textCursor().selectedText()
        if selected and "\u2029" not in selected:
            self.field.setText(selected)
        self.show()
        self.field.setFocus()
        self.field.selectAll()
        self._show_count()

    @Slot()
    def close_bar(self) -> None:
        """Hide it and go back to the text."""
        self.hide()
        self._text.setFocus()

    @Slot()
    def find_next(self) -> None:
        """Go to the next place, after the last to the first."""
        self._find(QTextDocument.FindFlag(0))

    @Slot()
    def find_previous(self) -> None:
        """The same backwards."""
        self._find(QTextDocument.FindFlag.FindBackward)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._show_count()
        super().changeEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_bar()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            (self.find_previous if back else self.find_next)()
        else:
            super().keyPressEvent(event)

    def _button(self, name: str, icon_name: str, what: Say, slot: Callable[[], None]) -> Button:
        button = Button(name, "", self, spoken=what, hint=what, kind="link")
        button.setIcon(icon(icon_name))
        button.clicked.connect(slot)
        return button

    def _find(self, flags: QTextDocument.FindFlag) -> None:
        words = self.field.text()
        if not words:
            self.open_bar()
            return
        found = self._text.document().find(words, self._text.textCursor(), flags)
        if found.isNull():
            # Round again.
            start = QTextCursor(self._text.document())
            if flags & QTextDocument.FindFlag.FindBackward:
                start.movePosition(QTextCursor.MoveOperation.End)
            found = self._text.document().find(words, start, flags)
        if not found.isNull():
            self._text.setTextCursor(found)
            self._text.centerCursor()
        self._show_count()

    def _show_count(self) -> None:
        words = self.field.text().casefold()
        if not words:
            self._count.setText("")
            return
        text = self._text.toPlainText().casefold()
        all_ = text.count(words)
        cursor = self._text.textCursor()
        at = 0
        if cursor.selectedText().casefold() == words:
            at = text.count(words, 0, cursor.selectionEnd())
        set_tone(self._count, "" if all_ else "warning")
        if not all_:
            self._count.setText(self.tr("Not found"))
        elif at:
            self._count.setText(self.tr("{at} of {all}").format(at=at, all=all_))
        else:
            self._count.setText(self.tr("%n found", "", all_))

    @Slot()
    def _on_typed(self) -> None:
        # From where the last one began: each letter narrows what is found.
        cursor = self._text.textCursor()
        cursor.setPosition(cursor.selectionStart())
        self._text.setTextCursor(cursor)
        if self.field.text():
            self._find(QTextDocument.FindFlag(0))
        else:
            self._show_count()
