"""`<smartcard>` (https://libvirt.org/formatdomain.html#smartcard-devices)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vmgui.libvirtxml.devices.parts import COMMON, host
from vmgui.libvirtxml.fields import choice, text
from vmgui.libvirtxml.kind import Kind, values

if TYPE_CHECKING:
    from vmgui.model.device_character import SmartcardDevice

SMARTCARD: Kind[SmartcardDevice] = Kind(
    "smartcard",
    "device_character.SmartcardDevice",
    choice("mode", "@mode", "host host-certificates passthrough"),
    host,
    values(text("certificates", "certificate")),
    text("database", "database"),
    *COMMON,
)
