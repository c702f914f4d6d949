"""How devices of a host are named."""

import pytest

from vmgui.model.device_host import HostdevDevice, HostdevSource
from vmgui.model.device_parts import Address
from vmgui.model.node_device import NodeDevice, PciAddress, UsbAddress
from vmgui.policy.hardware_host_devices import (
    UsbName,
    is_used_by_host,
    pci_address,
    pci_of,
    read_pci,
    read_usb,
    usb_devices,
    usb_of,
)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("0781:5591", UsbName(0x781, 0x5591)),
        ("0x0781:0x5591", UsbName(0x781, 0x5591)),
        ("0781:5591@1.5", UsbName(0x781, 0x5591, UsbAddress(1, 5))),
        ("@1.5", UsbName(place=UsbAddress(1, 5))),
        ("001.005", UsbName(place=UsbAddress(1, 5))),
        (" 0781:5591 ", UsbName(0x781, 0x5591)),
        ("", None),
        ("stick", None),
        ("0781", None),
        ("0781:55912", None),
        ("0781:5591@1", None),
        ("٣.٤", None),
    ],
)
def test_names_of_usb_devices(text: str, name: UsbName | None) -> None:
    assert read_usb(text) == name
    if name is not None:
        assert read_usb(str(name)) == name


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("0000:0a:00.1", PciAddress(0, 10, 0, 1)),
        ("0a:1f.7", PciAddress(0, 10, 31, 7)),
        ("pci_0000_0a_00_1", PciAddress(0, 10, 0, 1)),
        ("0a:20.0", None),
        ("0a:00.8", None),
        ("0a:00", None),
        ("", None),
    ],
)
def test_addresses_of_pci_devices(text: str, at: PciAddress | None) -> None:
    assert read_pci(text) == at


def test_numbers_are_read_as_people_write_them() -> None:
    place = Address(bus="001", device="0x05")
    usb = HostdevDevice(kind="usb", source=HostdevSource(vendor="0x781", product="0X5591", address=place))
    assert usb_of(usb) == UsbName(0x781, 0x5591, UsbAddress(1, 5))
    pci = HostdevDevice(kind="pci", source=HostdevSource(address=Address(bus="10", slot="0x00")))
    assert pci_of(pci) == PciAddress(0, 10, 0, 0)
    assert pci_address(PciAddress(0, 10, 0, 1)) == Address(
        domain="0x0000", bus="0x0a", slot="0x00", function="0x1"
    )
    broken = HostdevDevice(kind="pci", source=HostdevSource(address=Address(bus="x")))
    assert pci_of(broken) is None
    assert usb_of(broken) is None
    assert usb_of(HostdevDevice(kind="usb")) is None


def test_hubs_stay_with_the_host() -> None:
    def usb(name: str, parent: str, vendor: str = "0x0781") -> NodeDevice:
        return NodeDevice(name, parent, "usb_device", vendor_id=vendor, product_id="0x0001")

    found = [
        usb("usb_usb1", "pci", "0x1d6b"),
        usb("hub", "usb_usb1"),
        usb("stick", "hub"),
        usb("odd", "x", ""),
    ]
    assert [device.name for device in usb_devices(found)] == ["stick"]


def test_a_driver_for_machines_is_no_use_by_the_host() -> None:
    assert is_used_by_host(NodeDevice("a", "", "pci", driver="igb"))
    assert not is_used_by_host(NodeDevice("a", "", "pci", driver="vfio-pci"))
    assert not is_used_by_host(NodeDevice("a", "", "pci"))
