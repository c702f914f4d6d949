"""RRE: a background and rectangles on it (RFC 6143 7.7.3). Obsolete; small servers still send it."""

from __future__ import annotations

import struct

from vmgui.console.rfb.decoders import Pixels
from vmgui.console.rfb.errors import ProtocolError
from vmgui.console.rfb.limits import MAX_RRE_OVERPAINT
from vmgui.console.rfb.source import NeedMore, Source

_COUNT = struct.Struct(">I")
_SUBRECT = struct.Struct(">4sHHHH")
_COLOUR = struct.Struct("<I")


class RreDecoder:
    """Takes the subrectangles as they come; remembers how many are left."""

    def __init__(self) -> None:
        self._left: int | None = None
        self._painted = 0

    def decode(self, source: Source, pixels: Pixels, x: int, y: int, width: int, height: int) -> None:
        """See `Decoder`."""
        area = pixels[y : y + height, x : x + width]
        left = self._left
        if left is None:
            start = source.need(8)
            (left,) = _COUNT.unpack_from(source.buffer, start)
            if left > width * height:
                raise ProtocolError(f"RRE announces {left} parts in {width} x {height} pixels.")
            self._painted = 0
            area[:] = _COLOUR.unpack_from(source.buffer, start + 4)[0]
        here = min(left, source.available // 12)
        start = source.need(12 * here)
        with memoryview(source.buffer)[start : start + 12 * here] as data:
            for colour, left_x, top, wide, high in _SUBRECT.iter_unpack(data):
                if left_x + wide > width or top + high > height:
                    raise ProtocolError("An RRE part lies outside of its rectangle.")
                self._painted += wide * high
                if self._painted > MAX_RRE_OVERPAINT * width * height:
                    raise ProtocolError("RRE parts paint the same pixels over and over.")
                area[top : top + high, left_x : left_x + wide] = _COLOUR.unpack(colour)[0]
        source.commit()
        self._left = left = left - here
        if left:
            raise NeedMore
        self._left = None
