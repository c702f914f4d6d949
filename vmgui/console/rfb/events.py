"""What happens on a display connection, as frozen values.

`UpdateStarted`, `UpdateFinished` and `StartTls` stay between the protocol and its pump; the rest reaches
the session's listener.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from vmgui.console.rfb.errors import DisconnectReason


class Rect(NamedTuple):
    """An area of the picture in pixels."""

    x: int
    y: int
    width: int
    height: int


@dataclass(slots=True, frozen=True)
class Connected:
    """The handshake is over; the picture is black until the first `Updated`."""

    width: int
    height: int
    name: str


@dataclass(slots=True, frozen=True)
class Resized:
    """The guest's screen changed size; the frame's pixel array is a new one."""

    width: int
    height: int


@dataclass(slots=True, frozen=True)
class Updated:
    """These areas of the frame changed (at most 64; more become the box around them)."""

    rects: tuple[Rect, ...]


@dataclass(slots=True, frozen=True)
class CursorChanged:
    """A new pointer shape: `argb` is 0xAARRGGBB per pixel, native order, alpha premultiplied.

    0 x 0: the guest hides its pointer.
    """

    width: int
    height: int
    hot_x: int
    hot_y: int
    argb: bytes


@dataclass(slots=True, frozen=True)
class Bell:
    """The guest beeps."""


@dataclass(slots=True, frozen=True)
class PointerModeChanged:
    """The guest takes positions (tablet) or only movements (mouse: the pointer must be grabbed)."""

    absolute: bool


@dataclass(slots=True, frozen=True)
class LedState:
    """The lock keys as the guest sees them."""

    scroll_lock: bool
    num_lock: bool
    caps_lock: bool


@dataclass(slots=True, frozen=True)
class CutText:
    """The guest's clipboard (Latin-1 on the wire, RFC 6143 7.6.4)."""

    text: str


@dataclass(slots=True, frozen=True)
class NameChanged:
    """The display has a new name."""

    name: str


@dataclass(slots=True, frozen=True)
class ResizeSupported:
    """The server takes `resize_desktop`."""


@dataclass(slots=True, frozen=True)
class ResizeRefused:
    """Our wish for another screen size was refused; `why` is the server's status in words."""

    why: str


@dataclass(slots=True, frozen=True)
class CredentialsNeeded:
    """The server waits for a password (and a user name); answer with `provide_credentials` or `stop`.

    | encrypted | verified | who can read the answer                                   |
    |-----------|----------|-----------------------------------------------------------|
    | no        | no       | anyone on the way (VNC password: only a hash of it)       |
    | yes       | no       | an active attacker (the server did not prove its identity) |
    | yes       | yes      | the server only                                           |
    """

    username: bool
    encrypted: bool
    verified: bool


@dataclass(slots=True, frozen=True)
class Disconnected:
    """The last event of a session; `text` says what happened, in English, for "Details".

    `said`: the server's own sentence, on one line and of a bounded length; not to be trusted.
    `try_without_vencrypt`: another connection with that option may do, which of an `FdTarget` only the caller has.
    """

    reason: DisconnectReason
    text: str
    said: str = ""
    try_without_vencrypt: bool = False


@dataclass(slots=True, frozen=True)
class UpdateStarted:
    """A framebuffer update begins: time to ask for the next."""


@dataclass(slots=True, frozen=True)
class UpdateFinished:
    """A framebuffer update is complete; `rects` is empty if it held no pixels."""

    rects: tuple[Rect, ...]


@dataclass(slots=True, frozen=True)
class StartTls:
    """The next byte in either direction is TLS; `verify`: by certificate, otherwise anonymous."""

    verify: bool


ProtocolEvent = (
    Connected
    | Resized
    | CursorChanged
    | Bell
    | PointerModeChanged
    | LedState
    | CutText
    | NameChanged
    | ResizeSupported
    | ResizeRefused
    | CredentialsNeeded
    | UpdateStarted
    | UpdateFinished
    | StartTls
)

SessionEvent = (
    Connected
    | Resized
    | Updated
    | CursorChanged
    | Bell
    | PointerModeChanged
    | LedState
    | CutText
    | NameChanged
    | ResizeSupported
    | ResizeRefused
    | CredentialsNeeded
    | Disconnected
)
