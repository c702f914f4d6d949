"""Some lines under a field that say what is to be said of its answer, with at most one button that mends it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QWidget

from vmgui.ui.look.icons import IconRole, pixmap
from vmgui.ui.look.plain import Label
from vmgui.ui.look.theme import SPACE_S, set_tone
from vmgui.words.note import Level, Note

_ICON_PX = 16
_LOOKS = {
    Level.ERROR: ("octagon-x", IconRole.DANGER, "danger"),
    Level.MISSING: ("info", IconRole.MUTED, ""),
    Level.WARNING: ("triangle-alert", IconRole.WARNING, "warning"),
    Level.GOOD: ("circle-check", IconRole.SUCCESS, "success"),
    Level.INFO: ("info", IconRole.MUTED, ""),
    Level.BUSY: ("loader-circle", IconRole.ACCENT, ""),
}
_NOTHING = Note("", "", Level.INFO)


def tone_of(level: Level) -> str:
    """As `set_tone` has it."""
    return _LOOKS[level][2]


class Message(QWidget):
    """Hidden while there is nothing to say; `fix_wanted` carries the name of the field that its button mends."""

    fix_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None, name: str = "", *, toned: bool = True) -> None:
        """`toned`: the words have the mark's colour, too."""
        super().__init__(parent)
        self.setObjectName(name)
        self._toned = toned
        self._note = _NOTHING
        self._mark = Label(self)
        self._text = Label(self)
        self._text.setObjectName(f"{name}-text" if name else "")
        self._text.setWordWrap(True)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._text.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self.fix_button = QPushButton(self)
        self.fix_button.setObjectName(f"{name}-fix" if name else "")
        self.fix_button.setProperty("kind", "link")
        self.fix_button.clicked.connect(self._on_fix)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE_S + 2)
        layout.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop)
        layout.addWidget(self._text, 1)
        layout.addWidget(self.fix_button, 0, Qt.AlignmentFlag.AlignTop)
        self.hide()

    @property
    def text(self) -> str:
        """What is shown; empty: nothing."""
        return self._note.text

    @property
    def level(self) -> Level:
        """How it is meant."""
        return self._note.level

    def show_note(self, note: Note | None) -> None:
        """What is said of an answer; None: nothing."""
        note = note or _NOTHING
        self.setVisible(bool(note.text))
        if note == self._note:
            return
        self._note = note
        self._text.setText(note.text)
        for widget in (self, self._text):
            widget.setAccessibleName(note.text)
        self.fix_button.setText(note.fix)
        self.fix_button.setAccessibleName(note.fix.replace("&", ""))
        self.fix_button.setVisible(bool(note.fix))
        # The mark, the first line of the text and the button stand level.
        line_px = self._text.fontMetrics().height()
        tallest_px = max(_ICON_PX, self.fix_button.sizeHint().height() if note.fix else line_px)
        self._text.setContentsMargins(0, max(0, tallest_px - line_px) // 2, 0, 0)
        self._mark.setContentsMargins(0, (max(tallest_px, line_px) - _ICON_PX) // 2, 0, 0)
        if self._toned:
            set_tone(self._text, tone_of(note.level))
        self._show_mark()
        if note.text:
            QAccessible.updateAccessibility(QAccessibleEvent(self._text, QAccessible.Event.Alert))

    def tell(self, text: str, level: Level = Level.INFO, fix: str = "") -> None:
        """The same in words; empty: nothing."""
        self.show_note(Note("", text, level, fix))

    def clear(self) -> None:
        """Nothing to say any more."""
        self.show_note(None)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.DevicePixelRatioChange):
            self._show_mark()
        super().changeEvent(event)

    def _show_mark(self) -> None:
        name, role, _ = _LOOKS[self._note.level]
        self._mark.setPixmap(pixmap(name, role, _ICON_PX, self.devicePixelRatioF()))

    def _on_fix(self) -> None:
        self.fix_wanted.emit(self._note.field)
