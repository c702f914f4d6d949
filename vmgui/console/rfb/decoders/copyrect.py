"""CopyRect: an area moved inside the picture (RFC 6143 7.7.2)."""

from __future__ import annotations

import struct

from vmgui.console.rfb.decoders import Pixels
from vmgui.console.rfb.errors import ProtocolError
from vmgui.console.rfb.source import Source

_ORIGIN = struct.Struct(">HH")


class CopyRectDecoder:
    """Stateless."""

    def decode(self, source: Source, pixels: Pixels, x: int, y: int, width: int, height: int) -> None:
        """See `Decoder`."""
        from_x, from_y = _ORIGIN.unpack_from(source.buffer, source.need(4))
        rows, columns = pixels.shape
        if from_x + width > columns or from_y + height > rows:
            raise ProtocolError(
                f"CopyRect takes {width} x {height} pixels at {from_x},{from_y} of a picture {columns} x {rows}."
            )
        # numpy notices that the two overlap and copies by way of a buffer.
        pixels[y : y + height, x : x + width] = pixels[from_y : from_y + height, from_x : from_x + width]
