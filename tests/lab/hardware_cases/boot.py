"""What a machine starts from. Its order needs devices: tests/lab/test_hardware_machine.py."""

from tests.lab.hardware_cases.case import Case

CASES = (
    Case(
        "boot",
        answers={
            "menu": "on",
            "retry": 2000,
            "kernel": "/boot/vmlinuz",
            "initrd": "/boot/initrd.img",
            "kernel_args": "quiet",
        },
        fails={"order": ("vdz",)},
        starts=False,
    ),
    Case(
        "boot",
        answers={"menu": "off", "menu_time": 3000},
        machine_xml="<os><type arch='x86_64' machine='q35'>hvm</type><bootmenu enable='yes' timeout='1000'/></os>",
        name="with a menu",
        starts=False,
    ),
)
