"""Graphics cards."""

from tests.lab.hardware_cases.case import Case
from vmgui.model.device_display import VideoDevice

CASES = (
    Case(
        "video",
        VideoDevice(model="vga", video_memory_kib=16384, heads=1, primary=True),
        {"model": "virtio", "memory": 32768, "resolution": "1024x768"},
        {"memory": 30000, "resolution": "big"},
        name="vga",
    ),
    Case(
        "video",
        VideoDevice(model="virtio", heads=1, primary=True),
        {"model": "bochs", "heads": 2, "resolution": "1280x800"},
        {"heads": 17},
        name="virtio",
    ),
)
