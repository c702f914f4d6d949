"""The wizard "New virtual machine".

As soon as every answer (or its default) is right, "Create with these settings" makes the machine from any page.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from vmgui.model.host import HostId
from vmgui.services.creation import CreationService
from vmgui.services.inventory import Inventory
from vmgui.services.services import Services
from vmgui.ui.creation.pages import PageId
from vmgui.ui.creation.session import CreationSession
from vmgui.ui.creation.steps import STEPS, WORDS
from vmgui.ui.kit.wizard import Wizard


class CreationWizard(Wizard):
    """One per program; `open_for` shows it, hiding keeps the draft."""

    created = Signal(int)  # JobId of the job that makes the machine

    def __init__(
        self, creation: CreationService, inventory: Inventory, parent: QWidget | None = None
    ) -> None:
        session = CreationSession(creation, inventory)
        super().__init__("create", WORDS, STEPS, session, parent)
        self.session = session
        self.finish_wanted.connect(self._on_finish)

    @classmethod
    def for_window(cls, services: Services, host_id: HostId | None, window: QWidget) -> CreationWizard:
        """The window's one wizard, made when first asked for, so that a draft is never lost; shown."""
        wizard = window.findChild(cls, options=Qt.FindChildOption.FindDirectChildrenOnly)
        if wizard is None:
            wizard = cls(services.creation, services.inventory, window)
        wizard.open_for(host_id)
        return wizard

    def open_for(self, host_id: HostId | None = None) -> None:
        """Show the wizard, for a host if one is meant; goes on with the draft if there is one."""
        if not self.isVisible():
            self.session.wanted_host = host_id
        self.open_soon()

    async def shut_down(self) -> None:
        """Before the program ends: cancel what is under way and wait for it."""
        self.stay_closed()
        await self.session.close()

    @property
    def current_page(self) -> PageId:
        """Which page is shown."""
        return PageId(self.current_step)

    def _on_finish(self) -> None:
        job_id = self.session.create()
        if job_id is not None:
            self.accept()
            self.created.emit(job_id)
