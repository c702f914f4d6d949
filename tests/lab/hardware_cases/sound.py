"""Sound cards."""

from tests.lab.hardware_cases.case import Case
from vmgui.model.device_display import SoundDevice

CASES = (
    Case("sound", SoundDevice(model="ich9"), {"codec": "micro", "model": "ac97"}, name="ich9"),
    Case(
        "sound",
        SoundDevice(model="ac97"),
        {"model": "usb"},
        name="ac97",
    ),
)
