"""What a host or a machine cannot have at all: models it lacks, a second of what there is one of, a name taken. Pure.

A host that does not tell what it has is asked by trying: nothing is said here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from vmgui.model.device_character import (
    ChannelDevice,
    RedirdevDevice,
    RedirfilterDevice,
    RngDevice,
)
from vmgui.model.device_disk import DiskDevice
from vmgui.model.device_display import GraphicsDevice, VideoDevice
from vmgui.model.device_host import HostdevDevice
from vmgui.model.device_machine import IommuDevice, PanicDevice, TpmDevice, VsockDevice, WatchdogDevice
from vmgui.model.device_memory import MemballoonDevice
from vmgui.model.device_storage import FilesystemDevice
from vmgui.model.domain_values import DomainValues
from vmgui.model.hardware import HardwareMachine, HardwareWhy
from vmgui.model.host import DomainCapabilities
from vmgui.policy.device_values import value_at
from vmgui.policy.hardware_room import shares_memory

Reason = tuple[HardwareWhy, str]


@dataclass(frozen=True, slots=True)
class _Offered:
    """A value that domain capabilities have an enum for. `told`: of these values alone; empty: of all."""

    kind: type
    path: str
    device: str
    enum: str
    told: frozenset[str] = frozenset()


_OFFERED = (
    _Offered(DiskDevice, "bus", "disk", "bus"),
    _Offered(DiskDevice, "device", "disk", "diskDevice"),
    _Offered(GraphicsDevice, "kind", "graphics", "type"),
    _Offered(VideoDevice, "model", "video", "modelType"),
    # Mediated and vHost ones are taken though no version names them.
    _Offered(HostdevDevice, "kind", "hostdev", "subsysType", frozenset({"usb", "pci", "scsi"})),
    _Offered(TpmDevice, "model", "tpm", "model"),
    _Offered(TpmDevice, "backend", "tpm", "backendModel"),
    _Offered(TpmDevice, "version", "tpm", "backendVersion"),
    _Offered(FilesystemDevice, "driver", "filesystem", "driverType"),
    _Offered(RngDevice, "backend", "rng", "backendModel"),
    # 9.0 to 12.8 run pipes, files and agents for copying that they do not name.
    _Offered(ChannelDevice, "host.kind", "channel", "type", frozenset({"spicevmc"})),
    _Offered(PanicDevice, "model", "panic", "model"),
)

_SECONDARY_VIDEO = frozenset({"virtio", "qxl"})  # "only valid as primary video device": all others
_MANY_WATCHDOGS = 9_001_000  # measured: one on 9.0, several with one action on 11.3 and 12.8
_MANY_IOMMUS = 12_000_000  # measured: one on 11.3, two on 12.8


def why_not_added(
    device: object,
    scopes: Iterable[Iterable[object]],
    machine: HardwareMachine,
    values: DomainValues | None,
) -> Reason | None:
    """`scopes`: the devices of the running machine, of its definition; where it is to be added. `values`: after all."""
    lacks = _lacked(device, machine.capabilities, values)
    if lacks:
        return HardwareWhy.HOST_CANNOT, lacks
    if isinstance(device, FilesystemDevice) and device.driver == "virtiofs" and not shares_memory(values):
        return HardwareWhy.NO_SHARED_MEMORY, ""  # it would not even be defined
    for scope in scopes:
        others = tuple(scope)
        reason = _why_no_second(device, others, machine.libvirt_version) or _why_taken(device, others)
        if reason is not None:
            return reason
        if _needs_spice(device) and not any(
            isinstance(one, GraphicsDevice) and one.kind == "spice" for one in others
        ):
            return HardwareWhy.NO_CONTROLLER, "spice"
    return None


def why_not_changed(
    path: str,
    to: object,
    after: object,
    others: Sequence[object],
    machine: HardwareMachine,
    values: DomainValues | None,
) -> Reason | None:
    """`after`: the device with all of its new values."""
    for offered in _OFFERED:
        if path == offered.path and isinstance(after, offered.kind):
            lacks = _lacks(offered, to, machine.capabilities, values)
            if lacks:
                return HardwareWhy.HOST_CANNOT, lacks
    if path in ("target", "mac") and (taken := _why_taken(after, others)) is not None:
        return taken
    if path in ("model", "kind") and isinstance(after, VideoDevice | GraphicsDevice):
        return _why_no_second(after, others, machine.libvirt_version)
    return None


def why_not_of_machine(path: str, to: object, machine: HardwareMachine, after: DomainValues) -> Reason | None:
    """`after`: the machine's own values with all new ones."""
    host = _that_fits(machine.capabilities, after)
    if host is None or not isinstance(to, str) or not to:
        return None
    known = {"firmware": host.firmwares, "cpu_mode": host.cpu_modes}.get(path, ())
    return (HardwareWhy.HOST_CANNOT, to) if known and to not in known else None


