"""`<serial>` (https://libvirt.org/formatdomain.html#consoles-serial-parallel-channel-devices)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vmgui.libvirtxml.devices.parts import COMMON, host
from vmgui.libvirtxml.fields import choice, text, word
from vmgui.libvirtxml.kind import Kind

if TYPE_CHECKING:
    from vmgui.model.device_character import SerialDevice

SERIAL: Kind[SerialDevice] = Kind(
    "serial",
    "device_character.SerialDevice",
    host,
    text("tty", "@tty"),
    choice(
        "target_kind",
        "target/@type",
        "isa-serial usb-serial pci-serial spapr-vio-serial system-serial sclp-serial isa-debug",
    ),
    word("port", "target/@port"),
    word("model", "target/model/@name"),
    *COMMON,
)
