"""Random number generators."""

from tests.lab.hardware_cases.case import Case
from vmgui.model.device_character import RngDevice
from vmgui.model.device_parts import CharacterEnd, CharacterSource

CASES = (
    Case(
        "rng",
        RngDevice(model="virtio", backend="random", path="/dev/urandom"),
        {"path": "/dev/random", "rate": 2048, "backend": "builtin"},
    ),
    Case(
        "rng",
        RngDevice(
            model="virtio",
            backend="egd",
            host=CharacterEnd(
                kind="tcp",
                sources=(CharacterSource(mode="connect", host="127.0.0.1", service="7000"),),
                protocol="raw",
            ),
            rate_bytes=1024,
            rate_period_ms=2000,
        ),
        {
            "mode": "bind",
            "host": "127.0.0.2",
            "port": "7001",
            "protocol": "telnet",
            "rate": None,
            "backend": "random",
        },
        starts=False,  # nobody answers there
        name="egd",
    ),
    Case(
        "rng",
        RngDevice(
            model="virtio",
            backend="egd",
            host=CharacterEnd(kind="unix", sources=(CharacterSource(mode="connect", path="/run/egd"),)),
        ),
        {"socket": "/run/other", "type": "tcp"},
        also={"type": {"host": "127.0.0.1", "port": "7000"}},
        fails={"socket": "run/egd"},
        starts=False,
        name="egd-unix",
    ),
)
