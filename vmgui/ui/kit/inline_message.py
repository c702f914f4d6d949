"""One line under a field that says what is wrong with it and how to mend it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from vmgui.ui.kit.plain import Label
from vmgui.ui.look.icons import IconRole, pixmap
from vmgui.ui.look.theme import SPACE_S, set_tone
from vmgui.words.note import Level, Note

_ICON_PX = 16
_LOOKS = {
    Level.ERROR: ("octagon-x", IconRole.DANGER, "danger"),
    Level.WARNING: ("triangle-alert", IconRole.WARNING, "warning"),
    Level.GOOD: ("circle-check", IconRole.SUCCESS, "success"),
    Level.INFO: ("info", IconRole.MUTED, ""),
}


class InlineMessage(QWidget):
    """Hidden while there is nothing to say."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._mark = Label(self)
        self._text = Label(self)
        self._text.setWordWrap(True)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._level = Level.INFO
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE_S + 2)
        layout.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop)
        layout.addWidget(self._text, 1)
        self.hide()

    @property
    def text(self) -> str:
        """What is shown; empty: nothing."""
        return self._text.text()

    def show_note(self, note: Note | None) -> None:
        """What is said of an answer; None: nothing."""
        self._show(note.text if note is not None else "", note.level if note is not None else Level.INFO)

    def show_error(self, text: str) -> None:
        """Something must be changed before going on."""
        self._show(text, Level.ERROR)

    def show_warning(self, text: str) -> None:
        """It will work, but look."""
        self._show(text, Level.WARNING)

    def show_success(self, text: str) -> None:
        """Checked and good."""
        self._show(text, Level.GOOD)

    def show_info(self, text: str) -> None:
        """Good to know."""
        self._show(text, Level.INFO)

    def clear(self) -> None:
        """Nothing to say any more."""
        self._text.clear()
        self.hide()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.PaletteChange:
            self._show_mark()
        super().changeEvent(event)

    def _show(self, text: str, level: Level) -> None:
        if not text:
            self.clear()
            return
        if text == self._text.text() and level is self._level:
            self.show()
            return
        self._level = level
        self._text.setText(text)
        self._text.setAccessibleName(text)
        self.setAccessibleName(text)
        set_tone(self._text, _LOOKS[level][2])
        self._show_mark()
        self.show()
        QAccessible.updateAccessibility(QAccessibleEvent(self._text, QAccessible.Event.Alert))

    def _show_mark(self) -> None:
        name, role, _ = _LOOKS[self._level]
        self._mark.setPixmap(pixmap(name, role, _ICON_PX, self.devicePixelRatioF()))
