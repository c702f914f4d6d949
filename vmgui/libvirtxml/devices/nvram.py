"""`<nvram>` among the devices (https://libvirt.org/formatdomain.html#nvram-device)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vmgui.libvirtxml.devices.parts import ADDRESS
from vmgui.libvirtxml.kind import Kind, optional

if TYPE_CHECKING:
    from vmgui.model.device_memory import NvramDevice

NVRAM: Kind[NvramDevice] = Kind("nvram", "device_memory.NvramDevice", optional("address", "address", ADDRESS))
