"""A word or two in a thin frame beside what they are about."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QSizePolicy, QWidget

from vmgui.ui.look.message import tone_of
from vmgui.ui.look.plain import Label
from vmgui.ui.look.theme import TextRole, set_role, set_tone
from vmgui.words.note import Level
from vmgui.words.say import Say


class Chip(Label):
    """Hidden while it says nothing; no wider than its words."""

    def __init__(self, parent: QWidget | None = None, name: str = "") -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setProperty("chip", True)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        set_role(self, TextRole.CAPTION)
        self._said: Say | str = ""
        self.hide()

    def tell(self, text: Say | str, tone: Level = Level.INFO) -> None:
        """Empty: nothing."""
        self._said = text
        self.setText(str(text))
        set_tone(self, tone_of(tone))
        self.setVisible(bool(str(text)))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.setText(str(self._said))
        super().changeEvent(event)


def room_for(words: Iterable[Say], parent: QWidget) -> int:
    """How wide the widest of these is as a chip, in pixels."""
    chip = Chip(parent)
    widths_px = [0]
    for text in words:
        chip.setText(str(text))
        chip.ensurePolished()
        widths_px.append(chip.sizeHint().width())
    chip.setParent(None)
    chip.deleteLater()
    return max(widths_px)
