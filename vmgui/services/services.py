"""All services of a running program, built once by `app` and handed to the window."""

from __future__ import annotations

from dataclasses import dataclass

from vmgui.services.addresses import AddressService
from vmgui.services.alerts import AlertService
from vmgui.services.closing import close_each
from vmgui.services.console import ConsoleService
from vmgui.services.creation import CreationService
from vmgui.services.definitions import DefinitionIndex
from vmgui.services.deletion import DeletionService
from vmgui.services.edits import EditService
from vmgui.services.fleet import FleetService
from vmgui.services.hardware import HardwareService
from vmgui.services.host_watches import HostWatches
from vmgui.services.hosts import HostService
from vmgui.services.inventory import Inventory
from vmgui.services.jobs import JobService
from vmgui.services.journal import JournalService
from vmgui.services.last_seen import LastSeenService
from vmgui.services.lifecycle import LifecycleService
from vmgui.services.machine_watch import MachineWatches
from vmgui.services.media import MediaService
from vmgui.services.performance import PerformanceService
from vmgui.services.performance_history import HistoryService
from vmgui.services.rollback import RollbackService
from vmgui.services.stored_files import StoredFiles
from vmgui.services.tags import TagsService
from vmgui.services.undo import UndoService


@dataclass(frozen=True, slots=True)
class Services:
    """What a user can do, one field per feature."""

    inventory: Inventory
    jobs: JobService
    hosts: HostService
    last_seen: LastSeenService
    performance: PerformanceService
    history: HistoryService
    machine_watches: MachineWatches
    lifecycle: LifecycleService
    deletion: DeletionService
    creation: CreationService
    rollback: RollbackService
    console: ConsoleService
    definitions: DefinitionIndex
    addresses: AddressService
    tags: TagsService
    edits: EditService
    hardware: HardwareService
    undo: UndoService
    media: MediaService
    fleet: FleetService
    host_watches: HostWatches
    journal: JournalService
    alerts: AlertService
    files: StoredFiles

    async def close(self) -> None:
        """End all of them, who needs others first; no new jobs from now on, what hosts do is not waited for.

        One that fails is logged and keeps no other from closing.
        """
        await close_each(
            ("files", self.files.close),
            ("jobs", self.jobs.close),
            ("rollback", self.rollback.close),
            ("undo", self.undo.close),
            ("hardware", self.hardware.close),
            ("machine_watches", self.machine_watches.close),
            ("addresses", self.addresses.close),
            ("definitions", self.definitions.close),
            ("fleet", self.fleet.close),
            ("performance", self.performance.close),
            ("history", self.history.close),
            ("alerts", self.alerts.close),
            ("host_watches", self.host_watches.close),
            ("last_seen", self.last_seen.close),
            ("hosts", self.hosts.close),
            ("journal", self.journal.close),
        )
