"""Colours for what is a tag, a name, a value or a comment of XML: of the lines on the screen, when they are painted.

Qt's own highlighter colours a whole text at once: one of a megabyte would hold up the window for a second.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, QRegularExpression, Slot
from PySide6.QtGui import QColor, QTextBlock, QTextCharFormat, QTextLayout
from PySide6.QtWidgets import QPlainTextEdit

from vmgui.ui.look.theme import tokens, watcher

LONGEST_LINE_CHARS = 5000
"""Of a longer line no part is coloured."""

_RULES = (
    (QRegularExpression(r"</?[\w:.-]+|/?>"), "accent"),
    (QRegularExpression(r"[\w:.-]+(?=\s*=\s*[\"'])"), "graph_memory"),
    (QRegularExpression(r"\"[^\"]*\"|'[^']*'"), "success"),
)


class XmlColours(QObject):
    """Of one editor, which calls `dress` before it paints."""

    def __init__(self, editor: QPlainTextEdit) -> None:
        super().__init__(editor)
        self._editor = editor
        self._dressed: set[int] = set()
        self._begin_in_comment: frozenset[int] | None = None  # lines, counted from 0; None: to be found out
        self._formats: dict[str, QTextCharFormat] = {}
        editor.document().contentsChange.connect(self._on_contents_change)
        watcher().changed.connect(self._on_theme_changed)

    def dress(self, first: QTextBlock, bottom_px: float) -> None:
        """Colour the lines from this one on, down to the viewport's end."""
        block, editor = first, self._editor
        top_px = editor.blockBoundingGeometry(block).translated(editor.contentOffset()).top()
        while block.isValid() and top_px <= bottom_px:
            if block.blockNumber() not in self._dressed:
                self._dressed.add(block.blockNumber())
                block.layout().setFormats(self._of(block))
                editor.document().markContentsDirty(block.position(), block.length())
            top_px += editor.blockBoundingRect(block).height()
            block = block.next()

    def _of(self, block: QTextBlock) -> list[QTextLayout.FormatRange]:
        text = block.text()
        if len(text) > LONGEST_LINE_CHARS:
            return []
        ranges: list[QTextLayout.FormatRange] = []
        for pattern, token in _RULES:
            matches = pattern.globalMatch(text)
            while matches.hasNext():
                match = matches.next()
                ranges.append(self._range(match.capturedStart(), match.capturedLength(), token))
        for start, end in _comments(text, block.blockNumber() in self._commented()):
            # Those before it in the list are painted over.
            start, end = _units(text, start), _units(text, end)
            ranges = [one for one in ranges if one.start + one.length <= start or one.start >= end]
            ranges.append(self._range(start, end - start, "muted"))
        return ranges

    def _range(self, start: int, length: int, token: str) -> QTextLayout.FormatRange:
        if token not in self._formats:
            self._formats[token] = QTextCharFormat()
            self._formats[token].setForeground(QColor(getattr(tokens(), token)))
        made = QTextLayout.FormatRange()
        made.start, made.length, made.format = start, length, self._formats[token]
        return made

    def _commented(self) -> frozenset[int]:
        """The lines that begin within a comment."""
        if self._begin_in_comment is None:
            found: list[int] = []
            inside = False
            for number, line in enumerate(self._editor.document().toRawText().split("\u2029")):
                if inside:
                    found.append(number)
                if "--" in line:
                    for _, end in _comments(line, inside):
                        inside = end == len(line) and not line.endswith("-->")
            self._begin_in_comment = frozenset(found)
        return self._begin_in_comment

    @Slot(int, int, int)
    def _on_contents_change(self, _position: int, _removed: int, _added: int) -> None:
        self._dressed.clear()
        self._begin_in_comment = None

    @Slot()
    def _on_theme_changed(self) -> None:
        self._formats.clear()
        self._dressed.clear()
        self._editor.viewport().update()


def _comments(line: str, inside: bool) -> list[tuple[int, int]]:
    """Where comments stand in a line; the last ends with the line where it goes on in the next."""
    found: list[tuple[int, int]] = []
    start = 0 if inside else line.find("<!--")
    while start >= 0:
        end = line.find("-->", start if inside and start == 0 else start + 4)
        if end < 0:
            return [*found, (start, len(line))]
        found.append((start, end + 3))
        inside, start = False, line.find("<!--", end + 3)
    return found


def _units(text: str, index: int) -> int:
    """Qt counts some characters twice."""
    return index if text.isascii() else index + sum(character > "\uffff" for character in text[:index])
