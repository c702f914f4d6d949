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
            "on_crash": "coredump-restart",
        },
        fails={"title": "One\nTwo"},
    ),
    # No host does both at once: this, and to start again what turns itself off.
    Case("start", answers={"on_reboot": "destroy"}, starts=False, name="reboot"),
)
