"""`<channel>` (https://libvirt.org/formatdomain.html#channel)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vmgui.libvirtxml.devices.parts import COMMON, host
from vmgui.libvirtxml.fields import choice, text, word
from vmgui.libvirtxml.kind import Kind

if TYPE_CHECKING:
    from vmgui.model.device_character import ChannelDevice

AGENT_CHANNEL = "org.qemu.guest_agent.0"

CHANNEL: Kind[ChannelDevice] = Kind(
    "channel",
    "device_character.ChannelDevice",
    host,
    choice("target_kind", "target/@type", "virtio guestfwd xen"),
    text("name", "target/@name"),
    choice("state", "target/@state", "connected disconnected"),
    word("target_address", "target/@address"),
    word("target_port", "target/@port"),
    *COMMON,
)
