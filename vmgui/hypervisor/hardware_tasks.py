"""What each wish about hardware does now and in the definition, as a plan says, and what it makes of the XML. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from vmgui.hypervisor.hardware_secrets import is_secret
from vmgui.libvirtxml.edit import add_device, change_devices, change_values, read_values, remove_device
from vmgui.model.device import FoundDevice
from vmgui.model.edit import When
from vmgui.model.errors import NotFound
from vmgui.model.hardware import (
    AddDevice,
    ChangeDevice,
    ChangeMachine,
    HardwarePlan,
    RemoveDevice,
    Values,
    Wish,
)
from vmgui.policy.device_values import with_values


@dataclass(frozen=True, slots=True)
class Task:
    """One wish. `now`, `then`: the values that are changed while it runs, and in the definition."""

    wish: Wish
    is_now: bool
    is_saved: bool
    now: Values = field(default=(), repr=False)
    then: Values = field(default=(), repr=False)


def tasks_of(plan: HardwarePlan, wishes: Sequence[Wish]) -> tuple[Task, ...]:
    """In the order of the wishes."""
    return tuple(_task(plan, wish) for wish in wishes)


def _task(plan: HardwarePlan, wish: Wish) -> Task:
    changes = plan.of(wish)
    now = [change for change in changes if change.when is When.NOW]
    then = [change for change in changes if change.saves and change.when is not When.IMPOSSIBLE]
    if not isinstance(wish, ChangeDevice | ChangeMachine):
        return Task(wish, bool(now), bool(then))
    wished = dict(wish.values)
    return Task(
        wish,
        bool(now),
        bool(then),
        tuple((change.path, wished.get(change.path, change.to)) for change in now),
        tuple((change.path, wished.get(change.path, change.to)) for change in then),
    )


def changed(device: object, values: Values) -> object:
    """A device with other values; None for a password: there is none any more."""
    return with_values(
        device, ((path, "" if value is None and is_secret(device, path) else value) for path, value in values)
    )


def carried_out(xml: str, tasks: Iterable[Task], places: Mapping[str, FoundDevice], *, live: bool) -> str:
    """The XML of the running machine (`live`), or its definition, with what the tasks change of it.

    `places`: its devices by their ids, as they stand in this very XML. A device is found by how manieth of its kind it is:
    so first devices are changed, then removed, then added. Raises NotFound, InvalidState where one is not as it was.
    """
    wanted = [task for task in tasks if (task.is_now if live else task.is_saved)]
    found = dict(places)
    gone: list[str] = []
    for task in wanted:
        match task.wish:
            case ChangeDevice():
                one = _in(found, task.wish.id)
                after = changed(one.device, task.now if live else task.then)
                found[task.wish.id] = replace(one, device=after)
            case ChangeMachine():
                before = read_values(xml)
                xml = change_values(xml, before, with_values(before, task.now if live else task.then))
            case RemoveDevice():
                gone.append(task.wish.id)
            case _:
                pass
    changes = ((one.place, places[id_].device, one.device) for id_, one in found.items())
    xml = change_devices(xml, (change for change in changes if change[1] is not change[2]))
    for one in sorted((_in(found, id_) for id_ in gone), key=lambda one: one.place.index, reverse=True):
        xml = remove_device(xml, one.place, one.device)
    for task in wanted:
        if isinstance(task.wish, AddDevice):
            xml = add_device(xml, task.wish.device)
    return xml


def _in(found: Mapping[str, FoundDevice], id_: str) -> FoundDevice:
    if id_ not in found:
        raise NotFound("the device is not in the definition any more", subject=id_)
    return found[id_]
