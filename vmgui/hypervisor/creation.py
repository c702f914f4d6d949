"""What only the creation of a virtual machine needs of libvirt: all that is there, at a glance, and a first pool."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from typing import cast

import libvirt

from vmgui.hypervisor.domains import list_domains
from vmgui.hypervisor.networks import list_bridges, list_networks
from vmgui.hypervisor.node import read_usage
from vmgui.hypervisor.rollback import forget_pool
from vmgui.libvirtxml.new_pool import build_directory_pool
from vmgui.model.domain import Domain
from vmgui.model.host import HostUsage
from vmgui.model.network import Network

_READ_CHUNK_BYTES = 64 * 1024


@dataclass(frozen=True, slots=True)
class Means:
    """A host's machines and means but for its pools, all read one after the other."""

    domains: tuple[Domain, ...]
    usage: HostUsage
    networks: tuple[Network, ...]
    bridges: tuple[str, ...]


def read_means(conn: libvirt.virConnect, host_id: str) -> Means:
    """Everything about the host a new machine may need, but for its pools, which may hang."""
    return Means(
        domains=list_domains(conn, host_id),
        usage=read_usage(conn),
        networks=list_networks(conn),
        bridges=list_bridges(conn),
    )


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
