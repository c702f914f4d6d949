"""`<sound>` (https://libvirt.org/formatdomain.html#sound-devices)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vmgui.libvirtxml.devices.parts import COMMON, virtio
from vmgui.libvirtxml.fields import choice, whole, yes_no
from vmgui.libvirtxml.kind import Kind, values

if TYPE_CHECKING:
    from vmgui.model.device_display import SoundDevice

SOUND: Kind[SoundDevice] = Kind(
    "sound",
    "device_display.SoundDevice",
    choice("model", "@model", "ich9 ich7 ich6 ac97 usb virtio es1370 sb16 pcspk"),
    yes_no("multichannel", "@multichannel"),
    whole("streams", "@streams"),
    virtio,
    values(choice("codecs", "codec/@type", "duplex micro output")),
    whole("audio_id", "audio/@id"),
    *COMMON,
)
