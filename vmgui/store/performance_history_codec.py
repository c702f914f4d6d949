"""Recorded cells as bytes, and back.

    version u8 | rows u32 | zlib( index i32 x rows | seconds, low, mean, high of each quantity f32 x rows )

Floats are rounded to 11 significant bits (0.05 %, three digits of what is shown) and stored byte plane by byte
plane, column by column: what hardly changes from row to row then takes next to nothing.
"""

from __future__ import annotations

import struct
import zlib

import numpy as np
from numpy.typing import NDArray

from vmgui.policy.performance_history_cells import SHAPE, Cells, unknown

_VERSION = 1
_HEADER = struct.Struct("<BI")
_COLUMNS = SHAPE[0] * SHAPE[1]
_DROPPED_BITS = 12
_MAX_ROWS = 1 << 20
_NAN = np.uint32(0x7FC00000)

Index = NDArray[np.int64]


class BadBlob(ValueError):
    """These bytes were not written by `pack`."""


def pack(index: Index, cells: Cells, *, level: int = 6) -> bytes:
    """Rows [row, Quantity, Part], each with a number below 2^31 (a step in a chunk, or a target)."""
    rows = len(index)
    bits = np.ascontiguousarray(cells.reshape(rows, _COLUMNS).T, dtype="<f4").view("<u4")
    half, mask = np.uint32(1 << (_DROPPED_BITS - 1)), np.uint32(0xFFFFFFFF << _DROPPED_BITS & 0xFFFFFFFF)
    bits = np.where(bits & np.uint32(0x7F800000) == np.uint32(0x7F800000), _NAN, (bits + half) & mask)
    planes = bits.view(np.uint8).reshape(_COLUMNS, rows, 4).transpose(0, 2, 1)
    numbers = np.diff(index, prepend=0).astype("<i4")
    body = numbers.tobytes() + planes.tobytes()
    return _HEADER.pack(_VERSION, rows) + zlib.compress(body, level)


def unpack(blob: bytes) -> tuple[Index, Cells]:
    """What was packed; raises BadBlob."""
    rows, body = _open(blob)
    planes = np.frombuffer(body, np.uint8, offset=4 * rows).reshape(_COLUMNS, 4, rows)
    floats = np.ascontiguousarray(planes.transpose(0, 2, 1)).view("<f4").reshape(_COLUMNS, rows)
    return _index(body, rows), floats.T.astype(np.float64).reshape(rows, *SHAPE)


def unpack_one(blob: bytes, number: int) -> Cells:
    """The row with this number alone, [Quantity, Part]; unknown where there is none. Raises BadBlob."""
    rows, body = _open(blob)
    found = np.flatnonzero(_index(body, rows) == number)
    if not len(found):
        return unknown()
    planes = np.frombuffer(body, np.uint8, offset=4 * rows).reshape(_COLUMNS, 4, rows)
    floats = np.ascontiguousarray(planes[:, :, found[0]]).view("<f4")
    return floats.astype(np.float64).reshape(SHAPE)


def _open(blob: bytes) -> tuple[int, bytes]:
    try:
        version, rows = _HEADER.unpack_from(blob)
        if version != _VERSION or rows > _MAX_ROWS:
            raise BadBlob(f"version {version}, {rows} rows")
        expected = rows * 4 * (1 + _COLUMNS)
        opened = zlib.decompressobj()
        body = opened.decompress(memoryview(blob)[_HEADER.size :], expected + 1)
    except (struct.error, zlib.error) as error:
        raise BadBlob(str(error)) from None
    if len(body) != expected:
        raise BadBlob(f"{len(body)} bytes instead of {expected}")
    return rows, body


def _index(body: bytes, rows: int) -> Index:
    return np.cumsum(np.frombuffer(body, "<i4", rows), dtype=np.int64)
