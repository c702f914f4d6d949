"""What kept a device from being plugged in, changed or taken out, with the name that helps: a file, a network, a place."""

from __future__ import annotations

import errno
import re

import libvirt

from vmgui.hypervisor.error_subjects import quoted
from vmgui.hypervisor.errors import from_libvirt
from vmgui.libvirtxml.devices.every import kind_of
from vmgui.model.device_disk import DiskDevice
from vmgui.model.device_network import InterfaceDevice
from vmgui.model.errors import (
    AlreadyExists,
    DiskFileMissing,
    DiskFileUnreadable,
    MediumMissing,
    MediumUnreadable,
    NoFreePort,
    NotFound,
    PermissionDenied,
    StorageFailure,
    TrayLocked,
    Unsupported,
    VmguiError,
)

_DRIVES = frozenset({"cdrom", "floppy"})
# Of every driver and version seen, 9.0 to 12.8: code 1 and 9 alike.
_NO_PORT = (
    "No more available PCI slots",
    "no available PCI slot",
    "No more available PCI addresses",
    "No more available USB ports",
    "No free USB ports",
    "Unable to find a virtio-serial",
)
# "referenced filter 'x' is missing"
_NO_FILTER = re.compile(r"filter '.+' is missing", re.DOTALL)
# QEMU's words, and libvirt's of a bus that the machine does not have.
_LACKS = ("is not a valid device model name", "controller with index")


def explained(error: libvirt.libvirtError, device: object) -> VmguiError:
    """The error a person can react to; `device`: as it was to be."""
    told = from_libvirt(error)
    if any(words in told.detail for words in _NO_PORT):
        return NoFreePort(told.detail, code=told.code)
    if isinstance(device, DiskDevice) and (found := _of_disk(error, told, device)) is not None:
        return found
    if isinstance(told, AlreadyExists) or "duplicate" in told.detail.lower():
        return AlreadyExists(told.detail, subject=_own_name(device), code=told.code)
    if _NO_FILTER.search(told.detail):
        return NotFound(told.detail, subject=next(iter(quoted(told.detail)), ""), code=told.code)
    if any(words in told.detail for words in _LACKS):
        return Unsupported(told.detail, subject=_own_name(device) or kind_of(device).tag, code=told.code)
    if told.code in (libvirt.VIR_ERR_NO_NETWORK, libvirt.VIR_ERR_NO_NWFILTER):
        return told.about(subject=next(iter(quoted(told.detail)), ""))
    if isinstance(told, Unsupported):
        told.about(subject=_own_name(device) or kind_of(device).tag)
    return told


def _of_disk(error: libvirt.libvirtError, told: VmguiError, disk: DiskDevice) -> VmguiError | None:
    is_drive = disk.device in _DRIVES
    is_refused = error.get_error_code() == libvirt.VIR_ERR_OPERATION_FAILED
    # "timed out waiting to open tray of 'sda'", in any language; QEMU's own words are English.
    if is_drive and ((is_refused and quoted(told.detail) == (disk.target,)) or "is locked" in told.detail):
        return TrayLocked(told.detail, subject=disk.target, code=told.code)
    path = disk.source.file or disk.source.device if disk.source is not None else ""
    is_of_file = isinstance(told, StorageFailure | PermissionDenied) or "blockdev-add" in told.detail
    if not path or not is_of_file:
        return None
    is_missing = error.get_int1() == errno.ENOENT or "No such file" in told.detail
    if is_drive:
        kind = MediumMissing if is_missing else MediumUnreadable
    else:
        kind = DiskFileMissing if is_missing else DiskFileUnreadable
    return kind(told.detail, subject=path, code=told.code)


def _own_name(device: object) -> str:
    if isinstance(device, DiskDevice):
        return device.target
    return device.mac if isinstance(device, InterfaceDevice) else ""
