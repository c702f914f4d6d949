"""`<iommu>` (https://libvirt.org/formatdomain.html#iommu-devices)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vmgui.libvirtxml.devices.parts import COMMON
from vmgui.libvirtxml.fields import choice, on_off, whole
from vmgui.libvirtxml.kind import Kind

if TYPE_CHECKING:
    from vmgui.model.device_machine import IommuDevice

IOMMU: Kind[IommuDevice] = Kind(
    "iommu",
    "device_machine.IommuDevice",
    choice("model", "@model", "intel amd smmuv3 virtio"),
    on_off("interrupt_remapping", "driver/@intremap"),
    on_off("caching_mode", "driver/@caching_mode"),
    on_off("extended_interrupts", "driver/@eim"),
    on_off("iotlb", "driver/@iotlb"),
    whole("address_bits", "driver/@aw_bits"),
    on_off("dma_translation", "driver/@dma_translation"),
    on_off("passthrough", "driver/@passthrough"),
    on_off("xtsup", "driver/@xtsup"),
    *COMMON,
)
