"""Tight and Tight PNG: fills, palettes, gradients and JPEG, over four zlib streams (rfbproto.rst).

The encoding to use over a network. A pixel is three bytes here (TPIXEL): red, green, blue.
"""

from __future__ import annotations

import numpy as np

from vmgui.console.rfb.decoders import Pixels
from vmgui.console.rfb.decoders.gradient import undo_gradient
from vmgui.console.rfb.decoders.images import ImageDecoder, decode_image
from vmgui.console.rfb.decoders.inflate import InflateStream
from vmgui.console.rfb.decoders.turns import Turns
from vmgui.console.rfb.decoders.two_colours import TwoColours
from vmgui.console.rfb.errors import ProtocolError
from vmgui.console.rfb.source import NeedMore, Source

_FILL = 8
_JPEG = 9
_PNG = 10
_EXPLICIT_FILTER = 4
_COPY = 0
_PALETTE = 1
_GRADIENT = 2
# Shorter data is sent as it is.
_MIN_TO_COMPRESS = 12
_BIG_PIXEL = np.dtype(">u4")
_PIXEL = np.dtype("<u4")


class TightDecoder:
    """Four streams for the whole connection; shared by Tight and Tight PNG."""

    def __init__(self, images: ImageDecoder = decode_image) -> None:
        self._streams = [InflateStream() for _ in range(4)]
        self._images = images
        self._two_colours = TwoColours()
        self._turns = Turns()

    def decode(self, source: Source, pixels: Pixels, x: int, y: int, width: int, height: int) -> None:
        """See `Decoder`."""
        if self._turns.busy:
            self._turns.go_on(source)
            return
        buffer = source.buffer
        at = source.position
        # Looked at before knowing that it is here (the buffer is longer than what is received): what
        # it seems to be decides nothing before `need` or the check of the end has spoken.
        control = buffer[at]
        kind = control >> 4
        if _EXPLICIT_FILTER <= kind < _FILL and buffer[at + 1] == _PALETTE and buffer[at + 2] == 1:
            self._bitmap(source, control, pixels, x, y, width, height)
            return
        source.need(1)
        area = pixels[y : y + height, x : x + width]
        if kind < _FILL:
            self._basic(source, control, area, width, height)
            return
        if kind == _FILL:
            at = source.need(3)
            area.fill(buffer[at] << 16 | buffer[at + 1] << 8 | buffer[at + 2])
        elif kind in (_JPEG, _PNG):
            length = _compact_length(source)
            at = source.need(length)
            data = bytes(buffer[at : at + length])
            area[:] = self._images("JPEG" if kind == _JPEG else "PNG", data, width, height)
        else:
            raise ProtocolError(f"Tight compression type {kind} does not exist.")
        self._reset(control)

    def _bitmap(
        self, source: Source, control: int, pixels: Pixels, x: int, y: int, width: int, height: int
    ) -> None:
        """A basic rectangle of two colours. Text consoles are hundreds of these an update: kept flat."""
        buffer = source.buffer
        at = source.position
        row_bytes = (width + 7) >> 3
        size = row_bytes * height
        data_at = at + 9
        length = size
        if size >= _MIN_TO_COMPRESS:
            length = buffer[data_at]
            data_at += 1
            if length & 0x80:
                length = length & 0x7F | (buffer[data_at] & 0x7F) << 7
                data_at += 1
                if buffer[data_at - 1] & 0x80:
                    length |= buffer[data_at] << 14
                    data_at += 1
        stop = data_at + length
        if stop > source.end:
            raise NeedMore
        source.position = stop
        if control & 15:
            self._reset(control)
        data = buffer[data_at:stop]
        if size >= _MIN_TO_COMPRESS:
            data = self._streams[control >> 4 & 3].exactly(data, size)
        colours = bytes(buffer[at + 3 : at + 9])
        table = self._two_colours.table(
            colours, int.from_bytes(colours[:3], "big"), int.from_bytes(colours[3:], "big")
        )
        rows = table.take(np.frombuffer(data, np.uint8), 0).reshape(height, row_bytes * 8)
        pixels[y : y + height, x : x + width] = rows if width == row_bytes * 8 else rows[:, :width]

    def _basic(self, source: Source, control: int, area: Pixels, width: int, height: int) -> None:
        buffer = source.buffer
        filter_id = buffer[source.need(1)] if control & (_EXPLICIT_FILTER << 4) else _COPY
        if filter_id == _PALETTE:
            colours = buffer[source.need(1)] + 1
            at = source.need(3 * colours)
            # One byte ahead of the first, so that three-byte pixels are read four bytes wide.
            palette = np.ndarray((colours,), _BIG_PIXEL, buffer, at - 1, (3,)).astype(_PIXEL)
            data = self._data(source, control, width * height)
            indices = np.frombuffer(data, np.uint8).reshape(height, width)
            area[:] = palette.take(indices, mode="clip")
        elif filter_id == _COPY:
            data = b"\0" + self._data(source, control, 3 * width * height)
            area[:] = np.ndarray((height, width), _BIG_PIXEL, data, 0, (3 * width, 3))
        elif filter_id == _GRADIENT:
            data = self._data(source, control, 3 * width * height)
            self._turns.begin(source, undo_gradient(data, area))
        else:
            raise ProtocolError(f"Tight filter {filter_id} does not exist.")

    def _data(self, source: Source, control: int, size: int) -> bytes | bytearray:
        """The filtered bytes of a basic rectangle, and the last thing taken from the source."""
        if size < _MIN_TO_COMPRESS:
            at = source.need(size)
            self._reset(control)
            return source.buffer[at : at + size]
        length = _compact_length(source)
        at = source.need(length)
        self._reset(control)
        return self._streams[control >> 4 & 3].exactly(source.buffer[at : at + length], size)

    def _reset(self, control: int) -> None:
        # Only once the rectangle is whole: a reset done twice would lose nothing, one too early might.
        if control & 15:
            for number in range(4):
                if control >> number & 1:
                    self._streams[number] = InflateStream()


def _compact_length(source: Source) -> int:
    """1-3 bytes, seven bits each and the top bit saying that another follows; at most 4 MiB."""
    buffer = source.buffer
    octet = buffer[source.need(1)]
    length = octet & 0x7F
    if octet & 0x80:
        octet = buffer[source.need(1)]
        length |= (octet & 0x7F) << 7
        if octet & 0x80:
            length |= buffer[source.need(1)] << 14
    return length
