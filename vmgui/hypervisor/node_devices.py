"""A host's devices (virConnectListAllNodeDevices): one call for the list, one more for each of them."""

from __future__ import annotations

import logging
from collections.abc import Iterable

import libvirt

from vmgui.hypervisor.errors import is_gone, is_unsupported
from vmgui.libvirtxml.node_device import parse_node_device
from vmgui.model.errors import InvalidConfig
from vmgui.model.node_device import NodeDevice

log = logging.getLogger(__name__)


def list_node_devices(conn: libvirt.virConnect) -> tuple[NodeDevice, ...]:
    """All that are there; empty where the driver has none."""
    try:
        devices = conn.listAllDevices()
    except libvirt.libvirtError as error:
        if is_unsupported(error):
            return ()
        raise
    found = (_read(device) for device in devices)
    return tuple(device for device in found if device is not None)


def read_node_devices(conn: libvirt.virConnect, names: Iterable[str]) -> dict[str, NodeDevice | None]:
    """Those of these names; None: there is none."""
    found: dict[str, NodeDevice | None] = {}
    for name in names:
        try:
            found[name] = _read(conn.nodeDeviceLookupByName(name))
        except libvirt.libvirtError as error:
            if not is_gone(error):
                raise
            found[name] = None
    return found


def _read(device: libvirt.virNodeDevice) -> NodeDevice | None:
    """None: it was taken away meanwhile, or its description cannot be understood."""
    try:
        return parse_node_device(device.XMLDesc())
    except libvirt.libvirtError as error:
        if is_gone(error):
            return None
        raise
    except InvalidConfig as error:
        log.info("device %s is left out: %s", device.name(), error)
        return None
