"""`<input>` (https://libvirt.org/formatdomain.html#input-devices)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vmgui.libvirtxml.devices.parts import COMMON, VIRTIO_MODELS, virtio
from vmgui.libvirtxml.fields import choice, on_off, text
from vmgui.libvirtxml.kind import Kind

if TYPE_CHECKING:
    from vmgui.model.device_display import InputDevice

INPUT: Kind[InputDevice] = Kind(
    "input",
    "device_display.InputDevice",
    choice("kind", "@type", "tablet mouse keyboard passthrough evdev"),
    choice("bus", "@bus", "usb ps2 virtio xen"),
    choice("model", "@model", VIRTIO_MODELS),
    virtio,
    text("event_device", "source/@evdev"),
    text("device", "source/@dev"),
    choice("grab", "source/@grab", "all"),
    choice(
        "grab_toggle",
        "source/@grabToggle",
        "ctrl-ctrl alt-alt shift-shift meta-meta scrolllock ctrl-scrolllock",
    ),
    on_off("repeat", "source/@repeat"),
    *COMMON,
)
