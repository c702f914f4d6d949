"""`<crypto>` (https://libvirt.org/formatdomain.html#crypto)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vmgui.libvirtxml.devices.parts import COMMON, virtio
from vmgui.libvirtxml.fields import choice, whole
from vmgui.libvirtxml.kind import Kind

if TYPE_CHECKING:
    from vmgui.model.device_machine import CryptoDevice

CRYPTO: Kind[CryptoDevice] = Kind(
    "crypto",
    "device_machine.CryptoDevice",
    choice("model", "@model", "virtio"),
    choice("kind", "@type", "qemu"),
    choice("backend", "backend/@model", "builtin lkcf"),
    whole("queues", "backend/@queues"),
    virtio,
    *COMMON,
)
