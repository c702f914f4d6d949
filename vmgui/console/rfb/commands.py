"""What a session asks its pump to do: values that cross the thread border in a queue."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(slots=True, frozen=True)
class KeyInput:
    """A key goes down or up."""

    scancode: int
    keysym: int
    down: bool


@dataclass(slots=True, frozen=True)
class ReleaseKeys:
    """Whatever is down goes up (focus lost)."""


@dataclass(slots=True, frozen=True)
class PointerInput:
    """Position and pressed buttons."""

    x: int
    y: int
    buttons: int


@dataclass(slots=True, frozen=True)
class PointerMotion:
    """A movement, in relative mode."""

    dx: int
    dy: int
    buttons: int


@dataclass(slots=True, frozen=True)
class SendCutText:
    """Our clipboard."""

    text: str = field(repr=False)


@dataclass(slots=True, frozen=True)
class ResizeDesktop:
    """Another screen size, please."""

    width: int
    height: int


@dataclass(slots=True, frozen=True)
class SetVisible:
    """Somebody looks, or nobody does."""

    visible: bool


@dataclass(slots=True, frozen=True)
class Painted:
    """The last `Updated` is on the screen."""


@dataclass(slots=True, frozen=True)
class ProvideCredentials:
    """The answer to `CredentialsNeeded`."""

    username: str
    password: str = field(repr=False)


Command = (
    KeyInput
    | ReleaseKeys
    | PointerInput
    | PointerMotion
    | SendCutText
    | ResizeDesktop
    | SetVisible
    | Painted
    | ProvideCredentials
)
