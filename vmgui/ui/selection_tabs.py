"""The tabs of machines, hosts and all hosts: features do not know each other, this file does.

What a tab is made of is imported when it is made: most runs never look at it, and the window need not wait for it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from PySide6.QtCore import SignalInstance
from PySide6.QtWidgets import QWidget

from vmgui.commands.command import MachineCommand
from vmgui.model.domain import DomainKey
from vmgui.services.services import Services
from vmgui.services.uptime import UptimeWatch
from vmgui.ui.kit.draft import Drafts
from vmgui.ui.kit.page_tabs import Tab
from vmgui.ui.machines.link import MachinesLink
from vmgui.words.say import say


@dataclass(frozen=True, slots=True)
class Means:
    """What tabs are made with."""

    services: Services
    uptimes: UptimeWatch
    drafts: Drafts[Any]
    machines: MachinesLink
    console_factory: Callable[[DomainKey, QWidget], QWidget] | None
    host_chosen: SignalInstance  # of a HostId
    domain_chosen: SignalInstance  # of a DomainKey
    carry_out: Callable[[MachineCommand, tuple[DomainKey, ...]], None]  # a command, with its question


def load_overviews() -> None:
    """Import what the first looks at a machine and a host need."""
    for module in ("vmgui.ui.overview.pane", "vmgui.ui.hosts.host_overview"):
        import_module(module)


def _overview(means: Means, parent: QWidget) -> QWidget:
    from vmgui.ui.overview.pane import OverviewPane

    return OverviewPane(means.services, means.uptimes, means.drafts, parent)


def _console(means: Means, parent: QWidget) -> QWidget:
    from vmgui.ui.console.tab import ConsoleTab

    return ConsoleTab(means.console_factory, parent)


def _resources(means: Means, parent: QWidget) -> QWidget:
    from vmgui.ui.resources.tab import ResourcesTab

    return ResourcesTab(means.services, means.drafts, means.carry_out, parent)


def _hardware(means: Means, parent: QWidget) -> QWidget:
    from vmgui.ui.hardware.tab import HardwareTab

    return HardwareTab(means.services, means.drafts, parent)


def _host_overview(means: Means, parent: QWidget) -> QWidget:
    from vmgui.ui.hosts.host_overview import HostOverview

    return HostOverview(means.services, parent)


def _dashboard(means: Means, parent: QWidget) -> QWidget:
    from vmgui.ui.fleet.dashboard import FleetDashboard

    dashboard = FleetDashboard(means.services, parent)
    dashboard.host_chosen.connect(means.host_chosen)
    dashboard.domain_chosen.connect(means.domain_chosen)
    return dashboard


def _performance(means: Means, parent: QWidget) -> QWidget:
    from vmgui.ui.performance.pane import PerformancePane

    return PerformancePane(means.services, parent)


def _capabilities(means: Means, parent: QWidget) -> QWidget:
    from vmgui.ui.hosts.capabilities_tab import CapabilitiesTab

    return CapabilitiesTab(means.services, parent)


def _log(means: Means, parent: QWidget) -> QWidget:
    from vmgui.ui.journal.pane import JournalPane

    return JournalPane(means.services.journal, means.services.inventory, parent)


def _machines_of_host(means: Means, parent: QWidget) -> QWidget:
    return _machines(means, parent, of_all=False)


def _all_machines(means: Means, parent: QWidget) -> QWidget:
    return _machines(means, parent, of_all=True)


def _machines(means: Means, parent: QWidget, *, of_all: bool) -> QWidget:
    from vmgui.ui.machines.columns import machine_columns
    from vmgui.ui.machines.tab import MachinesTab
    from vmgui.ui.machines.tag_columns import tag_columns

    services = means.services
    columns = (*machine_columns(services.performance, means.uptimes), *tag_columns(services.definitions))
    return MachinesTab(
        services, columns, means.machines, of_all=of_all, news=services.definitions.changed, parent=parent
    )


_PERFORMANCE = Tab("performance", say("PageTab", "Performance"), _performance)
_LOG = Tab("log", say("Tabs", "Log"), _log)

MACHINE_TABS: tuple[Tab[Means], ...] = (
    Tab("overview", say("Tabs", "Overview"), _overview, stays=True),
    Tab("console", say("Tabs", "Console"), _console, stays=True),
    Tab("resources", say("Tabs", "Resources"), _resources),
    Tab("hardware", say("Tabs", "Hardware"), _hardware),
    _PERFORMANCE,
    _LOG,
)
HOST_TABS: tuple[Tab[Means], ...] = (
    Tab("overview", say("Tabs", "Overview"), _host_overview, stays=True),
    Tab("machines", say("Machines", "Virtual machines"), _machines_of_host),
    _PERFORMANCE,
    Tab("capabilities", say("HostPage", "Capabilities"), _capabilities),
    _LOG,
)
FLEET_TABS: tuple[Tab[Means], ...] = (
    Tab("dashboard", say("Tabs", "Dashboard"), _dashboard, stays=True),
    Tab("machines", say("Machines", "Virtual machines"), _all_machines),
    _LOG,
)
