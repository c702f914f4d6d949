"""Client-to-server messages as bytes (RFC 6143 7.5 and the extensions' own pages)."""

from __future__ import annotations

import struct
from collections.abc import Iterable
from typing import Final

# The one pixel format we ever ask for: 32 bit little-endian, 0x00RRGGBB.
OUR_PIXEL_FORMAT: Final = struct.pack(">BBBBHHHBBB3x", 32, 24, 0, 1, 255, 255, 255, 16, 8, 0)

# Pointer positions in relative mode are movements around this (QEMU Pointer Motion Change).
RELATIVE_ORIGIN: Final = 0x7FFF


def set_pixel_format() -> bytes:
    """Ask for `OUR_PIXEL_FORMAT`."""
    return b"\x00\x00\x00\x00" + OUR_PIXEL_FORMAT


def set_encodings(encodings: Iterable[int]) -> bytes:
    """The encodings we take, best first."""
    wanted = list(encodings)
    return struct.pack(f">BxH{len(wanted)}i", 2, len(wanted), *wanted)


def update_request(x: int, y: int, width: int, height: int, *, incremental: bool) -> bytes:
    """Ask for the area: only what changed, or all of it."""
    return struct.pack(">BBHHHH", 3, incremental, x, y, width, height)


def key_event(keysym: int, *, down: bool) -> bytes:
    """A key by its X keysym; the server guesses the physical key."""
    return struct.pack(">BBxxI", 4, down, keysym)


def extended_key_event(scancode: int, keysym: int, *, down: bool) -> bytes:
    """A physical key by its XT scancode (QEMU Extended Key Event)."""
    return struct.pack(">BBHII", 255, 0, down, keysym, scancode)


def pointer_event(x: int, y: int, buttons: int) -> bytes:
    """Pointer position and the pressed buttons (bit 0 left, 1 middle, 2 right, 3-6 wheel)."""
    return struct.pack(">BBHH", 5, buttons, x, y)


def client_cut_text(text: str) -> bytes:
    """Our clipboard, Latin-1; what it cannot say becomes a question mark."""
    data = text.encode("latin-1", "replace")
    return struct.pack(">BxxxI", 6, len(data)) + data


def set_desktop_size(width: int, height: int, screen_id: int = 0, flags: int = 0) -> bytes:
    """Ask for one screen of this size (ExtendedDesktopSize)."""
    return struct.pack(">BxHHBxIHHHHI", 251, width, height, 1, screen_id, 0, 0, width, height, flags)
