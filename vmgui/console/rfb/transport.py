"""Ways to a display server, and the non-blocking byte stream over them, encrypted or not."""

from __future__ import annotations

import errno
import ipaddress
import os
import socket
import ssl
from contextlib import suppress
from dataclasses import dataclass

from vmgui.console.rfb.errors import (
    CertificateRejected,
    ConnectionBroke,
    NoDescriptor,
    TlsFailed,
    UnknownName,
    Unreachable,
)

Address = tuple[socket.AddressFamily, str | tuple[str, int] | tuple[str, int, int, int]]


@dataclass(slots=True, frozen=True)
class FdTarget:
    """An open, connected socket (`virDomainOpenGraphicsFD`); the session owns and closes it."""

    fd: int


@dataclass(slots=True, frozen=True)
class UnixTarget:
    """A socket in the file system."""

    path: str


@dataclass(slots=True, frozen=True)
class TcpTarget:
    """A host and port (5900 is display :0); the host may be an address or a name."""

    host: str
    port: int


RfbTarget = FdTarget | UnixTarget | TcpTarget


@dataclass(slots=True, frozen=True)
class TlsSettings:
    """What to verify a server's certificate with; empty: the system's authorities, no client certificate.

    `ca_file` stands in the place of the system's authorities, `more_authorities` stand beside them.
    `server_name` is the name the certificate must be for; empty: the host of a TcpTarget. Without any name (a
    socket or a tunnel) only the authority is checked.
    """

    ca_file: str = ""
    cert_file: str = ""
    key_file: str = ""
    server_name: str = ""
    more_authorities: tuple[str, ...] = ()


def is_local(target: RfbTarget) -> bool:
    """No network in between, as far as the address tells (a tunnel's end looks local)."""
    if isinstance(target, TcpTarget):
        if target.host == "localhost":
            return True
        try:
            return ipaddress.ip_address(target.host).is_loopback
        except ValueError:
            return False
    return True


def known_address(target: RfbTarget) -> Address | None:
    """The address if no name has to be looked up for it (which can take minutes)."""
    if isinstance(target, UnixTarget):
        return (socket.AF_UNIX, target.path)
    if isinstance(target, TcpTarget):
        try:
            version = ipaddress.ip_address(target.host).version
        except ValueError:
            return None
        return (socket.AF_INET if version == 4 else socket.AF_INET6, (target.host, target.port))
    return None


