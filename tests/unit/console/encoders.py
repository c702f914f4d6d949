"""Straightforward encoders, the server's side of each decoder: written for reading, not for speed.

Each gets a picture (height x width of 0x00RRGGBB) and returns the payload of one rectangle. `Choices` decides
where an encoding leaves the server a choice, so that hypothesis can walk all of them.
"""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Callable
from itertools import groupby

import numpy as np
from numpy.typing import NDArray
from PIL import Image

Picture = NDArray[np.uint32]
Choose = Callable[[int], int]


def first(count: int) -> int:
    """The choice that never surprises."""
    return 0


def colours_of(picture: Picture) -> list[int]:
    return sorted(set(picture.ravel().tolist()))


def pixel(colour: int) -> bytes:
    return struct.pack("<I", colour)


def tpixel(colour: int) -> bytes:
    return bytes((colour >> 16 & 255, colour >> 8 & 255, colour & 255))


def cpixel(colour: int) -> bytes:
    return bytes((colour & 255, colour >> 8 & 255, colour >> 16 & 255))


def runs_of(values: list[int]) -> list[tuple[int, int]]:
    return [(value, len(list(group))) for value, group in groupby(values)]


def row_parts(picture: Picture, background: int) -> list[tuple[int, int, int, int]]:
    """One-pixel-high parts that are not background: (colour, x, y, width)."""
    parts = []
    for y, row in enumerate(picture.tolist()):
        x = 0
        for colour, length in runs_of(row):
            if colour != background:
                parts.append((colour, x, y, length))
            x += length
    return parts


def raw(picture: Picture) -> bytes:
    return picture.astype("<u4").tobytes()


def rre(picture: Picture) -> bytes:
    background = int(picture[0, 0])
    parts = row_parts(picture, background)
    return (
        struct.pack(">I", len(parts))
        + pixel(background)
        + b"".join(pixel(colour) + struct.pack(">HHHH", x, y, width, 1) for colour, x, y, width in parts)
    )


def hextile(picture: Picture, choose: Choose = first) -> bytes:
    height, width = picture.shape
    out = b""
    background: int | None = None
    for top in range(0, height, 16):
        for left in range(0, width, 16):
            tile = picture[top : top + 16, left : left + 16]
            ground = int(tile[0, 0])
            parts = row_parts(tile, ground)
            if len(parts) > 255 or choose(4) == 3:
                out += b"\x01" + raw(tile)
                background = None  # what follows raw tiles must name its background again
                continue
            head, kind = b"", 0
            if ground != background or choose(2):
                kind |= 2
                head += pixel(ground)
                background = ground
            if parts:
                kind |= 8
                colours = {part[0] for part in parts}
                if len(colours) == 1 and choose(2) == 0:
                    kind |= 4
                    head += pixel(colours.pop()) + bytes([len(parts)])
                    head += b"".join(bytes((x << 4 | y, (w - 1) << 4)) for _, x, y, w in parts)
                else:
                    kind |= 16
                    head += bytes([len(parts)])
                    head += b"".join(pixel(c) + bytes((x << 4 | y, (w - 1) << 4)) for c, x, y, w in parts)
            out += bytes([kind]) + head
    return out


class Deflater:
    """A zlib stream that is flushed after each piece, never finished."""

    def __init__(self, level: int = 1) -> None:
        self._stream = zlib.compressobj(level)

    def __call__(self, data: bytes) -> bytes:
        return self._stream.compress(data) + self._stream.flush(zlib.Z_SYNC_FLUSH)


class ZlibEncoder:
    def __init__(self) -> None:
        self._deflate = Deflater()

    def __call__(self, picture: Picture) -> bytes:
        data = self._deflate(raw(picture))
        return struct.pack(">I", len(data)) + data


def compact_length(length: int) -> bytes:
    if length < 1 << 7:
        return bytes([length])
    if length < 1 << 14:
        return bytes([length & 127 | 128, length >> 7])
    return bytes([length & 127 | 128, length >> 7 & 127 | 128, length >> 14])


def gradient_filter(picture: Picture) -> bytes:
    height, width = picture.shape
    channels = (
        np.stack([picture >> 16 & 255, picture >> 8 & 255, picture & 255], axis=-1).astype(int).tolist()
    )
    out = bytearray()
    for y in range(height):
        for x in range(width):
            for c in range(3):
                left = channels[y][x - 1][c] if x else 0
                above = channels[y - 1][x][c] if y else 0
                corner = channels[y - 1][x - 1][c] if x and y else 0
                guess = min(255, max(0, left + above - corner))
                out.append((channels[y][x][c] - guess) & 255)
    return bytes(out)


