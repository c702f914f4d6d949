"""Watchdogs."""

from tests.lab.hardware_cases.case import Case
from vmgui.model.device_machine import WatchdogDevice

CASES = (
    Case(
        "watchdog",
        WatchdogDevice(model="i6300esb", action="reset"),
        {"action": "pause", "model": "ib700"},
        fails={"model": "diag288"},
    ),
)
