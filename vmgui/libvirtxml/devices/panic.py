"""`<panic>` (https://libvirt.org/formatdomain.html#panic-device)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vmgui.libvirtxml.devices.parts import COMMON
from vmgui.libvirtxml.fields import choice
from vmgui.libvirtxml.kind import Kind

if TYPE_CHECKING:
    from vmgui.model.device_machine import PanicDevice

PANIC: Kind[PanicDevice] = Kind(
    "panic",
    "device_machine.PanicDevice",
    choice("model", "@model", "isa pseries hyperv s390 pvpanic"),
    *COMMON,
)
