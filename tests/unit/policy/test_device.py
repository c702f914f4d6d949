"""Devices under ids that people and scripts can name."""

from vmgui.libvirtxml.edit import read_devices
from vmgui.policy.device import listed

LIVE = """<domain><devices><disk><target dev='vda'/></disk><disk><target dev='vda'/></disk><disk/>
<interface type='user'><mac address='52:54:00:AA:BB:CC'/></interface><interface type='user'/>
<controller type='usb'/><controller type='pci'/><strange/></devices></domain>"""
SAVED = "<domain><devices><disk><target dev='vda'/></disk><disk><target dev='vdb'/></disk></devices></domain>"


def test_each_has_an_id_of_its_own() -> None:
    found = listed(read_devices(LIVE), read_devices(SAVED))
    assert [(one.id, one.kind, one.live is not None, one.saved is not None) for one in found] == [
        ("vda", "disk", True, True),
        ("disk-1", "disk", True, False),
        ("disk-2", "disk", True, False),
        ("52:54:00:aa:bb:cc", "interface", True, False),
        ("interface-1", "interface", True, False),
        ("controller-0", "controller", True, False),
        ("controller-1", "controller", True, False),
        ("strange-0", "strange", True, False),
        ("vdb", "disk", False, True),
    ]
