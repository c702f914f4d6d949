"""Said over a draft when what it changes was changed by others meanwhile: the person keeps the draft, or takes theirs."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from vmgui.ui.look.message import Message
from vmgui.ui.look.theme import SPACE
from vmgui.words.note import Level


class DraftNotice(QWidget):
    """Hidden until there is something to decide."""

    keep_asked = Signal()
    reload_asked = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._message = Message(self)
        self._keep = QPushButton(self)
        self._keep.setObjectName(f"{name}-keep")
        self._keep.clicked.connect(self._on_keep)
        self._reload = QPushButton(self)
        self._reload.setObjectName(f"{name}-reload")
        self._reload.clicked.connect(self._on_reload)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE)
        layout.addWidget(self._message, 1)
        layout.addWidget(self._keep)
        layout.addWidget(self._reload)
        self._retranslate()
        self.hide()

    def show_change(self, text: str) -> None:
        """Say what was changed; empty: nothing was, or it is decided."""
        self._message.tell(text, Level.WARNING)
        self.setVisible(bool(text))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        self._keep.setText(self.tr("Keep mine"))
        self._reload.setText(self.tr("Take theirs"))
        for button in (self._keep, self._reload):
            button.setAccessibleName(button.text())

    def _on_keep(self) -> None:
        self.keep_asked.emit()

    def _on_reload(self) -> None:
        self.reload_asked.emit()
