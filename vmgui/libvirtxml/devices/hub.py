"""`<hub>` (https://libvirt.org/formatdomain.html#hub-devices)."""

from __future__ import annotations

from vmgui.libvirtxml.devices.parts import COMMON
from vmgui.libvirtxml.fields import choice
from vmgui.libvirtxml.kind import Kind
from vmgui.model.device_machine import HubDevice

HUB = Kind("hub", HubDevice, choice("kind", "@type", "usb"), *COMMON)
