"""Builds the services, each knowing only those below it."""

from __future__ import annotations

from vmgui.app.stores import Stores
from vmgui.services.addresses import AddressService
from vmgui.services.alerts import AlertService
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
from vmgui.services.os_variants import OsVariants
from vmgui.services.performance import PerformanceService
from vmgui.services.performance_history import HistoryService
from vmgui.services.rollback import RollbackService
from vmgui.services.services import Services
from vmgui.services.ssh import SshLogins
from vmgui.services.stored_files import StoredFiles
from vmgui.services.tags import TagsService
from vmgui.services.undo import UndoService
from vmgui.store.keyring import Keyring


def build_services(stores: Stores) -> Services:
    """All services of one run; nothing is connected yet."""
    inventory = Inventory()
    jobs = JobService()
    hosts = HostService(inventory, jobs, stores.hosts, stores.kvm, SshLogins(Keyring()))
    host_watches = HostWatches(hosts, inventory)
    last_seen = LastSeenService(inventory, stores.last_seen)
    definitions = DefinitionIndex(hosts, inventory)
    edits = EditService(hosts, inventory, jobs, definitions)
    performance = PerformanceService(hosts, inventory)
    journal = JournalService(hosts, inventory, jobs, stores.journal)
    alerts = AlertService(hosts, inventory, journal, host_watches.pools, stores.alerts)
    files = StoredFiles(stores.files)
    rollback = RollbackService(hosts, inventory, jobs, stores.rollback)
    edits = EditService(hosts, inventory, jobs, definitions)
    files.follow("hosts", lambda: last_seen.show(hosts.follow_list()))
    files.follow("alerts", alerts.follow_settings)
    return Services(
        inventory=inventory,
        jobs=jobs,
        hosts=hosts,
        last_seen=last_seen,
        performance=performance,
        history=HistoryService(inventory, performance, stores.history, stores.settings),
        machine_watches=MachineWatches(hosts, inventory, last_seen),
        lifecycle=LifecycleService(hosts, inventory, jobs, definitions, edits.signed),
        deletion=DeletionService(hosts, inventory, jobs),
        creation=CreationService(hosts, inventory, jobs, OsVariants(), rollback, host_watches),
        rollback=rollback,
        console=ConsoleService(hosts),
        fleet=FleetService(hosts, inventory, performance, host_watches),
        host_watches=host_watches,
        definitions=definitions,
        addresses=AddressService(hosts, inventory, definitions),
        tags=TagsService(hosts, inventory, jobs, definitions, edits.signed),
        edits=edits,
        hardware=HardwareService(hosts, inventory, jobs, host_watches, edits, definitions),
        media=MediaService(hosts, inventory, jobs, host_watches, edits, definitions, stores.media),
        undo=UndoService(hosts, inventory, jobs, edits, stores.undo, definitions),
        journal=journal,
        alerts=alerts,
        files=files,
    )
