"""Which processor a machine sees, and how its vCPUs are laid out."""

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
    # What one of them leaves open is found.
    Case(
        "processor",
        answers={"sockets": 2, "cores": 2, "threads": 2, "dies": 2},
        machine_xml="<vcpu current='1'>4</vcpu>",
        starts=False,
        name="layout",
    ),
)
