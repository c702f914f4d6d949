"""What a machine is called, its start with the host, and what becomes of it when its system ends."""

from tests.lab.hardware_cases.case import Case

CASES = (
    Case(
        "start",
        answers={
            "title": "The web & <b>",
            "description": "One\nTwo",
            "autostart": True,
            "on_poweroff": "restart",
            "on_reboot": "destroy",
            "on_crash": "coredump-restart",
        },
        fails={"title": "One\nTwo"},
    ),
)
