"""Sound cards."""

from tests.lab.hardware_cases.case import Case
from vmgui.model.device_display import SoundDevice

CASES = (Case("sound", SoundDevice(model="ich9"), {"model": "ac97", "codec": "micro"}),)
