"""`<lease>` (https://libvirt.org/formatdomain.html#device-leases)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vmgui.libvirtxml.fields import text, whole
from vmgui.libvirtxml.kind import Kind

if TYPE_CHECKING:
    from vmgui.model.device_storage import LeaseDevice

LEASE: Kind[LeaseDevice] = Kind(
    "lease",
    "device_storage.LeaseDevice",
    text("lockspace", "lockspace"),
    text("key", "key"),
    text("path", "target/@path"),
    whole("offset_bytes", "target/@offset"),
)
