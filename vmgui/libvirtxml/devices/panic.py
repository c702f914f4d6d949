"""`<panic>` (https://libvirt.org/formatdomain.html#panic-device)."""

from __future__ import annotations

from vmgui.libvirtxml.devices.parts import COMMON
from vmgui.libvirtxml.fields import choice
from vmgui.libvirtxml.kind import Kind
from vmgui.model.device_machine import PanicDevice

PANIC = Kind("panic", PanicDevice, choice("model", "@model", "isa pseries hyperv s390 pvpanic"), *COMMON)
