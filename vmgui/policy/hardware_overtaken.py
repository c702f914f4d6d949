"""What of a wish about hardware somebody has changed since a person saw it: then nothing of it is done. Pure.

A wish is about the very device that was seen, whatever stands under its id by now: ids of devices that have no name of
their own shift when others go.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from vmgui.model.device import ListedDevice
from vmgui.model.device_disk import DiskDevice
from vmgui.model.device_display import GraphicsDevice
from vmgui.model.device_network import InterfaceDevice
from vmgui.model.hardware import ChangeDevice, ChangeMachine, HardwareMachine, RemoveDevice, Wish
from vmgui.policy.device import essence, is_other, tokens
from vmgui.policy.device_values import value_at, with_values


def overtaken(machine: HardwareMachine, wishes: Sequence[Wish]) -> tuple[str, ...]:
    """What of it somebody has changed since a person saw it: "vda", "vda: cache".

    That a machine was started or stopped meanwhile is no change of its hardware.
    """
    return tuple(dict.fromkeys(name for wish in wishes for name in _overtaken(machine, wish)))


def _overtaken(machine: HardwareMachine, wish: Wish) -> Iterator[str]:
    match wish:
        case ChangeDevice():
            now = machine.device(wish.id)
            if now is None or not _is_there(wish.seen, now, machine):
                yield wish.id
                return
            differing = [path for path, _to in wish.values if _differs(wish.seen, now, path)]
            if differing:
                yield from (f"{wish.id}: {path}" for path in differing)
            elif not _has_name(now) and _is_another(wish.seen, now, [path for path, _to in wish.values]):
                yield wish.id
        case RemoveDevice():
            now = machine.device(wish.id)
            if now is None or not _is_there(wish.seen, now, machine) or _is_another(wish.seen, now):
                yield wish.id
        case ChangeMachine():
            values = machine.values
            for path, _to in wish.values:
                if values is not None and value_at(values, path) != value_at(wish.seen, path):
                    yield path
        case _:
            pass


def _is_there(seen: ListedDevice, now: ListedDevice, machine: HardwareMachine) -> bool:
    """Whether it stands where it stood; a machine that stopped has nothing that runs."""
    has_left = seen.live is not None and now.live is None and machine.is_active
    has_gone = seen.saved is not None and now.saved is None
    return not has_left and not has_gone and type(_kept(seen)) is type(_kept(now))


def _kept(one: ListedDevice) -> Any:
    return one.saved if one.saved is not None else one.live


def _has_name(one: ListedDevice) -> bool:
    """A disk's target or a card's address, by which it was found: that is the same."""
    return isinstance(_kept(one), DiskDevice | InterfaceDevice) and one.id in tokens(_kept(one))


def _differs(seen: ListedDevice, now: ListedDevice, path: str) -> bool:
    if None not in (seen.saved, now.saved) and value_at(seen.saved, path) != value_at(now.saved, path):
        return True
    if seen.live is None or now.live is None:
        return False
    # Started again it is as it was saved.
    before = [value_at(device, path) for device in _scopes(seen)]
    return value_at(now.live, path) not in before


def _is_another(seen: ListedDevice, now: ListedDevice, but: Iterable[str] = ()) -> bool:
    """Whether another device stands there, running or saved. `but`: values that have been compared, by their paths."""
    if now.saved is not None and seen.saved is not None:
        before = _with_values_of(now.saved, seen.saved, but)
        if essence(before) != essence(now.saved):
            return True
    if now.live is None:
        return now.saved is not None and seen.saved is None and not _runs_as(now.saved, seen, but)
    return not _runs_as(now.live, seen, but)


def _runs_as(device: Any, seen: ListedDevice, but: Iterable[str]) -> bool:
    """Whether a running device is the one that was seen, or what that was to be after a start.

    Only of what says nothing else of itself every value is compared: libvirt adds some to each run.
    """
    if isinstance(device, DiskDevice):
        return any(_medium(device) == _medium(before) for before in _scopes(seen))
    if tokens(device) or isinstance(device, GraphicsDevice):
        return any(not is_other(device, before) for before in _scopes(seen))
    if seen.live is None:
        return True  # started since: what is saved has been compared
    return any(essence(_with_values_of(device, before, but)) == essence(device) for before in _scopes(seen))


def _medium(device: Any) -> object:
    source = device.source if isinstance(device, DiskDevice) else None
    return type(device), None if source is None else replace(source, index=None)


def _scopes(seen: ListedDevice) -> list[Any]:
    return [device for device in (seen.live, seen.saved) if device is not None]


def _with_values_of(device: Any, before: Any, paths: Iterable[str]) -> Any:
    if type(device) is not type(before):
        return before
    values = ((path, value_at(device, path)) for path in paths)
    return with_values(before, [(path, to) for path, to in values if value_at(before, path) != to])
