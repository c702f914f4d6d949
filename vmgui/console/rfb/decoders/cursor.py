"""Pointer shapes: Cursor, X Cursor and Cursor With Alpha (rfbproto.rst, pseudo-encodings -239, -240, -314).

Small and whole at once, so these are functions from the source to an event, not decoders of the picture.
"""

from __future__ import annotations

import struct

import numpy as np
from numpy.typing import NDArray

from vmgui.console.rfb.encodings import Encoding
from vmgui.console.rfb.errors import ProtocolError, TooLarge
from vmgui.console.rfb.events import CursorChanged
from vmgui.console.rfb.limits import MAX_CURSOR_SIDE
from vmgui.console.rfb.source import Source

_PIXEL = np.dtype("<u4")
_OPAQUE = 0xFF000000
_SIGNED = struct.Struct(">i")


def rich_cursor(source: Source, hot_x: int, hot_y: int, width: int, height: int) -> CursorChanged:
    """Pixels in our format and one mask bit for each."""
    _check_size(width, height)
    if not width or not height:
        return _hidden()
    size = 4 * width * height
    at = source.need(size + (width + 7) // 8 * height)
    colours = np.frombuffer(source.buffer, _PIXEL, width * height, at).reshape(height, width)
    visible = _bits(source, at + size, width, height)
    return _event(hot_x, hot_y, np.where(visible, colours | _OPAQUE, 0))


def x_cursor(source: Source, hot_x: int, hot_y: int, width: int, height: int) -> CursorChanged:
    """Two colours, a bitmap of which, and a mask."""
    _check_size(width, height)
    if not width or not height:
        return _hidden()
    size = (width + 7) // 8 * height
    at = source.need(6 + 2 * size)
    buffer = source.buffer
    front = _OPAQUE | buffer[at] << 16 | buffer[at + 1] << 8 | buffer[at + 2]
    back = _OPAQUE | buffer[at + 3] << 16 | buffer[at + 4] << 8 | buffer[at + 5]
    is_front = _bits(source, at + 6, width, height)
    visible = _bits(source, at + 6 + size, width, height)
    return _event(hot_x, hot_y, np.where(visible, np.where(is_front, front, back), 0))


def alpha_cursor(source: Source, hot_x: int, hot_y: int, width: int, height: int) -> CursorChanged:
    """An encoding number and pixels with premultiplied alpha, blue first."""
    _check_size(width, height)
    (encoding,) = _SIGNED.unpack_from(source.buffer, source.need(4))
    if encoding != Encoding.RAW:
        raise ProtocolError(f"A pointer shape comes in encoding {encoding}; raw is expected.")
    if not width or not height:
        return _hidden()
    at = source.need(4 * width * height)
    octets = np.frombuffer(source.buffer, np.uint8, 4 * width * height, at).reshape(height, width, 4)
    alpha = octets[:, :, 3:]
    if (octets[:, :, :3] > alpha).any():
        # QEMU before 10.1 does not premultiply; a colour above its alpha gives it away.
        octets = octets.copy()
        octets[:, :, :3] = (octets[:, :, :3] * (octets[:, :, 3:].astype(np.uint16)) + 127) // 255
    return _event(hot_x, hot_y, octets.reshape(-1).view(_PIXEL).reshape(height, width))


def _check_size(width: int, height: int) -> None:
    if width > MAX_CURSOR_SIDE or height > MAX_CURSOR_SIDE:
        raise TooLarge(f"A pointer shape of {width} x {height} pixels.")


def _bits(source: Source, at: int, width: int, height: int) -> NDArray[np.bool_]:
    row_bytes = (width + 7) // 8
    packed = np.frombuffer(source.buffer, np.uint8, row_bytes * height, at).reshape(height, row_bytes)
    return np.unpackbits(packed, axis=1)[:, :width].astype(np.bool_)


def _hidden() -> CursorChanged:
    return CursorChanged(0, 0, 0, 0, b"")


def _event(hot_x: int, hot_y: int, argb: NDArray[np.generic]) -> CursorChanged:
    height, width = argb.shape
    return CursorChanged(
        width, height, min(hot_x, width - 1), min(hot_y, height - 1), argb.astype(np.uint32).tobytes()
    )
