"""What a host or a machine cannot have at all: models it lacks, a second of what there is one of, a name taken. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from vmgui.model.device_character import ChannelDevice
from vmgui.model.device_disk import DiskDevice
from vmgui.model.device_display import GraphicsDevice, VideoDevice
from vmgui.model.device_host import HostdevDevice
from vmgui.model.device_machine import IommuDevice, TpmDevice, VsockDevice, WatchdogDevice
from vmgui.model.device_memory import MemballoonDevice
from vmgui.model.device_storage import FilesystemDevice
from vmgui.model.domain_values import DomainValues
from vmgui.model.hardware import HardwareMachine, HardwareWhy

Reason = tuple[HardwareWhy, str]

_SINGLE = (TpmDevice, MemballoonDevice, IommuDevice, VsockDevice, WatchdogDevice)

_OFFERED: tuple[tuple[type, str, str, str], ...] = (
    # class, its path, libvirt's word for the device, its enum
    (DiskDevice, "bus", "disk", "bus"),
    (DiskDevice, "device", "disk", "diskDevice"),
    (GraphicsDevice, "kind", "graphics", "type"),
    (VideoDevice, "model", "video", "modelType"),
    (HostdevDevice, "kind", "hostdev", "subsysType"),
    (TpmDevice, "model", "tpm", "model"),
    (TpmDevice, "backend", "tpm", "backendModel"),
    (TpmDevice, "version", "tpm", "backendVersion"),
    (FilesystemDevice, "driver", "filesystem", "driverType"),
    (ChannelDevice, "host.kind", "channel", "type"),
)


def why_not_added(
    device: object,
    scopes: Iterable[Iterable[object]],
    machine: HardwareMachine,
    values: DomainValues | None,
) -> Reason | None:
    """`scopes`: the devices of the running machine, of its definition; where it is to be added."""
    return None


def why_not_changed(
    path: str,
    to: object,
    after: object,
    others: Iterable[object],
    machine: HardwareMachine,
    values: DomainValues | None,
) -> Reason | None:
    """`after`: the device with all of its new values."""
    return None


def why_not_of_machine(path: str, to: object, machine: HardwareMachine, after: DomainValues) -> Reason | None:
    """`after`: the machine's own values with all new ones."""
    return None
