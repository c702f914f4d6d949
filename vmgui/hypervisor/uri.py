"""What a connection URI says about the way to the host (https://libvirt.org/uri.html)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from urllib.parse import parse_qs, unquote, urlsplit

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
        # The zone of an IPv6 address is written behind %25 there (RFC 6874).
        hostname = unquote(parts.hostname or "")
        port = parts.port or 0
        query = parse_qs(parts.query)
    except ValueError:
        return UriFacts("", Transport.UNKNOWN, "", "")
    driver, _, name = parts.scheme.partition("+")
    transport = _transport(driver, name, hostname, parts.path)
    root = query.get("root", [""])[0] if transport is Transport.IN_PROCESS else ""
    return UriFacts(driver, transport, hostname, parts.path, root, port or _PORTS.get(transport, 0))


def zone_of(hostname: str) -> str:
    """By which interface of this computer an IPv6 address is reached (`fe80::1%eth0`); means nothing to others."""
    return hostname.partition("%")[2] if ":" in hostname else ""


def without_zone(hostname: str) -> str:
    """The address alone, as the other end knows it."""
    return hostname.partition("%")[0] if zone_of(hostname) else hostname


class UriDanger(Enum):
    """What a person should know of a URI before connecting, above all of one that comes from others."""

    PROGRAM = "program"  # a program is started here that the URI names, or with settings from where it says
    NOT_VERIFIED = "not_verified"  # nobody makes sure that it is the right host, or others say which is
    NOT_ENCRYPTED = "not_encrypted"  # whoever is on the way can read and change all
    OTHER_SOCKET = "other_socket"  # whoever made that socket answers in the hypervisor's place


_PROGRAM_KEYS = frozenset({"command", "netcat"})
_TRUST_KEYS = frozenset({"pkipath", "known_hosts", "tls_priority"})
_NO_CHECK_KEYS = frozenset({"no_verify", "no_sanity"})
_OWN_SOCKETS = re.compile(r"(?:/var)?/run/(?:user/\d+/)?libvirt/[\w-]+")


def dangers(uri: str) -> tuple[UriDanger, ...]:
    """All there is to know of it, in the order of UriDanger; of a URI that cannot be read the worst. Never raises."""
    found = _dangers(uri)
    return tuple(danger for danger in UriDanger if danger in found)


def weaknesses(uri: str) -> tuple[UriDanger, ...]:
    """What stays dangerous as long as it is connected: not encrypted, or nobody looks whether it is the right host.

    Narrower than `dangers`: certificates or known hosts of a person's own are looked at all the same.
    """
    found = dangers(uri)
    try:
        pairs = parse_qs(urlsplit(uri.strip()).query.replace(";", "&"))
    except ValueError:
        return ()
    query = {key.casefold(): values[-1].strip().casefold() for key, values in pairs.items()}
    is_checked = query.get("no_verify", "0") in ("", "0") and query.get("known_hosts_verify") != "ignore"
    unchecked = () if is_checked else (UriDanger.NOT_VERIFIED,)
    return (*unchecked, *(danger for danger in found if danger is UriDanger.NOT_ENCRYPTED))


def starts_program(uri: str) -> bool:
    """Whether connecting starts a program that the URI names: think before taking it from others."""
    return UriDanger.PROGRAM in dangers(uri)


def _dangers(uri: str, *, is_nested: bool = False) -> set[UriDanger]:
    try:
        parts = urlsplit(uri.strip())
        # libvirt takes a semicolon, too, and its names in either case.
        pairs = parse_qs(parts.query.replace(";", "&"), keep_blank_values=True)
        names = (parts.username or "", parts.hostname or "")
        _ = parts.port
    except ValueError:
        return {UriDanger.PROGRAM}
    query = {key.casefold(): values[-1].strip().casefold() for key, values in pairs.items()}
    _, _, way = parts.scheme.partition("+")
    found: set[UriDanger] = set()
    if way == "ext" or _PROGRAM_KEYS & query.keys() or any(name.startswith("-") for name in names):
        found.add(UriDanger.PROGRAM)
    if parts.path.rstrip("/").endswith("/embed") or "root" in query:
        # The emulator and its helpers run as their settings in that directory say.
        found.add(UriDanger.PROGRAM)
    if _TRUST_KEYS & query.keys() or query.get("known_hosts_verify", "normal") != "normal":
        found.add(UriDanger.NOT_VERIFIED)
    if any(query.get(key, "0") not in ("", "0") for key in _NO_CHECK_KEYS):
        found.add(UriDanger.NOT_VERIFIED)
    is_remote = names[1] not in _LOOPBACK
    if is_remote and (way in ("tcp", "http") or query.get("transport") == "http"):
        found.add(UriDanger.NOT_ENCRYPTED)
    if "socket" in query and not _OWN_SOCKETS.fullmatch(query["socket"]):
        found.add(UriDanger.OTHER_SOCKET)
    nested = next((values[-1] for key, values in pairs.items() if key.casefold() == "name"), "")
    if nested and not is_nested:
        # What the other end opens.
        found |= _dangers(nested, is_nested=True)
    return found


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
