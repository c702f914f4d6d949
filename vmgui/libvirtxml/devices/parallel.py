"""`<parallel>` (https://libvirt.org/formatdomain.html#consoles-serial-parallel-channel-devices)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vmgui.libvirtxml.devices.parts import COMMON, host
from vmgui.libvirtxml.fields import text, word
from vmgui.libvirtxml.kind import Kind

if TYPE_CHECKING:
    from vmgui.model.device_character import ParallelDevice

PARALLEL: Kind[ParallelDevice] = Kind(
    "parallel",
    "device_character.ParallelDevice",
    host,
    text("tty", "@tty"),
    word("target_kind", "target/@type"),
    word("port", "target/@port"),
    word("model", "target/model/@name"),
    *COMMON,
)
