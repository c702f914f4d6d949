"""Which tabs the pages of the details have, besides their own: features do not know each other, this file does."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from vmgui.services.services import Services
from vmgui.services.uptime import UptimeWatch
from vmgui.ui.kit.page_tabs import PageTab
from vmgui.ui.machines.link import MachinesLink

translate = QCoreApplication.translate


def domain_tabs(services: Services) -> tuple[PageTab, ...]:
    """After a machine's overview and console."""
    return (_performance(services), _log(services))


def host_tabs(services: Services, uptimes: UptimeWatch, machines: MachinesLink) -> tuple[PageTab, ...]:
    """After a host's overview."""

    def capabilities(parent: QWidget) -> QWidget:
        # Imported here and below: most runs never look at it, and the window need not wait for it.
        from vmgui.ui.hosts.capabilities_tab import CapabilitiesTab

        return CapabilitiesTab(services, parent)

    return (
        _machines_tab(services, uptimes, machines, of_all=False),
        _performance(services),
        PageTab("capabilities", lambda: translate("HostPage", "Capabilities"), capabilities),
        _log(services),
    )


def fleet_tabs(services: Services, uptimes: UptimeWatch, machines: MachinesLink) -> tuple[PageTab, ...]:
    """After the dashboard of all hosts."""
    return (_machines_tab(services, uptimes, machines, of_all=True), _log(services))


def _machines_tab(
    services: Services, uptimes: UptimeWatch, machines: MachinesLink, *, of_all: bool
) -> PageTab:
    def make(parent: QWidget) -> QWidget:
        from vmgui.ui.machines.columns import machine_columns
        from vmgui.ui.machines.tab import MachinesTab
        from vmgui.ui.machines.tag_columns import tag_columns

        columns = (*machine_columns(services.performance, uptimes), *tag_columns(services.tags))
        return MachinesTab(
            services, columns, machines, of_all=of_all, news=services.tags.changed, parent=parent
        )

    return PageTab("machines", lambda: translate("Machines", "Virtual machines"), make)


def _performance(services: Services) -> PageTab:
    def make(parent: QWidget) -> QWidget:
        # Here: most runs never look at it, and the window need not wait for it.
        from vmgui.ui.performance.pane import PerformancePane

        return PerformancePane(services, parent)

    return PageTab("performance", lambda: translate("PageTab", "Performance"), make)


def _log(services: Services) -> PageTab:
    def make(parent: QWidget) -> QWidget:
        # Loaded when it is first looked at: the window comes sooner.
        from vmgui.ui.journal.pane import JournalPane

        return JournalPane(services.journal, services.inventory, parent)

    return PageTab("log", lambda: translate("Tabs", "Log"), make)
