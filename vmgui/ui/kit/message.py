"""What is said beside a field, a page or a list: a mark, sentences, at most one button that mends it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QWidget

from vmgui.ui.kit.plain import Label
from vmgui.ui.look.icons import IconRole, pixmap
from vmgui.ui.look.theme import SPACE, set_tone
from vmgui.words.note import Level, Note

_ICON_PX = 16
_LOOKS = {
    Level.ERROR: ("octagon-x", IconRole.DANGER, "danger"),
    Level.MISSING: ("info", IconRole.MUTED, ""),
    Level.WARNING: ("triangle-alert", IconRole.WARNING, "warning"),
    Level.BUSY: ("loader-circle", IconRole.ACCENT, ""),
    Level.GOOD: ("circle-check", IconRole.SUCCESS, "success"),
    Level.INFO: ("info", IconRole.MUTED, ""),
}


class Message(QWidget):
    """Hidden while there is nothing to say; `fix_requested` when its button is pressed."""

    fix_requested = Signal()

    def __init__(self, parent: QWidget | None = None, name: str = "", *, is_toned: bool = True) -> None:
        """`name` begins the objectNames of what is in it; `is_toned`: the text has the colour of its mark."""
        super().__init__(parent)
        self.setObjectName(name)
        self._name, self._is_toned = name, is_toned
        self._level = Level.INFO
        self._mark = Label(self)
        self._mark.setFixedWidth(_ICON_PX)
        self._text = Label(self)
        self._text.setObjectName(f"{name}-text" if name else "")
        self._text.setWordWrap(True)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self._text.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self.fix_button = QPushButton(self)
        """What mends it; hidden where there is nothing of that kind."""
        self.fix_button.setObjectName(f"{name}-fix" if name else "")
        self.fix_button.setProperty("kind", "link")
        self.fix_button.clicked.connect(self._on_fix)
        self.fix_button.hide()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 2, 0, 2)
        layout.setSpacing(SPACE)
        layout.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop)
        layout.addWidget(self._text, 1)
        layout.addWidget(self.fix_button, 0, Qt.AlignmentFlag.AlignTop)
        self.hide()

    @property
    def text(self) -> str:
        """What is shown; empty: nothing."""
        return self._text.text()

    @property
    def level(self) -> Level:
        """How it is meant."""
        return self._level

    def show_note(self, note: Note | None) -> None:
        """What is said of an answer; None: nothing."""
        self.tell(note.text if note is not None else "", note.level if note is not None else Level.INFO)

    def tell(self, text: str, level: Level = Level.INFO, fix: str = "") -> None:
        """Show a text (empty: nothing); `fix` is the label of the button that mends it."""
        is_other = (text, level) != (self._text.text(), self._level)
        self._level = level
        if not text:
            # Most messages say nothing, at each change of each answer.
            self._text.clear()
            self.hide()
            return
        if is_other:
            self._text.setText(text)
            self._text.setAccessibleName(text)
            self.setAccessibleName(text)
            if self._is_toned:
                set_tone(self._text, _LOOKS[level][2])
            self._show_mark()
        self._show_fix(fix)
        self.show()
        if is_other:
            QAccessible.updateAccessibility(QAccessibleEvent(self._text, QAccessible.Event.Alert))

    def clear(self) -> None:
        """Say nothing any more."""
        self.tell("")

    def changeEvent(self, event: QEvent) -> None:
        # Another look, or a screen of another scale.
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.DevicePixelRatioChange):
            self._show_mark()
        super().changeEvent(event)

    def _show_fix(self, fix: str) -> None:
        self.fix_button.setText(fix)
        self.fix_button.setAccessibleName(fix.replace("&", ""))
        self.fix_button.setVisible(bool(fix))
        # The first line of the text stands level with the button's.
        line_px = self._text.fontMetrics().height()
        top_px = max(0, (self.fix_button.sizeHint().height() - line_px) // 2) if fix else 0
        self._text.setContentsMargins(0, top_px, 0, 0)
        self._mark.setContentsMargins(0, top_px + max(0, (line_px - _ICON_PX) // 2), 0, 0)

    def _show_mark(self) -> None:
        name, role, _ = _LOOKS[self._level]
        self._mark.setPixmap(pixmap(name, role, _ICON_PX, self.devicePixelRatioF()))

    def _on_fix(self) -> None:
        self.fix_requested.emit()
