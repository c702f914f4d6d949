"""One zlib stream of a connection, opened a bounded piece at a time.

A zlib bomb is no danger: the output is limited to what the rectangle can hold, before it is made.
"""

from __future__ import annotations

import zlib

from vmgui.console.rfb.errors import ProtocolError, TooLarge
from vmgui.console.rfb.limits import MAX_RECT_BYTES


class InflateStream:
    """A zlib stream that goes on from rectangle to rectangle (flushed, never finished)."""

    __slots__ = ("_stream",)

    def __init__(self) -> None:
        self._stream = zlib.decompressobj()

    def exactly(self, data: bytes | bytearray | memoryview, size: int) -> bytes:
        """`size` bytes out of `data`; ProtocolError if it holds fewer or more."""
        try:
            # One more than wanted, so that the flush marker at the end is consumed as well.
            opened = self._stream.decompress(data, size + 1)
        except zlib.error as error:
            raise ProtocolError(f"Compressed data is broken: {error}.") from error
        if len(opened) != size:
            more = "more than " if len(opened) > size else ""
            raise ProtocolError(
                f"Compressed data opens to {more}{min(len(opened), size)} bytes where {size} are needed."
            )
        return opened

    def at_most(self, data: bytes | bytearray | memoryview, limit: int) -> bytes:
        """What `data` opens to; ProtocolError if that is more than `limit` bytes."""
        try:
            opened = self._stream.decompress(data, limit + 1)
        except zlib.error as error:
            raise ProtocolError(f"Compressed data is broken: {error}.") from error
        if len(opened) > limit:
            raise ProtocolError(f"Compressed data opens to more than {limit} bytes.")
        return opened


def check_compressed_length(length: int, opened: int) -> None:
    """Refuse to wait for more compressed bytes than `opened` bytes can ever need."""
    if length > MAX_RECT_BYTES:
        raise TooLarge(f"A rectangle's compressed data is {length} bytes.")
    if length > opened + opened // 4 + 4096:
        raise ProtocolError(f"{length} bytes of compressed data for a rectangle of {opened} bytes.")
