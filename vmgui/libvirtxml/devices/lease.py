"""`<lease>` (https://libvirt.org/formatdomain.html#device-leases)."""

from __future__ import annotations

from vmgui.libvirtxml.fields import text, whole
from vmgui.libvirtxml.kind import Kind
from vmgui.model.device_storage import LeaseDevice

LEASE = Kind(
    "lease",
    LeaseDevice,
    text("lockspace", "lockspace"),
    text("key", "key"),
    text("path", "target/@path"),
    whole("offset_bytes", "target/@offset"),
)
