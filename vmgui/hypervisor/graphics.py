"""A guest's display: a socket to its VNC or SPICE server, and still pictures of it."""

from __future__ import annotations

import libvirt

from vmgui.hypervisor.descriptor import OpenDescriptor
from vmgui.hypervisor.uri import read_uri
from vmgui.model.errors import InvalidConfig, Unsupported

MAX_SCREENSHOT_BYTES = 64 * 1024 * 1024
_CHUNK_BYTES = 256 * 1024


def open_graphics_fd(conn: libvirt.virConnect, uuid: str, index: int = 0) -> OpenDescriptor:
    """A file descriptor connected to the display, already let in (no password).

    Only where `HostFeatures.graphics_fd` says so: over tcp, tls or ssh it fails and kills the
    connection (LAB 8).
    """
    if not _is_local(conn):
        raise Unsupported("file descriptors cannot be passed over the network")
    domain = conn.lookupByUUIDString(uuid)
    return OpenDescriptor(domain.openGraphicsFD(index, libvirt.VIR_DOMAIN_OPEN_GRAPHICS_SKIPAUTH))


def screenshot(conn: libvirt.virConnect, uuid: str, screen: int = 0) -> tuple[str, bytes]:
    """MIME type (image/png, or image/x-portable-pixmap of an older QEMU) and the picture."""
    domain = conn.lookupByUUIDString(uuid)
    stream = conn.newStream()
    try:
        mime = domain.screenshot(stream, screen)
        picture = bytearray()
        while True:
            chunk = stream.recv(_CHUNK_BYTES)
            if not chunk:
                break
            picture += chunk
            if len(picture) > MAX_SCREENSHOT_BYTES:
                raise InvalidConfig(f"the picture is longer than {MAX_SCREENSHOT_BYTES} bytes")
        stream.finish()
    except BaseException:
        _abort(stream)
        raise
    return mime, bytes(picture)


def _abort(stream: libvirt.virStream) -> None:
    try:
        stream.abort()
    except libvirt.libvirtError:
        # It has failed or ended by itself, which is what is wanted.
        return


def _is_local(conn: libvirt.virConnect) -> bool:
    return read_uri(conn.getURI()).is_local
