"""What would happen, to be read and copied: in words, as changes of the XML, as commands for a shell."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QSize, Qt, Slot
from PySide6.QtGui import QColor, QFontDatabase, QGuiApplication, QSyntaxHighlighter, QTextCharFormat
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy, QTabBar, QWidget

from vmgui.policy.plain_text import visible_lines
from vmgui.ui.look.boxes import Cell, across, down
from vmgui.ui.look.button import Button
from vmgui.ui.look.icons import IconRole, pixmap
from vmgui.ui.look.message import Message
from vmgui.ui.look.plain import Label, tip
from vmgui.ui.look.theme import SPACE_L, SPACE_S, tokens, watcher
from vmgui.words.note import Level
from vmgui.words.say import say

_MOST_PX = 240
_LEAST_PX = 96
_ICON_PX = 16
_MOST_CHARS = 1 << 20
_TITLES = (
    say("Preview", "In words"),
    say("Preview", "XML now"),
    say("Preview", "XML after the next start"),
    say("Preview", "Commands"),
)
_COPY = say("Preview", "Copy the preview")
_DIFFS = (1, 2)


@dataclass(frozen=True, slots=True)
class PreviewText:
    """As `PreviewPane.show_preview` takes it."""

    words: tuple[str, ...]
    live_diff: str = ""
    saved_diff: str = ""
    virsh: tuple[str, ...] = ()


class DiffColours(QSyntaxHighlighter):
    """Lines of a unified diff in their colours."""

    is_on = False

    def highlightBlock(self, text: str) -> None:
        if not self.is_on:
            return
        colours, form = tokens(), QTextCharFormat()
        if text.startswith(("+++", "---", "@@")):
            form.setForeground(QColor(colours.muted))
        elif text.startswith("+"):
            form.setForeground(QColor(colours.success))
        elif text.startswith("-"):
            form.setForeground(QColor(colours.danger))
        else:
            return
        self.setFormat(0, len(text), form)


class PreviewPane(QWidget):
    """One part in front, of those that have something. Read only, plain text, never higher than it is allowed."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._texts = ("", "", "", "")
        self._parts: list[int] = []
        self._front = 0  # stays chosen while there is nothing of it
        self._is_filling = False
        self._tabs = QTabBar(self)
        self._tabs.setObjectName(f"{name}-parts")
        self._tabs.setDrawBase(False)
        self._tabs.setExpanding(False)
        self._tabs.setUsesScrollButtons(False)
        self._tabs.setElideMode(Qt.TextElideMode.ElideRight)
        self._tabs.currentChanged.connect(self._on_part)
        self._copy = Button(f"{name}-copy", say("Preview", "Copy"), self, spoken=_COPY, kind="link")
        self._copy.clicked.connect(self._on_copy)
        self._text = QPlainTextEdit(self)
        self._text.setObjectName(f"{name}-text")
        self._text.setReadOnly(True)
        self._text.setTabChangesFocus(True)
        self._text.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self._text.setMinimumHeight(0)
        self._colours = DiffColours(self._text.document())
        self._message = Message(self, f"{name}-message")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._busy = Label(self)  # no line of words: it comes with every letter that is typed
        self._busy.setFixedWidth(_ICON_PX)
        head = across(Cell(self._tabs, 1), self._busy, self._copy)
        self.setLayout(down(head, self._message, Cell(self._text, 1), space=SPACE_S))
        watcher().changed.connect(self._on_theme)
        self._retranslate()
        self.clear()

    def show_preview(
        self, words: tuple[str, ...], live_diff: str, saved_diff: str, virsh: tuple[str, ...]
    ) -> None:
        """What there is of it; the part in front stays so."""
        texts = ("\n".join(words), live_diff, saved_diff, "\n".join(virsh))
        self._texts = tuple(visible_lines(text.strip("\n"), _MOST_CHARS) for text in texts)
        self._fill()

    def show_busy(self) -> None:
        """It is being found out; what was shown stays so long."""
        words = self.tr("Finding out what would happen…")
        self._busy.setPixmap(pixmap("loader-circle", IconRole.ACCENT, _ICON_PX, self.devicePixelRatioF()))
        self._busy.setAccessibleName(words)
        self._busy.setToolTip(tip(words))
        self._message.tell("" if self._parts else words, Level.BUSY)

    def show_error(self, text: str) -> None:
        """Why it cannot be said."""
        self.clear()
        self._message.tell(text, Level.ERROR)

    def clear(self) -> None:
        """Nothing is known of what would happen."""
        self._texts = ("", "", "", "")
        self._fill()

    def sizeHint(self) -> QSize:
        """As high as the longest part, so that another one in front moves nothing."""
        hint = super().sizeHint()
        if not self._parts:
            return hint
        lines = max(text.count("\n") + 1 for text in self._texts)
        around_px = self._tabs.sizeHint().height() + SPACE_L + _ICON_PX
        wanted_px = around_px + lines * self._text.fontMetrics().lineSpacing()
        return QSize(hint.width(), max(_LEAST_PX, min(wanted_px, _MOST_PX)))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, _LEAST_PX if self._parts else super().minimumSizeHint().height())

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        self._tabs.setAccessibleName(self.tr("Parts of the preview"))
        for place, part in enumerate(self._parts):
            self._tabs.setTabText(place, str(_TITLES[part]))
        self._show_part()

    def _fill(self) -> None:
        """Tabs for what there is; nothing more is being found out."""
        self._message.clear()
        self._busy.clear()
        self._busy.setAccessibleName("")
        self._busy.setToolTip("")
        parts = [part for part, text in enumerate(self._texts) if text]
        self._is_filling = True
        if parts != self._parts:
            self._parts = parts
            while self._tabs.count():
                self._tabs.removeTab(0)
            for part in parts:
                self._tabs.addTab(str(_TITLES[part]))
        if parts:
            self._tabs.setCurrentIndex(parts.index(self._front) if self._front in parts else 0)
        self._is_filling = False
        for widget in (self._tabs, self._busy, self._copy, self._text):
            widget.setVisible(bool(parts))
        self._show_part()
        self.updateGeometry()

    def _show_part(self) -> None:
        if not self._parts:
            self._text.clear()
            return
        part = self._parts[self._tabs.currentIndex()]
        self._text.setAccessibleName(str(_TITLES[part]))
        self._colours.is_on = part in _DIFFS
        wrap = QPlainTextEdit.LineWrapMode
        self._text.setLineWrapMode(wrap.NoWrap if part in _DIFFS else wrap.WidgetWidth)
        if self._text.toPlainText() != self._texts[part]:
            self._text.setPlainText(self._texts[part])
        self._colours.rehighlight()

    @Slot(int)
    def _on_part(self, place: int) -> None:
        if not self._is_filling and place >= 0:
            self._front = self._parts[place]
            self._show_part()

    @Slot()
    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self._text.toPlainText())

    @Slot()
    def _on_theme(self) -> None:
        self._colours.rehighlight()