def packed_rows(indices: NDArray[np.integer], bits: int) -> bytes:
    out = bytearray()
    for row in indices.tolist():
        text = "".join(f"{index:0{bits}b}" for index in row)
        text += "0" * (-len(text) % 8)
        out += bytes(int(text[at : at + 8], 2) for at in range(0, len(text), 8))
    return bytes(out)


def image(kind: str, picture: Picture, **options: int) -> bytes:
    channels = np.stack([picture >> 16 & 255, picture >> 8 & 255, picture & 255], axis=-1).astype(np.uint8)
    target = io.BytesIO()
    Image.fromarray(channels).save(target, kind, **options)
    return target.getvalue()


class TightEncoder:
    METHODS = ("fill", "bitmap", "palette", "copy", "gradient", "png")

    def __init__(self) -> None:
        self._streams = [Deflater() for _ in range(4)]

    def possible(self, picture: Picture) -> list[str]:
        count = len(colours_of(picture))
        wanted = ["copy", "gradient", "png"]
        if count == 1:
            wanted.append("fill")
        if count == 2:
            wanted.append("bitmap")
        if 2 < count <= 256:
            wanted.append("palette")
        return wanted

    def __call__(self, picture: Picture, method: str | None = None, choose: Choose = first) -> bytes:
        method = method or self.possible(picture)[-1]
        colours = colours_of(picture)
        if method == "fill":
            return b"\x80" + tpixel(colours[0])
        if method in ("png", "jpeg"):
            data = image(method, picture, **({"quality": 95} if method == "jpeg" else {}))
            return (b"\xa0" if method == "png" else b"\x90") + compact_length(len(data)) + data
        stream = choose(4)
        reset = 0
        if choose(3) == 2:
            reset = 1 << stream
            self._streams[stream] = Deflater()
        if method == "copy":
            data = b"".join(tpixel(colour) for colour in picture.ravel().tolist())
            head = bytes([stream << 4 | reset]) if choose(2) == 0 else bytes([(4 | stream) << 4 | reset, 0])
        elif method == "gradient":
            data = gradient_filter(picture)
            head = bytes([(4 | stream) << 4 | reset, 2])
        else:
            indices = np.searchsorted(colours, picture)
            data = packed_rows(indices, 1) if method == "bitmap" else indices.astype(np.uint8).tobytes()
            head = bytes([(4 | stream) << 4 | reset, 1, len(colours) - 1]) + b"".join(map(tpixel, colours))
        if len(data) < 12:
            return head + data
        packed = self._streams[stream](data)
        return head + compact_length(len(packed)) + packed


class ZrleEncoder:
    def __init__(self) -> None:
        self._deflate = Deflater()

    def __call__(self, picture: Picture, choose: Choose = first) -> bytes:
        height, width = picture.shape
        plain = b"".join(
            self._tile(picture[top : top + 64, left : left + 64], choose)
            for top in range(0, height, 64)
            for left in range(0, width, 64)
        )
        data = self._deflate(plain)
        return struct.pack(">I", len(data)) + data

    def _tile(self, tile: Picture, choose: Choose) -> bytes:
        colours = colours_of(tile)
        kinds = ["raw", "runs"]
        if len(colours) == 1:
            kinds.append("solid")
        if 2 <= len(colours) <= 16:
            kinds.append("packed")
        if 2 <= len(colours) <= 127:
            kinds.append("palette runs")
        kind = kinds[choose(len(kinds))]
        values = tile.ravel().tolist()
        if kind == "raw":
            return b"\x00" + b"".join(map(cpixel, values))
        if kind == "solid":
            return b"\x01" + cpixel(colours[0])
        if kind == "runs":
            return b"\x80" + b"".join(
                cpixel(colour) + _run_length(length) for colour, length in runs_of(values)
            )
        palette = b"".join(map(cpixel, colours))
        if kind == "packed":
            bits = 1 if len(colours) == 2 else 2 if len(colours) <= 4 else 4
            return bytes([len(colours)]) + palette + packed_rows(np.searchsorted(colours, tile), bits)
        out = bytes([128 + len(colours)]) + palette
        for colour, length in runs_of(values):
            index = colours.index(colour)
            out += bytes([index]) if length == 1 else bytes([index | 128]) + _run_length(length)
        return out


def _run_length(length: int) -> bytes:
    return b"\xff" * ((length - 1) // 255) + bytes([(length - 1) % 255])
