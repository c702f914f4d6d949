"""`<watchdog>` (https://libvirt.org/formatdomain.html#watchdog-devices)."""

from __future__ import annotations

from vmgui.libvirtxml.devices.parts import COMMON
from vmgui.libvirtxml.fields import choice
from vmgui.libvirtxml.kind import Kind
from vmgui.model.device_machine import WatchdogDevice

WATCHDOG = Kind(
    "watchdog",
    WatchdogDevice,
    choice("model", "@model", "i6300esb itco ib700 diag288"),
    choice("action", "@action", "reset shutdown poweroff pause none dump inject-nmi"),
    *COMMON,
)
