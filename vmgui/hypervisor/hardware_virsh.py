"""What virsh would be told of devices to do what the tasks do; without passwords. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

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
    return tuple(one for task in tasks for one in _of(found, task))


def _of(found: HardwareLook, task: Task) -> Iterator[Prepared]:
    match task.wish:
        case AddDevice():
            xml = write_device(task.wish.device)
            told = [("--live", xml)] if task.is_now else []
            yield from _joined("attach-device", [*told, *([("--config", xml)] if task.is_saved else [])])
        case ChangeDevice():
            changes = ((True, task.now), (False, task.then))
            yield from _joined(
                "update-device",
                [
                    told
                    for live, values in changes
                    if values
                    for told in _changed(found, task.wish, values, live=live)
                ],
            )
        case RemoveDevice():
            wanted = ((True, task.is_now), (False, task.is_saved))
            yield from _joined(
                "detach-device",
                [told for live, is_so in wanted if is_so for told in _gone(found, task.wish.id, live=live)],
            )
        case _:
            return


def _joined(verb: Verb, told: Iterable[Told]) -> Iterator[Prepared]:
    flags: dict[str, list[str]] = {}
    for flag, xml in told:
        flags.setdefault(xml, []).append(flag)
    for xml, where in flags.items():
        yield verb, xml, tuple(where)


def _changed(found: HardwareLook, wish: ChangeDevice, values: Values, *, live: bool) -> Iterator[Told]:
    xml, places = _standing(found, live=live)
    if (one := places.get(wish.id)) is None:
        return
    after = _with_stars(changed(one.device, values), wish.seen, values)
    after_xml = change_device(xml, one.place, one.device, after)
    yield _flag(live=live), device_xml(after_xml, one.place)


def _gone(found: HardwareLook, id_: str, *, live: bool) -> Iterator[Told]:
    xml, places = _standing(found, live=live)
    if (one := places.get(id_)) is not None:
        yield _flag(live=live), device_xml(xml, one.place)


def _standing(found: HardwareLook, *, live: bool) -> tuple[str, Mapping[str, FoundDevice]]:
    if live:
        return found.live_xml, found.live_places()
    return found.saved_xml, found.saved_places(found.saved_xml) if found.saved_xml else {}


def _flag(*, live: bool) -> str:
    return "--live" if live else "--config"


def _with_stars(device: object, seen: ListedDevice, values: Values) -> object:
    """A display that is told without its password would have none from then on."""
    had = any(isinstance(one, GraphicsDevice) and one.password == SOME for one in (seen.live, seen.saved))
    if isinstance(device, GraphicsDevice) and had and "password" not in dict(values):
        return replace(device, password=STARS)
    return device
