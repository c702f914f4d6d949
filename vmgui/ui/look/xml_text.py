"""An editor of XML: coloured, its lines numbered, those that are meant marked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import QRect, QSize, Qt, Slot
from PySide6.QtGui import (
    QColor,
    QFontDatabase,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTextCursor,
)
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from vmgui.ui.look.theme import tokens, watcher
from vmgui.ui.look.xml_colours import XmlColours

_AIR_PX = 8
_BAR_PX = 3
_MOST_MARKED = 2000


class LineMark(Enum):
    """Why a line is marked; the value is the token that its ground has, in the margin and behind the text."""

    CHANGED = ""  # in the margin alone
    DOUBTFUL = "warning_ground"
    WRONG = "danger_ground"


@dataclass(frozen=True, slots=True)
class MarkedLines:
    """Lines from 1."""

    line: int
    last_line: int
    mark: LineMark


class XmlText(QPlainTextEdit):
    """Monospace, no wrapping, Tab leaves the field; a new line begins under the one before."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._marks: dict[int, LineMark] = {}
        self._colours = XmlColours(self)
        self._margin = _Margin(self)
        self.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.setTabChangesFocus(True)
        self.blockCountChanged.connect(self._on_block_count_changed)
        self.updateRequest.connect(self._on_update_request)
        watcher().changed.connect(self._show_marks)
        self._on_block_count_changed()

    @property
    def text(self) -> str:
        """As it is: `toPlainText` makes plain spaces of those that do not break."""
        return self.document().toRawText().replace("\u2029", "\n")

    def mark(self, lines: Iterable[MarkedLines]) -> None:
        """Mark these and no others; of one that is named twice the graver reason counts."""
        marks: dict[int, LineMark] = {}
        order = tuple(LineMark)
        for one in lines:
            for line in range(one.line, min(one.last_line, one.line + _MOST_MARKED) + 1):
                if order.index(one.mark) >= order.index(marks.get(line, LineMark.CHANGED)):
                    marks[line] = one.mark
        if marks != self._marks:
            self._marks = marks
            self._show_marks()

    def mark_of(self, line: int) -> LineMark | None:
        """Why a line is marked, from 1; None: it is not."""
        return self._marks.get(line)

    def go_to(self, line: int, column: int = 0) -> None:
        """Have this line, from 1, in the middle of the window, with the cursor in it."""
        block = self.document().findBlockByNumber(max(0, min(line, self.blockCount()) - 1))
        indent = len(block.text()) - len(block.text().lstrip())
        cursor = QTextCursor(block)
        cursor.movePosition(
            QTextCursor.MoveOperation.Right,
            QTextCursor.MoveMode.MoveAnchor,
            min(column - 1 if column > 0 else indent, max(0, block.length() - 1)),
        )
        self.setTextCursor(cursor)
        self.centerCursor()
        self.horizontalScrollBar().setValue(0)
        self.ensureCursorVisible()

    def replace_text(self, text: str) -> None:
        """Have another text, seen at the same place."""
        line = self.textCursor().blockNumber() + 1
        down_px = self.verticalScrollBar().value()
        self.setPlainText(text)
        block = self.document().findBlockByNumber(max(0, min(line, self.blockCount()) - 1))
        self.setTextCursor(QTextCursor(block))
        self.verticalScrollBar().setValue(down_px)

    def exchange_text(self, text: str) -> None:
        """The same as one edit, which Ctrl+Z takes back."""
        down_px = self.verticalScrollBar().value()
        cursor = QTextCursor(self.document())
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.insertText(text)
        self.verticalScrollBar().setValue(down_px)

    @property
    def margin_px(self) -> int:
        """How wide the numbers are."""
        digits = max(2, len(str(self.blockCount())))
        return 2 * _AIR_PX + _BAR_PX + self.fontMetrics().horizontalAdvance("9") * digits

    # Qt.

    def keyPressEvent(self, event: QKeyEvent) -> None:
        super().keyPressEvent(event)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not self.isReadOnly():
            before = self.textCursor().block().previous().text()
            indent = before[: len(before) - len(before.lstrip(" \t"))]
            if indent and not event.modifiers():
                self.textCursor().insertText(indent)

    def paintEvent(self, event: QPaintEvent) -> None:
        self._colours.dress(self.firstVisibleBlock(), self.viewport().height())
        painter = QPainter(self.viewport())
        for number, top_px, height_px in self._lines_down_to(event.rect().bottom()):
            mark = self._marks.get(number)
            if mark is not None and mark.value:
                ground = QRect(0, top_px, self.viewport().width(), height_px)
                painter.fillRect(ground, QColor(getattr(tokens(), mark.value)))
        painter.end()
        super().paintEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        inner = self.contentsRect()
        self._margin.setGeometry(QRect(inner.left(), inner.top(), self.margin_px, inner.height()))

    def paint_margin(self, painter: QPainter, area: QRect) -> None:
        """Paint the numbers of the lines on the screen."""
        colours, width_px = tokens(), self.margin_px
        here = self.textCursor().blockNumber() + 1
        painter.fillRect(area, QColor(colours.window))
        painter.setFont(self.font())
        for number, top_px, height_px in self._lines_down_to(area.bottom()):
            mark = self._marks.get(number)
            is_grave = mark is not None and bool(mark.value)
            if mark is not None and is_grave:
                painter.fillRect(QRect(0, top_px, width_px, height_px), QColor(getattr(colours, mark.value)))
            if mark is not None:
                bar = QRect(width_px - _BAR_PX, top_px, _BAR_PX, height_px)
                painter.fillRect(bar, QColor(_bar_colour(mark)))
            painter.setPen(QColor(colours.text if number == here or is_grave else colours.muted))
            # Qt gives the last line more height than its words have.
            words = QRect(_AIR_PX, top_px, width_px - 2 * _AIR_PX - _BAR_PX, self.fontMetrics().height())
            painter.drawText(words, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop, str(number))

    def _lines_down_to(self, bottom_px: int) -> Iterator[tuple[int, int, int]]:
        """The lines on the screen: number from 1, where it begins, how high it is."""
        block = self.firstVisibleBlock()
        top_px = self.blockBoundingGeometry(block).translated(self.contentOffset()).top()
        while block.isValid() and top_px <= bottom_px:
            height_px = self.blockBoundingRect(block).height()
            yield block.blockNumber() + 1, round(top_px), round(height_px)
            top_px += height_px
            block = block.next()

    @Slot()
    def _on_block_count_changed(self) -> None:
        self.setViewportMargins(self.margin_px + _AIR_PX // 2, 0, 0, 0)
        inner = self.contentsRect()
        self._margin.setGeometry(QRect(inner.left(), inner.top(), self.margin_px, inner.height()))

    @Slot(QRect, int)
    def _on_update_request(self, area: QRect, down_px: int) -> None:
        if down_px:
            self._margin.scroll(0, down_px)
        else:
            self._margin.update(0, area.y(), self._margin.width(), area.height())

    @Slot()
    def _show_marks(self) -> None:
        self.viewport().update()
        self._margin.update()


def _bar_colour(mark: LineMark) -> str:
    colours = tokens()
    return {
        LineMark.CHANGED: colours.accent,
        LineMark.DOUBTFUL: colours.warning,
        LineMark.WRONG: colours.danger,
    }[mark]


class _Margin(QWidget):
    """Where the numbers stand; nothing to be reached."""

    def __init__(self, editor: XmlText) -> None:
        super().__init__(editor)
        self._editor = editor

    def sizeHint(self) -> QSize:
        return QSize(self._editor.margin_px, 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        self._editor.paint_margin(painter, event.rect())
        painter.end()
