"""Parallel ports."""

from tests.lab.hardware_cases.case import Case
from vmgui.model.device_character import ParallelDevice
from vmgui.model.device_parts import CharacterEnd, CharacterSource

CASES = (
    Case(
        "parallel",
        ParallelDevice(
            host=CharacterEnd(
                kind="file", sources=(CharacterSource(path="/var/log/libvirt/qemu/vmgui-p.log"),)
            )
        ),
        {
            "path": "/var/log/libvirt/qemu/vmgui-q.log",
            "append": True,
            "log": "/var/log/libvirt/qemu/other-parallel.log",
            "type": "pty",
        },
        fails={"path": "printer"},
    ),
)
