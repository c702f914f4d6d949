"""CD drives."""

from tests.lab.hardware_cases.case import Case
from vmgui.model.device_disk import DiskDevice

CASES = (
    Case(
        "cdrom",
        DiskDevice(
            source_kind="file",
            device="cdrom",
            driver="qemu",
            format="raw",
            target="sdc",
            bus="sata",
            read_only=True,
        ),
        {"path": "/var/lib/libvirt/images/hardware.iso", "bus": "scsi"},
        fails={"path": "hardware.iso", "bus": "usb"},
        starts=False,
    ),
)
