"""`<redirdev>` (https://libvirt.org/formatdomain.html#redirected-devices)."""

from __future__ import annotations

from vmgui.libvirtxml.devices.parts import COMMON, boot, host
from vmgui.libvirtxml.fields import choice
from vmgui.libvirtxml.kind import Kind
from vmgui.model.device_character import RedirdevDevice

REDIRDEV = Kind("redirdev", RedirdevDevice, choice("bus", "@bus", "usb"), host, boot, *COMMON)
