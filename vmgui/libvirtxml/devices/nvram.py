"""`<nvram>` among the devices (https://libvirt.org/formatdomain.html#nvram-device)."""

from __future__ import annotations

from vmgui.libvirtxml.devices.parts import ADDRESS
from vmgui.libvirtxml.kind import Kind, optional
from vmgui.model.device_memory import NvramDevice

NVRAM = Kind("nvram", NvramDevice, optional("address", "address", ADDRESS))
