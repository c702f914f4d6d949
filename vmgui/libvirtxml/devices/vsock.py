"""`<vsock>` (https://libvirt.org/formatdomain.html#vsock)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vmgui.libvirtxml.devices.parts import COMMON, VIRTIO_MODELS, virtio
from vmgui.libvirtxml.fields import choice, whole, yes_no
from vmgui.libvirtxml.kind import Kind

if TYPE_CHECKING:
    from vmgui.model.device_machine import VsockDevice

VSOCK: Kind[VsockDevice] = Kind(
    "vsock",
    "device_machine.VsockDevice",
    choice("model", "@model", VIRTIO_MODELS),
    yes_no("auto", "cid/@auto"),
    whole("cid", "cid/@address"),
    virtio,
    *COMMON,
)
