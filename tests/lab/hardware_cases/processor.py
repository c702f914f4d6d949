"""Which processor a machine sees. Its layout depends on its vCPUs: tests/lab/test_hardware_machine.py."""

from tests.lab.hardware_cases.case import Case

CASES = (
    Case(
        "processor",
        answers={
            "mode": "maximum",
            "model": "Nehalem",
            "features": ("disable vmx", "require aes"),
            "cache": "emulate",
        },
        fails={"cache": "passthrough", "cores": 1000},
        machine_xml="<cpu mode='custom' match='exact'><model>qemu64</model></cpu>",
        starts=False,
    ),
)
