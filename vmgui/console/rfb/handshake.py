"""The handshake from the first byte to ServerInit (RFC 6143 7.1-7.3), as a generator without I/O.

It yields the number of bytes it wants next (and is resumed with them) or a wish: `CredentialsNeeded`
(resumed once `Negotiation` holds them) and `StartTls` (resumed once the transport is encrypted).
What is to be sent gathers in `Negotiation.outgoing`.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Generator
from dataclasses import dataclass

from vmgui.console.rfb.errors import BadPassword, ProtocolError, ServerRefused, TooLarge, UnsupportedServer
from vmgui.console.rfb.limits import (
    MAX_NAME_BYTES,
    MAX_PICTURE_BYTES,
    MAX_REASON_BYTES,
    MAX_REASON_CHARS,
    MAX_SIDE,
)
from vmgui.console.rfb.security import Negotiation, SecurityType, Wish, choose_security, exchange

_VERSION = re.compile(rb"RFB (\d{3})\.(\d{3})\n")


@dataclass(slots=True, frozen=True)
class ServerInit:
    """What the server says about its picture (RFC 6143 7.3.2)."""

    width: int
    height: int
    name: str


def handshake(state: Negotiation, *, shared: bool) -> Generator[Wish, bytes, ServerInit]:
    """Version, security and initialisation; raises an RfbError that says why it failed."""
    version = yield from _version(state)
    kind = yield from (_old_security(version) if version < (3, 7) else _security(state))
    yield from exchange(kind, state)
    # Before 3.8 a server that asks for nothing also confirms nothing.
    if version >= (3, 8) or kind is not SecurityType.NONE:
        yield from _security_result(version, answered=state.answered)
    state.let_in = True
    state.outgoing += b"\x01" if shared else b"\x00"
    return (yield from server_init())


def server_init() -> Generator[Wish, bytes, ServerInit]:
    """ServerInit; its pixel format is of no interest, as we set our own."""
    width, height, length = struct.unpack(">HH16xI", (yield 24))
    check_size(width, height)
    if length > MAX_NAME_BYTES:
        raise TooLarge(f"The display's name is {length} bytes long.")
    name = (yield length).decode("utf-8", "replace") if length else ""
    return ServerInit(width, height, name)


def check_size(width: int, height: int) -> None:
    """Refuse a picture no screen has; 0 x 0 is a server that has no screen yet."""
    if bool(width) != bool(height):
        raise ProtocolError(f"The server's picture is {width} x {height} pixels.")
    if width > MAX_SIDE or height > MAX_SIDE or width * height * 4 > MAX_PICTURE_BYTES:
        raise TooLarge(f"The server's picture is {width} x {height} pixels.")


def _version(state: Negotiation) -> Generator[Wish, bytes, tuple[int, int]]:
    said = yield 12
    match = _VERSION.fullmatch(said)
    if match is None:
        raise ProtocolError(f"This is not a VNC server: it greets with {said!r}.")
    theirs = (int(match[1]), int(match[2]))
    if theirs < (3, 3):
        raise UnsupportedServer(f"The server speaks RFB {theirs[0]}.{theirs[1]}, older than 3.3.")
    # Odd versions (3.5, 3.889, 4.x, 5.x) are spoken as the highest one we both know.
    ours = (3, 8) if theirs >= (3, 8) else (3, 7) if theirs >= (3, 7) else (3, 3)
    state.outgoing += b"RFB %03d.%03d\n" % ours
    return ours


def _old_security(version: tuple[int, int]) -> Generator[Wish, bytes, SecurityType]:
    (number,) = struct.unpack(">I", (yield 4))
    if number == SecurityType.INVALID:
        raise _refused((yield from _reason()))
    if number not in (SecurityType.NONE, SecurityType.VNC):
        raise UnsupportedServer(
            f"The server asks for security type {number} in RFB {version[0]}.{version[1]}."
        )
    return SecurityType(number)


def _security(state: Negotiation) -> Generator[Wish, bytes, SecurityType]:
    (count,) = yield 1
    if not count:
        raise _refused((yield from _reason()))
    kind = choose_security((yield count), state)
    state.outgoing.append(kind)
    return kind


def _security_result(version: tuple[int, int], *, answered: bool) -> Generator[Wish, bytes, None]:
    (result,) = struct.unpack(">I", (yield 4))
    if not result:
        return
    if result == 2:
        raise ServerRefused("Too many attempts with a wrong password.")
    reason = (yield from _reason()) if version >= (3, 8) else ""
    if not answered:
        raise _refused(reason)
    raise BadPassword("The server did not accept the password.", said=reason)


def _refused(reason: str) -> ServerRefused:
    return ServerRefused("The server refuses the connection.", said=reason)


def _reason() -> Generator[Wish, bytes, str]:
    (length,) = struct.unpack(">I", (yield 4))
    if length > MAX_REASON_BYTES:
        raise TooLarge(f"The server refuses with a reason of {length} bytes.")
    said = (yield length).decode("utf-8", "replace") if length else ""
    # It may be anybody's, and is shown: neither lines, nor control characters, nor writing that turns around.
    line = " ".join("".join(each if each.isprintable() else " " for each in said).split())
    return line if len(line) <= MAX_REASON_CHARS else line[: MAX_REASON_CHARS - 1] + "…"