def look_up(target: TcpTarget) -> list[Address]:
    """All addresses of a name; blocks for as long as the resolver likes; Unreachable if there is none."""
    try:
        found = socket.getaddrinfo(target.host, target.port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise UnknownName(f"The name {target.host} cannot be found: {error}.") from error
    return [(family, address) for family, _, _, _, address in found]  # pyright: ignore[reportReturnType]


def tls_context(settings: TlsSettings, *, verify: bool, server_name: str) -> ssl.SSLContext:
    """A context that verifies by certificate, or the anonymous one VeNCrypt's TLS types need."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    if not verify:
        # Anonymous Diffie-Hellman exists up to TLS 1.2 only; the event said that nothing is verified.
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
        context.maximum_version = ssl.TLSVersion.TLSv1_2
        context.set_ciphers("ADH:AECDH:@SECLEVEL=0")
        return context
    context.check_hostname = bool(server_name)
    try:
        if settings.ca_file:
            context.load_verify_locations(settings.ca_file)
        else:
            context.load_default_certs()
        for file in settings.more_authorities:
            context.load_verify_locations(file)
        if settings.cert_file:
            context.load_cert_chain(settings.cert_file, settings.key_file or None)
    except (OSError, ssl.SSLError) as error:
        files = " or ".join(
            filter(
                None, (settings.ca_file, *settings.more_authorities, settings.cert_file, settings.key_file)
            )
        )
        raise CertificateRejected(f"The certificate files ({files}) cannot be used: {error}.") from error
    return context


class Wire:
    """A non-blocking stream. Reads and writes return at once; the owner waits with a selector."""

    def __init__(self, sock: socket.socket) -> None:
        sock.setblocking(False)
        self._sock: socket.socket | ssl.SSLSocket = sock
        # A TLS layer that must write before it can go on reading (handshake).
        self.wants_write = False

    @classmethod
    def adopt(cls, fd: int) -> Wire:
        """Over an open socket, which now belongs to the wire; Unreachable if it is none."""
        try:
            return cls(socket.socket(fileno=fd))
        except OSError as error:
            with suppress(OSError):
                os.close(fd)
            raise Unreachable(f"The connection handed over cannot be used: {error}.") from error

    @classmethod
    def towards(cls, address: Address) -> Wire:
        """Begin to connect; writable means decided, `check_connected` says how."""
        family, place = address
        try:
            sock = socket.socket(family, socket.SOCK_STREAM)
        except OSError as error:
            if error.errno in (errno.EMFILE, errno.ENFILE):
                raise NoDescriptor(f"No socket can be opened: {error.strerror}.") from error
            raise Unreachable(f"No socket: {error}.") from error
        wire = cls(sock)
        try:
            problem = sock.connect_ex(place)
        except (OSError, ValueError) as error:
            wire.close()
            raise Unreachable(f"{_where(place)} cannot be reached: {error}.") from error
        if problem not in (0, errno.EINPROGRESS):
            wire.close()
            raise Unreachable(f"{_where(place)} cannot be reached: {os.strerror(problem)}.")
        return wire

    def check_connected(self) -> None:
        """Unreachable if the connection could not be made."""
        problem = self._sock.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
        if problem:
            raise Unreachable(f"The server cannot be reached: {os.strerror(problem)}.")
        if self._sock.family in (socket.AF_INET, socket.AF_INET6):
            # Keys must not wait for each other, and a dead network must show some day.
            self._sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self._sock.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
            self._sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPIDLE, 15)
            self._sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPINTVL, 5)
            self._sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPCNT, 4)

    def fileno(self) -> int:
        """For the selector."""
        return self._sock.fileno()

    def begin_tls(self, context: ssl.SSLContext, server_name: str) -> None:
        """From here on everything is TLS; call `shake_hands` until it says True."""
        try:
            self._sock = context.wrap_socket(
                self._sock, server_hostname=server_name or None, do_handshake_on_connect=False
            )
        except (OSError, ValueError) as error:
            raise TlsFailed(f"TLS cannot begin: {error}.") from error

    def shake_hands(self) -> bool:
        """One step of the TLS handshake: done?"""
        if not isinstance(self._sock, ssl.SSLSocket):
            return True
        self.wants_write = False
        try:
            self._sock.do_handshake()
        except ssl.SSLWantReadError:
            return False
        except ssl.SSLWantWriteError:
            self.wants_write = True
            return False
        except ssl.SSLCertVerificationError as error:
            raise CertificateRejected(
                f"The server's certificate is refused: {error.verify_message}."
            ) from error
        except (OSError, ValueError) as error:
            raise TlsFailed(f"No encrypted connection could be agreed on: {error}.") from error
        return True

    def read_into(self, room: memoryview) -> int | None:
        """Bytes received; None: nothing here yet; 0: the other side has closed."""
        try:
            return self._sock.recv_into(room)
        except (BlockingIOError, InterruptedError, ssl.SSLWantReadError, ssl.SSLWantWriteError):
            return None
        except (ssl.SSLZeroReturnError, ssl.SSLEOFError, ConnectionResetError):
            # Reset: closed before it had read all we sent, which is no other end.
            return 0
        except OSError as error:
            raise ConnectionBroke(f"The connection broke: {error.strerror or error}.") from error

    @property
    def pending(self) -> bool:
        """Decrypted bytes wait that no selector knows of."""
        return isinstance(self._sock, ssl.SSLSocket) and self._sock.pending() > 0

    def write(self, data: bytes | bytearray) -> int:
        """Bytes taken; 0: come again when writable."""
        try:
            return self._sock.send(data)
        except (BlockingIOError, InterruptedError, ssl.SSLWantReadError, ssl.SSLWantWriteError):
            return 0
        except OSError:
            # Reading finds the same, after what the server still had to say (why it refuses us).
            return len(data)

    def close(self) -> None:
        """Close at once."""
        self._sock.close()


def _where(place: str | tuple[str, int] | tuple[str, int, int, int]) -> str:
    return place if isinstance(place, str) else f"{place[0]} port {place[1]}"
