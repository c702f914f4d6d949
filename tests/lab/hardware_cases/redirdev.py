"""USB redirection."""

from tests.lab.hardware_cases.case import Case
from vmgui.model.device_character import RedirdevDevice
from vmgui.model.device_parts import CharacterEnd, CharacterSource

CASES = (
    Case(
        "redirdev",
        RedirdevDevice(
            bus="usb",
            host=CharacterEnd(
                kind="tcp",
                sources=(CharacterSource(mode="bind", host="127.0.0.1", service="4755"),),
                protocol="raw",
            ),
        ),
        {"mode": "connect", "host": "127.0.0.2", "port": "4756", "protocol": "telnet", "type": "unix"},
        also={"type": {"path": "/var/lib/libvirt/qemu/vmgui-c.sock"}},
        fails={"type": "spicevmc", "port": ""},
    ),
    Case(
        "redirdev",
        RedirdevDevice(
            bus="usb",
            host=CharacterEnd(
                kind="unix",
                sources=(CharacterSource(mode="bind", path="/var/lib/libvirt/qemu/vmgui-a.sock"),),
            ),
        ),
        {"path": "/var/lib/libvirt/qemu/vmgui-b.sock"},
        fails={"path": ""},
        name="unix",
    ),
)
