"""What a machine is made of, device by device."""

from __future__ import annotations

import libvirt

from vmgui.libvirtxml.edit import read_devices
from vmgui.model.device import ListedDevice
from vmgui.policy.device import listed


def list_devices(conn: libvirt.virConnect, uuid: str) -> tuple[ListedDevice, ...]:
    """Those of the running machine and of its definition; no passwords in them."""
    domain = conn.lookupByUUIDString(uuid)
    live = read_devices(domain.XMLDesc(0)) if domain.isActive() else ()
    saved = read_devices(domain.XMLDesc(libvirt.VIR_DOMAIN_XML_INACTIVE)) if domain.isPersistent() else ()
    return listed(live, saved)
