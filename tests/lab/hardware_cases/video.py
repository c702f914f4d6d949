"""Graphics cards."""

from tests.lab.hardware_cases.case import Case
from vmgui.model.device_display import VideoDevice

CASES = (
    Case(
        "video",
        VideoDevice(model="vga", video_memory_kib=16384, heads=1, primary=True),
        {"memory": 32768, "resolution": "1024x768", "model": "virtio"},
        {"memory": 30000, "resolution": "big"},
        name="vga",
    ),
    Case(
        "video",
        VideoDevice(model="virtio", heads=1, primary=True),
        {"heads": 2, "resolution": "1280x800", "model": "bochs"},
        {"heads": 17},
        name="virtio",
    ),
    Case(
        "video",
        VideoDevice(model="qxl", heads=1, primary=True),
        {"model": "virtio", "memory": 131072},
        name="qxl",
        hosts="a",
    ),
    Case(
        "video",
        VideoDevice(model="virtio", heads=1, primary=True, accel_3d=True),
        {"accel3d": False},
        starts=False,
        name="3d",
        hosts="a",
    ),
)
