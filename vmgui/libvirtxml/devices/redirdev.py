"""`<redirdev>` (https://libvirt.org/formatdomain.html#redirected-devices)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vmgui.libvirtxml.devices.parts import COMMON, boot, host
from vmgui.libvirtxml.fields import choice
from vmgui.libvirtxml.kind import Kind

if TYPE_CHECKING:
    from vmgui.model.device_character import RedirdevDevice

REDIRDEV: Kind[RedirdevDevice] = Kind(
    "redirdev", "device_character.RedirdevDevice", choice("bus", "@bus", "usb"), host, boot, *COMMON
)
