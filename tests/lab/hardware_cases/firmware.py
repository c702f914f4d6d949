"""What a machine starts with before its system. Its board: tests/lab/test_hardware_machine.py."""

from tests.lab.hardware_cases.case import Case

CASES = (
    Case(
        "firmware",
        answers={"firmware": "uefi", "clock": "localtime", "machine": "pc-q35-6.2"},
        fails={"machine": "pc-i440fx-7.2"},
        name="BIOS",
        starts=False,
    ),
)
