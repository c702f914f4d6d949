"""The new machine's XML as text, with colours for what is a tag, a name and a value."""

from __future__ import annotations

from PySide6.QtCore import QRegularExpression
from PySide6.QtGui import QColor, QFontDatabase, QSyntaxHighlighter, QTextCharFormat, QTextDocument
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from vmgui.ui.look.theme import tokens, watcher


class _Highlighter(QSyntaxHighlighter):
    """Line by line; comments over several lines are carried in the block's state."""

    def __init__(self, document: QTextDocument) -> None:
        super().__init__(document)
        self._rules = (
            (QRegularExpression(r"</?[\w:.-]+|/?>"), "accent"),
            (QRegularExpression(r"[\w:.-]+(?=\s*=\s*[\"'])"), "graph_memory"),
            (QRegularExpression(r"\"[^\"]*\"|'[^']*'"), "success"),
        )

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


class XmlEditor(QPlainTextEdit):
    """Monospace, no wrapping, Tab leaves the field."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("create-xml")
        self.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.setTabChangesFocus(True)
        self._highlighter = _Highlighter(self.document())
        watcher().changed.connect(self._on_theme_changed)

    def _on_theme_changed(self) -> None:
        # setFormat marks the document changed, which is no edit.
        was_blocked = self.blockSignals(True)
        self._highlighter.rehighlight()
        self.blockSignals(was_blocked)
