"""Random number generators."""

from tests.lab.hardware_cases.case import Case
from vmgui.model.device_character import RngDevice

CASES = (
    Case(
        "rng",
        RngDevice(model="virtio", backend="random", path="/dev/urandom"),
        {"backend": "builtin", "path": "/dev/random"},
    ),
)
