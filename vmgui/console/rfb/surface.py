"""The picture the painter sees: a second buffer, so that no half-decoded frame is ever painted.

The worker decodes into the protocol's own picture and copies what changed here once an update is
complete, under a lock (1080p: about 1 ms, most updates far less). A painter holds the same lock while it
paints, which makes the worker wait, never the reverse for longer than that copy.
"""

from __future__ import annotations

from collections.abc import Generator, Iterable
from contextlib import contextmanager
from threading import Lock

import numpy as np

from vmgui.console.rfb.decoders import Pixels
from vmgui.console.rfb.events import Rect


class Surface:
    """The front picture; any thread."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._pixels: Pixels = np.zeros((1, 1), np.uint32)

    @contextmanager
    def locked(self) -> Generator[Pixels]:
        """The picture, whole and unchanging while the block runs. Another array after `Resized`."""
        with self._lock:
            yield self._pixels

    def publish(self, back: Pixels, rects: Iterable[Rect]) -> None:
        """Take over these areas of `back`; everything if the size has changed."""
        if self._pixels.shape != back.shape:
            fresh = back.copy()
            with self._lock:
                self._pixels = fresh
            return
        with self._lock:
            for x, y, width, height in rects:
                self._pixels[y : y + height, x : x + width] = back[y : y + height, x : x + width]
