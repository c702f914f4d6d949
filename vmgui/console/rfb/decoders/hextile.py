"""Hextile: tiles of 16 x 16, each raw or a background with rectangles on it (RFC 6143 7.7.4).

Bound by the interpreter (several parts a tile), hence asked for last; QEMU only falls back to it.
"""

from __future__ import annotations

import struct

import numpy as np

from vmgui.console.rfb.decoders import Pixels
from vmgui.console.rfb.source import Source

_RAW = 1
_BACKGROUND = 2
_FOREGROUND = 4
_PARTS = 8
_COLOURED = 16
_PIXEL = np.dtype("<u4")
_COLOUR = struct.Struct("<I")
_COLOURED_PART = struct.Struct("<IBB")


class HextileDecoder:
    """Commits tile by tile; colours carry over from tile to tile within a rectangle."""

    def __init__(self) -> None:
        self._done = 0
        self._background = 0
        self._foreground = 0

    def decode(self, source: Source, pixels: Pixels, x: int, y: int, width: int, height: int) -> None:
        """See `Decoder`."""
        across = (width + 15) // 16
        for number in range(self._done, across * ((height + 15) // 16)):
            top, left = (number // across) * 16, (number % across) * 16
            tile = pixels[
                y + top : y + min(top + 16, height),
                x + left : x + min(left + 16, width),
            ]
            self._tile(source, tile)
            source.commit()
            self._done = number + 1
        self._done = self._background = self._foreground = 0

    def _tile(self, source: Source, tile: Pixels) -> None:
        buffer = source.buffer
        kind = buffer[source.need(1)]
        if kind & _RAW:
            start = source.need(4 * tile.size)
            tile[:] = np.frombuffer(buffer, _PIXEL, tile.size, start).reshape(tile.shape)
            return
        background, foreground = self._background, self._foreground
        if kind & _BACKGROUND:
            (background,) = _COLOUR.unpack_from(buffer, source.need(4))
        if kind & _FOREGROUND:
            (foreground,) = _COLOUR.unpack_from(buffer, source.need(4))
        if kind & _PARTS:
            count = buffer[source.need(1)]
            size = 6 if kind & _COLOURED else 2
            start = source.need(size * count)
            data = buffer[start : start + size * count]
            tile[:] = background
            if kind & _COLOURED:
                # Slices end at the tile, so a part that claims to be larger writes nothing outside.
                for colour, place, extent in _COLOURED_PART.iter_unpack(data):
                    left, top = place >> 4, place & 15
                    tile[top : top + (extent & 15) + 1, left : left + (extent >> 4) + 1] = colour
            else:
                for place, extent in zip(data[::2], data[1::2], strict=True):
                    left, top = place >> 4, place & 15
                    tile[top : top + (extent & 15) + 1, left : left + (extent >> 4) + 1] = foreground
        else:
            tile[:] = background
        self._background, self._foreground = background, foreground
