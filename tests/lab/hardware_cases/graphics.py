"""Displays. SPICE is not on every host: what each has is asked of a machine of it."""

from tests.lab.hardware_cases.case import Case
from vmgui.model.device_display import GraphicsDevice, Listen

CASES = (
    Case(
        "graphics",
        GraphicsDevice(
            kind="vnc", port=-1, auto_port=True, listen="127.0.0.1",
            listens=(Listen(kind="address", address="127.0.0.1"),),
        ),
        {"listen": "0.0.0.0", "port": 5977, "keymap": "es", "share": "force-shared"},  # noqa: S104
        {"port": 5899, "password": "longer than eight", "expires": "tomorrow"},
        name="vnc",
    ),
    Case(
        "graphics",
        GraphicsDevice(kind="vnc", listens=(Listen(kind="none"),)),
        {"listen": "127.0.0.1"},
        name="no port",
    ),
)  # fmt: skip
