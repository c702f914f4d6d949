"""Said over a draft when what it changes was changed by others meanwhile: the person keeps the draft, or takes theirs."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from vmgui.ui.look.boxes import Cell, across
from vmgui.ui.look.button import Button
from vmgui.ui.look.message import Message
from vmgui.words.note import Level
from vmgui.words.say import Say, say

_KEEP = say("DraftNotice", "Keep mine")
_RELOAD = say("DraftNotice", "Take theirs")


class DraftNotice(QWidget):
    """Hidden until there is something to decide."""

    keep_asked = Signal()
    reload_asked = Signal()

    def __init__(
        self,
        name: str,
        parent: QWidget | None = None,
        *,
        keep: Say = _KEEP,
        reload: Say = _RELOAD,
    ) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._message = Message(self)
        keeps = Button(f"{name}-keep", keep, self)
        keeps.clicked.connect(self.keep_asked)
        reloads = Button(f"{name}-reload", reload, self)
        reloads.clicked.connect(self.reload_asked)
        self.setLayout(across(Cell(self._message, 1), keeps, reloads))
        self.hide()

    def show_change(self, text: str) -> None:
        """Say what was changed; empty: nothing was, or it is decided."""
        self._message.tell(text, Level.WARNING)
        self.setVisible(bool(text))
