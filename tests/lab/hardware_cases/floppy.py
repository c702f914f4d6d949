"""Floppy drives."""

from tests.lab.hardware_cases.case import Case
from vmgui.model.device_disk import DiskDevice

CASES = (
    Case(
        "floppy",
        DiskDevice(source_kind="file", device="floppy", driver="qemu", format="raw", target="fda", bus="fdc"),
        {"path": "/var/lib/libvirt/images/hardware.img"},
        fails={"path": "hardware.img"},
        starts=False,
    ),
)
