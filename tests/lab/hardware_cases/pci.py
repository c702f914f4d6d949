"""PCI devices of the host: the lab's have no IOMMU, so their definitions are tried."""

from tests.lab.hardware_cases.case import Case
from vmgui.model.device_host import HostdevDevice, HostdevSource
from vmgui.model.device_parts import Address

CASES = (
    Case(
        "pci",
        HostdevDevice(
            mode="subsystem",
            kind="pci",
            managed=True,
            source=HostdevSource(address=Address(domain="0x0000", bus="0x0a", slot="0x00", function="0x0")),
        ),
        {"device": "0000:0a:00.1", "managed": False, "rombar": False, "romfile": "/usr/share/other.rom"},
        fails={"device": "0000:00:03.0", "romfile": "other.rom"},
        starts=False,
    ),
)
