"""A machine's devices, running and saved, brought together under one id each."""

from __future__ import annotations

from collections.abc import Iterable

from vmgui.model.device import FoundDevice, ListedDevice
from vmgui.model.device_disk import DiskDevice
from vmgui.model.device_network import InterfaceDevice


def listed(live: Iterable[FoundDevice], saved: Iterable[FoundDevice]) -> tuple[ListedDevice, ...]:
    """In the order of the running machine; what only its definition has stands behind."""
    now, then = by_id(live), by_id(saved)
    return tuple(
        ListedDevice(
            id_,
            (now.get(id_) or then[id_]).place.tag,
            now[id_].device if id_ in now else None,
            then[id_].device if id_ in then else None,
        )
        for id_ in dict.fromkeys((*now, *then))
    )


def by_id(devices: Iterable[FoundDevice]) -> dict[str, FoundDevice]:
    """The devices by what people and scripts call them; each id is there once."""
    found: dict[str, FoundDevice] = {}
    for one in devices:
        name = _name(one.device)
        found[name if name and name not in found else f"{one.place.tag}-{one.place.index}"] = one
    return found


def _name(device: object) -> str:
    if isinstance(device, DiskDevice):
        return device.target
    return device.mac.lower() if isinstance(device, InterfaceDevice) else ""
