"""Zlib: raw pixels through one zlib stream (community registry, encoding 6)."""

from __future__ import annotations

import struct

import numpy as np

from vmgui.console.rfb.decoders import Pixels
from vmgui.console.rfb.decoders.inflate import InflateStream, check_compressed_length
from vmgui.console.rfb.source import Source

_LENGTH = struct.Struct(">I")
_PIXEL = np.dtype("<u4")


class ZlibDecoder:
    """One stream for the whole connection."""

    def __init__(self) -> None:
        self._stream = InflateStream()

    def decode(self, source: Source, pixels: Pixels, x: int, y: int, width: int, height: int) -> None:
        """See `Decoder`."""
        (length,) = _LENGTH.unpack_from(source.buffer, source.need(4))
        size = width * height * 4
        check_compressed_length(length, size)
        start = source.need(length)
        opened = self._stream.exactly(source.buffer[start : start + length], size)
        data = np.frombuffer(opened, _PIXEL).reshape(height, width)
        pixels[y : y + height, x : x + width] = data
