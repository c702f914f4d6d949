"""Host device XML (https://libvirt.org/formatnode.html)."""

from __future__ import annotations

from vmgui.libvirtxml.safe import Element, attribute_of, parse, text_of
from vmgui.model.errors import InvalidConfig
from vmgui.model.node_device import NodeDevice, PciAddress, UsbAddress


def parse_node_device(xml: str) -> NodeDevice:
    """One device; raises InvalidConfig."""
    root = parse(xml)
    if root.tag != "device":
        raise InvalidConfig(f"a <device> is expected, not <{root.tag}>")
    found = root.find("capability")
    capability = found if found is not None else root
    group = _number(attribute_of(capability, "iommuGroup", "number"))
    return NodeDevice(
        name=text_of(root, "name"),
        parent=text_of(root, "parent"),
        kind=capability.get("type", ""),
        driver=text_of(root, "driver/name"),
        # Disks have plain words, PCI and USB devices theirs with ids, the computer itself those of its board.
        vendor=text_of(capability, "vendor") or text_of(capability, "hardware/vendor"),
        product=text_of(capability, "product") or text_of(capability, "model"),
        vendor_id=attribute_of(capability, "vendor", "id"),
        product_id=attribute_of(capability, "product", "id"),
        address=_address(capability),
        # An mdev tells its group by the same element; -1 there means none.
        iommu_group=group if group is not None and group >= 0 else None,
        path=text_of(capability, "block") or text_of(capability, "interface") or text_of(capability, "char"),
        pci_class=_number(text_of(capability, "class")) if capability.get("type") == "pci" else None,
    )


def _address(capability: Element) -> PciAddress | UsbAddress | None:
    kind = capability.get("type", "")
    bus = _number(text_of(capability, "bus"))
    if kind == "usb_device":
        device = _number(text_of(capability, "device"))
        return UsbAddress(bus, device) if bus is not None and device is not None else None
    if kind != "pci":
        return None
    domain, slot, function = (_number(text_of(capability, name)) for name in ("domain", "slot", "function"))
    if domain is None or bus is None or slot is None or function is None:
        return None
    return PciAddress(domain, bus, slot, function)


def _number(text: str) -> int | None:
    """libvirt writes these decimal, in older versions hexadecimal with 0x; None: no number."""
    try:
        return int(text, 0)
    except ValueError:
        return None
