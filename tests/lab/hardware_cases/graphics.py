"""Displays. SPICE is not on every host: what each has is asked of a machine of it."""

# ruff: noqa: S104, S106 - what people answer

from tests.lab.hardware_cases.case import Case
from vmgui.model.device_display import GraphicsDevice, Listen

CASES = (
    Case(
        "graphics",
        GraphicsDevice(
            kind="vnc", port=-1, auto_port=True, listen="127.0.0.1", password="pass1234",
            listens=(Listen(kind="address", address="127.0.0.1"),),
        ),
        {"listen": "0.0.0.0", "port": 5977, "keymap": "es", "share": "force-shared",
         "expires": "2999-01-31T18:00:00"},
        {"port": 5899, "password": "longer than eight", "expires": "tomorrow"},
        name="vnc",
    ),
    Case(
        "graphics",
        GraphicsDevice(kind="vnc", listens=(Listen(kind="none"),)),
        {"listen": "127.0.0.1"},
        name="no port",
    ),
    Case(
        "graphics",
        GraphicsDevice(
            kind="spice", auto_port=True, listen="127.0.0.1", listens=(Listen(kind="address", address="127.0.0.1"),)
        ),
        {
            "type": "vnc", "clipboard": False, "filetransfer": False, "compression": "off", "streaming": "filter",
            "port": 5977,
        },
        name="spice",
        hosts="a",
    ),
    Case(
        "graphics",
        GraphicsDevice(kind="spice", gl=True, listens=(Listen(kind="none"),)),
        {"gl": False, "rendernode": "/dev/dri/renderD128"},
        starts=False,
        name="spice-gl",
        hosts="a",
    ),
)  # fmt: skip
