"""A line to search with; the cross that empties it has a name, too."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QLineEdit, QToolButton, QWidget

from vmgui.words.say import Say


class SearchField(QLineEdit):
    """Says itself what it is, in the language of the moment."""

    def __init__(self, name: str, what: Say, hint: Say, parent: QWidget | None = None) -> None:
        """`what`: what a screen reader calls it; `hint`: what stands in it while it is empty."""
        super().__init__(parent)
        self._what, self._hint = what, hint
        self.setObjectName(name)
        self.setClearButtonEnabled(True)
        self._retranslate()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        self.setAccessibleName(str(self._what))
        self.setPlaceholderText(str(self._hint))
        clear = self.findChild(QToolButton)
        if clear is not None:
            clear.setAccessibleName(self.tr("Clear the search"))
