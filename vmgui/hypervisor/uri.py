"""What a connection URI says about the way to the host (https://libvirt.org/uri.html)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from urllib.parse import parse_qs, urlsplit

_LOOPBACK = frozenset({"", "localhost", "127.0.0.1", "::1"})


class Transport(Enum):
    """How calls reach the driver."""

    UNIX = "unix"
    SSH = "ssh"
    TLS = "tls"
    TCP = "tcp"
    IN_PROCESS = "in_process"  # test driver, embedded QEMU, ESX and the like: no daemon between
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class UriFacts:
    """A URI taken apart; `embed_root` only for `qemu:///embed?root=DIR`."""

    driver: str
    transport: Transport
    hostname: str
    path: str
    embed_root: str = ""
    port: int = 0  # as written, else libvirt's own for tcp and tls

    @property
    def is_local(self) -> bool:
        """Whether the hypervisor runs on this computer and file descriptors can be passed."""
        return self.transport is Transport.UNIX or (
            self.transport is Transport.IN_PROCESS and self.hostname in _LOOPBACK
        )

    @property
    def is_session(self) -> bool:
        """Whether it is the person's own, unprivileged hypervisor."""
        return self.path == "/session"


_SSH = frozenset({"ssh", "libssh", "libssh2", "ext"})
_PORTS = {Transport.TCP: 16509, Transport.TLS: 16514}
_IN_PROCESS_DRIVERS = frozenset({"test", "esx", "gsx", "vpx", "hyperv", "openvz", "vmwareplayer", "vmwarews"})


def read_uri(uri: str) -> UriFacts:
    """Facts about `uri`; a malformed one has transport UNKNOWN. Never raises."""
    try:
        parts = urlsplit(uri.strip())
        hostname = parts.hostname or ""
        port = parts.port or 0
        query = parse_qs(parts.query)
    except ValueError:
        return UriFacts("", Transport.UNKNOWN, "", "")
    driver, _, name = parts.scheme.partition("+")
    transport = _transport(driver, name, hostname, parts.path)
    root = query.get("root", [""])[0] if transport is Transport.IN_PROCESS else ""
    return UriFacts(driver, transport, hostname, parts.path, root, port or _PORTS.get(transport, 0))


def starts_program(uri: str) -> bool:
    """Whether connecting makes libvirt start a program that the URI names: think before taking it from others."""
    try:
        parts = urlsplit(uri.strip())
    except ValueError:
        return True
    return parts.scheme.endswith("+ext") or bool({"command", "netcat"} & set(parse_qs(parts.query)))


def _transport(driver: str, name: str, hostname: str, path: str) -> Transport:
    if not driver:
        return Transport.UNKNOWN
    if not name:
        if driver in _IN_PROCESS_DRIVERS or path == "/embed":
            return Transport.IN_PROCESS
        # libvirt's own default: a socket here, TLS to anywhere else.
        return Transport.TLS if hostname else Transport.UNIX
    if name in _SSH:
        return Transport.SSH
    try:
        return Transport(name)
    except ValueError:
        return Transport.UNKNOWN
