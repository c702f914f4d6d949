"""`<pstore>` (https://libvirt.org/formatdomain.html#pstore)."""

from __future__ import annotations

from vmgui.libvirtxml.devices.parts import COMMON
from vmgui.libvirtxml.fields import choice, size_kib, text
from vmgui.libvirtxml.kind import Kind
from vmgui.model.device_memory import PstoreDevice

PSTORE = Kind(
    "pstore",
    PstoreDevice,
    choice("backend", "@backend", "acpi-erst"),
    text("path", "path"),
    size_kib("size_kib", "size"),
    *COMMON,
)
