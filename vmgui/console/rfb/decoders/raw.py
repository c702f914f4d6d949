"""Raw: pixels as they are (RFC 6143 7.7.1). Taken row by row as they come, so a large picture needs no
large buffer."""

from __future__ import annotations

import numpy as np

from vmgui.console.rfb.decoders import Pixels
from vmgui.console.rfb.source import NeedMore, Source

_PIXEL = np.dtype("<u4")
_OCTET = np.dtype(np.uint8)
# From here on a copy of bytes beats one of pixels that do not lie on a multiple of four.
_MANY_PIXELS = 4096


class RawDecoder:
    """Copies rows; remembers how many of the rectangle's it has."""

    def __init__(self) -> None:
        self._rows = 0

    def decode(self, source: Source, pixels: Pixels, x: int, y: int, width: int, height: int) -> None:
        """See `Decoder`."""
        if not width or not height:
            return
        row_bytes = 4 * width
        start = source.position
        row = self._rows
        here = (source.end - start) // row_bytes
        count = height - row
        if here < count:
            count = here
        if count:
            top = y + row
            if start & 3 and count * width > _MANY_PIXELS:
                octets = np.ndarray((count, row_bytes), _OCTET, source.buffer, start)
                pixels.view(np.uint8)[top : top + count, 4 * x : 4 * x + row_bytes] = octets
            else:
                pixels[top : top + count, x : x + width] = np.ndarray(
                    (count, width), _PIXEL, source.buffer, start
                )
            source.position = source.mark = start + count * row_bytes
            row += count
        if row < height:
            self._rows = row
            raise NeedMore
        self._rows = 0
