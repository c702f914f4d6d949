"""USB devices of the host: the lab's have none, so their definitions are tried."""

from tests.lab.hardware_cases.case import Case
from vmgui.model.device_host import HostdevDevice, HostdevSource
from vmgui.model.device_parts import Address

CASES = (
    Case(
        "usb",
        HostdevDevice(
            mode="subsystem",
            kind="usb",
            managed=True,
            source=HostdevSource(vendor="0x0781", product="0x5591", address=Address(bus="1", device="5")),
        ),
        {"device": "0781:5592", "startup": "optional", "reset": "off"},
        fails={"device": "stick"},
        starts=False,
    ),
)
