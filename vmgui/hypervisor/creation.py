"""What only the creation of a virtual machine needs of libvirt: the contents of a file, and a first pool."""

from __future__ import annotations

import contextlib
from typing import cast

import libvirt

from vmgui.hypervisor.rollback import forget_pool
from vmgui.libvirtxml.new_pool import build_directory_pool

_READ_CHUNK_BYTES = 64 * 1024


def read_volume(conn: libvirt.virConnect, pool: str, name: str, offset: int, length: int) -> bytes:
    """A part of a volume's contents (virStorageVolDownload); shorter at its end. Pools lane."""
    # Looked up by its path, it would wait for every pool of the host.
    volume = conn.storagePoolLookupByName(pool).storageVolLookupByName(name)
    stream = conn.newStream()
    # The length must lie within the volume on some backends: what it has is told by its info.
    _, capacity, allocation = cast("tuple[int, int, int]", tuple(volume.info()))
    length = min(length, max(0, max(capacity, allocation) - offset))
    if length == 0:
        return b""
    volume.download(stream, offset, length, 0)
    data = bytearray()
    try:
        while len(data) < length:
            chunk = stream.recv(min(_READ_CHUNK_BYTES, length - len(data)))
            if not chunk:
                break
            data += chunk
        stream.finish()
    except libvirt.libvirtError:
        # It has failed by itself; that error is on its way up.
        with contextlib.suppress(libvirt.libvirtError):
            stream.abort()
        raise
    return bytes(data)


def make_directory_pool(conn: libvirt.virConnect, name: str, path: str, uuid: str) -> tuple[str, ...]:
    """Define, build (make the directory), start and autostart a pool of files; the volumes found in it.

    Nothing stays if that fails. The UUID is the caller's, who knows the pool by it whatever happens.
    """
    pool = conn.storagePoolDefineXML(build_directory_pool(name, path, uuid))
    try:
        pool.build()
        pool.create()
        pool.setAutostart(1)
        return tuple(pool.listVolumes())
    except libvirt.libvirtError:
        forget_pool(pool)
        raise
