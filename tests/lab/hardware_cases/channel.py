"""Channels."""

from tests.lab.hardware_cases.case import Case
from vmgui.model.device_character import ChannelDevice
from vmgui.model.device_parts import CharacterEnd, CharacterSource

CASES = (
    Case(
        "channel",
        ChannelDevice(host=CharacterEnd(kind="pty"), target_kind="virtio", name="org.example.case"),
        {"name": "org.example.other", "type": "unix", "use": "vdagent"},
        fails={"name": ""},
    ),
    Case(
        "channel",
        ChannelDevice(
            host=CharacterEnd(kind="qemu-vdagent", sources=(CharacterSource(clipboard=True),)),
            target_kind="virtio",
            name="com.redhat.spice.0",
        ),
        {"clipboard": False},
        name="vdagent",
    ),
    Case(
        "channel",
        ChannelDevice(
            host=CharacterEnd(
                kind="tcp",
                sources=(CharacterSource(mode="bind", host="127.0.0.1", service="4655"),),
                protocol="raw",
            ),
            target_kind="virtio",
            name="org.example.tcp",
        ),
        {"host": "127.0.0.2", "port": "4656", "mode": "connect", "protocol": "telnet"},
        fails={"port": ""},
        name="tcp",
    ),
    Case(
        "channel",
        ChannelDevice(
            host=CharacterEnd(
                kind="file", sources=(CharacterSource(path="/var/log/libvirt/qemu/vmgui-c.log"),)
            ),
            target_kind="virtio",
            name="org.example.file",
        ),
        {"path": "/var/log/libvirt/qemu/vmgui-d.log", "append": True},
        name="file",
    ),
)
