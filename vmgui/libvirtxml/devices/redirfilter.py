"""`<redirfilter>` (https://libvirt.org/formatdomain.html#redirected-devices)."""

from __future__ import annotations

from vmgui.libvirtxml.fields import word, yes_no
from vmgui.libvirtxml.kind import Kind, listed
from vmgui.model.device_character import RedirfilterDevice, RedirRule

_RULE = Kind(
    "usbdev",
    RedirRule,
    word("usb_class", "@class"),
    word("vendor", "@vendor"),
    word("product", "@product"),
    word("version", "@version"),
    yes_no("allow", "@allow"),
)

REDIRFILTER = Kind("redirfilter", RedirfilterDevice, listed("rules", "usbdev", _RULE))
