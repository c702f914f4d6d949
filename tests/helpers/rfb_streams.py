"""Recorded streams of a real server (QEMU 7.2), shortened, and how to play them.

`NAME.rfb.xz` in tests/unit/console/data: the server's bytes from ServerInit on, 32 bit little-endian 0x00RRGGBB.
The guest paints its screen itself: `console` a scrolling text console, `desktop` wallpaper and windows.
Each ends where it was cut, which may be in the middle of an update.
"""

from __future__ import annotations

import lzma
from collections.abc import Iterator
from pathlib import Path

from vmgui.console.rfb.events import ProtocolEvent
from vmgui.console.rfb.protocol import RfbProtocol
from vmgui.console.rfb.security import Negotiation

DATA = Path(__file__).parent.parent / "unit" / "console" / "data"


def stream_names(folder: Path = DATA) -> list[str]:
    return sorted(path.name.removesuffix(".rfb.xz") for path in folder.glob("*.rfb.xz"))


def stream(name: str, folder: Path = DATA) -> bytes:
    return lzma.decompress((folder / f"{name}.rfb.xz").read_bytes())


def player() -> RfbProtocol:
    """A protocol that expects a recording."""
    return RfbProtocol(Negotiation(local=True), encodings=(), recorded=True)


def play(protocol: RfbProtocol, data: bytes, chunk: int = 262144) -> Iterator[ProtocolEvent]:
    """Feed the recording as a socket would, in pieces."""
    for start in range(0, len(data), chunk):
        yield from protocol.feed(data[start : start + chunk])
