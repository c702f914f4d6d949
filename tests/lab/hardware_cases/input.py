"""Input devices."""

from tests.lab.hardware_cases.case import Case
from vmgui.model.device_display import InputDevice

CASES = (
    Case(
        "input",
        InputDevice(kind="mouse", bus="virtio"),
        {"type": "keyboard", "bus": "usb"},
        fails={"bus": "ps2"},
    ),
    Case(
        "input",
        InputDevice(kind="passthrough", bus="virtio", event_device="/dev/input/event90"),
        {"type": "tablet", "path": "/dev/input/event91"},
        fails={"path": ""},
        starts=False,  # the host has no such device
        name="passthrough",
    ),
)
