"""Why a display connection could not be made or ended: one class per way a person can react.

Each carries the `DisconnectReason` the session reports, so a window never looks at classes or texts.
"""

from __future__ import annotations

from enum import Enum, auto
from typing import ClassVar

from vmgui.model.errors import VmguiError


class DisconnectReason(Enum):
    """What ended a session."""

    STOPPED = auto()  # we asked for it
    CLOSED = auto()  # the server closed: guest switched off, or another client took the display
    UNREACHABLE = auto()  # refused, no way there, no permission for the socket
    UNKNOWN_NAME = auto()  # the name has no address
    NO_THREAD = auto()  # this computer can start no more threads
    NO_DESCRIPTOR = auto()  # this program can open no more sockets
    TIMED_OUT = auto()  # no connection or no handshake before the deadline
    LOST = auto()  # the connection broke
    BAD_PASSWORD = auto()  # user or password refused
    REFUSED = auto()  # the server refuses us, mostly with a sentence of its own
    TURNED_AWAY = (
        auto()
    )  # closed after the login, before there was a picture: another client holds the display
    UNSUPPORTED = auto()  # the server asks for a protocol or security type we do not speak
    CERTIFICATE = auto()  # the server's certificate is not the expected one
    ENCRYPTION = auto()  # TLS could not be agreed on
    PROTOCOL = auto()  # the server sent what no server may send
    TOO_LARGE = auto()  # the server claims a size beyond our bounds
    INTERNAL = auto()  # our own mistake


class RfbError(VmguiError):
    """A display connection failed; `detail` says what happened, `said` is the server's own sentence if it had one."""

    reason: ClassVar[DisconnectReason] = DisconnectReason.PROTOCOL

    def __init__(self, detail: str = "", *, said: str = "") -> None:
        super().__init__(detail)
        self.said = said


class ProtocolError(RfbError):
    """The server broke the protocol; `detail` says where."""


class TooLarge(ProtocolError):
    """The server claims a size beyond `limits`."""

    reason = DisconnectReason.TOO_LARGE


class UnsupportedServer(RfbError):
    """The protocol version or every security type on offer is unknown to us or not allowed."""

    reason = DisconnectReason.UNSUPPORTED


class UnusableVeNCrypt(UnsupportedServer):
    """No subtype of its VeNCrypt is known to us or allowed; it offers something else beside it that is."""


class ServerRefused(RfbError):
    """The server ended the handshake itself."""

    reason = DisconnectReason.REFUSED


class BadPassword(RfbError):
    """The server did not accept the password (or user and password)."""

    reason = DisconnectReason.BAD_PASSWORD


class Unreachable(RfbError):
    """No connection to the server could be made."""

    reason = DisconnectReason.UNREACHABLE


class UnknownName(Unreachable):
    """The server's name has no address."""

    reason = DisconnectReason.UNKNOWN_NAME


class NoThread(RfbError):
    """This computer has no thread to give."""

    reason = DisconnectReason.NO_THREAD


class NoDescriptor(RfbError):
    """This program or computer has no descriptor to give."""

    reason = DisconnectReason.NO_DESCRIPTOR


class DeadlinePassed(RfbError):
    """The server did not answer in time."""

    reason = DisconnectReason.TIMED_OUT


class ConnectionBroke(RfbError):
    """The connection ended in the middle of something."""

    reason = DisconnectReason.LOST


class TurnedAway(RfbError):
    """The server let us in and then closed the connection, before there was a picture."""

    reason = DisconnectReason.TURNED_AWAY


class ServerClosed(RfbError):
    """The server closed the connection between two messages."""

    reason = DisconnectReason.CLOSED


class CertificateRejected(RfbError):
    """The server's certificate does not verify against the authority or the name."""

    reason = DisconnectReason.CERTIFICATE


class TlsFailed(RfbError):
    """No encrypted connection could be agreed on."""

    reason = DisconnectReason.ENCRYPTION
