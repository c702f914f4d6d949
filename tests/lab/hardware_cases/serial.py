"""Serial ports."""

from tests.lab.hardware_cases.case import Case
from vmgui.model.device_character import SerialDevice
from vmgui.model.device_parts import CharacterEnd, CharacterSource

CASES = (
    Case(
        "serial",
        SerialDevice(host=CharacterEnd(kind="pty"), target_kind="isa-serial"),
        {"type": "null", "target": "pci-serial", "log": "/var/log/libvirt/qemu/other-serial.log"},
        fails={"type": "tcp", "log": "other.log"},
    ),
    Case(
        "serial",
        SerialDevice(
            host=CharacterEnd(
                kind="tcp",
                sources=(CharacterSource(mode="bind", host="127.0.0.1", service="4555"),),
                protocol="raw",
            ),
            target_kind="pci-serial",
        ),
        {
            "mode": "connect",
            "host": "127.0.0.2",
            "port": "4556",
            "protocol": "telnet",
            "target": "isa-serial",
            "type": "pty",
        },
        fails={"port": "70000", "host": ""},
        name="tcp",
    ),
    Case(
        "serial",
        SerialDevice(
            host=CharacterEnd(
                kind="file", sources=(CharacterSource(path="/var/log/libvirt/qemu/vmgui-a.log"),)
            ),
            target_kind="pci-serial",
        ),
        {"path": "/var/log/libvirt/qemu/vmgui-b.log", "append": True, "type": "unix"},
        fails={"path": ""},
        name="file",
    ),
)
