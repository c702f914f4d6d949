"""`<rng>` (https://libvirt.org/formatdomain.html#random-number-generator-device)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vmgui.libvirtxml.devices.parts import CHARACTER_END, COMMON, VIRTIO_MODELS, virtio
from vmgui.libvirtxml.fields import choice, whole, word
from vmgui.libvirtxml.kind import Kind, group

if TYPE_CHECKING:
    from vmgui.model.device_character import RngDevice

RNG: Kind[RngDevice] = Kind(
    "rng",
    "device_character.RngDevice",
    choice("model", "@model", VIRTIO_MODELS),
    whole("rate_bytes", "rate/@bytes"),
    whole("rate_period_ms", "rate/@period"),
    choice("backend", "backend/@model", "random egd builtin"),
    word("path", "backend"),
    group("host", "backend", CHARACTER_END),
    virtio,
    *COMMON,
)
