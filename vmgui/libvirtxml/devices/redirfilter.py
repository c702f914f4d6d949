"""`<redirfilter>` (https://libvirt.org/formatdomain.html#redirected-devices)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vmgui.libvirtxml.fields import word, yes_no
from vmgui.libvirtxml.kind import Kind, listed

if TYPE_CHECKING:
    from vmgui.model.device_character import RedirfilterDevice, RedirRule

_RULE: Kind[RedirRule] = Kind(
    "usbdev",
    "device_character.RedirRule",
    word("usb_class", "@class"),
    word("vendor", "@vendor"),
    word("product", "@product"),
    word("version", "@version"),
    yes_no("allow", "@allow"),
)

REDIRFILTER: Kind[RedirfilterDevice] = Kind(
    "redirfilter", "device_character.RedirfilterDevice", listed("rules", "usbdev", _RULE)
)
