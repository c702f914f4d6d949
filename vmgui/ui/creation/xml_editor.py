"""The new machine's XML as text, with colours for what is a tag, a name and a value."""

from __future__ import annotations

from PySide6.QtCore import QRegularExpression, QSignalBlocker
from PySide6.QtGui import QColor, QFontDatabase, QSyntaxHighlighter, QTextCharFormat
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from vmgui.commands.fields import Text
from vmgui.ui.kit.fields.control import Control
from vmgui.ui.look.theme import tokens, watcher


class _Highlighter(QSyntaxHighlighter):
    """Line by line; comments over several lines are carried in the block's state."""

    def __init__(self, editor: QPlainTextEdit) -> None:
        super().__init__(editor.document())
        self._editor = editor
        self._rules = (
            (QRegularExpression(r"</?[\w:.-]+|/?>"), "accent"),
            (QRegularExpression(r"[\w:.-]+(?=\s*=\s*[\"'])"), "graph_memory"),
            (QRegularExpression(r"\"[^\"]*\"|'[^']*'"), "success"),
        )

        watcher().changed.connect(self._on_theme_changed)

    def highlightBlock(self, text: str) -> None:
        colours = tokens()
        for pattern, token in self._rules:
            look = QTextCharFormat()
            look.setForeground(QColor(getattr(colours, token)))
            matches = pattern.globalMatch(text)
            while matches.hasNext():
                match = matches.next()
                self.setFormat(match.capturedStart(), match.capturedLength(), look)
        self._comments(text, QColor(colours.muted))

    def _on_theme_changed(self) -> None:
        # setFormat marks the document changed, which is no edit.
        with QSignalBlocker(self._editor):
            self.rehighlight()

    def _comments(self, text: str, colour: QColor) -> None:
        look = QTextCharFormat()
        look.setForeground(colour)
        self.setCurrentBlockState(0)
        start = 0 if self.previousBlockState() == 1 else text.find("<!--")
        while start >= 0:
            end = text.find("-->", start)
            if end < 0:
                self.setCurrentBlockState(1)
                self.setFormat(start, len(text) - start, look)
                return
            self.setFormat(start, end + 3 - start, look)
            start = text.find("<!--", end + 3)


class XmlControl(Control):
    """Its answer is a str: monospace, no wrapping, Tab leaves the field."""

    is_captioned = False
    air_px = 0
    input: QPlainTextEdit

    def __init__(self, field: Text, name: str, parent: QWidget) -> None:
        editor = QPlainTextEdit(parent)
        super().__init__(field, name, editor, editor.textChanged)
        editor.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        editor.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        editor.setTabChangesFocus(True)
        self._highlighter = _Highlighter(editor)

    def show(self, value: str) -> None:
        self.input.setPlainText(value)

    def read(self) -> str:
        return self.input.toPlainText()
