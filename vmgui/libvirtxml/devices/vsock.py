"""`<vsock>` (https://libvirt.org/formatdomain.html#vsock)."""

from __future__ import annotations

from vmgui.libvirtxml.devices.parts import COMMON, VIRTIO_MODELS, virtio
from vmgui.libvirtxml.fields import choice, whole, yes_no
from vmgui.libvirtxml.kind import Kind
from vmgui.model.device_machine import VsockDevice

VSOCK = Kind(
    "vsock",
    VsockDevice,
    choice("model", "@model", VIRTIO_MODELS),
    yes_no("auto", "cid/@auto"),
    whole("cid", "cid/@address"),
    virtio,
    *COMMON,
)
