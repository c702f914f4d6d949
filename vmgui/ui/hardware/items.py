"""The rows of the list of hardware: the machine's own settings, its devices by kind, what is to be added."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum

from vmgui.commands.hardware import every
from vmgui.commands.hardware.device_marks import is_pending
from vmgui.commands.hardware.form import DeviceForm, MachineForm
from vmgui.model.device import ListedDevice
from vmgui.model.device_character import ConsoleDevice
from vmgui.model.device_disk import DiskDevice
from vmgui.model.device_network import InterfaceDevice
from vmgui.model.hardware import HardwareMachine
from vmgui.policy.plain_text import visible
from vmgui.words.device import device_detail, device_title, device_words
from vmgui.words.say import Say, say

MACHINE, DEVICE, NEW = "machine:", "device:", "new:"
"""How the ids of the rows begin; those of devices go on with words of others."""


class Mark(Enum):
    """How what is so now and what will be differ."""

    PENDING = "pending"  # some of its values
    ONLY_NOW = "only_now"
    ONLY_NEXT_START = "only_next_start"


MARKS: Mapping[Mark, Say] = {
    Mark.PENDING: say("HardwareList", "Other settings after the next start"),
    Mark.ONLY_NOW: say("HardwareList", "Only until it stops"),
    Mark.ONLY_NEXT_START: say("HardwareList", "Only after the next start"),
}
_GROUPS: tuple[tuple[Say, frozenset[str]], ...] = (
    (say("HardwareList", "Storage"), frozenset({"disk", "cdrom", "floppy", "filesystem"})),
    (say("HardwareList", "Network"), frozenset({"interface"})),
    (
        say("HardwareList", "Display and sound"),
        frozenset({"graphics", "video", "sound", "audio", "input"}),
    ),
    (say("HardwareList", "Devices of the host"), frozenset({"hostdev", "usb", "pci", "redirdev", "mdev"})),
)
_MACHINE = say("HardwareList", "Machine")
_OTHERS = say("HardwareList", "Other devices")
_CONTROLLERS = say("HardwareList", "Controllers")
_ICONS = {
    "audio": "volume-2",
    "memballoon": "memory-stick",
    "memory": "memory-stick",
    "hostdev": "circuit-board",
    "disk": "hard-drive",
}
_UNKNOWN_ICON = "circuit-board"


@dataclass(frozen=True, slots=True)
class Item:
    """A row. `state`: what is being done with it; it stands in place of the detail."""

    id: str
    group: str
    icon: str
    title: str
    detail: str = ""
    spoken: str = ""  # all of it where that is more than title and detail
    mark: Mark | None = None
    is_drafted: bool = False
    state: str = ""

    @property
    def is_device(self) -> bool:
        """One that is there."""
        return self.id.startswith(DEVICE)

    @property
    def words(self) -> str:
        """In one line."""
        return f"{self.title}: {self.detail}" if self.detail else self.title

    @property
    def all_words(self) -> str:
        """For who cannot see it."""
        mark = str(MARKS[self.mark]) if self.mark is not None else ""
        draft = str(say("HardwareList", "Changed, not applied")) if self.is_drafted else ""
        return ". ".join(filter(None, (self.spoken or self.words, self.state, mark, draft)))


def id_of(form: MachineForm) -> str:
    """Of the row that it is behind."""
    return MACHINE + form.kind


def items(machine: HardwareMachine, drafted: Collection[str], states: Mapping[str, str]) -> tuple[Item, ...]:
    """All rows in their order. `drafted`: the ids of those that have a draft, also of what is to be added; `states`: by ids
    what is being done."""
    found = [
        Item(id_of(form), str(_MACHINE), form.icon, form.title.plain, is_drafted=id_of(form) in drafted)
        for form in every.MACHINE
    ]
    found += sorted(_devices(machine, drafted, states), key=_Order(machine))
    return tuple(found)


def title_of(listed: ListedDevice) -> str:
    """ "Disk vda", "Network card"."""
    return device_title(listed.kind, _shown(listed))


def why_no_form(listed: ListedDevice) -> str:
    """Why a device is shown by its XML alone."""
    if isinstance(_shown(listed), ConsoleDevice):
        return str(say("HardwareList", "This console belongs to the serial port: change it there."))
    return str(
        say("HardwareList", "There is no form for this kind of device: change it in the machine's XML.")
    )


def icon_of(listed: ListedDevice) -> str:
    """Its name."""
    form = every.form_of(listed)
    return form.icon if form is not None else _ICONS.get(listed.kind, _UNKNOWN_ICON)


def _devices(machine: HardwareMachine, drafted: Collection[str], states: Mapping[str, str]) -> Iterator[Item]:
    both = machine.live is not None and machine.saved is not None
    for listed in machine.devices:
        form, id_ = every.form_of(listed), DEVICE + listed.id
        yield Item(
            id_,
            _group(form.kind if form is not None else listed.kind),
            icon_of(listed),
            title_of(listed),
            _detail(listed),
            visible(device_words(listed.kind, _shown(listed)), _SPOKEN_CHARS),
            _mark(listed, form) if both else None,
            id_ in drafted,
            states.get(id_, ""),
        )
    for form in every.DEVICES:
        id_ = NEW + form.kind
        if id_ in drafted:
            detail = str(say("HardwareList", "new, not added yet"))
            yield Item(
                id_, _group(form.kind), form.icon, form.title.plain, detail, is_drafted=True,
                state=states.get(id_, ""),
            )  # fmt: skip


_SPOKEN_CHARS = 300


class _Order:
    """By groups, in them by kinds, as they can be added; those that are alike stay as the machine has them, new ones last."""

    def __init__(self, machine: HardwareMachine) -> None:
        groups = (*(str(group) for group, _ in _GROUPS), str(_OTHERS), str(_CONTROLLERS))
        self._groups = {group: number for number, group in enumerate(groups)}
        self._kinds = {form.kind: number for number, form in enumerate(every.DEVICES)}
        self._of: dict[str, int] = {}
        for listed in machine.devices:
            form = every.form_of(listed)
            kind = form.kind if form is not None else listed.kind
            self._of[DEVICE + listed.id] = self._kinds.get(kind, len(self._kinds))

    def __call__(self, item: Item) -> tuple[int, int, str, bool]:
        kind = self._of.get(item.id, self._kinds.get(item.id.removeprefix(NEW), len(self._kinds)))
        alike = "" if kind < len(self._kinds) else item.title
        return self._groups[item.group], kind, alike, item.id.startswith(NEW)


def _group(kind: str) -> str:
    if kind == "controller":
        return str(_CONTROLLERS)
    kind = kind.partition("-")[0]
    return str(next((group for group, kinds in _GROUPS if kind in kinds), _OTHERS))


def _shown(listed: ListedDevice) -> object:
    return listed.saved if listed.saved is not None else listed.live


def _detail(listed: ListedDevice) -> str:
    """What says most of it in little room."""
    device = _shown(listed)
    told = device_detail(device)
    if isinstance(device, DiskDevice):
        # A file is known by the end of its path.
        told = told.partition(" (")[0]
        told = told.rstrip("/").rpartition("/")[2] or told
    elif isinstance(device, InterfaceDevice):
        # Cards of one network differ in the end of their addresses.
        told = told.partition(", ")[0].removeprefix("network ")
        told = f"{told} {device.mac[-8:]}".strip()
    return visible(told)


def _mark(listed: ListedDevice, form: DeviceForm | None) -> Mark | None:
    if listed.saved is None:
        return Mark.ONLY_NOW
    if listed.live is None:
        return Mark.ONLY_NEXT_START
    return Mark.PENDING if form is not None and is_pending(form, listed) else None


def groups(rows: Iterable[Item]) -> Iterator[str | Item]:
    """The rows with the titles of their groups before them."""
    last = ""
    for row in rows:
        if row.group != last:
            last = row.group
            yield last
        yield row
