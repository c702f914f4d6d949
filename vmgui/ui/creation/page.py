"""What all pages of the wizard have in common."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QWidget

from vmgui.ui.creation.pages import PageId
from vmgui.ui.creation.session import CreationSession, View


class Page(QWidget):
    """One question. Shows the session's view, hands answers to the session; keeps nothing of its own."""

    page_wanted = Signal(object)  # PageId: a link to another page was followed

    page_id: PageId

    def __init__(self, session: CreationSession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.setObjectName(f"create-page-{self.page_id.value}")

    def show_view(self, view: View) -> None:
        """Bring all controls in line, without telling the session of it."""
        raise NotImplementedError

    def retranslate(self) -> None:
        """Set all texts anew."""
        raise NotImplementedError

    def first_field(self) -> QWidget | None:
        """What gets the keyboard when the page is shown; None: the button that makes the machine."""
        raise NotImplementedError

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
            self.show_view(self.session.view)
        super().changeEvent(event)
