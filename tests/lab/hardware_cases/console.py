"""Consoles beside that of the first serial port."""

from tests.lab.hardware_cases.case import Case
from vmgui.model.device_character import ConsoleDevice
from vmgui.model.device_parts import CharacterEnd, CharacterSource

CASES = (
    Case(
        "console",
        ConsoleDevice(
            host=CharacterEnd(
                kind="unix",
                sources=(CharacterSource(mode="bind", path="/var/lib/libvirt/qemu/vmgui-a.sock"),),
            ),
            target_kind="virtio",
        ),
        {
            "path": "/var/lib/libvirt/qemu/vmgui-b.sock",
            "mode": "connect",
            "log": "/var/log/libvirt/qemu/other-console.log",
            "type": "pty",
        },
        fails={"path": ""},
    ),
)
