"""A machine's devices, running and saved, brought together under one id each. Pure.

A disk's target and a card's MAC say which is which. All others are paired by where they sit, then by what they say, then
in their order: of two random number generators that stay in their places, one is never taken for the other when the next
start has only one of them. Two that are told apart by more than their places (a channel's name, which device of the host
it is) are never one, wherever they sit.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass, fields, is_dataclass, replace
from functools import cache, partial
from typing import Any

from vmgui.model.device import FoundDevice, ListedDevice
from vmgui.model.device_character import ChannelDevice, RedirdevDevice
from vmgui.model.device_disk import DiskDevice
from vmgui.model.device_display import GraphicsDevice, InputDevice
from vmgui.model.device_host import HostdevDevice
from vmgui.model.device_memory import MemoryDevice, ShmemDevice
from vmgui.model.device_network import InterfaceDevice
from vmgui.model.device_parts import Address, CharacterEnd
from vmgui.model.device_storage import ControllerDevice, FilesystemDevice, LeaseDevice

_VOLATILE = (
    "alias",
    "address",
    "tray",
    "mirror",
    "backing",
    "mac_current",
    "guest_actual_device",
    "state",
    "tty",
    "current_kib",
)
"""What libvirt says of a running device beside what it was made with."""


_MOST_TOKENS = 2
_KeyOf = Callable[[FoundDevice], Hashable]


@dataclass(frozen=True, slots=True)
class Pair:
    """A device where it stands in both definitions; None: it is not there."""

    id: str
    live: FoundDevice | None = None
    saved: FoundDevice | None = None

    @property
    def kind(self) -> str:
        """As libvirt calls it."""
        return next(found.place.tag for found in (self.live, self.saved) if found is not None)


def listed(live: Iterable[FoundDevice], saved: Iterable[FoundDevice]) -> tuple[ListedDevice, ...]:
    """In the order of the running machine; what only its definition has stands behind."""
    return tuple(
        ListedDevice(
            pair.id,
            pair.kind,
            pair.live.device if pair.live is not None else None,
            pair.saved.device if pair.saved is not None else None,
        )
        for pair in paired(live, saved)
    )


def paired(live: Iterable[FoundDevice], saved: Iterable[FoundDevice]) -> tuple[Pair, ...]:
    """Likewise, with the places. Each id is there once; the same definitions always give the same."""
    now, then = tuple(live), tuple(saved)
    partners = _partners(now, then)
    taken = set(partners.values())
    both: list[tuple[FoundDevice | None, FoundDevice | None]] = [
        *((one, then[partners[at]] if at in partners else None) for at, one in enumerate(now)),
        *((None, one) for at, one in enumerate(then) if at not in taken),
    ]
    ids: set[str] = set()
    found: list[Pair] = []
    for first, second in both:
        id_ = _free_id((first or second), ids)
        ids.add(id_)
        found.append(Pair(id_, first, second))
    return tuple(found)


def by_id(devices: Iterable[FoundDevice]) -> dict[str, FoundDevice]:
    """Those of one definition alone, by the ids that they have where it is the only one."""
    return {pair.id: pair.saved for pair in paired((), devices) if pair.saved is not None}


def essence(device: Any) -> Any:
    """What a device says of itself, without its place and what changes while it runs: two that say the same are equal."""
    if not is_dataclass(device) or isinstance(device, type):
        return device
    empty: dict[str, Any] = {
        name: _empty(type(device), name) for name in _VOLATILE if _has(type(device), name)
    }
    if isinstance(device, DiskDevice) and device.source is not None:
        empty["source"] = replace(device.source, index=None)
    if isinstance(device, InterfaceDevice):
        empty["target"] = ""  # libvirt names it anew at every start
    host = getattr(device, "host", None)
    if isinstance(host, CharacterEnd) and host.kind in ("pty", "unix"):
        empty["host"] = replace(host, sources=())  # as it names the host's end
    return replace(device, **empty)


def tokens(device: Any) -> tuple[Hashable, ...]:
    """What tells a device from others of its kind beside where it sits: two that share none of these are never one.

    Empty: there is nothing but its place. A folder's name in the guest may change, or the folder, but not both at once.
    """
    match device:
        case DiskDevice() | InterfaceDevice():
            return (name_of(device),) if name_of(device) else ()
        case FilesystemDevice():
            shares = device.directory, device.file, device.device, device.name, device.socket
            return ("target", device.target), ("source", shares)
        case ChannelDevice():
            return ((device.target_kind, device.name, device.target_address, device.target_port),)
        case HostdevDevice():
            return (_of_host(device),)
        case RedirdevDevice():
            return ((device.host.kind, essence(device).host),)
        case ShmemDevice():
            return (device.name,)
        case LeaseDevice():
            return ((device.lockspace, device.key),)
        case MemoryDevice():
            return ((device.model, device.source_path, device.size_kib, device.node),)
        case InputDevice():
            return ((device.kind, device.event_device, device.device),)
        case ControllerDevice():
            return (_sort(device),)
        case _:
            return ()


def is_other(device: Any, before: Any) -> bool:
    """Whether it is certainly not the device that was there before: changed values alone do not make it another."""
    if type(device) is not type(before):
        return True
    if isinstance(device, GraphicsDevice):
        return device.kind != before.kind
    if tokens(device) or tokens(before):
        return not set(tokens(device)) & set(tokens(before))
    if _is_placed(device) and _is_placed(before):
        return device.address != before.address
    return essence(device) != essence(before)


def _of_host(device: HostdevDevice) -> Hashable:
    """Which device of the host. Of one that is found by its maker's numbers libvirt adds where it is plugged in."""
    source = device.source
    if source is None:
        return device.kind
    names = source.vendor, source.product, source.adapter, source.name, source.wwpn
    nodes = source.block, source.character, source.interface
    return device.kind, names, nodes, None if source.vendor else source.address


