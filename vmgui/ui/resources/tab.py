"""The Resources tab: what a machine has of processors, memory and disks, and how much of its host it may use."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget

from vmgui.commands.edits import PLACE
from vmgui.model.definition import MachineView
from vmgui.model.domain import DomainKey
from vmgui.services.machine_watch import MachineWatch
from vmgui.services.notifier import Notifier, Subscription
from vmgui.services.services import Services
from vmgui.ui.kit.draft import Drafts
from vmgui.ui.kit.draft_tab import DraftTab
from vmgui.ui.kit.page_tabs import Target
from vmgui.ui.resources.subject import CarryOut, Known, ResourcesSubject


class ResourcesTab(DraftTab[Known]):
    """Hears of the shown machine from its watch while somebody looks."""

    def __init__(self, services: Services, drafts: Drafts[Any], carry_out: CarryOut, parent: QWidget) -> None:
        self._watches = services.machine_watches
        self._watch: MachineWatch | None = None
        self._heard: Subscription | None = None
        self._told: Notifier[MachineView] = Notifier()
        subject = ResourcesSubject(services.edits, services.inventory, carry_out)
        news = (self._told, services.inventory.changes)
        super().__init__(PLACE, subject, services.jobs.wait, drafts, parent, *news)

    def show_target(self, target: Target | None) -> None:
        self._unsubscribe()
        if isinstance(target, DomainKey):
            self._watch = self._watches.watch(target)
            self._heard = self._watch.changed.subscribe(self._told.emit)
        super().show_target(target)

    async def shutdown(self) -> None:
        self._unsubscribe()
        await super().shutdown()

    def _unsubscribe(self) -> None:
        if self._heard is not None:
            self._heard.cancel()
        self._watch = self._heard = None
