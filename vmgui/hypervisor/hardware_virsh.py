"""What virsh would be told of devices to do what the tasks do; without passwords. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from vmgui.hypervisor.hardware_look import SOME, HardwareLook
from vmgui.hypervisor.hardware_tasks import Task, changed
from vmgui.libvirtxml.edit import change_device, device_xml, write_device
from vmgui.libvirtxml.secrets_told import STARS
from vmgui.model.device import FoundDevice, ListedDevice
from vmgui.model.device_display import GraphicsDevice
from vmgui.model.hardware import AddDevice, ChangeDevice, RemoveDevice, Values
from vmgui.policy.virsh_hardware import Prepared, Verb

Told = tuple[str, str]
"""The flag that says where, and the device's XML."""


def prepared(found: HardwareLook, tasks: Sequence[Task]) -> tuple[Prepared, ...]:
    """In the tasks' order; one that tells the running machine and the definition the same is there once."""
    live = _Standing("--live", found.live_xml, found.live_places())
    saved = _Standing(
        "--config", found.saved_xml, found.saved_places(found.saved_xml) if found.saved_xml else {}
    )
    return tuple(one for task in tasks for one in _of(task, live, saved))


@dataclass(frozen=True, slots=True)
class _Standing:
    """The running machine or its definition: virsh's flag for it, its XML, where its devices stand in that."""

    flag: str
    xml: str
    places: Mapping[str, FoundDevice]


def _of(task: Task, live: _Standing, saved: _Standing) -> Iterator[Prepared]:
    where = [at for at, is_so in ((live, task.is_now), (saved, task.is_saved)) if is_so]
    match task.wish:
        case AddDevice():
            xml = write_device(task.wish.device)
            yield from _joined("attach-device", ((at.flag, xml) for at in where))
        case ChangeDevice():
            changes = ((live, task.now), (saved, task.then))
            told = (_changed(at, task.wish, values) for at, values in changes if values)
            yield from _joined("update-device", (one for one in told if one is not None))
        case RemoveDevice():
            told = (_gone(at, task.wish.id) for at in where)
            yield from _joined("detach-device", (one for one in told if one is not None))
        case _:
            return


def _joined(verb: Verb, told: Iterable[Told]) -> Iterator[Prepared]:
    flags: dict[str, list[str]] = {}
    for flag, xml in told:
        flags.setdefault(xml, []).append(flag)
    for xml, where in flags.items():
        yield verb, xml, tuple(where)


def _changed(at: _Standing, wish: ChangeDevice, values: Values) -> Told | None:
    if (one := at.places.get(wish.id)) is None:
        return None
    after = _with_stars(changed(one.device, values), wish.seen, values)
    return at.flag, device_xml(change_device(at.xml, one.place, one.device, after), one.place)


def _gone(at: _Standing, id_: str) -> Told | None:
    one = at.places.get(id_)
    return (at.flag, device_xml(at.xml, one.place)) if one is not None else None


def _with_stars(device: object, seen: ListedDevice, values: Values) -> object:
    """A display that is told without its password would have none from then on."""
    had = any(isinstance(one, GraphicsDevice) and one.password == SOME for one in (seen.live, seen.saved))
    if isinstance(device, GraphicsDevice) and had and "password" not in dict(values):
        return replace(device, password=STARS)
    return device
