"""The body of FramebufferUpdate: rectangles, each with its encoding (RFC 6143 7.6.1, 7.7, 7.8).

Owns the picture. Real rectangles go to the decoders; pseudo-encodings change what is known of the server.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence

import numpy as np

from vmgui.console.rfb.decoders import Decoder, Pixels
from vmgui.console.rfb.decoders.copyrect import CopyRectDecoder
from vmgui.console.rfb.decoders.cursor import alpha_cursor, rich_cursor, x_cursor
from vmgui.console.rfb.decoders.hextile import HextileDecoder
from vmgui.console.rfb.decoders.images import ImageDecoder, decode_image
from vmgui.console.rfb.decoders.raw import RawDecoder
from vmgui.console.rfb.decoders.rre import RreDecoder
from vmgui.console.rfb.decoders.tight import TightDecoder
from vmgui.console.rfb.decoders.zlib_raw import ZlibDecoder
from vmgui.console.rfb.decoders.zrle import ZrleDecoder
from vmgui.console.rfb.encodings import Encoding
from vmgui.console.rfb.errors import ProtocolError, TooLarge
from vmgui.console.rfb.events import (
    LedState,
    NameChanged,
    PointerModeChanged,
    ProtocolEvent,
    Rect,
    Resized,
    ResizeRefused,
    ResizeSupported,
    UpdateFinished,
    UpdateStarted,
)
from vmgui.console.rfb.handshake import check_size
from vmgui.console.rfb.limits import MAX_DIRTY_RECTS, MAX_NAME_BYTES, MAX_TURN_PIXELS
from vmgui.console.rfb.source import Enough, NeedMore, Source

_RECT = struct.Struct(">HHHHi")
_COUNT = struct.Struct(">xH")
_LENGTH = struct.Struct(">I")
_SCREEN = struct.Struct(">I8xI")

_RESIZE_STATUS = {
    1: "it is not allowed to clients",
    2: "the server is out of resources",
    3: "the server cannot show this layout",
}


Area = tuple[int, int, int, int]  # x, y, width, height: a Rect without its price


def coalesced(areas: Sequence[Area]) -> tuple[Rect, ...]:
    """As they are, or the box around them once there are more than a painter likes."""
    if len(areas) <= MAX_DIRTY_RECTS:
        return tuple(Rect(*area) for area in areas)
    left = min(area[0] for area in areas)
    top = min(area[1] for area in areas)
    right = max(area[0] + area[2] for area in areas)
    bottom = max(area[1] + area[3] for area in areas)
    return (Rect(left, top, right - left, bottom - top),)


class UpdateReader:
    """Reads one update after another into `pixels`."""

    def __init__(self, width: int, height: int, images: ImageDecoder = decode_image) -> None:
        self.pixels: Pixels = np.zeros((height, width), np.uint32)
        self.extended_keys = False
        self.absolute_pointer: bool | None = None
        self.resizable = False
        self.work = 0  # pixels written since the owner last set it to 0
        self.screen = (0, 0)  # id and flags, to be given back in SetDesktopSize
        tight = TightDecoder(images)
        self._decoders: dict[int, Decoder] = {
            Encoding.RAW: RawDecoder(),
            Encoding.COPYRECT: CopyRectDecoder(),
            Encoding.RRE: RreDecoder(),
            Encoding.HEXTILE: HextileDecoder(),
            Encoding.ZLIB: ZlibDecoder(),
            Encoding.TIGHT: tight,
            Encoding.TIGHT_PNG: tight,
            Encoding.ZRLE: ZrleDecoder(),
        }
        self._left = 0
        self._dirty: list[Area] = []
        self._current: tuple[Rect, int] | None = None

    @property
    def busy(self) -> bool:
        """An update has begun and is not complete."""
        return self._left > 0

    @property
    def dirty_so_far(self) -> tuple[Rect, ...]:
        """What the update under way has changed in the picture."""
        return coalesced(self._dirty)

    def begin(self, source: Source, events: list[ProtocolEvent]) -> None:
        """Read the head of an update; its rectangles follow with `go_on`."""
        (self._left,) = _COUNT.unpack_from(source.buffer, source.need(3))
        source.commit()
        events.append(UpdateStarted())
        if not self._left:
            self._finish(events)

    def go_on(self, source: Source, events: list[ProtocolEvent]) -> None:
        """Decode rectangles until the update is complete; NeedMore when the bytes run out."""
        decoders = self._decoders
        dirty = self._dirty
        pixels = self.pixels
        height, width = pixels.shape
        while self._left:
            if self.work > MAX_TURN_PIXELS:
                raise Enough
            if self._current is None:
                at = source.position
                if source.end - at < 12:
                    raise NeedMore
                x, y, wide, high, encoding = _RECT.unpack_from(source.buffer, at)
                source.position = source.mark = at + 12
                if encoding not in decoders:
                    source.mark = at
                    self._read_pseudo(source, encoding, Rect(x, y, wide, high), events)
                    dirty = self._dirty
                    pixels = self.pixels
                    height, width = pixels.shape
                    continue
                if x + wide > width or y + high > height:
                    raise ProtocolError(
                        f"A rectangle of {wide} x {high} pixels at {x},{y} in a picture of {width} x {height}."
                    )
            else:
                (x, y, wide, high), encoding = self._current
            try:
                decoders[encoding].decode(source, pixels, x, y, wide, high)
            except NeedMore:
                self._current = Rect(x, y, wide, high), encoding
                raise
            self._current = None
            source.mark = source.position
            self._left -= 1
            dirty.append((x, y, wide, high))
            self.work += wide * high
        self._finish(events)

    def _finish(self, events: list[ProtocolEvent]) -> None:
        rects, self._dirty = self._dirty, []
        self._left = 0
        events.append(UpdateFinished(coalesced(rects)))

    def _read_pseudo(self, source: Source, encoding: int, rect: Rect, events: list[ProtocolEvent]) -> None:
        # No table of them: one of bound methods would hold this reader, and with it a picture of up to 256 MiB.
        match encoding:
            case Encoding.DESKTOP_SIZE:
                self._resize(rect.width, rect.height, events)
            case Encoding.EXTENDED_DESKTOP_SIZE:
                self._extended_desktop_size(source, rect, events)
            case Encoding.LAST_RECT:
                self._left = 0
            case Encoding.CURSOR:
                events.append(rich_cursor(source, *rect))
            case Encoding.X_CURSOR:
                events.append(x_cursor(source, *rect))
            case Encoding.CURSOR_WITH_ALPHA:
                events.append(alpha_cursor(source, *rect))
            case Encoding.POINTER_TYPE_CHANGE:
                self.absolute_pointer = bool(rect.x)
                events.append(PointerModeChanged(self.absolute_pointer))
            case Encoding.EXTENDED_KEY_EVENT:
                self.extended_keys = True
            case Encoding.LED_STATE:
                state = source.buffer[source.need(1)]
                events.append(LedState(bool(state & 1), bool(state & 2), bool(state & 4)))
            case Encoding.DESKTOP_NAME:
                events.append(NameChanged(_read_name(source)))
            case _:
                raise ProtocolError(f"A rectangle comes in encoding {encoding}, which was not asked for.")
        source.commit()
        # LastRect leaves nothing to come.
        self._left = max(0, self._left - 1)

    def _resize(self, width: int, height: int, events: list[ProtocolEvent]) -> None:
        check_size(width, height)
        rows, columns = self.pixels.shape
        if (columns, rows) == (width, height):
            return
        self.work += width * height
        fresh = np.zeros((height, width), np.uint32)
        rows, columns = min(rows, height), min(columns, width)
        fresh[:rows, :columns] = self.pixels[:rows, :columns]
        self.pixels = fresh
        self._dirty = []
        events.append(Resized(width, height))

    def _extended_desktop_size(self, source: Source, rect: Rect, events: list[ProtocolEvent]) -> None:
        count = source.buffer[source.need(4)]
        at = source.need(16 * count)
        if count:
            self.screen = _SCREEN.unpack_from(source.buffer, at)
        if not self.resizable:
            self.resizable = True
            events.append(ResizeSupported())
        # x says who asked (1: we), y how it went.
        if rect.x == 1 and rect.y:
            why = _RESIZE_STATUS.get(rect.y, f"status {rect.y}")
            events.append(ResizeRefused(f"The screen keeps its size: {why}."))
        else:
            self._resize(rect.width, rect.height, events)


def _read_name(source: Source) -> str:
    (length,) = _LENGTH.unpack_from(source.buffer, source.need(4))
    if length > MAX_NAME_BYTES:
        raise TooLarge(f"The display's new name is {length} bytes long.")
    return source.take(length).decode("utf-8", "replace")
