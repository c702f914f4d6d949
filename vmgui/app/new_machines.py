"""What is shown of a machine that the wizard has made."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtWidgets import QWidget

from vmgui.model.domain import DomainKey
from vmgui.model.host import HostId
from vmgui.model.job import JobId, JobState
from vmgui.services.services import Services
from vmgui.ui.bridge.pane_scope import PaneScope

if TYPE_CHECKING:
    from vmgui.ui.creation.wizard import CreationWizard


class NewMachines(QObject):
    """Shows a machine's screen once the wizard's job has made it: nobody has to look for it in the list."""

    def __init__(self, services: Services, parent: QObject, show: Callable[[DomainKey, str], None]) -> None:
        """`show(key, tab)`: selects a machine and shows its `overview` or `console`."""
        super().__init__(parent)
        self._services = services
        self._show = show
        self._scope = PaneScope("new machines", self)

    def wizard(self, host_id: HostId | None, parent: QWidget) -> CreationWizard:
        """The window's wizard, its results followed."""
        from vmgui.ui.creation.wizard import CreationWizard

        wizard = CreationWizard.for_window(self._services, host_id, parent)
        wizard.created.connect(self.on_created, Qt.ConnectionType.UniqueConnection)
        return wizard

    @Slot(int)
    def on_created(self, job_id: JobId) -> None:
        """The wizard's job is under way: what it makes will be shown."""
        self._scope.try_run(self._show_when_made(job_id))

    async def _show_when_made(self, job_id: JobId) -> None:
        job = await self._services.jobs.wait(job_id)
        for made in job.results if job.state is JobState.DONE else ():
            if made.key is not None:
                # Not the inventory's state of it: the host's news that it runs may come after the job's end.
                self._show(made.key, "console" if made.is_running else "overview")
