"""`<hub>` (https://libvirt.org/formatdomain.html#hub-devices)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vmgui.libvirtxml.devices.parts import COMMON
from vmgui.libvirtxml.fields import choice
from vmgui.libvirtxml.kind import Kind

if TYPE_CHECKING:
    from vmgui.model.device_machine import HubDevice

HUB: Kind[HubDevice] = Kind("hub", "device_machine.HubDevice", choice("kind", "@type", "usb"), *COMMON)
