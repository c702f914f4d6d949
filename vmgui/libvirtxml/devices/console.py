"""`<console>` (https://libvirt.org/formatdomain.html#consoles-serial-parallel-channel-devices)."""

from __future__ import annotations

from vmgui.libvirtxml.devices.parts import COMMON, host
from vmgui.libvirtxml.fields import choice, text, word
from vmgui.libvirtxml.kind import Kind
from vmgui.model.device_character import ConsoleDevice

CONSOLE = Kind(
    "console",
    ConsoleDevice,
    host,
    text("tty", "@tty"),
    choice("target_kind", "target/@type", "serial virtio sclp sclplm xen lxc openvz uml"),
    word("port", "target/@port"),
    word("model", "target/model/@name"),
    *COMMON,
)
