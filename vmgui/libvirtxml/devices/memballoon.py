"""`<memballoon>` (https://libvirt.org/formatdomain.html#memory-balloon-device)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vmgui.libvirtxml.devices.parts import COMMON, VIRTIO_MODELS, virtio
from vmgui.libvirtxml.fields import choice, on_off, whole
from vmgui.libvirtxml.kind import Kind

if TYPE_CHECKING:
    from vmgui.model.device_memory import MemballoonDevice

MEMBALLOON: Kind[MemballoonDevice] = Kind(
    "memballoon",
    "device_memory.MemballoonDevice",
    choice("model", "@model", f"{VIRTIO_MODELS} xen none"),
    on_off("auto_deflate", "@autodeflate"),
    on_off("free_page_reporting", "@freePageReporting"),
    whole("stats_period_s", "stats/@period"),
    virtio,
    *COMMON,
)