def _is_placed(device: Any) -> bool:
    address = getattr(device, "address", None)
    return address is not None and _is_whole(address)


def _free_id(one: FoundDevice | None, ids: set[str]) -> str:
    assert one is not None
    name = name_of(one.device)
    if name and name not in ids:
        return name
    number = one.place.index
    while f"{one.place.tag}-{number}" in ids:
        number += 1
    return f"{one.place.tag}-{number}"


def _partners(now: tuple[FoundDevice, ...], then: tuple[FoundDevice, ...]) -> dict[int, int]:
    """Which of `then` each of `now` is."""
    partners: dict[int, int] = {}
    free = dict.fromkeys(range(len(then)))
    for key_of in (
        _by_name,
        *_by_tokens(_by_place),
        _by_essence,
        *_by_tokens(_by_sort),
        *_by_tokens(_by_order),
    ):
        waiting: dict[Hashable, deque[int]] = {}
        for at in free:
            if (key := key_of(then[at])) is not None:
                waiting.setdefault(key, deque()).append(at)
        for at, one in enumerate(now):
            key = None if at in partners else key_of(one)
            if key is not None and waiting.get(key):
                partners[at] = waiting[key].popleft()
                del free[partners[at]]
    return partners


def _by_tokens(key_of: _KeyOf) -> Iterator[_KeyOf]:
    """The same for those that share their first token, then for those that share their second."""

    def by(one: FoundDevice, number: int) -> Hashable:
        key, own = key_of(one), tokens(one.device)
        if key is None or (number and number >= len(own)):
            return None
        return key, own[number] if own else None

    yield from (partial(by, number=number) for number in range(_MOST_TOKENS))


def _by_name(one: FoundDevice) -> Hashable:
    """Names that two devices of one definition have pair in their order."""
    name = name_of(one.device)
    return (one.place.tag, name) if name else None


def _by_place(one: FoundDevice) -> Hashable:
    address = getattr(one.device, "address", None)
    if name_of(one.device) or address is None or not _is_whole(address):
        return None
    return one.place.tag, _sort(one.device), address


def _is_whole(address: Address) -> bool:
    """That it says where, not only on which kind of bus."""
    return replace(address, kind="", multifunction=None) != Address()


def _by_essence(one: FoundDevice) -> Hashable:
    return None if name_of(one.device) else (one.place.tag, essence(one.device))


def _by_sort(one: FoundDevice) -> Hashable:
    return None if name_of(one.device) else (one.place.tag, _sort(one.device))


def _by_order(one: FoundDevice) -> Hashable:
    """A controller is what it is: one of USB has not become one of SCSI."""
    return None if name_of(one.device) or isinstance(one.device, ControllerDevice) else one.place.tag


def _sort(device: object) -> Hashable:
    if isinstance(device, ControllerDevice):
        return device.kind, device.index, device.master_start_port
    return tuple(getattr(device, name, "") for name in ("kind", "bus", "name", "target_kind"))


def name_of(device: object) -> str:
    """What people and scripts call it, a disk's target or a card's MAC; empty: it has no name of its own."""
    if isinstance(device, DiskDevice):
        return device.target
    return device.mac.lower() if isinstance(device, InterfaceDevice) else ""


@cache
def _has(kind: type, name: str) -> bool:
    return any(one.name == name for one in fields(kind))


@cache
def _empty(kind: type, name: str) -> Any:
    return getattr(kind(), name)
