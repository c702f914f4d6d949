"""Controllers."""

from tests.lab.hardware_cases.case import Case
from vmgui.model.device_storage import ControllerDevice

CASES = (
    Case(
        "controller",
        ControllerDevice(kind="usb", index=1, model="qemu-xhci", ports=8),
        {"model": "nec-xhci", "ports": 4},
        name="usb",
    ),
    Case(
        "controller",
        ControllerDevice(kind="scsi", index=1, model="virtio-scsi"),
        {"queues": 2, "model": "lsilogic"},
        name="scsi",
    ),
    Case(
        "controller",
        ControllerDevice(kind="virtio-serial", index=1),
        {"ports": 16},
        name="virtio-serial",
    ),
)
