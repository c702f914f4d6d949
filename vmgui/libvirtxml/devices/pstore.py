"""`<pstore>` (https://libvirt.org/formatdomain.html#pstore)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vmgui.libvirtxml.devices.parts import COMMON
from vmgui.libvirtxml.fields import choice, size_kib, text
from vmgui.libvirtxml.kind import Kind

if TYPE_CHECKING:
    from vmgui.model.device_memory import PstoreDevice

PSTORE: Kind[PstoreDevice] = Kind(
    "pstore",
    "device_memory.PstoreDevice",
    choice("backend", "@backend", "acpi-erst"),
    text("path", "path"),
    size_kib("size_kib", "size"),
    *COMMON,
)
