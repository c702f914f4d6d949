"""`<watchdog>` (https://libvirt.org/formatdomain.html#watchdog-devices)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vmgui.libvirtxml.devices.parts import COMMON
from vmgui.libvirtxml.fields import choice
from vmgui.libvirtxml.kind import Kind

if TYPE_CHECKING:
    from vmgui.model.device_machine import WatchdogDevice

WATCHDOG: Kind[WatchdogDevice] = Kind(
    "watchdog",
    "device_machine.WatchdogDevice",
    choice("model", "@model", "i6300esb itco ib700 diag288"),
    choice("action", "@action", "reset shutdown poweroff pause none dump inject-nmi"),
    *COMMON,
)
