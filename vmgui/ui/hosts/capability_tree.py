"""What a host can do, as a tree: made of what was read when it was connected, machine types filled in on demand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QModelIndex, QObject, QSortFilterProxyModel, Qt
from PySide6.QtGui import QStandardItem, QStandardItemModel

from vmgui.model.host import DomainCapabilities, GuestCapability, HostInfo
from vmgui.policy.natural_order import natural_key
from vmgui.words import quantities as fmt

translate = QCoreApplication.translate

_MACHINE = Qt.ItemDataRole.UserRole + 1


@dataclass(frozen=True, slots=True)
class MachineType:
    """What a machine type is asked for by."""

    arch: str
    machine: str
    domain_type: str


class CapabilityModel(QStandardItemModel):
    """Two columns: what it is, and its value."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._waiting: dict[MachineType, QStandardItem] = {}

    def show_host(self, info: HostInfo) -> None:
        """Begin anew with what is known of this host."""
        self.clear()
        self._waiting.clear()
        self.setHorizontalHeaderLabels(
            [translate("Capabilities", "What"), translate("Capabilities", "Value")]
        )
        cpu = _branch(translate("Capabilities", "Host processor"), info.cpu_model)
        _leaf(cpu, translate("Capabilities", "Architecture"), info.arch)
        _leaf(cpu, translate("Capabilities", "Vendor"), info.cpu_vendor)
        _list(cpu, translate("Capabilities", "Features"), info.cpu_features)
        self._add(cpu)
        guests: dict[tuple[str, str], list[GuestCapability]] = {}
        for guest in info.guests:
            guests.setdefault((guest.arch, guest.os_type), []).append(guest)
        # The host's own architecture first.
        for (arch, os_type), found in sorted(guests.items(), key=lambda one: one[0][0] != info.arch):
            branch = _branch(translate("Capabilities", "Guests: {arch}").format(arch=arch), os_type)
            for guest in found:
                self._add_guest(branch, guest)
            self._add(branch)

    def machine_at(self, index: QModelIndex) -> MachineType | None:
        """The machine type a row is or belongs to."""
        while index.isValid():
            found = index.siblingAtColumn(0).data(_MACHINE)
            if isinstance(found, MachineType):
                return found
            index = index.parent()
        return None

    def is_waiting(self, machine: MachineType) -> bool:
        """Whether it is still to be filled in."""
        return machine in self._waiting

    def fill(self, machine: MachineType, capabilities: DomainCapabilities) -> None:
        """What the host said of this machine type."""
        branch = self._waiting.pop(machine, None)
        if branch is None:
            return
        branch.removeRows(0, branch.rowCount())
        _fill_machine(branch, capabilities)

    def tell(self, machine: MachineType, words: str) -> None:
        """Show this in place of what is not known; it may be asked for again."""
        branch = self._waiting.get(machine)
        if branch is not None:
            branch.child(0, 0).setText(words)

    def _add(self, branch: list[QStandardItem]) -> None:
        self.appendRow(branch)

    def _add_guest(self, branch: list[QStandardItem], guest: GuestCapability) -> None:
        kinds = ", ".join(guest.domain_types)
        _leaf(branch, translate("Capabilities", "Emulator ({kinds})").format(kinds=kinds), guest.emulator)
        kind = "kvm" if "kvm" in guest.domain_types else next(iter(guest.domain_types), "")
        title = translate("Capabilities", "Machine types ({kinds})").format(kinds=kinds)
        machines = _branch(title, fmt.count(len(guest.machines)))
        for name in sorted(guest.machines, key=natural_key):
            row = _branch(name, "")
            machine = MachineType(guest.arch, name, kind)
            row[0].setData(machine, _MACHINE)
            row[0].appendRow(_branch(translate("Capabilities", "Reading…"), ""))
            self._waiting[machine] = row[0]
            machines[0].appendRow(row)
        if guest.machines:
            branch[0].appendRow(machines)


class CapabilityFilter(QSortFilterProxyModel):
    """Shows what contains a text, with what it is part of and what is part of it. (Some thousand rows, seldom.)"""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.setRecursiveFilteringEnabled(True)
        self.setAutoAcceptChildRows(True)
        self.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.setFilterKeyColumn(-1)


def _fill_machine(branch: QStandardItem, found: DomainCapabilities) -> None:
    row = [branch]
    _leaf(row, translate("Capabilities", "Virtual CPUs at most"), fmt.count(found.max_vcpus))
    _leaf(row, translate("Capabilities", "Firmware"), ", ".join(found.firmwares))
    _list(row, translate("Capabilities", "Firmware files"), found.loader_paths)
    _leaf(row, translate("Capabilities", "Processor modes"), ", ".join(found.cpu_modes))
    _list(row, translate("Capabilities", "Processor models"), found.cpu_models)
    _list(row, translate("Capabilities", "Processor models this host cannot run"), found.unusable_cpu_models)
    for is_device, title in (
        (True, translate("Capabilities", "Devices")),
        (False, translate("Capabilities", "Further features")),
    ):
        offers = [offer for offer in found.offers if offer.is_device is is_device]
        if not offers:
            continue
        group = _branch(title, "")
        for offer in offers:
            words = translate("Capabilities", "yes") if offer.supported else translate("Capabilities", "no")
            one = _branch(offer.name, words)
            for name, values in offer.choices:
                _leaf(one, name, ", ".join(values))
            group[0].appendRow(one)
        branch.appendRow(group)


def _branch(name: str, value: str) -> list[QStandardItem]:
    items = [QStandardItem(name), QStandardItem(value)]
    for item in items:
        item.setEditable(False)
    return items


def _leaf(branch: list[QStandardItem], name: str, value: str) -> None:
    """Left out where the host tells nothing."""
    if value:
        branch[0].appendRow(_branch(name, value))


def _list(branch: list[QStandardItem], name: str, values: Sequence[str]) -> None:
    """A line each, so that a search finds the one."""
    if values:
        group = _branch(name, fmt.count(len(values)))
        for value in values:
            group[0].appendRow(_branch(value, ""))
        branch[0].appendRow(group)