# What a host lacks.


def _lacked(device: object, host: DomainCapabilities | None, values: DomainValues | None) -> str:
    found = (
        _lacks(offered, value_at(device, offered.path), host, values)
        for offered in _OFFERED
        if isinstance(device, offered.kind)
    )
    return next((word for word in found if word), "")


def _lacks(
    offered: _Offered, value: object, host: DomainCapabilities | None, values: DomainValues | None
) -> str:
    """The value, where the host has none of it; empty: it has it, or does not tell."""
    if not isinstance(value, str) or not value or (offered.told and value not in offered.told):
        return ""
    known = _known(offered, _that_fits(host, values))
    return "" if known is None or value in known else value


def _known(offered: _Offered, host: DomainCapabilities | None) -> tuple[str, ...] | None:
    """None: it does not tell, as older versions do of many."""
    one = next((one for one in host.offers if one.name == offered.device), None) if host is not None else None
    if one is None:
        return None
    if not one.supported:
        return ()
    return next((words for name, words in one.choices if name == offered.enum), None)


def _that_fits(host: DomainCapabilities | None, values: DomainValues | None) -> DomainCapabilities | None:
    """What is known is of one machine type; of another that is chosen it says nothing."""
    if host is None or values is None or not values.machine or not host.machine:
        return host
    return host if _family(values.machine) == _family(host.machine) else None


def _family(machine: str) -> str:
    return "q35" if "q35" in machine else "pc" if machine.startswith("pc") else machine


# What there is one of.


def _why_no_second(
    device: object, others: tuple[object, ...] | Sequence[object], version: int
) -> Reason | None:
    alike = [one for one in others if type(one) is type(device)]
    if not alike:
        return None
    match device:
        case TpmDevice():
            # pSeries have a proxy beside it.
            is_one = not device.model.endswith("-proxy") and any(
                isinstance(one, TpmDevice) and not one.model.endswith("-proxy") for one in alike
            )
        case MemballoonDevice() | VsockDevice() | RedirfilterDevice():
            is_one = True
        case IommuDevice():
            is_one = version < _MANY_IOMMUS
        case WatchdogDevice():
            is_one = version < _MANY_WATCHDOGS
        case GraphicsDevice():
            # Two are defined without a word, and do not start.
            is_one = any(isinstance(one, GraphicsDevice) and one.kind == device.kind for one in alike)
        case PanicDevice():
            is_one = any(isinstance(one, PanicDevice) and one.model == device.model for one in alike)
        case VideoDevice():
            is_one = device.primary is not True and device.model not in ("", *_SECONDARY_VIDEO)
        case _:
            is_one = False
    return (HardwareWhy.ONLY_ONE, "") if is_one else None


# What is taken.

_NAMES: dict[type, Callable[[Any], str]] = {
    DiskDevice: lambda disk: disk.target,
    FilesystemDevice: lambda folder: folder.target,
    ChannelDevice: lambda channel: channel.name,
}
"""What no two of a kind have: libvirt refuses it, or the guest finds only one of them. Cards may share a MAC."""


def _why_taken(device: object, others: Iterable[object]) -> Reason | None:
    name_of = _NAMES.get(type(device))
    name = name_of(device) if name_of is not None else ""
    return (HardwareWhy.TARGET_TAKEN, name) if name and name in _taken(device, others, name_of) else None


def _taken(device: object, others: Iterable[object], name_of: Callable[[Any], str] | None) -> Iterator[str]:
    for one in others:
        if name_of is not None and type(one) is type(device):
            yield name_of(one)


def _needs_spice(device: object) -> bool:
    return isinstance(device, ChannelDevice | RedirdevDevice) and device.host.kind == "spicevmc"
