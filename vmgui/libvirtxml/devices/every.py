"""Every kind of device that libvirt documents, one file each; a kind that is not here is kept as it is."""

from __future__ import annotations

from functools import cache
from typing import Any

from vmgui.libvirtxml.devices.audio import AUDIO
from vmgui.libvirtxml.devices.channel import CHANNEL
from vmgui.libvirtxml.devices.console import CONSOLE
from vmgui.libvirtxml.devices.controller import CONTROLLER
from vmgui.libvirtxml.devices.crypto import CRYPTO
from vmgui.libvirtxml.devices.disk import DISK
from vmgui.libvirtxml.devices.filesystem import FILESYSTEM
from vmgui.libvirtxml.devices.graphics import GRAPHICS
from vmgui.libvirtxml.devices.hostdev import HOSTDEV
from vmgui.libvirtxml.devices.hub import HUB
from vmgui.libvirtxml.devices.input import INPUT
from vmgui.libvirtxml.devices.interface import INTERFACE
from vmgui.libvirtxml.devices.iommu import IOMMU
from vmgui.libvirtxml.devices.lease import LEASE
from vmgui.libvirtxml.devices.memballoon import MEMBALLOON
from vmgui.libvirtxml.devices.memory import MEMORY
from vmgui.libvirtxml.devices.nvram import NVRAM
from vmgui.libvirtxml.devices.panic import PANIC
from vmgui.libvirtxml.devices.parallel import PARALLEL
from vmgui.libvirtxml.devices.pstore import PSTORE
from vmgui.libvirtxml.devices.redirdev import REDIRDEV
from vmgui.libvirtxml.devices.redirfilter import REDIRFILTER
from vmgui.libvirtxml.devices.rng import RNG
from vmgui.libvirtxml.devices.serial import SERIAL
from vmgui.libvirtxml.devices.shmem import SHMEM
from vmgui.libvirtxml.devices.smartcard import SMARTCARD
from vmgui.libvirtxml.devices.sound import SOUND
from vmgui.libvirtxml.devices.tpm import TPM
from vmgui.libvirtxml.devices.video import VIDEO
from vmgui.libvirtxml.devices.vsock import VSOCK
from vmgui.libvirtxml.devices.watchdog import WATCHDOG
from vmgui.libvirtxml.kind import Kind

# As libvirt itself orders them when it writes a machine.
KINDS: dict[str, Kind[Any]] = {
    kind.tag: kind
    for kind in (
        DISK,
        CONTROLLER,
        LEASE,
        FILESYSTEM,
        INTERFACE,
        INPUT,
        SOUND,
        AUDIO,
        HOSTDEV,
        GRAPHICS,
        VIDEO,
        CONSOLE,
        PARALLEL,
        SERIAL,
        CHANNEL,
        SMARTCARD,
        HUB,
        REDIRDEV,
        REDIRFILTER,
        RNG,
        TPM,
        SHMEM,
        MEMORY,
        CRYPTO,
        WATCHDOG,
        MEMBALLOON,
        NVRAM,
        PANIC,
        IOMMU,
        VSOCK,
        PSTORE,
    )
}


@cache
def _kinds_by_model() -> dict[type, Kind[Any]]:
    return {kind.model: kind for kind in KINDS.values()}


def kind_of(device: object) -> Kind[Any]:
    """The declaration by which a device is written."""
    return _kinds_by_model()[type(device)]
