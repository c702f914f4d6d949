"""What all pages of the wizard have in common."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from vmgui.ui.creation.pages import PageId
from vmgui.ui.creation.session import CreationSession
from vmgui.ui.kit.wizard_steps import StepPage


class Page(StepPage):
    """One question about the new machine."""

    page_id: PageId
    session: CreationSession

    def __init__(self, session: CreationSession, parent: QWidget | None = None) -> None:
        super().__init__(f"create-page-{self.page_id}", session, parent)
