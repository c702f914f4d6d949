"""`<console>` (https://libvirt.org/formatdomain.html#consoles-serial-parallel-channel-devices)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vmgui.libvirtxml.devices.parts import COMMON, host
from vmgui.libvirtxml.fields import choice, text, word
from vmgui.libvirtxml.kind import Kind

if TYPE_CHECKING:
    from vmgui.model.device_character import ConsoleDevice

CONSOLE: Kind[ConsoleDevice] = Kind(
    "console",
    "device_character.ConsoleDevice",
    host,
    text("tty", "@tty"),
    choice("target_kind", "target/@type", "serial virtio sclp sclplm xen lxc openvz uml"),
    word("port", "target/@port"),
    word("model", "target/model/@name"),
    *COMMON,
)
