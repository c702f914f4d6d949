"""The receive buffer: bytes in at one end, decoders at the other.

A decoder that finds too little raises `NeedMore`; the buffer then goes back to its mark and the decoder is
called again, unchanged, when more has come. Thus decoders are plain functions without per-byte
bookkeeping, which is what makes 800 small rectangles an update affordable in Python.
"""

from __future__ import annotations

from vmgui.console.rfb.errors import TooLarge
from vmgui.console.rfb.limits import MAX_RECT_BYTES

_INITIAL_BYTES = 512 << 10
_SMALLEST_READ = 64 << 10
_CAPACITY_LIMIT = MAX_RECT_BYTES + (4 << 20)


# What one turn takes in: bounds the events (and their memory) that a flood of tiny messages makes of it.
_LARGEST_READ = 256 << 10
# Behind the received bytes, so that a decoder may look at a header before it checks that it is here.
_PADDING = 64


class NeedMore(Exception):
    """The bytes so far do not hold a whole item: not an error, come again."""


class Enough(NeedMore):
    """There are bytes, but this was work for one turn: come again even if nothing has been received."""


class Source:
    """A linear buffer with a read position and a mark to come back to."""

    __slots__ = ("buffer", "end", "mark", "position")

    def __init__(self) -> None:
        self.buffer = bytearray(_INITIAL_BYTES + _PADDING)
        self.position = 0
        self.mark = 0
        self.end = 0

    @property
    def available(self) -> int:
        """Bytes received and not yet taken."""
        return self.end - self.position

    @property
    def capacity(self) -> int:
        """Bytes there is room for."""
        return len(self.buffer) - _PADDING

    def need(self, size: int) -> int:
        """Take `size` bytes and return the index of the first in `buffer`; NeedMore if they are not here."""
        start = self.position
        stop = start + size
        if stop > self.end:
            raise NeedMore
        self.position = stop
        return start

    def take(self, size: int) -> bytes:
        """Take a copy of `size` bytes; NeedMore if they are not here."""
        start = self.need(size)
        return bytes(self.buffer[start : start + size])

    def commit(self) -> None:
        """What was taken so far is dealt with: a later `rewind` comes back to here."""
        self.mark = self.position

    def rewind(self) -> None:
        """Back to the last `commit`."""
        self.position = self.mark

    def skip(self, size: int) -> int:
        """Throw away up to `size` bytes that are here and return how many are still to come."""
        gone = min(size, self.end - self.position)
        self.position += gone
        self.mark = self.position
        return size - gone

    def writable(self) -> memoryview:
        """Where to receive into; report with `added`. Everything uncommitted is kept."""
        if self.mark == self.end:
            if self.capacity > 4 * _INITIAL_BYTES:  # a giant has gone: give the memory back
                self.buffer = bytearray(_INITIAL_BYTES + _PADDING)
            self.position = self.mark = self.end = 0
        elif self.capacity - self.end < _SMALLEST_READ:
            self._make_room()
        return memoryview(self.buffer)[self.end : min(self.capacity, self.end + _LARGEST_READ)]

    def added(self, size: int) -> None:
        """`size` bytes were written into `writable()`."""
        self.end += size

    def feed(self, data: bytes | bytearray | memoryview) -> int:
        """Copy in as much of `data` as there is room for and return how much that was."""
        room = self.writable()
        size = min(len(data), len(room))
        room[:size] = data[:size]
        self.end += size
        return size

    def _make_room(self) -> None:
        kept = self.end - self.mark
        size = self.capacity
        # Grows only as bytes really come, never because a length says they will.
        if size - kept < max(_SMALLEST_READ, size // 4):
            size *= 2
        if size > 2 * _CAPACITY_LIMIT:
            raise TooLarge(f"more than {_CAPACITY_LIMIT >> 20} MiB for one item")
        fresh = bytearray(size + _PADDING) if size != self.capacity else self.buffer
        fresh[:kept] = self.buffer[self.mark : self.end]
        self.buffer = fresh
        self.position -= self.mark
        self.mark = 0
        self.end = kept
