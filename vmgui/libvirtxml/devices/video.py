"""`<video>` (https://libvirt.org/formatdomain.html#video-devices)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vmgui.libvirtxml.devices.parts import COMMON, virtio
from vmgui.libvirtxml.fields import choice, on_off, text, whole, yes_no
from vmgui.libvirtxml.kind import Kind

if TYPE_CHECKING:
    from vmgui.model.device_display import VideoDevice

VIDEO: Kind[VideoDevice] = Kind(
    "video",
    "device_display.VideoDevice",
    choice("driver", "driver/@name", "qemu vhostuser"),
    choice("vga_config", "driver/@vgaconf", "io on off"),
    virtio,
    choice("model", "model/@type", "virtio qxl vga cirrus bochs ramfb none vmvga xen vbox gop"),
    choice(
        "device",
        "model/@device",
        "virtio-vga virtio-vga-gl virtio-gpu virtio-gpu-gl vhost-user-vga vhost-user-gpu",
    ),
    whole("memory_kib", "model/@ram"),
    whole("video_memory_kib", "model/@vram"),
    whole("video_memory64_kib", "model/@vram64"),
    whole("vga_memory_kib", "model/@vgamem"),
    whole("heads", "model/@heads"),
    yes_no("primary", "model/@primary"),
    on_off("blob", "model/@blob"),
    on_off("edid", "model/@edid"),
    yes_no("accel_2d", "model/acceleration/@accel2d"),
    yes_no("accel_3d", "model/acceleration/@accel3d"),
    text("render_node", "model/acceleration/@rendernode"),
    whole("width", "model/resolution/@x"),
    whole("height", "model/resolution/@y"),
    *COMMON,
)
