"""Host devices as libvirt describes them."""

from __future__ import annotations

import pytest

from vmgui.libvirtxml.node_device import parse_node_device
from vmgui.model.errors import InvalidConfig
from vmgui.model.node_device import NodeDevice, PciAddress, UsbAddress

PCI = """<device><name>pci_0000_02_10_7</name><parent>pci_0000_00_04_0</parent><driver><name>igbvf</name></driver>
<capability type='pci'><class>0x020000</class><domain>0</domain><bus>2</bus><slot>16</slot><function>7</function>
<product id='0x10ca'>82576 Virtual Function</product><vendor id='0x8086'>Intel Corporation</vendor>
<iommuGroup number='31'><address domain='0x0000' bus='0x02' slot='0x10' function='0x7'/></iommuGroup>
</capability></device>"""
USB = """<device><name>usb_1_4</name><parent>usb_usb1</parent><driver><name>usb</name></driver>
<capability type='usb_device'><bus>1</bus><device>5</device><product id='0x5591'>Ultra</product>
<vendor id='0x0781'>SanDisk Corp.</vendor></capability></device>"""
NET = """<device><name>net_eth0_52_54_00_aa_bb_cc</name><parent>virtio0</parent><capability type='net'>
<interface>eth0</interface><address>52:54:00:aa:bb:cc</address></capability></device>"""
DISK = """<device><name>block_sda</name><parent>scsi_0_0_0_0</parent><capability type='storage'>
<block>/dev/sda</block><bus>scsi</bus><drive_type>disk</drive_type><model>QEMU HARDDISK</model><vendor>ATA</vendor>
</capability></device>"""
COMPUTER = """<device><name>computer</name><capability type='system'><product>Standard PC</product>
<hardware><vendor>QEMU</vendor></hardware></capability></device>"""


@pytest.mark.parametrize(
    ("xml", "device"),
    [
        (
            PCI,
            NodeDevice(
                "pci_0000_02_10_7",
                "pci_0000_00_04_0",
                "pci",
                driver="igbvf",
                vendor="Intel Corporation",
                product="82576 Virtual Function",
                vendor_id="0x8086",
                product_id="0x10ca",
                address=PciAddress(0, 2, 16, 7),
                iommu_group=31,
                pci_class=0x020000,
            ),
        ),
        (
            USB,
            NodeDevice(
                "usb_1_4",
                "usb_usb1",
                "usb_device",
                driver="usb",
                vendor="SanDisk Corp.",
                product="Ultra",
                vendor_id="0x0781",
                product_id="0x5591",
                address=UsbAddress(1, 5),
            ),
        ),
        (NET, NodeDevice("net_eth0_52_54_00_aa_bb_cc", "virtio0", "net", path="eth0")),
        (
            DISK,
            NodeDevice(
                "block_sda",
                "scsi_0_0_0_0",
                "storage",
                vendor="ATA",
                product="QEMU HARDDISK",
                path="/dev/sda",
            ),
        ),
        (COMPUTER, NodeDevice("computer", "", "system", vendor="QEMU", product="Standard PC")),
        ("<device><name>odd</name></device>", NodeDevice("odd", "", "")),
        (PCI.replace("<bus>2</bus>", "<bus>two</bus>").replace("'31'", "'-1'"), None),
    ],
)
def test_devices(xml: str, device: NodeDevice | None) -> None:
    found = parse_node_device(xml)
    if device is None:
        assert (found.address, found.iommu_group) == (None, None)
    else:
        assert found == device


def test_an_address_as_people_write_it() -> None:
    assert str(PciAddress(0, 2, 16, 7)) == "0000:02:10.7"


@pytest.mark.parametrize("xml", ["<pool/>", "<device>", ""])
def test_what_is_no_device(xml: str) -> None:
    with pytest.raises(InvalidConfig):
        parse_node_device(xml)
