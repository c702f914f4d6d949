"""Texts on widgets that may hold somebody else's words: shown letter by letter, never taken for markup or keys.

Qt guesses: a label or tool tip that looks like HTML is rendered, pictures and files named in it are read; a "&"
underlines a letter; "[*]" in a window's title vanishes. Here each has its one way around that, and a rule in
tests/meta keeps every label and tool tip on it.
"""

from __future__ import annotations

import html

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtGui import Qt as QtTexts  # the same namespace with what QtGui adds to it
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from vmgui.policy.plain_text import NAME_CHARS, TEXT_CHARS, edges_seen, visible, visible_lines

TIP_CHARS = 1000
_WIDEST = QSize(600, 1 << 24)


class Label(QLabel):
    """A label whose text is plain text; what could not be seen in it is shown as its escape."""

    def __init__(self, text: str | QWidget | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent if text is None or isinstance(text, str) else text)
        self.setTextFormat(Qt.TextFormat.PlainText)
        if isinstance(text, str):
            self.setText(text)

    def setText(self, text: str) -> None:
        super().setText(visible_lines(text))

    def minimumSizeHint(self) -> QSize:
        """A name without an end is cut off; it makes no window wider than the screen."""
        return super().minimumSizeHint().boundedTo(_WIDEST)


class ElidedLabel(Label):
    """One line that takes what room there is, ends in "…" where that is too little, and is whole in its tool tip."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def setText(self, text: str) -> None:
        super().setText(text)
        self.setToolTip(tip(text))

    @property
    def shown_text(self) -> str:
        """As much of the text as is on screen."""
        return self.fontMetrics().elidedText(
            self.text(), Qt.TextElideMode.ElideRight, self.contentsRect().width()
        )

    def paintEvent(self, event: QPaintEvent) -> None:
        shown = self.shown_text
        if shown == self.text():
            super().paintEvent(event)
            return
        painter = QPainter(self)
        self.style().drawItemText(
            painter,
            self.contentsRect(),
            self.alignment().value,
            self.palette(),
            self.isEnabled(),
            shown,
            self.foregroundRole(),
        )
        painter.end()


class RichLabel(QLabel):
    """A label whose text is HTML of our own making: every word of others in it must be escaped."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.RichText)


def tip(text: str) -> str:
    """The text of a tool tip of a widget, an action or a model's index."""
    text = visible_lines(text, TIP_CHARS)
    if not QtTexts.mightBeRichText(text):
        return text
    return f"<p style='white-space:pre-wrap'>{html.escape(text)}</p>"


def no_key(text: str, most: int = NAME_CHARS) -> str:
    """The text of a menu, a button, a tab or a label with a buddy: no letter of `text` becomes its key."""
    return visible(text, most).replace("&", "&&")


def window_title(text: str, *, may_be_changed: bool = False) -> str:
    """The title of a window: Qt takes "[*]" for the mark of unsaved changes and leaves it out. `may_be_changed`: the
    mark stands behind it while there are some (setWindowModified)."""
    return visible(text).replace("[*]", "[*][*]") + ("[*]" if may_be_changed else "")


def is_typed(text: str, name: str) -> bool:
    """Whether a person typed `name`, as it is or as it is shown."""
    typed = text.strip()
    if visible(typed, TEXT_CHARS) == visible(name.strip(), TEXT_CHARS):
        return True
    # A long one is shown with an ellipsis for its end, spaces at the ends in titles as a sign.
    return typed in (visible(name).strip(), visible(edges_seen(name)))
