"""What disk images of a host's pools name that libvirt does not tell: external data files, extents, backing files."""

from __future__ import annotations

import contextlib
from dataclasses import replace

import libvirt

from vmgui.hypervisor.pool_looks import is_refused
from vmgui.model.storage import Volume
from vmgui.model.units import MIB
from vmgui.policy.image_names import HEAD_BYTES, image_names


def may_name_more(volume: Volume, disk_format: str = "") -> bool:
    """Whether an image may have its data in other files.

    A qcow2 image with an external data file holds nothing but tables: 16 bytes a cluster at most. The descriptor of
    a split VMDK is raw text to libvirt.
    """
    if "vmdk" in (volume.format, disk_format) or volume.name.lower().endswith(".vmdk"):
        return True
    if volume.format != "qcow2" and disk_format != "qcow2":
        return False
    return volume.allocation_bytes <= 16 * MIB + volume.capacity_bytes // 256


def with_names(conn: libvirt.virConnect, handle: libvirt.virStorageVol, volume: Volume) -> Volume:
    """The volume with what its header names; unclear where it cannot be read, unread where we may not. Slow lane."""
    try:
        names = image_names(_head(conn, handle, volume))
    except libvirt.libvirtError as error:
        return replace(volume, is_unread=True) if is_refused(error) else replace(volume, is_unclear=True)
    return replace(
        volume,
        parts=names.parts,
        more_backing=names.backing,
        is_unclear=volume.is_unclear or names.is_unclear,
    )


def _head(conn: libvirt.virConnect, handle: libvirt.virStorageVol, volume: Volume) -> bytes:
    # The length must lie within the volume on some backends.
    length = min(HEAD_BYTES, max(volume.capacity_bytes, volume.allocation_bytes))
    if length <= 0:
        return b""
    stream = conn.newStream()
    handle.download(stream, 0, length, 0)
    data = bytearray()
    try:
        while len(data) < length and (chunk := stream.recv(length - len(data))):
            data += chunk
        stream.finish()
    except libvirt.libvirtError:
        # It has failed by itself; that error is on its way up.
        with contextlib.suppress(libvirt.libvirtError):
            stream.abort()
        raise
    return bytes(data)
