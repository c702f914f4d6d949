"""Domain XML -> Resources (https://libvirt.org/formatdomain.html#cpu-tuning)."""

from __future__ import annotations

from vmgui.libvirtxml.safe import Element, number_of
from vmgui.model.resources import Resources

# Of what libvirt does where no period is named.
_DEFAULT_PERIOD_US = 100_000


def resources_of(root: Element) -> Resources:
    """What a machine's parsed XML says of its share of the processors and its devices."""
    weight = number_of(root.findtext("cputune/shares"), 0)
    quota_us = number_of(root.findtext("cputune/quota"), 0)
    period_us = number_of(root.findtext("cputune/period"), 0) or _DEFAULT_PERIOD_US
    devices = root.find("devices")
    # Comments are no devices.
    kinds = [node.tag for node in devices.iterchildren("*")] if devices is not None else []
    return Resources(
        cpu_weight=weight or None,
        # A quota below nothing is libvirt's word for none.
        cpu_limit_percent=quota_us / period_us * 100 if quota_us > 0 else None,
        device_kinds=tuple(kind for kind in kinds if kind != "emulator"),
    )
