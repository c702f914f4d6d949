"""ZRLE: tiles of 64 x 64 as palettes and runs, through one zlib stream (RFC 6143 7.7.6).

A pixel is three bytes here (CPIXEL): blue, green, red, as our pixel format is little-endian.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

import numpy as np

from vmgui.console.rfb.decoders import Pixels
from vmgui.console.rfb.decoders.inflate import InflateStream, check_compressed_length
from vmgui.console.rfb.decoders.turns import Turns
from vmgui.console.rfb.decoders.two_colours import TwoColours
from vmgui.console.rfb.errors import ProtocolError
from vmgui.console.rfb.source import Source

_LENGTH = struct.Struct(">I")
_PIXEL = np.dtype("<u4")
_TILE = 64
# The longest a tile can be: a run of one (pixel + length byte) for each of its pixels.
_TILE_OVERHEAD = 1 + 3 * 127
_BYTES_PER_PIXEL = 4
# Single pixels as runs are bound by the interpreter: what is done before the pump may look at its commands.
_PART_PIXELS = 1 << 20
_SHORT = "A ZRLE tile ends too early."


class ZrleDecoder:
    """One stream for the whole connection."""

    def __init__(self) -> None:
        self._stream = InflateStream()
        self._two_colours = TwoColours()
        self._turns = Turns()

    def decode(self, source: Source, pixels: Pixels, x: int, y: int, width: int, height: int) -> None:
        """See `Decoder`."""
        if self._turns.busy:
            self._turns.go_on(source)
            return
        (length,) = _LENGTH.unpack_from(source.buffer, source.need(4))
        tiles = ((width + _TILE - 1) // _TILE) * ((height + _TILE - 1) // _TILE)
        limit = width * height * _BYTES_PER_PIXEL + tiles * _TILE_OVERHEAD
        check_compressed_length(length, limit)
        start = source.need(length)
        # One byte behind the end lets three-byte pixels be read four bytes wide.
        data = self._stream.at_most(source.buffer[start : start + length], limit) + b"\0"
        self._turns.begin(source, self._tiles(data, pixels[y : y + height, x : x + width]))

    def _tiles(self, data: bytes, area: Pixels) -> Iterator[None]:
        height, width = area.shape
        at = done = 0
        for top in range(0, height, _TILE):
            for left in range(0, width, _TILE):
                if done >= _PART_PIXELS:
                    done = 0
                    yield
                tile = area[top : top + _TILE, left : left + _TILE]
                at = self._tile(data, at, tile)
                done += tile.size

    def _tile(self, data: bytes, at: int, tile: Pixels) -> int:
        """Decode the tile that starts at `at`; returns where the next one starts."""
        _check(data, at, 1)
        kind = data[at]
        at += 1
        if kind == 0:
            end = _check(data, at, 3 * tile.size)
            tile[:] = _cpixels(data, at, tile.size).reshape(tile.shape)
            return end
        if kind == 1:
            end = _check(data, at, 3)
            tile[:] = _cpixel(data, at)
            return end
        if kind == 2:
            return self._bitmap(data, at, tile)
        if kind <= 16:
            return _packed(data, at, kind, tile)
        if kind == 128:
            return _runs(data, at, tile)
        if kind >= 130:
            return _palette_runs(data, at, kind - 128, tile)
        raise ProtocolError(f"ZRLE tile type {kind} does not exist.")

    def _bitmap(self, data: bytes, at: int, tile: Pixels) -> int:
        rows, columns = tile.shape
        row_bytes = (columns + 7) // 8
        end = _check(data, at, 6 + rows * row_bytes)
        table = self._two_colours.table(data[at : at + 6], _cpixel(data, at), _cpixel(data, at + 3))
        octets = np.frombuffer(data, np.uint8, rows * row_bytes, at + 6)
        tile[:] = table.take(octets, 0).reshape(rows, row_bytes * 8)[:, :columns]
        return end


def _check(data: bytes, at: int, size: int) -> int:
    end = at + size
    if end >= len(data):  # the last byte is ours
        raise ProtocolError(_SHORT)
    return end


def _cpixel(data: bytes, at: int) -> int:
    return data[at] | data[at + 1] << 8 | data[at + 2] << 16


def _cpixels(data: bytes, at: int, count: int) -> Pixels:
    return np.ndarray((count,), _PIXEL, data, at, (3,))


def _packed(data: bytes, at: int, colours: int, tile: Pixels) -> int:
    rows, columns = tile.shape
    bits = 2 if colours <= 4 else 4
    row_bytes = (columns * bits + 7) // 8
    places = at + 3 * colours
    end = _check(data, at, 3 * colours + rows * row_bytes)
    packed = np.frombuffer(data, np.uint8, rows * row_bytes, places).reshape(rows, row_bytes)
    shifts = np.arange(8 - bits, -1, -bits, dtype=np.uint8)
    indices = ((packed[:, :, None] >> shifts) & np.uint8((1 << bits) - 1)).reshape(rows, -1)
    palette = _cpixels(data, at, colours)
    tile[:] = palette.take(indices[:, :columns], mode="clip")
    return end


def _runs(data: bytes, at: int, tile: Pixels) -> int:
    left = tile.size
    values: list[int] = []
    lengths: list[int] = []
    try:
        while left > 0:
            values.append(data[at] | data[at + 1] << 8 | data[at + 2] << 16)
            at += 3
            length = 1
            while (octet := data[at]) == 255:
                length += 255
                at += 1
            length += octet
            at += 1
            lengths.append(length)
            left -= length
    except IndexError:
        raise ProtocolError(_SHORT) from None
    _fill(data, at, left, tile, values, lengths)
    return at


def _palette_runs(data: bytes, at: int, colours: int, tile: Pixels) -> int:
    _check(data, at, 3 * colours)
    palette: list[int] = _cpixels(data, at, colours).tolist()
    at += 3 * colours
    left = tile.size
    values: list[int] = []
    lengths: list[int] = []
    try:
        while left > 0:
            index = data[at]
            at += 1
            length = 1
            if index & 128:
                while (octet := data[at]) == 255:
                    length += 255
                    at += 1
                length += octet
                at += 1
            values.append(palette[index & 127])
            lengths.append(length)
            left -= length
    except IndexError:
        raise ProtocolError("A ZRLE tile ends too early or names a colour that is not there.") from None
    _fill(data, at, left, tile, values, lengths)
    return at


def _fill(data: bytes, at: int, left: int, tile: Pixels, values: list[int], lengths: list[int]) -> None:
    # Checked before repeat() allocates: the runs are exactly as long as the tile.
    if left or at >= len(data):
        raise ProtocolError("A ZRLE run goes beyond its tile." if left else _SHORT)
    tile[:] = np.repeat(np.array(values, np.uint32), lengths).reshape(tile.shape)
