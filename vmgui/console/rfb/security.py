"""Security types: which to accept, and the exchange of each (RFC 6143 7.2, VeNCrypt 0.2).

Everything here is a generator in the style of `handshake`: it yields how many bytes it wants, or a wish
(credentials, TLS), and is resumed with the bytes.

What is accepted, best first:

| type                     | encrypted | server proven | accepted                                    |
|--------------------------|-----------|---------------|---------------------------------------------|
| VeNCrypt X509Plain/Vnc/None | yes    | yes           | always                                      |
| VeNCrypt TLSPlain/Vnc/None  | yes    | no            | always (better than nothing; the event says so) |
| None, VNC                | no        | no            | always (QEMU's default; tunnels protect it)  |
| VeNCrypt Plain           | no        | no            | local connections only: a password in clear |
"""

from __future__ import annotations

import struct
from collections.abc import Generator
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Final

from vmgui.console.rfb.des import vnc_response
from vmgui.console.rfb.errors import ProtocolError, UnsupportedServer, UnusableVeNCrypt
from vmgui.console.rfb.events import CredentialsNeeded, StartTls

Wish = int | CredentialsNeeded | StartTls
Exchange = Generator[Wish, bytes, None]


class SecurityType(IntEnum):
    """RFC 6143 7.1.2 and the registry."""

    INVALID = 0
    NONE = 1
    VNC = 2
    VENCRYPT = 19


class VeNCryptType(IntEnum):
    """Subtypes of VeNCrypt."""

    PLAIN = 256
    TLS_NONE = 257
    TLS_VNC = 258
    TLS_PLAIN = 259
    X509_NONE = 260
    X509_VNC = 261
    X509_PLAIN = 262


_KNOWN_ELSEWHERE: Final = {5: "RA2", 6: "RA2ne", 16: "Tight", 18: "TLS (old)", 20: "SASL", 30: "Apple"}

_VENCRYPT_ORDER: Final = (
    VeNCryptType.X509_PLAIN,
    VeNCryptType.X509_VNC,
    VeNCryptType.X509_NONE,
    VeNCryptType.TLS_PLAIN,
    VeNCryptType.TLS_VNC,
    VeNCryptType.TLS_NONE,
)
_X509: Final = frozenset({VeNCryptType.X509_NONE, VeNCryptType.X509_VNC, VeNCryptType.X509_PLAIN})
_VNC: Final = frozenset({VeNCryptType.TLS_VNC, VeNCryptType.X509_VNC})
_PLAIN: Final = frozenset({VeNCryptType.PLAIN, VeNCryptType.TLS_PLAIN, VeNCryptType.X509_PLAIN})


@dataclass(slots=True)
class Negotiation:
    """What a handshake knows and says: filled by the protocol's owner, read by the exchanges."""

    local: bool  # nobody on a network can listen
    username: str = ""
    password: str | None = field(default=None, repr=False)
    encrypted: bool = False
    verified: bool = False
    answered: bool = False  # a password was sent: a refusal is about it
    let_in: bool = False  # the server accepted us
    without_vencrypt: bool = False  # it was tried: none of the server's subtypes can be used
    may_do_without: bool = False  # the server offers something else that we accept
    outgoing: bytearray = field(default_factory=bytearray, repr=False)


def choose_security(offered: bytes, state: Negotiation) -> SecurityType:
    """The best of the types on offer; UnsupportedServer names them if there is none."""
    accepted = [
        wanted for wanted in (SecurityType.VENCRYPT, SecurityType.NONE, SecurityType.VNC) if wanted in offered
    ]
    if state.without_vencrypt and SecurityType.VENCRYPT in accepted:
        accepted.remove(SecurityType.VENCRYPT)
    if accepted:
        state.may_do_without = len(accepted) > 1
        return accepted[0]
    names = ", ".join(_KNOWN_ELSEWHERE.get(number, f"type {number}") for number in offered)
    raise UnsupportedServer(f"The server offers no security type this program speaks: {names}.")


def exchange(kind: SecurityType, state: Negotiation) -> Exchange:
    """Run the chosen type up to, not including, the SecurityResult."""
    if kind is SecurityType.VNC:
        yield from _vnc(state)
    elif kind is SecurityType.VENCRYPT:
        yield from _vencrypt(state)


def _credentials(state: Negotiation, *, username: bool) -> Generator[Wish, bytes, str]:
    if state.password is None or (username and not state.username):
        yield CredentialsNeeded(username, state.encrypted, state.verified)
    state.answered = True
    return state.password or ""


def _vnc(state: Negotiation) -> Exchange:
    challenge = yield 16
    password = yield from _credentials(state, username=False)
    state.outgoing += vnc_response(password, challenge)


def _plain(state: Negotiation) -> Exchange:
    password = (yield from _credentials(state, username=True)).encode()
    username = state.username.encode()
    state.outgoing += struct.pack(">II", len(username), len(password)) + username + password


def _vencrypt(state: Negotiation) -> Exchange:
    major, minor = yield 2
    if (major, minor) < (0, 2):
        raise UnsupportedServer(f"The server speaks VeNCrypt {major}.{minor}; 0.2 is needed.")
    state.outgoing += b"\x00\x02"
    if (yield 1) != b"\x00":
        raise UnsupportedServer("The server refuses VeNCrypt 0.2.")
    (count,) = yield 1
    if not count:
        raise ProtocolError("The server offers VeNCrypt without a subtype.")
    offered = struct.unpack(f">{count}I", (yield 4 * count))
    allowed = (*_VENCRYPT_ORDER, VeNCryptType.PLAIN) if state.local else _VENCRYPT_ORDER
    kind = next((wanted for wanted in allowed if wanted in offered), None)
    if kind is None:
        # The type is chosen by now: another one needs another connection.
        error = UnusableVeNCrypt if state.may_do_without else UnsupportedServer
        if VeNCryptType.PLAIN in offered:
            raise error("The server wants the password unencrypted over the network.")
        numbers = ", ".join(map(str, offered))
        raise error(f"The server offers no VeNCrypt subtype this program speaks: {numbers}.")
    state.outgoing += struct.pack(">I", kind)
    if kind is not VeNCryptType.PLAIN:
        if (yield 1) != b"\x01":
            raise UnsupportedServer("The server cannot start TLS for this connection.")
        verify = kind in _X509
        yield StartTls(verify)
        state.encrypted, state.verified = True, verify
    if kind in _VNC:
        yield from _vnc(state)
    elif kind in _PLAIN:
        yield from _plain(state)
